"""The local text on the new parent, made of the pieces that are carried."""

from collections.abc import Iterable, Iterator
from typing import Any

from cpps_cli.engine.rebase.ground import Ground
from cpps_cli.engine.rebase.meeting import LiveMerge, unique
from cpps_cli.engine.rebase.pieces import ABOUT, Disposition
from cpps_cli.model import (
    ActionSheet,
    Adapt,
    AdaptContract,
    Add,
    Axis,
    Changes,
    Exclude,
    Merge,
    Renumber,
    Take,
)

_OF_A_SHEET = ("take", "renumber", "adapt", "exclude", "merge")
_OF_AN_ADDED_SHEET = (*ActionSheet.model_fields, "parent", "reason")
Table = dict[str, Any]


def proposed_changes(
    fates: tuple[Disposition, ...], merges: tuple[LiveMerge, ...], ground: Ground
) -> Changes:
    """The changes that the carried pieces make together, in the order of the new parent."""
    carried = [fate for fate in fates if fate.is_carried]
    live = {merge.place: merge for merge in merges}
    merged = {code for merge in merges for code in merge.sheets}
    beside = [f for f in carried if f.piece.kind in _OF_A_SHEET and f.piece.change not in live]
    made: dict[str, list[Any]] = {"take": [], "renumber": [], "adapt": [], "exclude": []}
    for sheet in ground.new.sheets:
        own = [fate for fate in beside if sheet.code in fate.to]
        change = None if sheet.code in merged else _on_sheet(sheet, own, ground)
        if change is not None:
            made[_key(change)].append(change)
    made["merge"] = [_merge(merge, carried, ground) for merge in merges]
    made["add"] = [*_adds(carried)]
    stated: Table = {key: tuple(items) for key, items in made.items() if items}
    if contract := _contract(carried):
        stated["contract"] = contract
    if axes := tuple(_axes(carried, ground)):
        stated["axes"] = axes
    return Changes(**stated)


def _on_sheet(
    sheet: ActionSheet, own: list[Disposition], ground: Ground
) -> Take | Renumber | Adapt | Exclude | None:
    """The one change on a sheet of the new parent; None where it needs none."""
    table = {"sheet": sheet.code, **_values(own), **_about(own)}
    match = ground.links.comes_from(sheet.code)
    if match and match.inferred:
        table["inferred"] = unique((*table.get("inferred", ()), "sheet"))
    if any(fate.piece.kind == "exclude" for fate in own):
        return Exclude(**table)
    if ways := _ways(own):
        return Adapt(**table, **ways)
    if ground.changes.listed:
        return Take(**table) if ground.is_taken(sheet.code) else None
    return Renumber(**table) if table.keys() & {"number", "axis"} else None


def _key(change: Take | Renumber | Adapt | Exclude) -> str:
    return type(change).__name__.lower()


def _merge(merge: LiveMerge, carried: list[Disposition], ground: Ground) -> Merge:
    own = [fate for fate in carried if fate.piece.change == merge.place]
    keep = {str(fate.piece.field): fate.value for fate in own if fate.piece.way == "keep"}
    # Another change that only kept one of these sheets says why here.
    beside = [f for f in carried if f not in own and merge.merge.code in f.to]
    table = {**_values(own), **_about([*own, *beside])}
    if any((match := ground.links.comes_from(code)) and match.inferred for code in merge.sheets):
        table["inferred"] = unique((*table.get("inferred", ()), "sheet"))
    if keep:
        table["keep"] = keep
    ways = _ways(fate for fate in own if fate.piece.way == "set")
    return Merge(sheets=merge.sheets, code=merge.merge.code, **table, **ways)


def _adds(carried: list[Disposition]) -> Iterator[Add]:
    for head in carried:
        add = head.piece.value
        if not isinstance(add, Add):
            continue
        own = [fate for fate in carried if fate.piece.change == head.piece.change]
        kept = [
            name
            for name in _OF_AN_ADDED_SHEET
            if name in add.model_fields_set and name not in ("number", "axis")
        ]
        yield Add(**{name: getattr(add, name) for name in kept}, **_values(own))


def _contract(carried: list[Disposition]) -> AdaptContract | None:
    own = [fate for fate in carried if fate.piece.kind == "contract"]
    ways = _ways(own)
    return AdaptContract(**ways, **_about(own)) if ways else None


def _axes(carried: list[Disposition], ground: Ground) -> Iterator[Axis]:
    """The local axes, each with the axis of the new parent that it answers."""
    own = [fate for fate in carried if fate.piece.kind == "axes"]
    links = {f.piece.change: f.value for f in own if f.piece.field == "parent"}
    answered = set(links.values())
    for fate in own:
        axis = fate.piece.value
        if fate.piece.field is not None:
            continue
        names = axis.model_fields_set & {"code", "number", "title", "sources", "note"}
        table: Table = {name: getattr(axis, name) for name in names}
        link = links.get(fate.piece.change)
        if axis.parent is None and link is None:
            # An axis of the former parent's code answered it without saying so.
            after = ground.links.axis_after(axis.code)
            known = after and ground.new.axis(after)
            link = after if known and after != axis.code and after not in answered else None
        if link:
            answered.add(link)
            table["parent"] = link
        yield Axis(**table)


# --- tables


def _values(fates: Iterable[Disposition]) -> Table:
    """What is stated beside the text: number, axis, who decided and when."""
    return {
        str(fate.piece.field): fate.value
        for fate in fates
        if fate.piece.field
        and not fate.piece.way
        and fate.piece.field not in (*ABOUT, "code", "sheets")
    }


def _about(fates: Iterable[Disposition]) -> Table:
    """What the changes say of themselves: reasons one after the other, sources and marks once."""
    found: dict[str, list[Any]] = {}
    for fate in fates:
        if fate.piece.field in ABOUT:
            found.setdefault(str(fate.piece.field), []).append(fate.value)
    return {
        name: " ".join(unique(values))
        if name in ("reason", "note")
        else unique(item for items in values for item in items)
        for name, values in found.items()
    }


def _ways(fates: Iterable[Disposition]) -> Table:
    """The fields that are set, the items put in and taken out, each once."""
    found: dict[str, dict[str, Any]] = {"set": {}, "append": {}, "remove": {}}
    for fate in fates:
        way, field = fate.piece.way, str(fate.piece.field)
        if way == "set":
            found[way].setdefault(field, fate.value)
        elif way in found:
            found[str(way)][field] = unique((*found[str(way)].get(field, ()), fate.value))
    return {way: fields for way, fields in found.items() if fields}
