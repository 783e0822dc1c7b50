"""What a local text is made of, piece by piece, and what becomes of each piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.model import AdaptContract, Add, Axis, Changes
from cpps_cli.model.operation import WAYS, Operation, operations_of

Outcome = Literal["carried", "said_already", "to_decide", "no_home", "settled", "left_behind"]
OUTCOMES: tuple[Outcome, ...] = (
    "carried",
    "to_decide",
    "no_home",
    "said_already",
    "settled",
    "left_behind",
)
Why = Literal[
    "",
    "holds_more",
    "one_sheet_now",
    "parent_says_it",
    "parent_dropped_it",
    "split",
    "meet",
    "merged_elsewhere",
    "part_left_out",
    "code_taken",
    "number_taken",
    "kept_text_changed",
    "dropped",
    "unknown",
    "repealed",
    "item_gone",
    "axis_gone",
    "former_contract",
    "refused",
    "not_in_force",
    "amended_since",
    "repealed_since",
    "taken_up_since",
    "undoes",
]
# What a change says of itself goes where the change goes.
ABOUT = ("reason", "note", "sources", "inferred", "uncertain", "cut")
PLACE = ("number", "axis")
_DECISION = ("decided_by", "decided_on", "review_on")
_TEXTS = ("set", "append", "remove", "keep")
_ORDER = ("code", "sheets", *ABOUT, *_DECISION, *PLACE, *_TEXTS)
# What an overlay says that its proposal says anew.
_SAID_ANEW = ("territory", "parent", "parent_version", "parent_fingerprint", "takes", "text")
# An amendment is named by its file, and read as a file of its own.
_HEAD = frozenset((*_SAID_ANEW, "id", "amendments"))


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of a piece: where it goes to, or why it goes nowhere.

    `to` are codes of the proposal: of the new parent's sheets, or of local ones. `before` and
    `after` are what the parent said then and says now, where the piece is `to_reread` or to decide.
    """

    piece: Operation
    outcome: Outcome
    why: Why = ""
    to: tuple[str, ...] = ()
    value: Any = None
    to_reread: bool = False
    before: Any = None
    after: Any = None

    @property
    def is_carried(self) -> bool:
        """Whether it stands in the proposal."""
        return self.outcome == "carried"


def pieces_of(placed: Placed) -> Iterator[Operation]:
    """Every piece of a change, in the order in which they are told; a list item by item."""
    change = placed.change
    is_new = isinstance(change, Add)  # a sheet that is added goes as a whole, but for its place
    if not isinstance(change, AdaptContract):
        yield Operation(placed.place, placed.targets, (), change if is_new else None)
    order = PLACE if is_new else _ORDER
    stated = [item for item in operations_of(change, placed.place) if _key(item) in order]
    for item in sorted(stated, key=lambda item: order.index(_key(item))):
        yield from _each(item)


def _key(operation: Operation) -> str:
    return str(operation.path[0]) if operation.path else ""


def _each(operation: Operation) -> Iterator[Operation]:
    """The items of a list that is put in, taken out, or merged; any other value as it is."""
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


def axis_pieces(axis: Axis, place: Place) -> Iterator[Operation]:
    """A local axis, and what in it speaks of the former parent."""
    yield Operation(place, (), (), axis)
    for name in ("parent", "announced_sheets"):
        if (value := getattr(axis, name)) is not None:
            yield Operation(place, (), (name,), value)


def head_pieces(file: ChangeFile) -> Iterator[Operation]:
    """What a file says of itself: titles, what happened to the contract, sources."""
    head = file.changes
    for name in type(head).model_fields:
        stated = name in head.model_fields_set and name not in Changes.model_fields
        if not stated or name in _HEAD:
            continue
        value, place = getattr(head, name), Place(file.file)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                yield Operation(place, (), (name, index), item)
        elif value is not None:
            yield Operation(place, (), (name,), value)


def remarks_of(file: ChangeFile) -> Iterator[Operation]:
    """What changes say of how they were read or put: refusals, and that only words changed."""
    for placed in file.all_placed():
        change, own = placed.change, Operation(placed.place, placed.targets, ())
        for key, reason in sorted(getattr(change, "refused", {}).items()):
            yield own._replace(path=("refused", key), value=reason)
        if getattr(change, "editorial", False):
            yield own._replace(path=("editorial",), value=True)


def all_pieces(file: ChangeFile) -> Iterator[Operation]:
    """Every piece of a file's changes."""
    for placed in file.all_placed():
        yield from pieces_of(placed)
    for axis, place in file.placed_axes():
        yield from axis_pieces(axis, place)
