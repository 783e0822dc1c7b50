"""Several edits of one text, in the order in which none of them moves what another one names.

Each is made and proved by `edit`; a text in which one of them has no place is given up as a whole.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import tomli

from cpps_cli.diagnostics import KeyPath
from cpps_cli.model.edit import Append, Drop, Edit, Put, Rename
from cpps_cli.store.edit import EditFailed, append_tables, remove_key, set_value
from cpps_cli.store.layout import plain_value
from cpps_cli.store.literals import key_name
from cpps_cli.store.pieces import Inner, NotInPieces, edited_in_pieces
from cpps_cli.store.positions import scan


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after all the edits, whose paths are those of the text before them."""
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
    """The text after the edits, each made and proved in the whole of it."""
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
    """The text in which an entry `[[adapt]]` is one of `to`, all else of it as it was.

    Raises `EditFailed` where the entry has no header of its own, or tables below it have.
    """
    position = scan(text).get(path)
    if position is None or position.key is None or not position.is_headed:
        raise EditFailed(path, "cannot_be_written")
    renamed = text[: position.key.start] + key_name(to) + text[position.key.end :]
    try:
        said = tomli.loads(renamed)
    except (ValueError, RecursionError) as error:
        raise EditFailed(path, "cannot_be_written") from error
    if not _is_only_renamed(tomli.loads(text), said, path, to):
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
