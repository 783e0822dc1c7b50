"""Which statuses are asked for: those to come, those missed, those that a script waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.model import Claim, Contract, LibraryReader
from cpps_cli.schedule.lifecycle import STATES, State
from cpps_cli.schedule.status import ContractStatus

if TYPE_CHECKING:
    from cpps_cli.schedule.reminders import Duration

Awaited = State | Literal["expired", "any"]
AWAITED: tuple[Awaited, ...] = (*STATES, "expired", "any")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for. Both together are either; none of them is everything."""

    within: "Duration | None" = None
    missed: bool = False

    def takes(self, item: ContractStatus, on: date) -> bool:
        """Whether a standing is among them."""
        if self.within is None and not self.missed:
            return True
        comes = self.within is not None and changes_by(item, on, self.within.after(on))
        return comes or (self.missed and item.is_missed)


def changes_by(item: ContractStatus, on: date, until: date) -> bool:
    """Whether a window opens or closes, or a term ends, from a day until another, both included.

    What a renegotiation or a successor on record has settled no longer counts.
    """
    awaited: list[date] = []
    if item.window is not None and item.state in ("upcoming", "due"):
        awaited += [item.window.value.first, item.window.value.last]
    if item.term is not None and item.expiry.state == "running" and item.expiry.successor is None:
        awaited.append(item.term.value.last)
    return any(on <= day <= until for day in awaited)


def states_named(words: str) -> frozenset[Awaited]:
    """Parses a list such as `due,overdue`; raises `CppsError` on another word."""
    asked = {word.strip() for word in words.split(",") if word.strip()}
    for word in sorted(asked.difference(AWAITED)):
        raise CppsError("`{word}` is not a state", word=word, known=AWAITED)
    return frozenset(state for state in AWAITED if state in asked)


def is_awaited(item: ContractStatus, awaited: frozenset[Awaited]) -> bool:
    """Whether a standing is in one of the states."""
    expired = item.expiry.state == "expired" and "expired" in awaited
    return "any" in awaited or item.state in awaited or expired


def reading_named(
    name: str | None,
    parents: Iterable[Contract],
    reader: LibraryReader,
    library: Iterable[Contract] = (),
) -> str | None:
    """Finds a reading; raises `CppsError` where neither they nor a local text has it.

    It then names those that there are, or else the contracts of the `library` that have any.
    """
    if name is None:
        return None
    asked = tuple(parents)
    known = _readings(asked, reader)
    if name in known:
        return name
    labels = ", ".join(contract.label for contract in asked)
    if known:
        raise CppsError(
            "no reading of a term or a window is called `{name}`",
            help=N_("those of {contract}: {readings}"),
            name=name,
            contract=labels,
            readings=known,
        )
    others = tuple(item.id for item in library if _readings((item,), reader))
    raise CppsError(
        "{contract} has no reading `{name}`: no source disagrees on its dates",
        help=N_("they do on those of {others}: name one with `--contract`") if others else "",
        name=name,
        contract=labels or "–",
        others=others,
    )


def _readings(parents: Iterable[Contract], reader: LibraryReader) -> tuple[str, ...]:
    """Lists the readings of a term or a window, those of local texts included."""
    claims: list[Claim] = []
    for parent in parents:
        claims += parent.claims
        for code in reader.overlay_codes(parent.id):
            overlay = reader.overlay(parent.id, code)
            claims += overlay.claims if overlay else ()
    named = (item.id for item in claims if item.statement().keys() & {"term", "window"})
    return tuple(dict.fromkeys(name for name in named if name))
