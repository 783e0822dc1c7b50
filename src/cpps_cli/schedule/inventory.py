"""The contracts of a library: each generation and the local contracts whose text is held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cpps_cli.derive import Derivation, Parent, not_signed_before
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import Contract, Derived
from cpps_cli.schedule.renegotiation import Standing, standing
from cpps_cli.schedule.standings import Texts


class Inventoried(Texts, Protocol):
    """What is asked of who reads the library."""

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A contract and where it stands. `derived` is there for a local contract.

    `without_text`: for how many of its territories no local text is held.
    """

    standing: Standing
    derived: Derived | None = None
    without_text: int = 0
    not_signed_before: date | None = None
    faults: tuple[Diagnostic, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract itself, in its text of the day."""
        return self.standing.contract


def inventory(contracts: Iterable[Contract], texts: Inventoried, on: date) -> Iterator[Listed]:
    """Each generation, the oldest first, followed by its local contracts."""
    for parent in generations(contracts, texts, on):
        yield generation_listed(parent, texts, on)
        yield from locals_listed(parent, texts, on, texts.overlay_codes(parent.now.contract.id))


def generations(contracts: Iterable[Contract], texts: Inventoried, on: date) -> Iterator[Parent]:
    """The parent contracts in the order of their terms."""
    for signed in sorted(contracts, key=_begins):
        yield Parent(signed, texts.amendments(signed.id), on)


def generation_listed(parent: Parent, texts: Inventoried, on: date) -> Listed:
    """A parent contract, and for how many of its territories no text is held."""
    now = parent.now.contract
    known = texts.overlay_codes(now.id)
    return Listed(
        standing(now, on),
        without_text=len(set(now.local_territories) - set(known)),
        not_signed_before=not_signed_before(parent.texts[0].contract, on),
    )


def locals_listed(
    parent: Parent, texts: Inventoried, on: date, codes: Iterable[str]
) -> Iterator[Listed]:
    """The local contracts of a parent whose text is held, of the territories of these codes."""
    for code in codes:
        territory = texts.territories.get(code)
        overlay = texts.overlay(parent.now.contract.id, code)
        if territory is not None and overlay is not None:
            yield _local(parent.derive(overlay, territory), on)


def _local(derivation: Derivation, on: date) -> Listed:
    derived = derivation.derived
    local = derived.contract
    return Listed(
        standing(local, on, inherited=derived.inherited),
        derived,
        not_signed_before=derived.not_signed_before,
        faults=derivation.faults,
    )


def _begins(contract: Contract) -> tuple[bool, date, str]:
    begins = contract.begins_on()
    return (begins is None, begins.first if begins else date.min, contract.id)
