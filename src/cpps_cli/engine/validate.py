"""Validates changes against the text that they were written for."""

from collections.abc import Iterable, Iterator
from typing import Any

from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, nearest
from cpps_cli.engine.changes import ChangeFile, ChangeSet, Placed
from cpps_cli.engine.dependencies import Anchored, dependencies, value_in
from cpps_cli.engine.merge3 import lacks
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    Add,
    Axis,
    Contract,
    Exclude,
    Merge,
    Overlay,
    Renumber,
    Take,
)
from cpps_cli.model.change import Edited
from cpps_cli.model.operation import Operation, by_field

_THERE = Word(N_("the other change"))
_AGAIN = Word(N_("used again here"))
_PARENT, _LOCAL_TEXT = Word(N_("the parent")), Word(N_("the local text"))
_OF_THE_PARENT = Word(N_("the parent has a sheet of this code"))


def no_effect(place: Place, what: str) -> Diagnostic:
    """The fault of a change without effect; `what` says why it has none."""
    return Diagnostic("CP402", place, {"what": Word(what)})


def twice(field: str, code: str, place: Place, other: Place) -> Diagnostic:
    """The fault of two changes of one field."""
    return against("CP401", place, other, {"field": field, "name": code})


def against(code: str, place: Place, other: Place, values: dict[str, Any]) -> Diagnostic:
    """A fault that the other place is needed to understand."""
    return Diagnostic(code, place, values, (Related(other, _THERE),))


def anchors(changes: ChangeSet, three_way: ThreeWay) -> Iterator[Diagnostic]:
    """Finds fingerprints and refusals of fields that no change of a file touches."""
    for file in changes.files:
        rests: dict[Place, tuple[Anchored, set[str]]] = {}
        for dependency in dependencies(file):
            rests.setdefault(dependency.place, (dependency.change, set()))[1].add(dependency.key)
        for place, (change, keys) in rests.items():
            for part in ("rests_on", "refused"):
                for key in getattr(change, part):
                    at = place.at(part, key)
                    if file not in three_way.files:
                        yield no_effect(at, N_("only a local contract rests on another text"))
                    elif key not in keys:
                        yield no_effect(at, N_("the change does not touch this field"))
        if isinstance(file.changes, Overlay):
            yield from _editorial(file)


def _editorial(file: ChangeFile) -> Iterator[Diagnostic]:
    """A local contract has no text before it that a change could put in other words."""
    for placed in file.all_placed():
        if isinstance(placed.change, Edited) and placed.change.editorial:
            what = N_("only the change of an amendment is editorial or not")
            yield no_effect(placed.place.at("editorial"), what)


def one_change(
    placed: Placed, sheets: dict[str, ActionSheet], changes: ChangeSet, three_way: ThreeWay
) -> Iterator[Diagnostic]:
    """Finds the faults of one change alone."""
    match placed.change:
        case Take() as take if changes.offered is not None:
            if take.sheet in sheets and take.sheet not in changes.offered:
                yield no_effect(placed.place, N_("the local text holds this sheet already"))
        case Take() if not changes.listed:
            yield no_effect(placed.place, N_('`takes = "all"` takes this sheet already'))
        case Renumber() if changes.listed:
            yield no_effect(placed.place, N_('with `takes = "listed"`, write `[[take]]`'))
        case Renumber() as renumber:
            sheet = sheets.get(renumber.sheet)
            if (
                sheet
                and renumber.number in (None, sheet.number)
                and renumber.axis in (None, sheet.axis)
            ):
                yield no_effect(placed.place, N_("the sheet has this place already"))
        case Adapt() as adapt:
            yield from _adapt(placed, adapt, sheets.get(adapt.sheet), three_way)
        case Merge() as merge:
            yield from _merge(placed, merge)
        case _:
            return


def _adapt(
    placed: Placed, adapt: Adapt, sheet: ActionSheet | None, three_way: ThreeWay
) -> Iterator[Diagnostic]:
    if not placed.texts:
        # A new number alone is a sheet taken word for word.
        if adapt.number is None and adapt.axis is None:
            yield no_effect(placed.place, N_("it changes no field"))
        else:
            yield no_effect(
                placed.place, N_("it changes no text: write `[[take]]` or `[[renumber]]`")
            )
    if sheet is None:
        return
    for text in placed.texts:
        field = str(text.field)
        if text.way == "set" and (other := _also(text, placed.texts)):
            yield twice(field, sheet.code, other.place, text.place)
        elif not three_way.base_is_lost_at(placed.place, field):
            yield from faults_of_text(text, getattr(sheet, field), sheet.code)


def faults_of_text(text: Operation, before: Any, name: str) -> Iterator[Diagnostic]:
    """Finds the faults of one text of a change, where `before` stands there."""
    match text.way:
        case "set" if text.value == before:
            yield no_effect(text.place, N_("the parent says this already"))
        case "append":
            yield from _appended(text.place, text.value, before)
        case "remove":
            yield from _removed(text.place, text.value, before, name)
        case _:
            return


def _also(text: Operation, texts: Iterable[Operation]) -> Operation | None:
    """What else the same change does to the field that it sets."""
    return next((item for item in texts if item.field == text.field and item is not text), None)


def _appended(
    place: Place, items: tuple[str, ...], before: tuple[str, ...]
) -> Iterator[Diagnostic]:
    for index, item in enumerate(items):
        if not lacks(before, item):
            yield no_effect(place.at(index), N_("the parent's list has this item already"))


def _removed(
    place: Place, items: tuple[str, ...], before: tuple[str, ...], code: str
) -> Iterator[Diagnostic]:
    for index, item in enumerate(items):
        if lacks(before, item):
            values: dict[str, Any] = {"value": item, "field": str(place.path[-1]), "name": code}
            yield Diagnostic("CP405", place.at(index), {**values, **nearest(item, before)})


def _merge(placed: Placed, merge: Merge) -> Iterator[Diagnostic]:
    for field, ways in by_field(placed.texts).items():
        code, place = ways.get("keep"), placed.place.at("keep", field)
        if code is None:
            continue
        if field not in TEXT_FIELDS:
            yield Diagnostic("CP101", place.key(), {"key": field, **nearest(field, TEXT_FIELDS)})
        elif code not in merge.sheets:
            values: dict[str, Any] = {"field": field, "name": code}
            yield Diagnostic("CP406", place, {**values, "known": merge.sheets})
        elif "set" in ways:
            yield twice(field, merge.code, place, placed.place.at("set", field))


def rivals(code: str, touching: list[Placed]) -> Iterator[Diagnostic]:
    """Changes on one sheet that cannot all be meant."""
    excluding = [item for item in touching if isinstance(item.change, Exclude)]
    merging = [item for item in touching if isinstance(item.change, Merge)]
    if excluding:
        first = excluding[0]
        for item in touching:
            if item is not first:
                yield against("CP403", item.target_place(code), first.place, {"name": code})
    elif merging:
        first = merging[0]
        values = {"name": code, "into": _code_of(first)}
        for item in touching:
            if item is not first:
                yield against("CP404", item.target_place(code), first.place, values)
    else:
        yield from _same_fields(code, touching)


def _same_fields(code: str, touching: list[Placed]) -> Iterator[Diagnostic]:
    seen: dict[str, Place] = {}
    for item in touching:
        for field, place in _touched(item):
            if field in seen:
                yield twice(field, code, place, seen[field])
            else:
                seen[field] = place


def _touched(placed: Placed) -> Iterator[tuple[str, Place]]:
    """The fields that one change touches, each once."""
    change = placed.change
    if isinstance(change, Take):
        yield "sheet", placed.place.at("sheet")
    if isinstance(change, Take | Renumber | Adapt):
        for name in ("number", "axis"):
            if getattr(change, name) is not None:
                yield name, placed.place.at(name)
    fields: dict[str, Place] = {}
    for text in placed.texts:
        if text.way == "set":
            fields[str(text.field)] = text.place
        fields.setdefault(str(text.field), text.place)
    yield from sorted(fields.items())


def without_effect_together(touching: list[Placed], changes: ChangeSet) -> Iterator[Diagnostic]:
    """Changes that another one of the same sheet makes needless."""
    adapted = any(isinstance(item.change, Adapt) for item in touching)
    for item in touching:
        if changes.listed and adapted and isinstance(item.change, Take):
            yield no_effect(item.place, N_("an `[[adapt]]` takes this sheet already"))


def _code_of(placed: Placed) -> str:
    return getattr(placed.change, "code", "")


def validate(changes: ChangeSet, three_way: ThreeWay) -> list[Diagnostic]:
    """Finds every fault of the changes against the text that they were read against."""
    base = three_way.base
    return [*_faults(changes, base, three_way), *anchors(changes, three_way)]


def _faults(changes: ChangeSet, base: Contract, three_way: ThreeWay) -> Iterator[Diagnostic]:
    sheets = {sheet.code: sheet for sheet in base.sheets}
    for placed in changes.placed():
        yield from _unknown_sheets(placed, sheets, base, changes)
        yield from one_change(placed, sheets, changes, three_way)
        yield from _axis_names(placed, changes, base)
    for code, touching in changes.by_sheet().items():
        if code in sheets:
            yield from rivals(code, touching)
            yield from without_effect_together(touching, changes)
    yield from _codes(changes, sheets, three_way)
    yield from _contract(changes, base, three_way)
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
    changes: ChangeSet, sheets: dict[str, ActionSheet], three_way: ThreeWay
) -> Iterator[Diagnostic]:
    """Codes given twice. One that the parent gave up since is free to be taken over."""
    seen: dict[str, Place] = {}
    free = sheets.keys() - {sheet.code for sheet in three_way.theirs.sheets}
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
    axis = getattr(placed.change, "axis", None)
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
        excluded = any(isinstance(item.change, Exclude) for item in touching)
        taken = bool(touching) if changes.listed else True
        placed = any(getattr(item.change, "axis", None) for item in touching)
        if taken and not excluded and not placed and sheet.axis not in reached:
            where = touching[0].place if touching else Place(changes.files[0].file, ("axes",))
            yield Diagnostic("CP407", where, {"name": sheet.code, "axis": sheet.axis or ""})


def _reached(own: tuple[Axis, ...], base: Contract) -> set[str | None]:
    answered = {axis.parent for axis in own}
    # Axes that a local contract states again may answer the same axes of its parent.
    again = {axis.code for axis in base.axes if axis.parent and axis.parent in answered}
    return answered | again | {axis.code for axis in own}


def _contract(changes: ChangeSet, base: Contract, three_way: ThreeWay) -> Iterator[Diagnostic]:
    """Changes to the contract itself."""
    seen: dict[str, Place] = {}
    for placed in changes.to_contract():
        if not placed.texts:
            yield no_effect(placed.place, N_("it changes no field"))
        for text in placed.texts:
            held = value_in(base, (None, str(text.field)))
            # A field that the parent does not state may be set to nothing.
            if held is not None and not three_way.base_is_lost_at(placed.place, str(text.field)):
                yield from faults_of_text(text, held, base.id)
        for field, ways in sorted(by_field(placed.texts).items()):
            at = placed.place.at(next(iter(ways)), field)
            if field in seen:
                yield twice(field, base.id, at, seen[field])
            elif "set" in ways and len(ways) > 1:
                yield twice(field, base.id, at, placed.place.at("set", field))
            seen.setdefault(field, at)


def _rival_axes(changes: ChangeSet, base: Contract) -> Iterator[Diagnostic]:
    """Two amendments of one day that both state the axes."""
    places = changes.places_of_axes()
    for place in places[1:]:
        yield twice("axes", base.id, place, places[0])
