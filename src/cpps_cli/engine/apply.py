"""Applies changes to a contract.

Nothing is validated here: each change does what it can. Where a change conflicts with what the
parent changed since it was read, the local text stays and the sheet is marked to re-read.

A field is built from parts, each of which knows where it stands; its value follows from them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeSet, Placed
from cpps_cli.engine.marks import doubts_of_merged, is_link_inferred, marks_after, without_link
from cpps_cli.engine.merge3 import lacks
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    AdaptContract,
    Add,
    Axis,
    Contract,
    DerivedSheet,
    Exclude,
    Merge,
    Origin,
    Parts,
    Renumber,
    Stated,
    Take,
    about_others,
    in_order,
    kept,
    value_of,
)
from cpps_cli.model.derived import stated
from cpps_cli.model.operation import by_field

_NOT_OF_A_SHEET = frozenset({"parent", "reason"})
_PLACE_FIELDS = ("number", "axis")
_LAST = 1_000_000
Fields = dict[str, Parts]


def apply_to_sheets(changes: ChangeSet, three_way: ThreeWay) -> tuple[DerivedSheet, ...]:
    """The sheets after the changes, in the order of the resulting axes and numbers.

    Of two sheets of one code, the one that the changes make stands.
    """
    builder = _Application(changes, three_way)
    made = {item.sheet.code: item for item in builder.sheets()}
    ordered = in_order(tuple(item.sheet for item in made.values()), builder.axes)
    return tuple(made[sheet.code] for sheet in ordered)


def apply_to_contract(changes: ChangeSet, three_way: ThreeWay) -> Fields:
    """The parts of each field of the contract itself that the changes touch, its axes included."""
    fields: Fields = {}
    for placed in changes.to_contract():
        fields.update(_adapted(placed, three_way.theirs, three_way, fields))
    if own := changes.placed_axes():
        fields["axes"] = tuple(Stated(axis, place) for axis, place in own)
    return fields


class _Application:
    """One run over the changes, with the two texts and the resulting axes at hand."""

    def __init__(self, changes: ChangeSet, three_way: ThreeWay) -> None:
        theirs = three_way.theirs
        self.changes = changes
        self.three_way = three_way
        self.theirs = three_way.version.by_code
        self.base = three_way.base_by_code
        self.rank = three_way.version.rank
        self.axes = changes.axes(theirs.axes)
        self.local_axis = _axis_map(theirs.axes, changes)

    def sheets(self) -> list[DerivedSheet]:
        by_sheet = self.changes.by_sheet()
        made: list[DerivedSheet] = []
        if not self.changes.listed:
            made.extend(self._untouched(code) for code in self.theirs if code not in by_sheet)
        for code, changes in by_sheet.items():
            made.extend(self._changed(code, changes))
        for placed in self.changes.placed():
            match placed.change:
                case Merge():
                    made.extend(map(self._overtaken, self._merged(placed, placed.change)))
                case Add():
                    made.append(self._overtaken(_added(placed, placed.change)))
                case _:  # the others were seen sheet by sheet
                    continue
        return made

    def _changed(self, code: str, changes: list[Placed]) -> list[DerivedSheet]:
        """The one sheet that takes, adaptations and new numbers make of a parent's sheet."""
        sheet = self.theirs.get(code) or self.base.get(code)
        if sheet is None or any(isinstance(item.change, Exclude | Merge) for item in changes):
            return []
        fields: Fields = {}
        for placed in changes:
            fields.update(self._fields_of(placed, sheet, fields))
        return [self._from_one(sheet, fields, changes)]

    def _untouched(self, code: str) -> DerivedSheet:
        """A sheet of the parent, word for word."""
        sheet = self.theirs[code]
        if sheet.axis in self.local_axis:
            return self._from_one(sheet, {}, [])
        return self.three_way.version.untouched[code]

    def _from_one(self, sheet: ActionSheet, fields: Fields, changes: list[Placed]) -> DerivedSheet:
        """A sheet of the parent with the fields that changes touch."""
        adapted = any(not text.only_measures for item in changes for text in item.texts)
        said = [item.change for item in changes]
        sources = _union((sheet.sources, *(change.sources for change in said)))
        marks = marks_after(sheet, fields, said)
        claims = tuple(about_others(sheet.claims, fields))
        fields = self._in_local_axis(sheet, fields)
        values = {name: value_of(name, parts) for name, parts in fields.items()}
        sources_of = {name: of for name, of in sheet.sources_of.items() if name not in fields}
        values |= {**marks, "claims": claims, "sources": sources, "sources_of": sources_of}
        return DerivedSheet(
            _with_values(sheet, values),
            "adapted" if adapted else "inherited",
            (sheet.code,),
            link_inferred=any(map(is_link_inferred, said)),
            change=changes[0].place.path if changes else None,
            to_reread=self._has_conflict(changes),
            fields=fields,
        )

    def _merged(self, placed: Placed, merge: Merge) -> list[DerivedSheet]:
        found = [self.theirs.get(code) or self.base.get(code) for code in merge.sheets]
        present = [sheet for sheet in found if sheet is not None]
        if not present:
            return []
        present.sort(key=lambda sheet: self.rank.get(sheet.code, _LAST))
        fields: Fields = {"axis": kept(present[0], "axis"), **_place_of(merge, placed.place)}
        own = _set_fields(placed)
        for name in TEXT_FIELDS:
            # A list that is set to nothing is empty, whatever the sheets say.
            fields[name] = own[name] if name in own else _together(name, present, merge.keep)
        if merge.axis is None:
            fields |= self._in_local_axis(present[0], {})
        fields = {name: parts for name, parts in fields.items() if parts}
        values = {name: value_of(name, parts) for name, parts in fields.items()}
        values |= doubts_of_merged(present, fields, merge)
        sources = _union((*(sheet.cited for sheet in present), merge.sources))
        return [
            DerivedSheet(
                ActionSheet(code=merge.code, sources=sources, **values),
                "merged",
                tuple(sheet.code for sheet in present),
                link_inferred=is_link_inferred(merge),
                change=placed.place.path,
                to_reread=self._has_conflict([placed]),
                fields=fields,
            )
        ]

    def _overtaken(self, made: DerivedSheet) -> DerivedSheet:
        """A sheet whose code is the parent's too: the local text stays.

        Where the parent took the code meanwhile, it is to be re-read; where it gives the sheet up
        later, the local text keeps it as its own from then on.

        A code is one sheet: the local one answers the parent's, which is neither taken beside it
        nor left out. No source says so; the link is inferred from the code, and marked as such.
        """
        code, answers = made.sheet.code, made.answers or ()
        if code not in self.theirs or code in answers:
            return made
        origin: Origin = "adapted" if made.origin == "added" else made.origin
        answers = (*answers, code)
        new = code not in self.base
        return replace(made, origin=origin, answers=answers, link_inferred=True, to_reread=new)

    def _in_local_axis(self, sheet: ActionSheet, fields: Fields) -> Fields:
        """The fields, with the local axis that answers the parent's where no change names one."""
        if "axis" in fields or sheet.axis not in self.local_axis:
            return fields
        return {**fields, "axis": (self.local_axis[sheet.axis],)}

    def _has_conflict(self, changes: list[Placed]) -> bool:
        """Whether changes rest on what moved, or name a sheet that the parent no longer has."""
        return any(
            self.three_way.has_conflict(placed.change)
            or any(code not in self.theirs for code in placed.targets)
            for placed in changes
        )

    def _fields_of(self, placed: Placed, sheet: ActionSheet, before: Fields) -> Fields:
        match placed.change:
            case Take() | Renumber() as moved:
                return _place_of(moved, placed.place)
            case Adapt() as adapt:
                fields = _place_of(adapt, placed.place)
                return {**fields, **_adapted(placed, sheet, self.three_way, before)}
            case Exclude() | Merge() | Add() | AdaptContract():
                return {}
            case _:
                assert_never(placed.change)


def _with_values(sheet: ActionSheet, values: Mapping[str, Any]) -> ActionSheet:
    if all(value == getattr(sheet, name) for name, value in values.items()):
        return sheet
    return sheet.replace(**values)


def _added(placed: Placed, add: Add) -> DerivedSheet:
    names = add.model_fields_set - _NOT_OF_A_SHEET
    values = {name: getattr(add, name) for name in names}
    if inferred := is_link_inferred(add):
        values["inferred"] = without_link(add.inferred)
    return DerivedSheet(
        ActionSheet(**values),
        "added",
        None if add.parent == "unknown" else (),
        link_inferred=inferred,
        change=placed.place.path,
        fields={
            name: stated(getattr(add, name), name, placed.place.at(name))
            for name in (*_PLACE_FIELDS, *TEXT_FIELDS)
            if name in names
        },
    )


def _adapted(
    placed: Placed, noun: ActionSheet | Contract, three_way: ThreeWay, before: Fields
) -> Fields:
    """The fields that one change touches; `before`: those that others have touched."""
    fields = _set_fields(placed)
    for name, ways in by_field(placed.texts).items():
        held = before[name] if name in before else kept(noun, name)
        if name == "indicators":
            fields[name] = _with_indicators(held, ways, placed, three_way)
        elif ways.keys() - {"set"}:
            became = three_way.merge_at(placed.place, name).became
            at = placed.place.at("append", name)
            fields[name] = _with_items(held, ways, at, became)
    return fields


def _with_items(
    before: Parts, ways: Mapping[str, Any], place: Place, became: Mapping[str, tuple[str, ...]]
) -> Parts:
    """A list less what is removed, and what the parent put in its place, with what is appended."""
    name = str(place.path[-1])
    removed = [
        deleted for item in ways.get("remove", ()) for deleted in (item, *became.get(item, ()))
    ]
    left = tuple(part for part in before if lacks(tuple(removed), part.value))
    appended = stated(ways.get("append", ()), name, place)
    present = tuple(part.value for part in left)
    return (*left, *(part for part in appended if lacks(present, part.value)))


def _with_indicators(
    before: Parts, ways: Mapping[str, Any], placed: Placed, three_way: ThreeWay
) -> Parts:
    """The indicators less those removed, each that is set with what changes in it, new ones last.

    One that the parent has no longer is changed as it was read.
    """
    read = three_way.base_by_code.get(placed.targets[0])
    known = {item.code: item for item in read.indicators} if read else {}
    known |= {part.value.code: part.value for part in before}
    at = placed.place.at("set", "indicators")
    made = {
        change.code: Stated(change.of(known.get(change.code)), at.at(index))
        for index, change in enumerate(ways.get("set", ()))
    }
    removed = ways.get("remove", ())
    left = [part for part in before if part.value.code not in removed]
    held = {part.value.code for part in left}
    new = (part for code, part in made.items() if code not in held)
    return (*(made.get(part.value.code, part) for part in left), *new)


def _set_fields(placed: Placed) -> Fields:
    return {
        str(text.field): stated(text.value, str(text.field), text.place)
        for text in placed.texts
        if text.way == "set"
    }


def _place_of(change: Take | Renumber | Adapt | Merge, place: Place) -> Fields:
    """The number and the axis that a change states."""
    named = {name: getattr(change, name) for name in _PLACE_FIELDS}
    return {
        name: stated(value, name, place.at(name))
        for name, value in named.items()
        if value is not None
    }


def _together(name: str, sheets: list[ActionSheet], keep: Mapping[str, str]) -> Parts:
    """The parts of the sheet that is kept, or of all of them in the parent's order."""
    chosen = [sheet for sheet in sheets if keep.get(name, sheet.code) == sheet.code]
    return tuple(part for sheet in chosen for part in kept(sheet, name))


def _union(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _axis_map(parent: tuple[Axis, ...], changes: ChangeSet) -> dict[str | None, Stated]:
    """The local axis for each of the text before, by `parent` or by the same code."""
    own = changes.placed_axes()
    by_code = {axis.code: Stated(axis.code, place.at("code")) for axis, place in own}
    by_link = {
        axis.parent: Stated(axis.code, place.at("parent")) for axis, place in own if axis.parent
    }
    found: dict[str | None, Stated] = {}
    for axis in parent:
        answer = by_link.get(axis.code) or by_code.get(axis.code)
        # Axes that a local contract states again may answer the same axes of its parent.
        if answer := answer or (by_link.get(axis.parent) if axis.parent else None):
            found[axis.code] = answer
    return found
