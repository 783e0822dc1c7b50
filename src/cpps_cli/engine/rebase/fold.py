"""A local text and its own amendments, read one after the other: what stands, what is settled.

Where two of them touch one field, the last one stands. What it puts aside is settled: it is told,
and carried nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.engine.fingerprint import normalised
from cpps_cli.engine.merge3 import lacks
from cpps_cli.engine.rebase.pieces import ABOUT, PLACE, Disposition, Why, axis_pieces, pieces_of
from cpps_cli.model import TEXT_FIELDS, Add, Axis, Contract, Exclude, Merge, Take
from cpps_cli.model.operation import Operation

_OPPOSITE = {"append": "remove", "remove": "append"}
_NOTHING_WITHOUT_FIELDS = ("adapt", "renumber", "contract")


@dataclass(slots=True)
class Standing:
    """What stands of the changes to one local sheet, or to the contract, in their order.

    `answers` are the parent's sheets that it comes from; `made_by` is the change that gave it its
    code, None where it is the parent's.
    """

    answers: tuple[str, ...]
    made_by: Placed | None = None
    pieces: list[Operation] = field(default_factory=list)

    def on(self, name: str) -> list[Operation]:
        """The pieces that make the text of a field."""
        return [piece for piece in self.pieces if piece.field == name and is_text(piece)]


class Fold:
    """What stands after each file, on the parent's text `then`; `listed`: only what is named."""

    def __init__(self, then: Contract, *, listed: bool) -> None:
        self.then = then
        codes = () if listed else tuple(sheet.code for sheet in then.sheets)
        self.sheets = {code: Standing((code,)) for code in codes}
        self.excluded: dict[str, list[Operation]] = {}
        self.contract = Standing(())
        self.axes: list[tuple[Axis, list[Operation]]] = []
        self.settled: list[Disposition] = []

    def read(self, files: Iterable[ChangeFile]) -> None:
        """Reads files that are judged together: the local text, or its amendments of one day."""
        own = tuple(files)
        placed = [item for file in own for item in file.placed()]
        for item in sorted(placed, key=lambda item: not isinstance(item.change, Take)):
            self._read(item)
        for file in own:
            if file.contract:
                for piece in pieces_of(file.contract):
                    self._receive(self.contract, piece)
            if file.changes.axes:
                self._state_axes(file)

    def close(self) -> None:
        """Settles what a change says of itself where nothing of the change is left."""
        why = {fate.piece.change: fate.why for fate in reversed(self.settled)}
        for standing in (*self.sheets.values(), self.contract):
            alive = {piece.change for piece in standing.pieces if _is_matter(piece)}
            for piece in tuple(standing.pieces):
                if piece.kind in _NOTHING_WITHOUT_FIELDS and piece.change not in alive:
                    standing.pieces.remove(piece)
                    self.settle([piece], why.get(piece.change, "undoes"))

    def settle(self, pieces: Iterable[Operation], why: Why) -> None:
        """Tells of pieces that are carried nowhere, for the local text itself put them aside."""
        self.settled += [Disposition(piece, "settled", why, value=piece.value) for piece in pieces]

    def _read(self, placed: Placed) -> None:
        pieces = list(pieces_of(placed))
        match placed.change:
            case Take() as take:
                self.settle(self.excluded.pop(take.sheet, ()), "taken_up_since")
                self.sheets[take.sheet] = Standing((take.sheet,), None, pieces)
            case Exclude() as exclude:
                self._exclude(exclude.sheet, pieces)
            case Merge() as merge:
                self._merge(merge, placed, pieces)
            case Add() as add:
                own = [*pieces, *_texts_of(add, placed)]
                self.sheets[add.code] = Standing((), placed, own)
            case _:
                [code] = placed.targets
                standing = self.sheets.setdefault(code, Standing((code,)))
                for piece in pieces:
                    self._receive(standing, piece)

    def _exclude(self, code: str, pieces: list[Operation]) -> None:
        gone = self.sheets.pop(code, Standing((code,)))
        self.settle(told(gone.pieces), "repealed_since")
        if not gone.answers:
            self.settle(pieces, "undoes")
        for answer in gone.answers:
            self.excluded[answer] = [piece._replace(sheets=(answer,)) for piece in pieces]

    def _merge(self, merge: Merge, placed: Placed, pieces: list[Operation]) -> None:
        stated = merge.set.model_fields_set if merge.set else frozenset()
        answers: list[str] = []
        left: list[Operation] = []
        for code in merge.sheets:
            part = self.sheets.pop(code, Standing((code,)))
            answers += part.answers
            left += _said_of(part)
            for piece in part.pieces:
                name = str(piece.field)
                aside = name in stated or merge.keep.get(name, code) != code
                if name in PLACE or (is_text(piece) and aside):
                    self.settle([piece], "amended_since")
                else:
                    left.append(piece)
        self.sheets[merge.code] = Standing(tuple(answers), placed, [*left, *pieces])

    def _receive(self, standing: Standing, piece: Operation) -> None:
        earlier = list(_put_aside(standing, piece))
        standing.pieces = [item for item in standing.pieces if item not in earlier]
        self.settle(earlier, "amended_since")
        if piece.way == "remove" and earlier and not self._is_of_the_parent(standing, piece):
            self.settle([piece], "undoes")
        else:
            standing.pieces.append(piece)

    def _is_of_the_parent(self, standing: Standing, piece: Operation) -> bool:
        """Whether the parent's text has the item that a piece takes out."""
        nouns = [self.then] if standing is self.contract else map(self.then.sheet, standing.answers)
        name = str(piece.field)
        return any(noun and not lacks(getattr(noun, name), piece.value) for noun in nouns)

    def _state_axes(self, file: ChangeFile) -> None:
        before = {axis.code: axis for axis, _pieces in self.axes}
        for _axis, pieces in self.axes:
            self.settle(pieces, "amended_since")
        self.axes = []
        for axis, place in file.placed_axes():
            pieces = list(axis_pieces(axis, place))
            self.axes.append((_linked(axis, before), pieces))


def is_text(piece: Operation) -> bool:
    """Whether a piece is a part of what a sheet or a contract says."""
    return piece.way is not None or (piece.kind == "add" and piece.field in TEXT_FIELDS)


def told(pieces: Iterable[Operation]) -> Iterator[Operation]:
    """The pieces without the texts of a sheet that was added, which is told as a whole."""
    return (piece for piece in pieces if not (piece.kind == "add" and is_text(piece)))


def _put_aside(standing: Standing, piece: Operation) -> Iterator[Operation]:
    """The earlier pieces in the place of which a later one stands."""
    for earlier in standing.pieces:
        if earlier.field != piece.field or earlier.field in (None, *ABOUT):
            continue
        if (
            piece.way in ("set", "keep")
            or piece.field in PLACE
            or (earlier.way == _OPPOSITE.get(piece.way or "", "") and _is_one(earlier, piece))
        ):
            yield earlier


def _is_one(one: Operation, other: Operation) -> bool:
    return normalised(one.value) == normalised(other.value)


def _is_matter(piece: Operation) -> bool:
    return piece.field is not None and piece.field not in ABOUT


def _texts_of(add: Add, placed: Placed) -> Iterator[Operation]:
    """What an added sheet says, field by field: amendments may change one of them."""
    for name in TEXT_FIELDS:
        if name in add.model_fields_set:
            yield Operation(placed.place, (), (name,), getattr(add, name))


def _said_of(standing: Standing) -> Iterator[Operation]:
    """What an added sheet says of itself, which a merge carries on."""
    placed = standing.made_by
    if placed is None or not isinstance(placed.change, Add):
        return
    for name in ("reason", "note", "sources"):
        if value := getattr(placed.change, name):
            yield Operation(placed.place, (), (name,), value)


def _linked(axis: Axis, before: dict[str, Axis]) -> Axis:
    """An axis that is stated again, with the parent's axis that the one before it answered."""
    prior = before.get(axis.parent or axis.code)
    if prior is None:
        return axis
    link = prior.parent or (prior.code if prior.code != axis.code else None)
    present = {name: getattr(axis, name) for name in axis.model_fields_set}
    return Axis(**{**present, "parent": link})
