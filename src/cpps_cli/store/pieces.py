"""A text cut where its tables begin, so that many edits cost as much as reading it a few times.

An edit is made in the piece that it names, a few lines long; the whole is proved once, at the end,
to say what its pieces say. A text that cannot be cut so is for who edits it as a whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import tomli

from cpps_cli.diagnostics import KeyPath
from cpps_cli.model.edit import Drop, Put, Rename
from cpps_cli.store.literals import same
from cpps_cli.store.positions import scan

Inner = Put | Drop | Rename
"""An edit of what is there, whose place is a path."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands from the header of `of` to the next one: an entry of a list of tables, a table
    with those below it, or () for what stands above every header.
    """

    of: KeyPath
    text: str


class NotInPieces(Exception):  # noqa: N818 - says what the text is, as `EditFailed` does
    """The text has to be edited as a whole."""


def edited_in_pieces(
    text: str, edits: Iterable[Inner], edited: Callable[[str, list[Inner]], str]
) -> str:
    """The text of which each piece went through `edited` with the edits that name it; what no
    piece is for (a key above every header) is edited first, in the whole.

    Raises `NotInPieces`, and what `edited` raises.
    """
    owners = {piece.of for piece in _pieces(text)}
    asked: dict[KeyPath, list[Inner]] = defaultdict(list)
    elsewhere: list[Inner] = []
    for edit in edits:
        if (owner := _owner(edit.path)) in owners:
            asked[owner].append(_within(edit))
        else:
            elsewhere.append(edit)
    text = edited(text, elsewhere)
    pieces = [*_pieces(text)]
    if not _one_newline(text) or not same(_said(pieces), tomli.loads(text)):
        raise NotInPieces
    after = [
        replace(piece, text=edited(piece.text, asked[piece.of])) if piece.of in asked else piece
        for piece in pieces
    ]
    result = "".join(piece.text for piece in after)
    if not same(_said(after), tomli.loads(result)):
        raise NotInPieces
    return result


def _pieces(text: str) -> Iterator[Piece]:
    found = scan(text).items()
    starts = {
        place.value.start: _owner(path) for path, place in found if place.value and place.is_headed
    }
    of: KeyPath = ()
    begun = 0
    for start in sorted(starts):
        if starts[start] != of:
            yield Piece(of, text[begun:start])
            of, begun = starts[start], start
    yield Piece(of, text[begun:])


def _owner(path: KeyPath) -> KeyPath:
    """Whose piece a path is in, as far as the path alone tells."""
    return path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]


def _within(edit: Inner) -> Inner:
    """The edit as it is said in its piece, where its entry is the only one."""
    name, *below = edit.path
    if below and isinstance(below[0], int):
        below[0] = 0
    return replace(edit, path=(name, *below))


def _said(pieces: Iterable[Piece]) -> dict[str, Any]:
    """What the pieces say together."""
    said: dict[str, Any] = {}
    for piece in pieces:
        for name, value in tomli.loads(piece.text).items():
            if len(piece.of) == 2 and isinstance(value, list):
                said.setdefault(name, []).extend(value)
            elif name in said:
                raise NotInPieces
            else:
                said[name] = value
    return said


def _one_newline(text: str) -> bool:
    """Whether new lines in a piece end as they would in the whole text."""
    windows = text.count("\r\n")
    return windows == 0 or (windows == text.count("\n") and text.endswith("\n"))
