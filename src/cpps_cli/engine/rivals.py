"""Validates changes beside one another: two of one field, of one sheet, of one code."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word
from cpps_cli.engine.changes import ChangeSet, Placed
from cpps_cli.engine.merge3 import normalised
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import Adapt, Add, Exclude, Merge, Renumber, Take
from cpps_cli.model.operation import Operation

_THERE = Word(N_("the other change"))
_AGAIN = Word(N_("used again here"))
_OF_THE_PARENT = Word(N_("the parent has a sheet of this code"))
_ONCE = Word(N_("a sheet that was repealed had this code"))


def no_effect(place: Place, what: str) -> Diagnostic:
    """The fault of a change without effect; `what` says why it has none."""
    return Diagnostic("CP402", place, {"what": Word(what)})


def twice(field: str, code: str, place: Place, other: Place) -> Diagnostic:
    """The fault of two changes of one field."""
    return against("CP401", place, other, {"field": field, "name": code})


def against(code: str, place: Place, other: Place, values: dict[str, Any]) -> Diagnostic:
    """A fault that the other place is needed to understand."""
    return Diagnostic(code, place, values, (Related(other, _THERE),))


def codes(changes: ChangeSet, three_way: ThreeWay) -> Iterator[Diagnostic]:
    """Finds codes given twice. One that the parent gave up since is free to be taken over.

    That is so in each text of the parent: a sheet kept as the local contract's own is written
    before the file can record the text in which the parent has it no longer.
    """
    seen: dict[str, Place] = {}
    sheets = three_way.base_by_code
    free = sheets.keys() - {sheet.code for sheet in three_way.theirs.sheets}
    free |= changes.given_up - changes.by_sheet().keys()
    taken = (sheets.keys() | (changes.offered or set())) - free
    for placed in changes.placed():
        if isinstance(placed.change, Add | Merge):
            code, place = placed.change.code, placed.place.at("code")
            merged = isinstance(placed.change, Merge) and code in placed.change.sheets
            if code in seen:
                yield against("CP207", place, seen[code], {"name": code, "where": _AGAIN})
            elif code in taken and not merged:
                yield Diagnostic("CP207", place, {"name": code, "where": _OF_THE_PARENT})
            elif code in changes.gone and code not in sheets:
                yield Diagnostic("CP207", place, {"name": code, "where": _ONCE})
            seen[code] = place


def rivals(code: str, touching: list[Placed]) -> Iterator[Diagnostic]:
    """Finds changes on one sheet that cannot all be meant."""
    excluding = [item for item in touching if isinstance(item.change, Exclude)]
    merging = [item for item in touching if isinstance(item.change, Merge)]
    if not excluding and not merging:
        yield from same_fields(code, touching)
        return
    first, fault = (excluding or merging)[0], "CP403" if excluding else "CP404"
    values = {"name": code} | ({} if excluding else {"into": getattr(first.change, "code", "")})
    for item in touching:
        if item is not first:
            yield against(fault, item.target_place(code), first.place, values)


class _Touch(NamedTuple):
    """A field that one change touches; `items`: those of a list that it appends or removes, each
    with its place. None where it states the field whole.
    """

    field: str
    place: Place
    items: Mapping[str, Place] | None = None


def same_fields(code: str, touching: Iterable[Placed]) -> Iterator[Diagnostic]:
    """Finds fields that two changes state, and items of a list that two of them name.

    Two changes may append to one list, or take other items out of it: both stand.
    """
    seen: dict[str, list[_Touch]] = {}
    for touch in (found for item in touching for found in _touched(item)):
        before = seen.setdefault(touch.field, [])
        yield from islice(_clashes(code, touch, before), 1)
        before.append(touch)


def _clashes(code: str, touch: _Touch, before: list[_Touch]) -> Iterator[Diagnostic]:
    for other in before:
        if touch.items is None or other.items is None:
            yield twice(touch.field, code, touch.place, other.place)
            continue
        for item in touch.items.keys() & other.items:
            yield twice(touch.field, code, touch.items[item], other.items[item])


def _touched(placed: Placed) -> Iterator[_Touch]:
    """The fields that one change touches, each once."""
    change = placed.change
    if isinstance(change, Take):
        yield _Touch("sheet", placed.place.at("sheet"))
    if isinstance(change, Take | Renumber | Adapt):
        for name in ("number", "axis"):
            if getattr(change, name) is not None:
                yield _Touch(name, placed.place.at(name))
    fields: dict[str, _Touch] = {}
    for text in placed.texts:
        field = str(text.field)
        if field == "indicators" and isinstance(change, Adapt):
            yield from _indicators_touched(text)
            continue
        if text.way == "set":
            fields[field] = _Touch(field, text.place)
        elif field not in fields:
            fields[field] = _Touch(field, text.place, _items(text))
        elif (items := fields[field].items) is not None:
            fields[field] = fields[field]._replace(items={**items, **_items(text)})
    yield from sorted(fields.values(), key=lambda touch: touch.field)


def _items(text: Operation) -> dict[str, Place]:
    return {normalised(item): text.place.at(index) for index, item in enumerate(text.value)}


def _indicators_touched(text: Operation) -> Iterator[_Touch]:
    """The indicators that a change names, each with its code: two changes may name two of them."""
    codes = [item if text.way == "remove" else item.code for item in text.value]
    for code in dict.fromkeys(codes):  # one that a list names twice is another fault
        yield _Touch(f"indicators.{code}", text.place.at(codes.index(code)))


def needless(touching: list[Placed], changes: ChangeSet) -> Iterator[Diagnostic]:
    """Finds changes that another one of the same sheet makes needless."""
    adapted = any(isinstance(item.change, Adapt) for item in touching)
    for item in touching if changes.listed and adapted else ():
        if isinstance(item.change, Take):
            yield no_effect(item.place, N_("an `[[adapt]]` takes this sheet already"))
