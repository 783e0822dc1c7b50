"""The coverage of so many local contracts that they are counted, and not held."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from cpps_cli.engine.coverage import (
    FATES,
    NONE,
    Counts,
    Coverage,
    Fate,
    LocalCoverage,
    Outcome,
    added_up,
    counts_of,
)
from cpps_cli.model import ActionSheet, Contract


@dataclass(frozen=True, slots=True)
class Tally:
    """How many local contracts there are, and of how many something is to be said.

    `fates` are counted by the codes of the parent's sheets; `added` are local sheets.
    """

    places: int = 0
    known: int = 0
    partial: int = 0
    to_reread: int = 0
    inferred: int = 0
    added: int = 0
    fates: Mapping[str, Counts] = field(default_factory=dict)

    def and_also(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.places + other.places,
            self.known + other.known,
            self.partial + other.partial,
            self.to_reread + other.to_reread,
            self.inferred + other.inferred,
            self.added + other.added,
            added_up((self.fates, other.fates)),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """The sheets of a parent asked for, and how many of its local contracts made what of each."""

    parent: Contract
    version: str
    on: date | None
    sheets: tuple[ActionSheet, ...]
    tally: Tally
    passed_over: tuple[str, ...] = ()

    def totals_of(self, code: str) -> dict[Fate, int]:
        """In how many local contracts a sheet met each fate."""
        return dict(self.tally.fates.get(code, NONE))

    def totals(self) -> dict[Fate, int]:
        """How often each fate was met; it adds up to the sheets times the local contracts."""
        counts = [self.totals_of(sheet.code) for sheet in self.sheets]
        return {fate: sum(count[fate] for count in counts) for fate in FATES}


def tally_of(places: Iterable[LocalCoverage]) -> Tally:
    """What there is to count in local contracts."""
    found = list(places)
    return Tally(
        len(found),
        sum(place.basis != "no_text" for place in found),
        sum(place.basis == "partial" for place in found),
        sum(place.to_reread for place in found),
        sum(any(item.link_inferred for item in place.outcomes.values()) for place in found),
        sum(item.origin == "added" for place in found for item in place.sheets),
        counts_of(found),
    )


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A decision to leave a sheet of the parent out of a local contract."""

    sheet: ActionSheet
    place: LocalCoverage
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SheetLeftOut:
    """A sheet of the parent with those who left it out, and those who did not take it up."""

    sheet: ActionSheet
    exclusions: tuple[Exclusion, ...]
    not_taken_up: tuple[LocalCoverage, ...]


def left_out_most(found: Coverage) -> tuple[SheetLeftOut, ...]:
    """The sheets left out somewhere: first by how many left them out, then did not take them up."""
    rows = [
        SheetLeftOut(sheet, _exclusions_of(found, sheet), _not_taken_up(found, sheet))
        for sheet in found.sheets
    ]
    concerned = [row for row in rows if row.exclusions or row.not_taken_up]
    concerned.sort(key=lambda row: (-len(row.exclusions), -len(row.not_taken_up)))
    return tuple(concerned)


def exclusions(found: Coverage) -> tuple[Exclusion, ...]:
    """Every decision to leave a sheet out, in the order of the sheets."""
    return tuple(item for sheet in found.sheets for item in _exclusions_of(found, sheet))


def exclusions_to_review(found: Coverage, on: date, within: int) -> tuple[Exclusion, ...]:
    """The exclusions to look at again on `on`, or up to `within` days later; the oldest first."""
    due = [
        (item.outcome.review_on, item)
        for item in exclusions(found)
        if item.outcome.review_on is not None and (item.outcome.review_on - on).days <= within
    ]
    return tuple(item for _day, item in sorted(due, key=lambda pair: pair[0]))


def _exclusions_of(found: Coverage, sheet: ActionSheet) -> tuple[Exclusion, ...]:
    return tuple(
        Exclusion(sheet, place, place.outcomes[sheet.code])
        for place in _that_have(found, sheet, "excluded")
    )


def _not_taken_up(found: Coverage, sheet: ActionSheet) -> tuple[LocalCoverage, ...]:
    return tuple(_that_have(found, sheet, "not_taken_up"))


def _that_have(found: Coverage, sheet: ActionSheet, fate: Fate) -> Iterator[LocalCoverage]:
    """The local contracts in which this became of a sheet; some speak of few sheets only."""
    for place in found.places:
        outcome = place.outcomes.get(sheet.code)
        if outcome is not None and outcome.fate == fate:
            yield place
