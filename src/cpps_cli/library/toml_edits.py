"""Applies several edits to one TOML text, in the order in which none moves what another names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import tomli

from cpps_cli.diagnostics import KeyPath
from cpps_cli.library.toml_edit import EditFailed, append_tables, remove_key, set_value
from cpps_cli.library.toml_format import key_name, plain_value, same
from cpps_cli.library.toml_positions import scan
from cpps_cli.model.edit import Append, Drop, Edit, Put, Rename

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
    if not _one_newline(text) or not same(_joined(pieces), tomli.loads(text)):
        raise NotInPieces
    after = [
        replace(piece, text=edited(piece.text, asked[piece.of])) if piece.of in asked else piece
        for piece in pieces
    ]
    result = "".join(piece.text for piece in after)
    if not same(_joined(after), tomli.loads(result)):
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
    """Finds whose piece a path is in, as far as the path alone tells."""
    return path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]


def _within(edit: Inner) -> Inner:
    """Rewrites an edit for its piece, where its entry is the only one."""
    name, *below = edit.path
    if below and isinstance(below[0], int):
        below[0] = 0
    return replace(edit, path=(name, *below))


def _joined(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Joins what the pieces say."""
    read: dict[str, Any] = {}
    for piece in pieces:
        for name, value in tomli.loads(piece.text).items():
            if len(piece.of) == 2 and isinstance(value, list):
                read.setdefault(name, []).extend(value)
            elif name in read:
                raise NotInPieces
            else:
                read[name] = value
    return read


def _one_newline(text: str) -> bool:
    """Whether new lines in a piece end as they would in the whole text."""
    windows = text.count("\r\n")
    return windows == 0 or (windows == text.count("\n") and text.endswith("\n"))


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """Applies all the edits, whose paths are those of the text before them."""
    inner: list[Inner] = []
    appended: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        if isinstance(edit, Append):
            appended.setdefault(edit.table, []).append(_plain(edit.values))
        else:
            inner.append(edit)
    if inner:
        try:
            text = edited_in_pieces(text, inner, edited_whole)
        except (NotInPieces, EditFailed, ValueError):
            # Which also says what has no place, by its path in the whole text.
            text = edited_whole(text, inner)
    for table, entries in appended.items():
        text = append_tables(text, table, entries)
    return text


def edited_whole(text: str, edits: list[Inner]) -> str:
    """Applies the edits, each made and proved in the whole text."""
    for edit in edits:
        if isinstance(edit, Put):
            text = set_value(text, edit.path, plain_value(edit.value))
    for edit in edits:
        if isinstance(edit, Drop) and not _is_entry(edit.path):
            text = remove_key(text, edit.path)
    entries = [edit for edit in edits if isinstance(edit, Rename) or _is_entry(edit.path)]
    # The last entry of a list first: the positions of those before it stay what they are.
    for entry in sorted(entries, key=lambda edit: edit.path[1:2], reverse=True):
        if not isinstance(entry, Put):
            text = _without_entry(text, entry)
    return text


def _is_entry(path: KeyPath) -> bool:
    """Whether a path is that of an entry of a list of tables."""
    return len(path) == 2 and isinstance(path[1], int)


def _without_entry(text: str, edit: Drop | Rename) -> str:
    if isinstance(edit, Drop):
        return remove_key(text, edit.path)
    return renamed_entry(text, edit.path, edit.to)


def renamed_entry(text: str, path: KeyPath, to: str) -> str:
    """Makes an entry `[[adapt]]` one of `to`, all else of the text as it was.

    Raises `EditFailed` where the entry has no header of its own, or tables below it have.
    """
    position = scan(text).get(path)
    if position is None or position.key is None or not position.is_headed:
        raise EditFailed(path, "cannot_be_written")
    renamed = text[: position.key.start] + key_name(to) + text[position.key.end :]
    try:
        read = tomli.loads(renamed)
    except (ValueError, RecursionError) as error:
        raise EditFailed(path, "cannot_be_written") from error
    if not _is_only_renamed(tomli.loads(text), read, path, to):
        raise EditFailed(path, "cannot_be_written")
    return renamed


def _is_only_renamed(before: dict[str, Any], after: dict[str, Any], path: KeyPath, to: str) -> bool:
    name, index = str(path[0]), int(path[1])
    entry = before[name].pop(index)
    if not before[name]:
        del before[name]
    others = [item for item in after.get(to, ()) if item != entry]
    moved = after.get(to, []).count(entry) == before.get(to, []).count(entry) + 1
    rest = [item for item in before.get(to, ()) if item != entry]
    before.pop(to, None)
    after.pop(to, None)
    return moved and others == rest and before == after


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain_value(value) for name, value in values.items()}
