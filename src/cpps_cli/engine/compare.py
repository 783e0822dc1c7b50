"""One question across local contracts: a sheet in each of them, those left out most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine.coverage import Coverage, Fate, LocalCoverage, Outcome, outcomes
from cpps_cli.engine.derive import Derivation, Parent
from cpps_cli.model import (
    ITEM_FIELDS,
    TEXT_FIELDS,
    ActionSheet,
    Axis,
    Basis,
    Contract,
    Derived,
    Territory,
)
from cpps_cli.model.sheet import measured_by

COMPARED: tuple[str, ...] = ("number", "axis", *TEXT_FIELDS)
# kept: the parent has it too; own: the parent has it not; dropped: only the parent has it.
Mark = Literal["kept", "own", "dropped"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, or the value of a field, of a local sheet beside the parent's."""

    value: Any
    mark: Mark


@dataclass(frozen=True, slots=True)
class Side:
    """What one local contract makes of the sheet.

    `sheet` is None where it holds none, `axis` the one it stands in; `answers` are the codes of
    all the parent's sheets that it answers, and `differing` the fields that are not the parent's.
    """

    territory: Territory
    contract: str
    basis: Basis
    outcome: Outcome
    sheet: ActionSheet | None = None
    axis: Axis | None = None
    answers: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sheet of the parent with its sides; `passed_over` as in a coverage."""

    parent: Contract
    version: str
    sheet: ActionSheet
    sides: tuple[Side, ...]
    passed_over: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every local contract is asked for."""
        return len(self.sides) + len(self.passed_over) == len(self.parent.local_territories)

    @property
    def axis(self) -> Axis | None:
        """The axis of the parent in which the sheet stands."""
        return self.parent.axis(self.sheet.axis)

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields in which a local sheet is not the parent's, in the order of a sheet."""
        found = {field for side in self.sides for field in side.differing}
        return tuple(field for field in COMPARED if field in found)


def comparison(
    parent: Parent,
    sheet: ActionSheet,
    found: Iterable[tuple[Derivation, Territory]],
    wanted: Sequence[str],
) -> Comparison:
    """The sheet in the local contracts, read one after the other; the rest as for a coverage."""
    sides: list[Side] = []
    faults: list[Diagnostic] = []
    for derivation, territory in found:
        faults.extend(derivation.faults)
        if derivation.is_sound:
            sides.append(side(derivation.derived, territory, sheet))
    shown = {item.territory.code for item in sides}
    return Comparison(
        parent.now.contract,
        parent.now.version,
        sheet,
        tuple(sides),
        tuple(code for code in wanted if code not in shown),
        tuple(faults),
    )


def side(derived: Derived, territory: Territory, sheet: ActionSheet) -> Side:
    """What one local contract makes of a sheet of the parent."""
    outcome = next(item for item in outcomes(derived) if item.sheet == sheet.code)
    contract, basis = derived.contract, derived.basis
    held = next((item for item in derived.sheets if item.sheet.code in outcome.held_by), None)
    if held is None:
        return Side(territory, contract.id, basis, outcome)
    axis = contract.axis(held.sheet.axis)
    return Side(
        territory,
        contract.id,
        basis,
        outcome,
        held.sheet,
        axis,
        held.answers or (),
        tuple(_differing(sheet, derived.parent.axis(sheet.axis), held.sheet, axis)),
    )


def items_of(field: str, value: Any) -> tuple[Any, ...]:
    """The items of a list; the value of another field, or none."""
    if field in ITEM_FIELDS:
        return tuple(value)
    return () if value is None else (value,)


def marked_items(field: str, before: Any, after: Any) -> tuple[Item, ...]:
    """The items of a field of a local sheet, then those of the parent's list that it drops."""
    old, new = items_of(field, before), items_of(field, after)
    here = tuple(Item(value, "kept" if value in old else "own") for value in new)
    if field not in ITEM_FIELDS:
        return here
    return (*here, *(Item(value, "dropped") for value in old if value not in new))


def _differing(
    parent: ActionSheet, parent_axis: Axis | None, local: ActionSheet, local_axis: Axis | None
) -> Iterable[str]:
    # Figures are nobody's words: the parent's are not those of the local contract.
    parent, local = measured_by(parent, date.min), measured_by(local, date.min)
    for field in COMPARED:
        if field == "axis":
            if not _same_axis(parent_axis, local_axis):
                yield field
        elif getattr(parent, field) != getattr(local, field):
            yield field


def _same_axis(parent: Axis | None, local: Axis | None) -> bool:
    """Whether a local axis is the parent's, or answers it without another title of its own."""
    if parent is None or local is None:
        return parent is local
    answers = parent.code in (local.code, local.parent)
    return answers and local.title in (None, parent.title)


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
