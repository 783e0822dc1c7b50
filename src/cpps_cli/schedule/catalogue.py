"""The contracts of a library: each generation and the local contracts whose text is held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine import Parent, not_signed_before
from cpps_cli.model import Contract, Derived, LibraryReader, Overlay, Territory
from cpps_cli.schedule.generations import Generations, local_status, parent_status
from cpps_cli.schedule.status import ContractStatus


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A contract and where it stands. `derived` is there for a local contract.

    `without_text`: for how many of its territories no local text is held.
    """

    status: ContractStatus
    derived: Derived | None = None
    without_text: int = 0
    not_signed_before: date | None = None
    faults: tuple[Diagnostic, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract itself, in its text of the day, with its sheets."""
        return self.derived.contract if self.derived else self.status.contract


def catalogue(
    contracts: Iterable[Contract], reader: LibraryReader, on: date, known: Iterable[Contract] = ()
) -> Iterator[CatalogueEntry]:
    """Lists each generation, the oldest first, followed by its local contracts.

    `known` are all the contracts of the library, among which successors are looked for.
    """
    generations = Generations(tuple(known), reader, on)
    for signed in oldest_first(contracts):
        yield generation_listed(signed, generations)
        yield from locals_listed(signed, generations, reader.overlay_codes(signed.id))


def oldest_first(contracts: Iterable[Contract]) -> list[Contract]:
    """Sorts parent contracts by the day on which they begin."""
    return sorted(contracts, key=_begins)


def generation_listed(signed: Contract, generations: Generations) -> CatalogueEntry:
    """Lists a parent contract, and counts its territories without a text."""
    now = generations.parent(signed).now.contract
    codes = generations.reader.overlay_codes(signed.id)
    return CatalogueEntry(
        parent_status(signed, generations),
        without_text=len(set(now.local_territories) - set(codes)),
        not_signed_before=not_signed_before(signed, generations.on),
    )


def locals_listed(
    signed: Contract, generations: Generations, codes: Iterable[str]
) -> Iterator[CatalogueEntry]:
    """Lists the local contracts of a parent whose text is held, of these territories."""
    reader, parent = generations.reader, generations.parent(signed)
    for code in codes:
        territory, overlay = reader.territories.get(code), reader.overlay(signed.id, code)
        if territory is not None and overlay is not None:
            yield _local(parent, overlay, territory, generations)


def _local(
    parent: Parent, overlay: Overlay, territory: Territory, generations: Generations
) -> CatalogueEntry:
    derivation = parent.derive(overlay, territory)
    return CatalogueEntry(
        local_status(parent, overlay, territory, generations),
        derivation.derived,
        not_signed_before=derivation.derived.not_signed_before,
        faults=derivation.faults,
    )


def _begins(contract: Contract) -> tuple[bool, date, str]:
    begins = contract.begins_on()
    return (begins is None, begins.first if begins else date.min, contract.id)
