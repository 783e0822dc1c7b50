"""What is wrong with one change, held against the sheet that it changes."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from cpps_cli.derive.beside import Beside
from cpps_cli.derive.changes import ChangeSet, Placed
from cpps_cli.derive.judge.said import no_effect, twice
from cpps_cli.derive.meeting import lacks
from cpps_cli.diagnostics import N_, Diagnostic, Place, nearest
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    Merge,
    Renumber,
    Take,
)

PARTS = ("set", "append", "remove")


def one_change(
    placed: Placed, sheets: dict[str, ActionSheet], changes: ChangeSet, beside: Beside
) -> Iterator[Diagnostic]:
    """What is wrong with one change alone."""
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
            yield from _adapt(placed, adapt, sheets.get(adapt.sheet), beside)
        case Merge() as merge:
            yield from _merge(placed, merge)
        case _:
            return


def _adapt(
    placed: Placed, adapt: Adapt, sheet: ActionSheet | None, beside: Beside
) -> Iterator[Diagnostic]:
    parts = {name: getattr(adapt, name) for name in PARTS}
    touched = fields_touched(parts)
    if not touched:
        # A new number alone is a sheet taken word for word.
        if adapt.number is None and adapt.axis is None:
            yield no_effect(placed.place, N_("it changes no field"))
        else:
            yield no_effect(
                placed.place, N_("it changes no text: write `[[take]]` or `[[renumber]]`")
            )
    if sheet is None:
        return
    for part, field in touched:
        place = placed.place.at(part, field)
        if part == "set" and (other := _also(field, touched)):
            yield twice(field, sheet.code, placed.place.at(other, field), place)
        elif not beside.is_unheld_at(placed.place, field):
            value, before = getattr(parts[part], field), getattr(sheet, field)
            yield from effect(place, part, value, before, sheet.code)


def effect(place: Place, part: str, value: Any, before: Any, name: str) -> Iterator[Diagnostic]:
    """What is wrong with one part of a change, where one field is concerned."""
    match part:
        case "set" if value == before:
            yield no_effect(place, N_("the parent says this already"))
        case "append":
            yield from _appended(place, value, before)
        case "remove":
            yield from _removed(place, value, before, name)
        case _:
            return


def fields_touched(parts: Mapping[str, BaseModel | None]) -> list[tuple[str, str]]:
    """Each part of a change with each field that stands in it."""
    return sorted(
        (part, field) for part, value in parts.items() if value for field in value.model_fields_set
    )


def _also(field: str, touched: list[tuple[str, str]]) -> str | None:
    """The other way in which a field is changed that is set as well."""
    return next((part for part in ("append", "remove") if (part, field) in touched), None)


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
    own = merge.set.model_fields_set if merge.set else frozenset()
    for field, code in merge.keep.items():
        place = placed.place.at("keep", field)
        if field not in TEXT_FIELDS:
            yield Diagnostic("CP101", place.key(), {"key": field, **nearest(field, TEXT_FIELDS)})
        elif code not in merge.sheets:
            values: dict[str, Any] = {"field": field, "name": code}
            yield Diagnostic("CP406", place, {**values, "known": merge.sheets})
        elif field in own:
            yield twice(field, merge.code, place, placed.place.at("set", field))
