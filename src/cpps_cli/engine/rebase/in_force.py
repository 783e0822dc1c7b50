"""Reads a local text and its own amendments one after the other: which operations are in force.

Where two of them touch one field, the last one stands. What it puts aside is settled: it is listed,
and carried nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cpps_cli.diagnostics import KeyPath
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.engine.merge3 import lacks, normalised
from cpps_cli.engine.rebase.disposition import (
    ABOUT,
    PLACE,
    Disposition,
    Why,
    as_written,
    operations_of_axis,
    operations_of_change,
)
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Add,
    Axis,
    Contract,
    Exclude,
    IndicatorChange,
    Merge,
    Take,
)
from cpps_cli.model.operation import Operation

WAYS_OF_A_LIST = ("append", "remove")
_OPPOSITE = {"append": "remove", "remove": "append"}
_NOTHING_WITHOUT_FIELDS = ("adapt", "renumber", "contract")


class Part(NamedTuple):
    """A part of a change: where it stands in it, its value, and the operations it stands for."""

    path: KeyPath
    value: Any
    operations: tuple[Operation, ...]


@dataclass(slots=True)
class InForce:
    """The operations in force on one local sheet, or on the contract, in their order.

    `answers` are the parent's sheets that it comes from; `made_by` is the change that gave it its
    code, None where it is the parent's.
    """

    answers: tuple[str, ...]
    made_by: Placed | None = None
    operations: list[Operation] = field(default_factory=list)

    def on(self, name: str) -> tuple[Operation, ...]:
        """The operations that make the text of a field."""
        return tuple(item for item in self.operations if item.field == name and _is_text(item))

    def placed(self, sheet: ActionSheet, expected: str | None) -> Iterator[Part]:
        """Gives number and axis, where a change states them or axes stated again move it."""
        for name in PLACE:
            operations = tuple(item for item in self.operations if item.field == name)
            if operations or (name == "axis" and sheet.axis not in (None, expected)):
                yield Part((name,), getattr(sheet, name), operations)

    def codes(self) -> Iterator[Part]:
        """Gives the code of a merged sheet and those that it merges, to operations on them."""
        for item in self.operations:
            if self.made_by and item.change != self.made_by.place:
                continue
            if item.field == "code":
                yield Part(("code",), None, (item,))
            elif item.field == "sheets" and item.value in self.answers:
                yield Part(("sheets", self.answers.index(item.value)), None, (item,))

    def stated(self, fields: tuple[str, ...], noun: Any) -> Iterator[Part]:
        """Gives items put in and taken out where nothing else touches a list, else the value."""
        for name in fields:
            operations = self.on(name)
            if name == "indicators":
                yield from _of_indicators(operations)
            elif any(item.way not in WAYS_OF_A_LIST for item in operations):
                value = operations[0].value if len(operations) == 1 else getattr(noun, name)
                yield Part(("set", name), value, operations)
            else:
                yield from _items_of(operations)


class OperationsInForce:
    """What is in force on the parent's text `base` after each file; `listed`: sheets named only."""

    def __init__(self, base: Contract, *, listed: bool) -> None:
        self.base = base
        self.sheets = {} if listed else {item.code: InForce((item.code,)) for item in base.sheets}
        self.excluded: dict[str, list[Operation]] = {}
        self.contract = InForce(())
        self.axes: list[tuple[Axis, list[Operation]]] = []
        self.settled: list[Disposition] = []

    def read(self, files: Iterable[ChangeFile]) -> None:
        """Reads files that are judged together: the local text, or its amendments of one day."""
        own = tuple(files)
        placed = [item for file in own for item in file.placed()]
        for item in sorted(placed, key=lambda item: not isinstance(item.change, Take)):
            self._read(item)
        for file in own:
            for operation in operations_of_change(file.contract) if file.contract else ():
                self._receive(self.contract, operation)
            if file.changes.axes:
                self._state_axes(file)

    def close(self) -> None:
        """Settles what a change says of itself where nothing of the change is left."""
        why = {item.operation.change: item.why for item in reversed(self.settled)}
        for sheet in (*self.sheets.values(), self.contract):
            alive = {item.change for item in sheet.operations if item.field not in (None, *ABOUT)}
            for item in tuple(sheet.operations):
                if item.kind in _NOTHING_WITHOUT_FIELDS and item.change not in alive:
                    sheet.operations.remove(item)
                    self.settle([item], why.get(item.change, "undoes"))

    def settle(self, operations: Iterable[Operation], why: Why) -> None:
        """Notes operations that are carried nowhere, for the local text itself put them aside."""
        self.settled += [as_written(item, "settled", why) for item in operations]

    def _read(self, placed: Placed) -> None:
        own = list(operations_of_change(placed))
        match placed.change:
            case Take(sheet=code):
                self.settle(self.excluded.pop(code, ()), "taken_up_since")
                self.sheets[code] = InForce((code,), None, own)
            case Exclude(sheet=code):
                self._exclude(code, own)
            case Merge() as merge:
                self._merge(merge, placed, own)
            case Add() as add:
                self.sheets[add.code] = InForce((), placed, [*own, *_texts_of(add, placed)])
            case _:
                [code] = placed.targets
                sheet = self.sheets.setdefault(code, InForce((code,)))
                for operation in own:
                    self._receive(sheet, operation)

    def _exclude(self, code: str, own: list[Operation]) -> None:
        gone = self.sheets.pop(code, InForce((code,)))
        self.settle(listed_apart(gone.operations), "repealed_since")
        if not gone.answers:
            self.settle(own, "undoes")
        for answer in gone.answers:
            self.excluded[answer] = [item._replace(sheets=(answer,)) for item in own]

    def _merge(self, merge: Merge, placed: Placed, own: list[Operation]) -> None:
        stated = merge.set.model_fields_set if merge.set else frozenset()
        answers: list[str] = []
        left: list[Operation] = []
        for code in merge.sheets:
            sheet = self.sheets.pop(code, InForce((code,)))
            answers += sheet.answers
            left += _remarks_of(sheet.made_by)
            for item in sheet.operations:
                name = str(item.field)
                aside = name in stated or merge.keep.get(name, code) != code
                if name in PLACE or (_is_text(item) and aside):
                    self.settle([item], "amended_since")
                else:
                    left.append(item)
        self.sheets[merge.code] = InForce(tuple(answers), placed, [*left, *own])

    def _receive(self, sheet: InForce, operation: Operation) -> None:
        earlier = [item for item in sheet.operations if _replaces(operation, item)]
        sheet.operations = [item for item in sheet.operations if item not in earlier]
        self.settle(earlier, "amended_since")
        if operation.way == "remove" and earlier and not self._has_item(sheet, operation):
            self.settle([operation], "undoes")
        else:
            sheet.operations.append(operation)

    def _has_item(self, sheet: InForce, operation: Operation) -> bool:
        """Whether the parent's text has the item that an operation takes out."""
        nouns = [self.base] if sheet is self.contract else map(self.base.sheet, sheet.answers)
        name = str(operation.field)
        return any(noun and not lacks(getattr(noun, name), operation.value) for noun in nouns)

    def _state_axes(self, file: ChangeFile) -> None:
        before = {axis.code: axis for axis, _own in self.axes}
        for _axis, own in self.axes:
            self.settle(own, "amended_since")
        self.axes = [
            (_linked(axis, before), list(operations_of_axis(axis, place)))
            for axis, place in file.placed_axes()
        ]


def listed_apart(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Leaves out the texts of a sheet that was added, which is listed as a whole."""
    return (item for item in operations if not (item.kind == "add" and _is_text(item)))


def _is_text(operation: Operation) -> bool:
    """Whether an operation makes a part of the text of a sheet or a contract."""
    of_an_add = operation.kind == "add" and operation.field in TEXT_FIELDS
    return operation.way is not None or of_an_add


def _items_of(operations: tuple[Operation, ...]) -> Iterator[Part]:
    for way in WAYS_OF_A_LIST:
        for item in operations:
            if item.way == way:
                yield Part((way, str(item.field), 0), item.value, (item,))


def _of_indicators(operations: tuple[Operation, ...]) -> Iterator[Part]:
    """Gives the indicators that change, each with all that is stated of it, and those taken out."""
    setting = tuple(item for item in operations if item.way == "set")
    stated: dict[str, dict[str, Any]] = {}
    for change in (change for item in setting for change in item.value):
        stated.setdefault(change.code, {}).update(change.stated())
    if setting:
        changes = tuple(IndicatorChange(**table) for table in stated.values())
        yield Part(("set", "indicators"), changes, setting)
    yield from _items_of(tuple(item for item in operations if item.way == "remove"))


def _replaces(later: Operation, earlier: Operation) -> bool:
    """Whether a later operation stands in the place of an earlier one."""
    if earlier.field != later.field or earlier.field in (None, *ABOUT):
        return False
    if later.field == "indicators" and later.kind == earlier.kind == "adapt":
        return False  # each names its own
    if later.way in ("set", "keep") or later.field in PLACE:
        return True
    opposite = earlier.way == _OPPOSITE.get(later.way or "", "")
    return opposite and normalised(earlier.value) == normalised(later.value)


def _texts_of(add: Add, placed: Placed) -> Iterator[Operation]:
    """Takes the text of an added sheet apart, for amendments may change one field of it."""
    for name in TEXT_FIELDS:
        if name in add.model_fields_set:
            yield Operation(placed.place, (), (name,), getattr(add, name))


def _remarks_of(made_by: Placed | None) -> Iterator[Operation]:
    """Lists what an added sheet says of itself, which a merge carries on."""
    if made_by is not None and isinstance(made_by.change, Add):
        for name in ("reason", "note", "sources"):
            if value := getattr(made_by.change, name):
                yield Operation(made_by.place, (), (name,), value)


def _linked(axis: Axis, before: dict[str, Axis]) -> Axis:
    """An axis that is stated again, with the parent's axis that the one before it answered."""
    prior = before.get(axis.parent or axis.code)
    if prior is None:
        return axis
    link = prior.parent or (prior.code if prior.code != axis.code else None)
    return axis.replace(parent=link)
