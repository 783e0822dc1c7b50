"""The sheets of a parent that local contracts leave out, and the decisions to look at again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cpps_cli.engine.coverage import Coverage, Fate, LocalCoverage, Outcome
from cpps_cli.model import ActionSheet


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
