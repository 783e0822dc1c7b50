"""What a parent that moved on brings to a local text, and the changes that it made redundant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cpps_cli.diagnostics import Place
from cpps_cli.engine.conflicts import Conflict
from cpps_cli.engine.diff import Differences, SheetDifference
from cpps_cli.engine.diff_fields import FieldDifference
from cpps_cli.engine.three_way import ThreeWay, is_cosmetic
from cpps_cli.model import ActionSheet, Derived, Overlay, Renumber


@dataclass(frozen=True, slots=True)
class RedundantChange:
    """A change that says what the parent says by now: it has done its work.

    `key` is a field, or `sheet` where the whole change goes; `items` those of a list.
    """

    place: Place
    sheet: str | None
    key: str
    items: tuple[str, ...] = ()


def redundant_changes(three_way: ThreeWay) -> Iterator[RedundantChange]:
    """Finds the changes of a layer that say what the parent says by now."""
    for dependency in three_way.dependencies:
        merged = three_way.merge(dependency)
        items = (*merged.converged.append, *merged.converged.remove)
        if merged.outcome == "converged" or items:
            code = dependency.sheets[0] if dependency.sheets else None
            yield RedundantChange(dependency.place, code, dependency.key, items)
    for placed in three_way.placed():
        if isinstance(placed.change, Renumber) and _is_there(placed.change, three_way):
            yield RedundantChange(placed.place, placed.change.sheet, "sheet")


def _is_there(renumber: Renumber, three_way: ThreeWay) -> bool:
    sheet = three_way.theirs.sheet(renumber.sheet)
    return (
        sheet is not None
        and renumber.number in (None, sheet.number)
        and renumber.axis in (None, sheet.axis)
    )


Nature = Literal["substantive", "editorial", "typographic"]


# inherited: the local text says it too; own: it has words of its own there; not_taken: it does not
# hold the sheet.
Effect = Literal["inherited", "own", "not_taken"]


@dataclass(frozen=True, slots=True)
class UpstreamChange:
    """A field that the parent changed without a conflict.

    `sheet` is the parent's, base and theirs; None for the contract itself.
    """

    sheet: SheetDifference | None
    difference: FieldDifference
    nature: Nature
    effect: Effect
    amendments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpstreamSheet:
    """A sheet that the parent added or deleted; `effect`: whether the local text follows."""

    sheet: ActionSheet
    effect: Effect


def upstream_changes(
    changed: Differences,
    layers: tuple[ThreeWay, ...],
    derived: Derived,
    conflicts: Iterable[Conflict],
) -> Iterator[UpstreamChange]:
    """Finds the fields that the parent changed without a conflict."""
    cells = {(moved.sheet, moved.field) for item in conflicts for moved in item.moved}
    for difference in changed.contract:
        if (None, difference.field) not in cells:
            yield _upstream_change(None, difference, layers, derived)
    for sheet in changed.sheets:
        for difference in sheet.fields:
            if (sheet.after.code, _key(difference)) not in cells:
                yield _upstream_change(sheet, difference, layers, derived)


def _upstream_change(
    sheet: SheetDifference | None,
    difference: FieldDifference,
    layers: tuple[ThreeWay, ...],
    derived: Derived,
) -> UpstreamChange:
    code = sheet.after.code if sheet else None
    cells = ((code, _key(difference)),)
    steps = layers[0].steps(cells)
    nature: Nature = "substantive"
    if difference.typographic:
        nature = "typographic"
    elif steps and all(is_cosmetic(step, cells) for step in steps):
        nature = "editorial"
    effect: Effect = _effect(sheet.after, derived) if sheet else "inherited"
    if effect == "inherited" and _says_otherwise(layers, *cells[0]):
        effect = "own"
    return UpstreamChange(
        sheet, difference, nature, effect, tuple(after.version for _, after in steps)
    )


def _key(difference: FieldDifference) -> str:
    """The field of a sheet that a difference is in: an indicator's title is in `indicators`."""
    return "indicators" if difference.field.startswith("indicator") else difference.field


def _says_otherwise(layers: Iterable[ThreeWay], code: str | None, key: str) -> bool:
    """Whether a local change has words of its own for a field."""
    return any(
        (code, key) in dependency.cells
        for three_way in layers
        for dependency in three_way.dependencies
    )


def _effect(sheet: ActionSheet, derived: Derived) -> Effect:
    answered = {code for item in derived.sheets for code in item.answers or ()}
    return "inherited" if sheet.code in answered else "not_taken"


def upstream_added(
    changed: Differences, derived: Derived, conflicts: Iterable[Conflict]
) -> Iterator[UpstreamSheet]:
    """Finds the sheets that the parent added."""
    taken = {item.sheet for item in conflicts if item.kind == "code_taken"}
    for item in changed.added:
        if item.sheet.code not in taken:
            yield UpstreamSheet(item.sheet, _effect(item.sheet, derived))


def upstream_deleted(
    changed: Differences, overlay: Overlay, conflicts: Iterable[Conflict]
) -> Iterator[UpstreamSheet]:
    """Finds the sheets that the parent deleted, and that no change of the local text names."""
    named = {moved.sheet for item in conflicts if item.kind == "repealed" for moved in item.moved}
    left_out = {change.sheet for change in overlay.exclude}
    for item in changed.removed:
        code = item.sheet.code
        if code not in named:
            follows = overlay.takes == "all" and code not in left_out
            yield UpstreamSheet(item.sheet, "inherited" if follows else "not_taken")
