"""The text that changes make of a contract.

Nothing is judged here (`judge` does): each change does what it can. `then` is the text the changes
were written for and `base` the text of the day; where a change rests on what moved between the two,
the local text stays and the sheet is marked to re-read.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from cpps_cli.derive.changes import ChangeSet, Placed
from cpps_cli.model import (
    LIST_FIELDS,
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
    Renumber,
    Take,
    in_order,
)

_NOT_OF_A_SHEET = frozenset({"parent", "reason"})
_JOINED_BY: Mapping[str, str] = {"title": " – ", "context": "\n\n", "lead": " ; "}


def built_sheets(changes: ChangeSet, base: Contract, then: Contract) -> tuple[DerivedSheet, ...]:
    """The sheets after the changes, in the order of the resulting axes and numbers."""
    builder = _Builder(changes, base, then)
    made = {item.sheet.code: item for item in builder.sheets()}
    ordered = in_order(tuple(item.sheet for item in made.values()), builder.axes)
    return tuple(made[sheet.code] for sheet in ordered)


def built_fields(changes: ChangeSet, base: Contract) -> dict[str, Any]:
    """The fields of the contract itself that the changes set, append to or remove from."""
    fields: dict[str, Any] = {}
    for change, _ in changes.to_contract():
        fields.update(contract_fields(change, base))
    return fields


def contract_fields(change: AdaptContract, base: Contract) -> dict[str, Any]:
    """The values that one change gives to fields of the contract."""
    fields: dict[str, Any] = {}
    for part in (change.append, change.remove):
        for name in part.model_fields_set if part else ():
            before = fields.get(name, getattr(base, name))
            fields[name] = _with_items(before, change, name)
    if change.set:
        fields.update({name: getattr(change.set, name) for name in change.set.model_fields_set})
    return fields


class _Builder:
    """One run over the changes, with the two texts and the resulting axes at hand."""

    def __init__(self, changes: ChangeSet, base: Contract, then: Contract) -> None:
        self.changes = changes
        self.base = {sheet.code: sheet for sheet in base.sheets}
        self.then = {sheet.code: sheet for sheet in then.sheets}
        self.axes = changes.axes(base.axes)
        self.local_axis = _axis_map(base.axes, self.axes if changes.has_own_axes() else ())

    def sheets(self) -> list[DerivedSheet]:
        by_sheet = self.changes.by_sheet()
        made: list[DerivedSheet] = []
        for code, sheet in self.base.items():
            if code not in by_sheet and not self.changes.listed:
                made.append(DerivedSheet(self._placed(sheet, {}), "inherited", (code,)))
        for code, changes in by_sheet.items():
            made.extend(self._changed(code, changes))
        for placed in self.changes.placed():
            match placed.change:
                case Merge():
                    made.extend(self._merged(placed, placed.change))
                case Add():
                    made.append(self._added(placed, placed.change))
                case _:  # the others were seen sheet by sheet
                    continue
        return made

    def _changed(self, code: str, changes: list[Placed]) -> list[DerivedSheet]:
        """The one sheet that takes, adaptations and new numbers make of a parent's sheet."""
        sheet = self.base.get(code) or self.then.get(code)
        if sheet is None or any(isinstance(item.change, Exclude | Merge) for item in changes):
            return []
        fields: dict[str, Any] = {}
        for placed in changes:
            fields.update(_fields_of(placed, sheet))
        adapted = any(name in TEXT_FIELDS for name in fields)
        return [
            DerivedSheet(
                self._placed(sheet, fields),
                "adapted" if adapted else "inherited",
                (code,),
                link_inferred=any("sheet" in _inferred(item) for item in changes),
                change=changes[0].place.path,
                to_reread=self._moved(code, fields),
            )
        ]

    def _merged(self, placed: Placed, merge: Merge) -> list[DerivedSheet]:
        found = [self.base.get(code) or self.then.get(code) for code in merge.sheets]
        present = [sheet for sheet in found if sheet is not None]
        if not present:
            return []
        order = list(self.base)
        present.sort(key=lambda sheet: order.index(sheet.code) if sheet.code in order else 10_000)
        own = {name: getattr(merge.set, name) for name in _set_fields(merge)}
        fields: dict[str, Any] = {"code": merge.code, "axis": present[0].axis}
        for name in TEXT_FIELDS:
            fields[name] = own.get(name) or _together(name, present, merge.keep)
        fields["sources"] = _union((*(sheet.sources for sheet in present), merge.sources))
        texts = dict.fromkeys(TEXT_FIELDS)
        return [
            DerivedSheet(
                self._placed(ActionSheet(**_stated(fields)), _place_of(merge)),
                "merged",
                tuple(sheet.code for sheet in present),
                link_inferred="sheet" in merge.inferred,
                change=placed.place.path,
                to_reread=any(self._moved(code, texts) for code in merge.sheets),
            )
        ]

    def _added(self, placed: Placed, add: Add) -> DerivedSheet:
        fields = {name: getattr(add, name) for name in add.model_fields_set - _NOT_OF_A_SHEET}
        answers = None if add.parent == "unknown" else ()
        return DerivedSheet(ActionSheet(**fields), "added", answers, change=placed.place.path)

    def _placed(self, sheet: ActionSheet, fields: dict[str, Any]) -> ActionSheet:
        """The sheet with other fields, standing in an axis of the resulting contract."""
        changed = {name: value for name, value in fields.items() if value != getattr(sheet, name)}
        if "axis" not in fields and sheet.axis in self.local_axis:
            changed["axis"] = self.local_axis[sheet.axis]
        if not changed:
            return sheet
        present = {name: getattr(sheet, name) for name in sheet.model_fields_set}
        # A field that the change states is no longer inferred, uncertain or cut; nor disputed.
        for mark in ("inferred", "uncertain", "cut"):
            present[mark] = tuple(name for name in getattr(sheet, mark) if name not in fields)
        present["claims"] = tuple(
            claim for claim in sheet.claims if not set(claim.statement()) & set(fields)
        )
        return ActionSheet(**{**present, **changed})

    def _moved(self, code: str, fields: Mapping[str, Any]) -> bool:
        """Whether the parent's text changed under the fields that a change rests on."""
        now, then = self.base.get(code), self.then.get(code)
        if now is then:
            return False
        if now is None or then is None:
            return True
        return any(getattr(now, name) != getattr(then, name) for name in fields)


def _fields_of(placed: Placed, sheet: ActionSheet) -> dict[str, Any]:
    match placed.change:
        case Take() | Renumber():
            return _place_of(placed.change)
        case Adapt():
            return {**_place_of(placed.change), **adapted_fields(placed.change, sheet)}
        case Exclude() | Merge() | Add():
            return {}
        case _:
            assert_never(placed.change)


def adapted_fields(adapt: Adapt, sheet: ActionSheet) -> dict[str, Any]:
    """The values that an adaptation gives to fields of a sheet."""
    fields = {name: getattr(adapt.set, name) for name in _set_fields(adapt)}
    for part in (adapt.append, adapt.remove):
        for name in part.model_fields_set if part else ():
            fields[name] = _with_items(getattr(sheet, name), adapt, name)
    return fields


def _with_items(
    before: tuple[str, ...], change: Adapt | AdaptContract, name: str
) -> tuple[str, ...]:
    append: tuple[str, ...] = getattr(change.append, name, ())
    remove: tuple[str, ...] = getattr(change.remove, name, ())
    kept = tuple(item for item in before if item not in remove)
    return kept + tuple(item for item in append if item not in kept)


def _set_fields(change: Adapt | Merge) -> frozenset[str]:
    return frozenset(change.set.model_fields_set if change.set else ())


def _place_of(change: Take | Renumber | Adapt | Merge) -> dict[str, Any]:
    stated = {"number": change.number, "axis": change.axis}
    return {name: value for name, value in stated.items() if value is not None}


def _inferred(placed: Placed) -> tuple[str, ...]:
    return () if isinstance(placed.change, Add) else placed.change.inferred


def _together(name: str, sheets: list[ActionSheet], keep: Mapping[str, str]) -> Any:
    """One value of several sheets' values: the kept one, or all of them in the parent's order."""
    if name in keep:
        return next((getattr(sheet, name) for sheet in sheets if sheet.code == keep[name]), None)
    values = [getattr(sheet, name) for sheet in sheets]
    if name in LIST_FIELDS or name == "indicators":
        return _union(tuple(values))
    texts = _union((tuple(value for value in values if value),))
    return _JOINED_BY[name].join(texts) or None


def _union(lists: tuple[tuple[Any, ...], ...]) -> tuple[Any, ...]:
    found: list[Any] = []
    for items in lists:
        found.extend(item for item in items if item not in found)
    return tuple(found)


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, ())}


def _axis_map(parent: tuple[Axis, ...], own: tuple[Axis, ...]) -> dict[str | None, str]:
    """The local axis for each of the parent's, by the same code or by `parent`."""
    codes = {axis.code for axis in own}
    linked = {axis.parent: axis.code for axis in own if axis.parent}
    known: dict[str | None, str] = {}
    for axis in parent:
        if axis.code in linked:
            known[axis.code] = linked[axis.code]
        elif axis.code in codes:
            known[axis.code] = axis.code
    return known
