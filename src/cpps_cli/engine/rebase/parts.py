"""The parts of the changes of the one text, each with the pieces that it stands for."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from cpps_cli.engine.apply import built_sheets
from cpps_cli.engine.changes import ChangeFile, ChangeSet
from cpps_cli.engine.rebase.fold import Standing
from cpps_cli.engine.rebase.pieces import ABOUT, PLACE
from cpps_cli.engine.three_way import alone
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Axis, Changes, Contract, kept, value_of
from cpps_cli.model.operation import Operation, noun_of

WAYS_OF_A_LIST = ("append", "remove")
Table = dict[str, Any]


class Part(NamedTuple):
    """A part of a change: where it stands in it, its value, and the pieces it stands for."""

    path: tuple[str | int, ...]
    value: Any
    pieces: tuple[Operation, ...]


def whole_change(piece: Operation) -> Part:
    """The part of a change that is the change itself."""
    return Part(piece.path, piece.value, (piece,))


def parts_by_change(
    pieces: list[Operation], parts: list[Part]
) -> Iterator[tuple[list[Operation], list[Part]]]:
    """The pieces and the parts of each change; changes that make one value are one change."""
    owner = {piece.change: piece.change for piece in pieces}
    for part in parts:
        joined = [owner[piece.change] for piece in part.pieces]
        owner |= {change: joined[0] for change in owner if owner[change] in joined}
    for change in dict.fromkeys(owner.values()):
        own = [part for part in parts if part.pieces and owner[part.pieces[0].change] == change]
        yield [piece for piece in pieces if owner[piece.change] == change], own
    for part in parts:
        if not part.pieces:
            yield [], [part]


def numbered_parts(parts: Iterable[Part]) -> list[Part]:
    """The parts, the items of each list numbered from 0."""
    seen: dict[tuple[str | int, ...], int] = {}
    found = []
    for part in parts:
        path = part.path
        if len(path) == 3:
            seen[path] = seen.get(path, -1) + 1
            path = (*path[:2], seen[part.path])
        found.append(part._replace(path=path))
    return found


def axes_without_change(then: Contract, axes: tuple[Axis, ...], file: str) -> dict[str, str | None]:
    """The local axis of each sheet of the parent's, where no change places it."""
    own = Changes.model_validate({"axes": axes})
    made = built_sheets(ChangeSet((ChangeFile(own, file),)), alone(then))
    return {item.sheet.code: item.sheet.axis for item in made}


def first_of(codes: tuple[str, ...], then: Contract) -> str:
    """The first of several sheets in the parent's order, whose axis is that of what they make."""
    return next((sheet.code for sheet in then.sheets if sheet.code in codes), codes[0])


def parts_of_place(standing: Standing, sheet: ActionSheet, expected: str | None) -> Iterator[Part]:
    """The number and the axis, where a change states them or axes stated again move the sheet."""
    for name in PLACE:
        pieces = tuple(piece for piece in standing.pieces if piece.field == name)
        moved = name == "axis" and sheet.axis not in (None, expected)
        if pieces or moved:
            yield Part((name,), getattr(sheet, name), pieces)


def parts_about(pieces: Iterable[Operation]) -> Iterator[Part]:
    """What the changes say of themselves, together."""
    every = tuple(pieces)
    for name in ABOUT:
        own = tuple(piece for piece in every if piece.field == name)
        if own:
            yield Part((name,), joined(name, [piece.value for piece in own]), own)


def joined(name: str, values: list[Any]) -> Any:
    """What several changes say of themselves in one key, as one value."""
    if name in ("reason", "note"):
        return " ".join(dict.fromkeys(values))
    return tuple(dict.fromkeys(item for items in values for item in items))


def parts_of_text(standing: Standing, sheet: ActionSheet, then: Contract) -> Iterator[Part]:
    """The text of a sheet that answers one of the parent's."""
    before = then.sheet(standing.answers[0])
    if standing.made_by is None:
        yield from parts_by_way(standing, TEXT_FIELDS, lambda name: getattr(sheet, name))
        return
    for name in TEXT_FIELDS:
        if standing.on(name) or getattr(sheet, name) != getattr(before, name, None):
            yield Part(("set", name), getattr(sheet, name), tuple(standing.on(name)))


def parts_of_merged_text(standing: Standing, sheet: ActionSheet, then: Contract) -> Iterator[Part]:
    """The text of a merged sheet, where it is not that of the parent's sheets together."""
    for name in TEXT_FIELDS:
        pieces, value = standing.on(name), getattr(sheet, name)
        if len(pieces) == 1 and _still_keeps(pieces[0], standing, then, value):
            yield Part(("keep", name), pieces[0].value, (pieces[0],))
        elif pieces or value != _together(name, standing.answers, then):
            yield Part(("set", name), value, tuple(pieces))


def _still_keeps(piece: Operation, standing: Standing, then: Contract, value: Any) -> bool:
    """Whether a field is what a piece keeps of one sheet, and no later merge put more to it."""
    if piece.way != "keep" or piece.value not in standing.answers:
        return False
    return bool(getattr(then.sheet(piece.value), str(piece.field), None) == value)


def _together(name: str, codes: tuple[str, ...], then: Contract) -> Any:
    present = [sheet for sheet in then.sheets if sheet.code in codes]
    return value_of(name, tuple(part for sheet in present for part in kept(sheet, name)))


def parts_of_codes(standing: Standing) -> Iterator[Part]:
    """The code of a merged sheet and those that it merges, for the pieces that name them."""
    for piece in standing.pieces:
        if standing.made_by and piece.change != standing.made_by.place:
            continue
        if piece.field == "code":
            yield Part(("code",), None, (piece,))
        elif piece.field == "sheets" and piece.value in standing.answers:
            yield Part(("sheets", standing.answers.index(piece.value)), None, (piece,))


def parts_by_way(
    standing: Standing, fields: tuple[str, ...], value: Callable[[str], Any]
) -> Iterator[Part]:
    """Items put in and taken out where nothing else touches a list, else the value it has."""
    for name in fields:
        pieces = standing.on(name)
        if any(piece.way not in WAYS_OF_A_LIST for piece in pieces):
            alone_ = len(pieces) == 1
            yield Part(("set", name), pieces[0].value if alone_ else value(name), tuple(pieces))
            continue
        for way in WAYS_OF_A_LIST:
            for piece in pieces:
                if piece.way == way:
                    yield Part((way, name, 0), piece.value, (piece,))


def change_made_of(kind: str, target: Table, parts: Iterable[Part]) -> Any:
    """The change of a kind that names its target and says these parts."""
    named = [((key,), value) for key, value in target.items()]
    return noun_of(kind, [*named, *((p.path, p.value) for p in parts if p.value is not None)])
