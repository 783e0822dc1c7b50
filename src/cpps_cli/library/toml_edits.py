"""Applies several edits to one TOML text, in the order in which none moves what another names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import tomli

from cpps_cli.diagnostics import KeyPath
from cpps_cli.library.toml_edit import (
    EditFailed,
    append_tables,
    first_that_says,
    remove_key,
    set_value,
)
from cpps_cli.library.toml_format import key_name, plain_value, same
from cpps_cli.library.toml_positions import scan
from cpps_cli.model.edit import Append, Drop, Edit, Put, Rename

Inner = Put | Drop | Rename
"""An edit of what is there, whose place is a path."""


Piece = tuple[KeyPath, str]
"""The text from a header to the next one, and whose it is: an entry of a list of tables, a table
with those below it, or () for what stands above every header.
"""


def edited_in_pieces(
    text: str, edits: Iterable[Inner], edited: Callable[[str, list[Inner]], str]
) -> str:
    """The text of which each piece went through `edited` with the edits that name it; what no
    piece is for (a key above every header) is edited first, in the whole.

    Raises `EditFailed` where the text has to be edited as a whole, and what `edited` raises.
    """
    owners = {owner for owner, _piece in _pieces(text)}
    asked: dict[KeyPath, list[Inner]] = defaultdict(list)
    elsewhere: list[Inner] = []
    for edit in edits:
        if (owner := _owner(edit.path)) in owners:
            asked[owner].append(_within(edit))
        else:
            elsewhere.append(edit)
    text = edited(text, elsewhere)
    pieces = [*_pieces(text)]
    if not _one_newline(text):
        raise EditFailed((), "cannot_be_written")
    _whole(pieces)
    return _whole(
        (owner, edited(piece, asked[owner]) if owner in asked else piece) for owner, piece in pieces
    )


def _pieces(text: str) -> Iterator[Piece]:
    found = scan(text).items()
    starts = {
        place.value.start: _owner(path) for path, place in found if place.value and place.is_headed
    }
    of: KeyPath = ()
    begun = 0
    for start in sorted(starts):
        if starts[start] != of:
            yield of, text[begun:start]
            of, begun = starts[start], start
    yield of, text[begun:]


def _owner(path: KeyPath) -> KeyPath:
    """Finds whose piece a path is in, as far as the path alone tells."""
    return path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]


def _within(edit: Inner) -> Inner:
    """Rewrites an edit for its piece, where its entry is the only one."""
    name, *below = edit.path
    if below and isinstance(below[0], int):
        below[0] = 0
    return edit._replace(path=(name, *below))


def _whole(pieces: Iterable[Piece]) -> str:
    """Joins the pieces; raises `EditFailed` where they do not say together what each says."""
    text, read = "", dict[str, Any]()
    for owner, piece in pieces:
        text += piece
        for name, value in tomli.loads(piece).items():
            if len(owner) == 2 and isinstance(value, list):
                read.setdefault(name, []).extend(value)
            elif name in read:
                raise EditFailed(owner, "cannot_be_written")
            else:
                read[name] = value
    if not same(read, tomli.loads(text)):
        raise EditFailed((), "cannot_be_written")
    return text


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
            appended.setdefault(edit.table, []).append(plain_value(dict(edit.values)))
        else:
            inner.append(edit)
    if inner:
        try:
            text = edited_in_pieces(text, inner, edited_whole)
        except (EditFailed, ValueError):
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
    positions, name, index = scan(text), str(path[0]), int(path[1])
    key = positions[path].key if path in positions and positions[path].is_headed else None
    intended = tomli.loads(text)
    others = intended.setdefault(to, [])
    if key is None or not isinstance(others, list):
        raise EditFailed(path, "cannot_be_written")
    entry = intended[name].pop(index)
    if not intended[name]:
        del intended[name]
    starts = [
        place.key.start for below, place in positions.items() if below[:-1] == (to,) and place.key
    ]
    others.insert(sum(start < key.start for start in starts), entry)
    renamed = text[: key.start] + key_name(to) + text[key.end :]
    return first_that_says([renamed], intended, path)
