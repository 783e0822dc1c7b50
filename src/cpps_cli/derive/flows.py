"""What a parent that moved on brings to a local text, and what nobody has to decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cpps_cli.derive.beside import Beside, is_editorial
from cpps_cli.derive.differences import Differences, SheetDifference
from cpps_cli.derive.fields import FieldDifference
from cpps_cli.derive.questions import Question
from cpps_cli.model import (
    ActionSheet,
    Derived,
    Overlay,
)

Nature = Literal["substantive", "editorial", "typographic"]


# inherited: the local text says it too; own: it has words of its own there; not_taken: it does not
# hold the sheet.
Stance = Literal["inherited", "own", "not_taken"]


@dataclass(frozen=True, slots=True)
class Flow:
    """A field that the parent changed and that nobody has to read again.

    `sheet` is the parent's, then and now; None for the contract itself.
    """

    sheet: SheetDifference | None
    difference: FieldDifference
    nature: Nature
    stance: Stance
    amendments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sheet that the parent has since, or has no longer; `stance`: whether the local follows."""

    sheet: ActionSheet
    stance: Stance


def flows_of(
    changed: Differences,
    layers: tuple[Beside, ...],
    derived: Derived,
    asked: Iterable[Question],
) -> Iterator[Flow]:
    """The fields that the parent changed and that nobody has to read again."""
    cells = {(moved.sheet, moved.field) for item in asked for moved in item.moved}
    for difference in changed.contract:
        if (None, difference.field) not in cells:
            yield _flow(None, difference, layers, derived)
    for sheet in changed.sheets:
        for difference in sheet.fields:
            if (sheet.after.code, _key(difference)) not in cells:
                yield _flow(sheet, difference, layers, derived)


def _flow(
    sheet: SheetDifference | None,
    difference: FieldDifference,
    layers: tuple[Beside, ...],
    derived: Derived,
) -> Flow:
    code = sheet.after.code if sheet else None
    cells = ((code, _key(difference)),)
    steps = layers[0].steps(cells)
    nature: Nature = "substantive"
    if difference.typographic:
        nature = "typographic"
    elif steps and all(is_editorial(step, cells) for step in steps):
        nature = "editorial"
    stance: Stance = _stance(sheet.after, derived) if sheet else "inherited"
    if stance == "inherited" and _says_otherwise(layers, *cells[0]):
        stance = "own"
    return Flow(sheet, difference, nature, stance, tuple(after.version for _, after in steps))


def _key(difference: FieldDifference) -> str:
    """The field of a sheet that a difference is in: an indicator's title is in `indicators`."""
    return "indicators" if difference.field.startswith("indicator") else difference.field


def _says_otherwise(layers: Iterable[Beside], code: str | None, key: str) -> bool:
    """Whether a local change has words of its own for a field."""
    return any((code, key) in footing.cells for beside in layers for footing in beside.footings)


def _stance(sheet: ActionSheet, derived: Derived) -> Stance:
    answered = {code for item in derived.sheets for code in item.answers or ()}
    return "inherited" if sheet.code in answered else "not_taken"


def arrivals_of(
    changed: Differences, derived: Derived, asked: Iterable[Question]
) -> Iterator[Arrival]:
    """The sheets that the parent has since."""
    taken = {item.sheet for item in asked if item.kind == "code_taken"}
    for item in changed.added:
        if item.sheet.code not in taken:
            yield Arrival(item.sheet, _stance(item.sheet, derived))


def departures_of(
    changed: Differences, overlay: Overlay, asked: Iterable[Question]
) -> Iterator[Arrival]:
    """The sheets that the parent gave up, and that no change of the local text names."""
    named = {moved.sheet for item in asked if item.kind == "repealed" for moved in item.moved}
    left_out = {change.sheet for change in overlay.exclude}
    for item in changed.removed:
        code = item.sheet.code
        if code not in named:
            follows = overlay.takes == "all" and code not in left_out
            yield Arrival(item.sheet, "inherited" if follows else "not_taken")
