"""Takes a local text apart into operations that are carried one by one, and emits changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.model import AdaptContract, Add, Axis, Changes
from cpps_cli.model.operation import WAYS, Operation, noun_of, operations_of

T = TypeVar("T")
Table = dict[str, Any]
Stated = Iterable[tuple[KeyPath, Any]]
Outcome = Literal["remapped", "said_already", "to_decide", "orphaned", "settled", "discarded"]
_Remapped = Literal["", "holds_more", "one_sheet_now"]
_SaidAlready = Literal["parent_says_it", "parent_dropped_it"]
_Meeting = Literal["split", "meet", "merged_elsewhere", "part_left_out"]
_ToDecide = Literal[_Meeting, "code_taken", "number_taken", "kept_text_changed"]
_Orphaned = Literal["dropped", "unknown", "repealed", "item_gone", "axis_gone"]
_Discarded = Literal["former_contract", "refused", "not_in_force"]
_Settled = Literal["amended_since", "repealed_since", "taken_up_since", "undoes"]
Why = Literal[_Remapped, _SaidAlready, _ToDecide, _Orphaned, _Discarded, _Settled]
# What a change says of itself goes where the change goes.
ABOUT = ("reason", "note", "sources", "inferred", "uncertain", "cut")
PLACE = ("number", "axis")
_DECISION = ("decided_by", "decided_on", "review_on")
_ORDER = ("code", "sheets", *ABOUT, *_DECISION, *PLACE, "set", "append", "remove", "keep")
# What an overlay says that its proposal says anew.
_STATED_ANEW = ("territory", "parent", "parent_version", "parent_fingerprint", "takes", "text")
# An amendment is named by its file, and read as a file of its own.
_LEFT_OUT = frozenset((*_STATED_ANEW, "id", "amendments", *Changes.model_fields))


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of an operation: where it goes to, or why it goes nowhere.

    `to` are codes of the proposal: of the new parent's sheets, or of local ones. `base` and
    `theirs` are the values of the former parent and of the new one, where the operation is
    `to_reread` or to decide.
    """

    operation: Operation
    outcome: Outcome
    why: Why = ""
    to: tuple[str, ...] = ()
    value: Any = None
    to_reread: bool = False
    base: Any = None
    theirs: Any = None

    @property
    def is_remapped(self) -> bool:
        """Whether it stands in the proposal."""
        return self.outcome == "remapped"


def operations_of_change(placed: Placed) -> Iterator[Operation]:
    """Takes a change apart, lists item by item, in the order in which a report shows them."""
    change = placed.change
    is_new = isinstance(change, Add)  # a sheet that is added goes as a whole, but for its place
    if not isinstance(change, AdaptContract):
        yield Operation(placed.place, placed.targets, (), change if is_new else None)
    order = PLACE if is_new else _ORDER
    stated = [item for item in operations_of(change, placed.place) if _key(item) in order]
    for item in sorted(stated, key=lambda item: order.index(_key(item))):
        yield from _items(item)


def operations_of_axis(axis: Axis, place: Place) -> Iterator[Operation]:
    """Takes a local axis apart: the axis itself, and what in it speaks of the former parent."""
    yield Operation(place, (), (), axis)
    for name in ("parent", "announced_sheets"):
        if (value := getattr(axis, name)) is not None:
            yield Operation(place, (), (name,), value)


def operations_of_file(file: ChangeFile) -> Iterator[Operation]:
    """Takes all changes of a file apart."""
    for placed in file.all_placed():
        yield from operations_of_change(placed)
    for axis, place in file.placed_axes():
        yield from operations_of_axis(axis, place)


def operations_of_head(file: ChangeFile) -> Iterator[Operation]:
    """Takes the head of a file apart: titles, what happened to the contract, sources."""
    head, place = file.changes, Place(file.file)
    for name in type(head).model_fields:
        value = getattr(head, name)
        if name in _LEFT_OUT or name not in head.model_fields_set or value is None:
            continue
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in items:
            yield Operation(place, (), (name,) if index is None else (name, index), item)


def remarks_of_file(file: ChangeFile) -> Iterator[Operation]:
    """Lists what changes say of how they were read or put: refusals, `editorial`."""
    for placed in file.all_placed():
        own = [item for item in operations_of(placed.change, placed.place) if item.value]
        for name in ("refused", "editorial"):
            yield from (item for item in own if _key(item) == name)


def emitted(kind: str, target: Table, stated: Stated) -> Any:
    """Makes one change of what it states: the first text of a field, each item of a list once."""
    found: dict[KeyPath, Any] = {(name,): value for name, value in target.items()}
    for path, value in stated:
        match path:
            case (str(),) if value is not None:
                found[path] = value
            case (str(), str()):
                found.setdefault(path, value)
            case (str(way), str(name), int()):
                found[way, name] = unique((*found.get((way, name), ()), value))
            case _:  # the change itself, and the codes that it names
                continue
    return noun_of(kind, found.items())


def joined(name: str, values: Iterable[Any]) -> Any:
    """Joins what several changes say of themselves under one key."""
    if name in ("reason", "note"):
        return " ".join(unique(values))
    return unique(item for items in values for item in items)


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Each item once, in their order."""
    return tuple(dict.fromkeys(items))


def _key(operation: Operation) -> str:
    return str(operation.path[0]) if operation.path else ""


def _items(operation: Operation) -> Iterator[Operation]:
    """Splits a list that is put in, taken out, or merged into its items."""
    path, value = operation.path, operation.value
    match path:
        case ("append" | "remove", str()):
            for index, item in enumerate(value):
                yield operation._replace(path=(*path, index), value=item)
        case ("sheets",):
            for index, code in enumerate(value):
                yield operation._replace(sheets=(code,), path=(*path, index), value=code)
        case ("keep", str()):
            yield operation._replace(sheets=(value,))
        case (str(name),) if name in WAYS or not value:  # nothing is stated
            return
        case _:
            yield operation
