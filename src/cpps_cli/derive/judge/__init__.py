"""What is wrong with changes, held against the text they were written for.

Every change bites exactly once: a change that names what is not there, says what is already said,
or meets another change on the same field, is an error. Nothing is built here.
"""

from collections.abc import Iterator
from typing import Any

from cpps_cli.derive.beside import Beside
from cpps_cli.derive.changes import ChangeSet, Placed
from cpps_cli.derive.footings import value_in
from cpps_cli.derive.judge.anchors import anchors
from cpps_cli.derive.judge.one_change import PARTS, effect, fields_touched, one_change
from cpps_cli.derive.judge.said import against, no_effect, twice
from cpps_cli.derive.judge.together import rivals, without_effect_together
from cpps_cli.diagnostics import N_, Diagnostic, Place, Word, nearest
from cpps_cli.model import ActionSheet, Add, Axis, Contract, Exclude, Merge

__all__ = ["judged"]

_AGAIN = Word(N_("used again here"))
_PARENT, _LOCAL_TEXT = Word(N_("the parent")), Word(N_("the local text"))
_OF_THE_PARENT = Word(N_("the parent has a sheet of this code"))


def judged(changes: ChangeSet, beside: Beside) -> list[Diagnostic]:
    """Every fault of the changes against the text that they were read against."""
    base = beside.then
    return [*_judged(changes, base, beside), *anchors(changes, beside)]


def _judged(changes: ChangeSet, base: Contract, beside: Beside) -> Iterator[Diagnostic]:
    sheets = {sheet.code: sheet for sheet in base.sheets}
    for placed in changes.placed():
        yield from _unknown_sheets(placed, sheets, base, changes)
        yield from one_change(placed, sheets, changes, beside)
        yield from _axis_names(placed, changes, base)
    for code, touching in changes.by_sheet().items():
        if code in sheets:
            yield from rivals(code, touching)
            yield from without_effect_together(touching, changes)
    yield from _codes(changes, sheets, beside)
    yield from _contract(changes, base, beside)
    yield from _rival_axes(changes, base)
    yield from _without_axis(changes, base)


def _unknown_sheets(
    placed: Placed, sheets: dict[str, ActionSheet], base: Contract, changes: ChangeSet
) -> Iterator[Diagnostic]:
    for code in placed.targets:
        if code not in sheets:
            values: dict[str, Any] = {"change": placed.kind, "name": code, "contract": base.id}
            values["text"] = _LOCAL_TEXT if changes.offered is not None else _PARENT
            values |= nearest(code, sheets)
            yield Diagnostic("CP203", placed.target_place(code), values)


def _codes(
    changes: ChangeSet, sheets: dict[str, ActionSheet], beside: Beside
) -> Iterator[Diagnostic]:
    """Codes given twice. One that the parent gave up since is free to be taken over."""
    seen: dict[str, Place] = {}
    free = sheets.keys() - {sheet.code for sheet in beside.now.sheets}
    for placed in changes.placed():
        if isinstance(placed.change, Add | Merge):
            code, place = placed.change.code, placed.place.at("code")
            merged = isinstance(placed.change, Merge) and code in placed.change.sheets
            if code in seen:
                yield against("CP207", place, seen[code], {"name": code, "where": _AGAIN})
            elif code not in free and not merged and _is_taken(code, sheets, changes):
                yield Diagnostic("CP207", place, {"name": code, "where": _OF_THE_PARENT})
            seen[code] = place


def _is_taken(code: str, sheets: dict[str, ActionSheet], changes: ChangeSet) -> bool:
    """Whether a sheet of the text, or one that could be taken up, has a code."""
    return code in sheets or code in (changes.offered or ())


def _axis_names(placed: Placed, changes: ChangeSet, base: Contract) -> Iterator[Diagnostic]:
    axis = None if isinstance(placed.change, Exclude) else placed.change.axis
    known = [item.code for item in changes.axes(base.axes)]
    if axis is not None and axis not in known:
        values: dict[str, Any] = {"name": axis, "contract": _contract_name(changes, base)}
        yield Diagnostic("CP204", placed.place.at("axis"), {**values, **nearest(axis, known)})
    elif axis is None and isinstance(placed.change, Add):
        yield Diagnostic("CP209", placed.place.at("code"), {"name": placed.change.code})


def _contract_name(changes: ChangeSet, base: Contract) -> str:
    return changes.files[0].file if changes.has_own_axes() else base.id


def _without_axis(changes: ChangeSet, base: Contract) -> Iterator[Diagnostic]:
    """Sheets kept from the parent that none of the local axes receives."""
    own = changes.axes(()) if changes.has_own_axes() else ()
    if not own:
        return
    by_sheet, reached = changes.by_sheet(), _reached(own, base)
    for sheet in base.sheets:
        touching = by_sheet.get(sheet.code, [])
        gone = any(isinstance(item.change, Exclude) for item in touching)
        taken = bool(touching) if changes.listed else True
        placed = any(getattr(item.change, "axis", None) for item in touching)
        if taken and not gone and not placed and sheet.axis not in reached:
            where = touching[0].place if touching else Place(changes.files[0].file, ("axes",))
            yield Diagnostic("CP407", where, {"name": sheet.code, "axis": sheet.axis or ""})


def _reached(own: tuple[Axis, ...], base: Contract) -> set[str | None]:
    answered = {axis.parent for axis in own}
    # Axes that a local contract states again may answer the same axes of its parent.
    again = {axis.code for axis in base.axes if axis.parent and axis.parent in answered}
    return answered | again | {axis.code for axis in own}


def _contract(changes: ChangeSet, base: Contract, beside: Beside) -> Iterator[Diagnostic]:
    """Changes to the contract itself."""
    seen: dict[str, Place] = {}
    for change, place in changes.to_contract():
        parts = {name: getattr(change, name) for name in PARTS}
        touched = fields_touched(parts)
        if not touched:
            yield no_effect(place, N_("it changes no field"))
        for part, field in touched:
            held, value = value_in(base, (None, field)), getattr(parts[part], field)
            # A field that the parent does not state may be set to nothing.
            if held is not None and not beside.is_unheld_at(place, field):
                yield from effect(place.at(part, field), part, value, held, base.id)
        for field in sorted({field for _part, field in touched}):
            ways = [part for part, name in touched if name == field]
            at = place.at(ways[0], field)
            if field in seen:
                yield twice(field, base.id, at, seen[field])
            elif "set" in ways and len(ways) > 1:
                yield twice(field, base.id, at, place.at("set", field))
            seen.setdefault(field, at)


def _rival_axes(changes: ChangeSet, base: Contract) -> Iterator[Diagnostic]:
    """Two amendments of one day that both state the axes."""
    places = changes.places_of_axes()
    for place in places[1:]:
        yield twice("axes", base.id, place, places[0])
