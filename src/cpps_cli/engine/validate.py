"""Validates changes against the text that they were written for."""

from collections.abc import Iterator, Mapping
from typing import Any

from cpps_cli.diagnostics import N_, Diagnostic, Place, Word, nearest
from cpps_cli.engine.changes import ChangeFile, ChangeSet, Placed
from cpps_cli.engine.dependencies import Anchored, dependencies, value_in
from cpps_cli.engine.merge3 import differ, lacks, normalised
from cpps_cli.engine.rivals import codes, needless, no_effect, rivals, same_fields, twice
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    Add,
    Amendment,
    Axis,
    Contract,
    Exclude,
    Merge,
    Overlay,
    Renumber,
    Take,
)
from cpps_cli.model.change import Edited
from cpps_cli.model.operation import Operation, by_field, operations

_PARENT, _LOCAL_TEXT = Word(N_("the parent")), Word(N_("the local text"))
_COMING, _GONE = Word(N_("comes only with")), Word(N_("was repealed by"))


def _anchors(changes: ChangeSet, three_way: ThreeWay) -> Iterator[Diagnostic]:
    """Finds fingerprints and refusals of fields that no change of a file touches."""
    for file in changes.files:
        anchors = file in three_way.files
        rests: dict[Place, tuple[Anchored, set[str]]] = {}
        for dependency in three_way.of_file(file) if anchors else dependencies(file):
            rests.setdefault(dependency.place, (dependency.change, set()))[1].add(dependency.key)
        for place, (change, keys) in rests.items():
            for part in ("rests_on", "refused"):
                for key in getattr(change, part):
                    at = place.at(part, key)
                    if not anchors:
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


def _one_change(placed: Placed, three_way: ThreeWay, changes: ChangeSet) -> Iterator[Diagnostic]:
    """Finds the faults of one change alone."""
    sheets = three_way.base_by_code
    match placed.change:
        case Take() as take:
            yield from _take(placed, take, sheets, changes)
        case Renumber() if changes.listed:
            yield no_effect(placed.place, N_('with `takes = "listed"`, write `[[take]]`'))
        case Renumber() as renumber:
            if renumber.number is None and renumber.axis is None:
                yield no_effect(placed.place, N_("it gives the sheet no other place"))
        case Adapt() as adapt:
            yield from _adapt(placed, adapt, sheets.get(adapt.sheet), three_way)
        case Merge() as merge:
            yield from _merge(placed, merge)
        case _:
            return


def _place(placed: Placed, three_way: ThreeWay, changes: ChangeSet) -> Iterator[Diagnostic]:
    """Finds a place that a sheet has already."""
    sheet = three_way.base_by_code.get(placed.targets[0]) if placed.targets else None
    if again := changes.placed_again(placed, sheet):
        at = placed.place.at(*again) if len(again) == 1 else placed.place
        yield no_effect(at, N_("the sheet has this place already"))


def _take(
    placed: Placed, take: Take, sheets: Mapping[str, ActionSheet], changes: ChangeSet
) -> Iterator[Diagnostic]:
    if changes.offered is not None:
        if take.sheet in sheets and take.sheet not in changes.offered:
            yield no_effect(placed.place, N_("the local text holds this sheet already"))
    elif not changes.listed:
        yield no_effect(placed.place, N_('`takes = "all"` takes this sheet already'))


def _adapt(
    placed: Placed, adapt: Adapt, sheet: ActionSheet | None, three_way: ThreeWay
) -> Iterator[Diagnostic]:
    if not placed.texts:
        # A new number alone is a sheet taken word for word.
        word_for_word = N_("it changes no text: write `[[take]]` or `[[renumber]]`")
        moved = adapt.number is not None or adapt.axis is not None
        yield no_effect(placed.place, word_for_word if moved else N_("it changes no field"))
    if sheet is None:
        return
    for text in placed.texts:
        field = str(text.field)
        also = (item for item in placed.texts if item.field == field and item is not text)
        if field == "indicators":
            yield from _faults_of_indicators(text, sheet)
        elif text.way == "set" and (other := next(also, None)):
            yield twice(field, sheet.code, other.place, text.place)
        elif not three_way.base_is_lost_at(placed.place, field):
            yield from _faults_of_text(text, getattr(sheet, field), sheet.code)


def _faults_of_indicators(text: Operation, sheet: ActionSheet) -> Iterator[Diagnostic]:
    """Finds the faults of indicators that one change sets, or takes out, by their codes."""
    known = {item.code: item for item in sheet.indicators}
    for index, item in enumerate(text.value):
        at = text.place.at(index)
        if text.way == "remove":
            if item not in known:
                values = {"value": item, "field": "indicators", "name": sheet.code}
                yield Diagnostic("CP405", at, {**values, **nearest(item, known)})
        elif item.code in known:
            if item.of(before := known[item.code]) == before:
                yield no_effect(at, N_("the parent says this already"))
        elif not (item.title and item.unit):
            values = {"value": item.code, "name": sheet.code}
            yield Diagnostic("CP421", at, {**values, **nearest(item.code, known)})


def _faults_of_text(text: Operation, before: Any, name: str) -> Iterator[Diagnostic]:
    """Finds the faults of one text of a change, where `before` stands there."""
    match text.way:
        case "set" if not differ(text.value, before):
            yield no_effect(text.place, N_("the parent says this already"))
        case "append" | "remove" if not text.value:
            yield no_effect(text.place, N_("it changes no field"))
        case "append":
            for index, item in enumerate(text.value):
                if not lacks(before, item):
                    place = text.place.at(index)
                    yield no_effect(place, N_("the parent's list has this item already"))
        case "remove":
            for index, item in enumerate(text.value):
                if lacks(before, item):
                    values = {"value": item, "field": str(text.field), "name": name}
                    place = text.place.at(index)
                    yield Diagnostic("CP405", place, {**values, **nearest(item, before)})
        case _:
            return


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


def validate(changes: ChangeSet, three_way: ThreeWay) -> list[Diagnostic]:
    """Finds every fault of the changes against the text that they were read against."""
    return [*_faults(changes, three_way), *_anchors(changes, three_way)]


def _faults(changes: ChangeSet, three_way: ThreeWay) -> Iterator[Diagnostic]:
    base, sheets = three_way.base, three_way.base_by_code
    for placed in changes.placed():
        yield from _unknown_sheets(placed, three_way, changes)
        yield from _one_change(placed, three_way, changes)
        yield from _place(placed, three_way, changes)
        yield from _axis_names(placed, changes, base)
    for code, touching in changes.by_sheet().items():
        if code in sheets:
            yield from rivals(code, touching)
            yield from needless(touching, changes)
    yield from codes(changes, three_way)
    yield from _contract(changes, three_way)
    yield from _without_axis(changes, base)


def _unknown_sheets(
    placed: Placed, three_way: ThreeWay, changes: ChangeSet
) -> Iterator[Diagnostic]:
    sheets, text = three_way.base_by_code, _PARENT if changes.offered is None else _LOCAL_TEXT
    values: dict[str, Any] = {"change": placed.kind, "contract": three_way.base.id, "text": text}
    for code in placed.targets:
        if code in sheets:
            continue
        if (other := _elsewhere(code, three_way, changes)) is not None:
            is_coming, version = other
            when = {"when": _COMING if is_coming else _GONE, "version": version}
            named: dict[str, Any] = {"change": placed.kind, "name": code, **when}
            yield Diagnostic("CP428", placed.target_place(code), named)
        else:
            named = {**values, "name": code, **nearest(code, sheets)}
            yield Diagnostic("CP203", placed.target_place(code), named)


def _elsewhere(code: str, three_way: ThreeWay, changes: ChangeSet) -> tuple[bool, str] | None:
    if code in changes.coming:
        return True, changes.coming[code]
    if code in changes.gone:
        return False, changes.gone[code]
    return three_way.elsewhere(code)


def _axis_names(placed: Placed, changes: ChangeSet, base: Contract) -> Iterator[Diagnostic]:
    axis = getattr(placed.change, "axis", None)
    known = [item.code for item in changes.axes(base.axes)]
    if axis is not None and axis not in known:
        contract = changes.files[0].file if changes.axes(()) else base.id
        values: dict[str, Any] = {"name": axis, "contract": contract}
        yield Diagnostic("CP204", placed.place.at("axis"), {**values, **nearest(axis, known)})
    elif axis is None and isinstance(placed.change, Add):
        yield Diagnostic("CP209", placed.place.at("code"), {"name": placed.change.code})


def _without_axis(changes: ChangeSet, base: Contract) -> Iterator[Diagnostic]:
    """Sheets kept from the parent that none of the local axes receives."""
    own = changes.axes(())
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


def _contract(changes: ChangeSet, three_way: ThreeWay) -> Iterator[Diagnostic]:
    """Finds the faults of changes to the contract itself."""
    base = three_way.base
    for placed in changes.to_contract():
        if not placed.texts:
            yield no_effect(placed.place, N_("it changes no field"))
        for text in placed.texts:
            held = value_in(base, (None, str(text.field)))
            # A field that the parent does not state may be set to nothing.
            if held is not None and not three_way.base_is_lost_at(placed.place, str(text.field)):
                yield from _faults_of_text(text, held, base.id)
        for field, ways in sorted(by_field(placed.texts).items()):
            if "set" in ways and len(ways) > 1:
                at = placed.place.at(next(iter(ways)), field)
                yield twice(field, base.id, at, placed.place.at("set", field))
    yield from same_fields(base.id, changes.to_contract())
    # Amendments of one day that state the axes both.
    places = changes.places_of_axes()
    yield from (twice("axes", base.id, place, places[0]) for place in places[1:])
    for file in changes.files:
        if isinstance(file.changes, Amendment) and not any(operations(file.changes, file.file)):
            yield no_effect(Place(file.file, ("title",)), N_("the amendment changes nothing"))
        elif not changes.is_partial:
            yield from _same_axes(file, base)


def _same_axes(file: ChangeFile, base: Contract) -> Iterator[Diagnostic]:
    """Finds axes that are those of the text before; a text held in part may well tell them."""
    own, before = ([*map(_as_said, noun.axes)] for noun in (file.changes, base))
    if own and own == before:
        yield no_effect(Place(file.file, ("axes",)), N_("the parent has these axes already"))


def _as_said(axis: Axis) -> dict[str, Any]:
    """What an axis says, its sources and notes apart."""
    table = {name: value for name, value in axis.stated().items() if value not in (None, ())}
    if table.get("parent") == axis.code:
        del table["parent"]
    title = normalised(axis.title) if axis.title else None
    return {**table, "title": title, "sources": (), "note": None}
