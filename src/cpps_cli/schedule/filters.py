"""Reads what people ask of dates: a state, a reading, a duration, reminders."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.model import Claim, Contract, LibraryReader
from cpps_cli.schedule.status import STATES, ContractStatus, State

if TYPE_CHECKING:
    from cpps_cli.schedule.agenda import Event

Unit = Literal["day", "week", "month", "year"]
LONGEST = 1000  # of any unit: past it, a slip of the keyboard
_UNITS: dict[Unit, tuple[str, ...]] = {
    "day": ("d", "day", "days", "j", "jour", "jours"),
    "week": ("w", "week", "weeks", "s", "sem", "semaine", "semaines"),
    "month": ("m", "month", "months", "mois"),
    "year": ("y", "year", "years", "a", "an", "ans"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_SHAPE = re.compile(r"^(?P<sign>[-+]?)(?P<count>[0-9]+)\s*(?P<unit>[^\W\d_]*)$")


@dataclass(frozen=True, slots=True)
class Duration:
    """So many days, weeks, months or years; `written` as it was asked."""

    written: str
    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Parses a duration; raises `CppsError`, with a sentence for each slip."""
        found = _SHAPE.match(text.strip().casefold())
        if found is None:
            raise _refused(N_("`{text}` is not a duration"), text)
        if found["sign"] == "-":
            raise _refused(N_("`{text}` is in the past: `--within` looks ahead"), text)
        if not found["unit"]:
            raise _refused(N_("`{text}` has no unit: days, weeks, months or years?"), text)
        unit = _UNIT_OF.get(found["unit"])
        if unit is None:
            raise _refused(N_("`{text}` is in no unit of time that is known here"), text)
        if not 0 < int(found["count"][:9]) <= LONGEST:
            raise _refused(N_("`{text}` is too short or too long to look ahead"), text)
        return cls(text.strip(), int(found["count"]), unit)

    def after(self, day: date) -> date:
        """Finds the day that is so much later; the last of its month where it has no such day."""
        match self.unit:
            case "day":
                return _days_after(day, self.count)
            case "week":
                return _days_after(day, 7 * self.count)
            case "month":
                return _months_after(day, self.count)
            case "year":
                return _months_after(day, 12 * self.count)


def _days_after(day: date, count: int) -> date:
    return day + min(timedelta(days=count), date.max - day)


def _months_after(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _refused(message: str, text: str) -> CppsError:
    help = N_("write 90d for days, 12w for weeks, 3m for months, 1y for years")
    return CppsError(message, help=help, text=text)


NONE = "none"
FURTHEST = 3650


@dataclass(frozen=True, slots=True)
class Reminders:
    """So many days before each date, the greatest first; none in the past on the day `on`."""

    days: tuple[int, ...]
    on: date

    def of(self, event: "Event") -> tuple[int, ...]:
        """Lists those of an event; none where nothing is left to do about it.

        A calendar rings at once for a reminder in the past, so there is none of these.
        """
        left = (event.on - self.on).days
        return tuple(days for days in self.days if days <= left) if event.is_open else ()

    def too_late(self, events: "Iterable[Event]") -> "tuple[Event, ...]":
        """Finds the events to come so soon that each of their reminders is in the past."""
        coming = (event for event in events if event.on >= self.on and event.is_open)
        return tuple(event for event in coming if self.days and not self.of(event))


def days_before(words: str) -> tuple[int, ...]:
    """Parses a list such as `90,30,7`, the greatest first; () for `none`.

    Raises `CppsError` on a reminder that would come after the date, and on what is no number.
    """
    named = [word.strip() for word in words.split(",")]
    if named == [NONE]:
        return ()
    return tuple(sorted({_days(word) for word in named}, reverse=True))


def _days(word: str) -> int:
    if re.fullmatch(r"-[0-9]+", word):
        raise CppsError(
            "a reminder `{word}` days before a date would come after it",
            help=N_("write how many days before: `--alarm 90,30,7`"),
            word=word,
        )
    if not re.fullmatch(r"[0-9]{1,6}", word):
        raise CppsError(
            "`{word}` is not a number of days",
            help=N_("write how many days before: `--alarm 90,30,7`, or `--alarm none`"),
            word=word,
        )
    if int(word) > FURTHEST:
        raise CppsError("a reminder `{word}` days before is too far off: 3650 at most", word=word)
    return int(word)


Awaited = State | Literal["expired", "any"]
AWAITED: tuple[Awaited, ...] = (*STATES, "expired", "any")


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice among statuses. Both together are either; none of them is everything."""

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
    if item.is_over:
        return False
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
