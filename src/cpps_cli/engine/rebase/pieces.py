"""What a local text is made of, piece by piece, and what becomes of each piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.model import AdaptContract, Add, Axis, Changes, Exclude, Merge

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
Path = tuple[str | int, ...]
# What a change says of itself goes where the change goes.
ABOUT = ("reason", "note", "sources", "inferred", "uncertain", "cut")
WAYS = ("set", "append", "remove", "keep")
PLACE = ("number", "axis")
_DECISION = ("decided_by", "decided_on", "review_on")
# What an overlay says that its proposal says anew.
_SAID_ANEW = ("territory", "parent", "parent_version", "parent_fingerprint", "takes", "text")
# An amendment is named by its file, and read as a file of its own.
_HEAD = frozenset((*_SAID_ANEW, "id", "amendments"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a local text that is carried or not on its own.

    `change` is where it belongs to; `path` leads from there to the piece, () being the change
    itself. `sheets` are those that the change names: the former contract's, or local ones.
    """

    change: Place
    kind: str
    sheets: tuple[str, ...]
    path: Path
    value: Any = None

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.change.at(*self.path)

    @property
    def way(self) -> str | None:
        """How it changes a field: set, append, remove or keep; None where it is no text."""
        return str(self.path[0]) if self.path and self.path[0] in WAYS else None

    @property
    def field(self) -> str | None:
        """The field it is about; None where it is the change itself."""
        if not self.path:
            return None
        return str(self.path[1] if self.way else self.path[0])


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of a piece: where it goes to, or why it goes nowhere.

    `to` are codes of the proposal: of the new parent's sheets, or of local ones. `before` and
    `after` are what the parent said then and says now, where the piece is `to_reread` or to decide.
    """

    piece: Piece
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


def pieces_of(placed: Placed) -> Iterator[Piece]:
    """Every piece of a change to sheets, the change itself first."""
    change, sheets = placed.change, placed.targets
    if isinstance(change, Add):
        yield Piece(placed.place, placed.kind, (), (), change)
        names: tuple[str, ...] = PLACE
    else:
        yield Piece(placed.place, placed.kind, sheets, ())
        names = (*ABOUT, *(_DECISION if isinstance(change, Exclude) else PLACE))
    if isinstance(change, Merge):
        yield Piece(placed.place, placed.kind, sheets, ("code",), change.code)
        for index, code in enumerate(change.sheets):
            yield Piece(placed.place, placed.kind, (code,), ("sheets", index), code)
    for name in names:
        if value := getattr(change, name):
            yield Piece(placed.place, placed.kind, sheets, (name,), value)
    yield from _ways(change, placed.place, placed.kind, sheets)


def contract_pieces(change: AdaptContract, place: Place) -> Iterator[Piece]:
    """Every piece of the change to the contract itself."""
    for name in ABOUT:
        if value := getattr(change, name):
            yield Piece(place, "contract", (), (name,), value)
    yield from _ways(change, place, "contract", ())


def axis_pieces(axis: Axis, place: Place) -> Iterator[Piece]:
    """A local axis, and what in it speaks of the former parent."""
    yield Piece(place, "axes", (), (), axis)
    for name in ("parent", "announced_sheets"):
        if (value := getattr(axis, name)) is not None:
            yield Piece(place, "axes", (), (name,), value)


def head_pieces(file: ChangeFile) -> Iterator[Piece]:
    """What a file says of itself: titles, what happened to the contract, sources."""
    head = file.changes
    for name in type(head).model_fields:
        stated = name in head.model_fields_set and name not in Changes.model_fields
        if not stated or name in _HEAD:
            continue
        value, place = getattr(head, name), Place(file.file)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                yield Piece(place, "head", (), (name, index), item)
        elif value is not None:
            yield Piece(place, "head", (), (name,), value)


def remarks_of(file: ChangeFile) -> Iterator[Piece]:
    """What changes say of how they were read or put: refusals, and that only words changed."""
    for placed in file.placed():
        yield from _remarks(placed.change, placed.place, placed.kind, placed.targets)
    if file.changes.contract is not None:
        yield from _remarks(file.changes.contract, Place(file.file, ("contract",)), "contract", ())


def all_pieces(file: ChangeFile) -> Iterator[Piece]:
    """Every piece of a file's changes."""
    for placed in file.placed():
        yield from pieces_of(placed)
    if file.changes.contract is not None:
        yield from contract_pieces(file.changes.contract, Place(file.file, ("contract",)))
    for index, axis in enumerate(file.changes.axes):
        yield from axis_pieces(axis, Place(file.file, ("axes", index)))


def _remarks(change: Any, place: Place, kind: str, sheets: tuple[str, ...]) -> Iterator[Piece]:
    for key, reason in sorted(getattr(change, "refused", {}).items()):
        yield Piece(place, kind, sheets, ("refused", key), reason)
    if getattr(change, "editorial", False):
        yield Piece(place, kind, sheets, ("editorial",), True)


def _ways(change: Any, place: Place, kind: str, sheets: tuple[str, ...]) -> Iterator[Piece]:
    """The fields that are set, the items put in or taken out, the texts kept."""
    if stated := getattr(change, "set", None):
        for name in sorted(stated.model_fields_set):
            yield Piece(place, kind, sheets, ("set", name), getattr(stated, name))
    for way in ("append", "remove"):
        items = getattr(change, way, None)
        for name in sorted(items.model_fields_set) if items else ():
            for index, item in enumerate(getattr(items, name)):
                yield Piece(place, kind, sheets, (way, name, index), item)
    for name, code in sorted(getattr(change, "keep", {}).items()):
        yield Piece(place, kind, (code,), ("keep", name), code)
