"""Changes to a user's TOML text that leave every other byte where it was.

Comments, blank lines, order, line endings and layout are the user's. A result is read again and
compared with what was asked before anyone sees it: this module gives up rather than return a text
that says something else. It never touches a file and never tidies what it was not asked to change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import tomli

from cpps_cli.library.toml_format import key_name, literal, same, table_lines
from cpps_cli.library.toml_positions import Extent, KeyPath, Position, scan
from cpps_cli.library.toml_text import (
    below_comments,
    commented_array,
    is_blank,
    next_line,
    pieces,
    spliced,
    with_block,
    with_lines,
)

Positions = Mapping[KeyPath, Position]
Value = str | int | date | Sequence[str]
Reason = Literal[
    "not_toml", "no_such_key", "not_a_table", "is_a_table", "holds_comments", "cannot_be_written"
]


class EditFailed(Exception):  # noqa: N818 - says what happened, as the verbs speak of it
    """The text was left alone: what was asked has no place in it, or cannot be said there."""

    def __init__(self, path: KeyPath, reason: Reason) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


def set_value(text: str, path: KeyPath, value: Value) -> str:
    """Sets `value` at `path`; its table is created at the end when there is none.

    Line breaks inside a value are written as the file's own and read back as one newline each. A
    value that is there already is left as the user wrote it. Comments inside an array stay, but
    for the one beside an item that goes; where they could not stay, nothing is changed.
    """
    new = _plain(value)
    document = _loaded(text, path)
    old = _at(document, path)
    if same(old, new):
        return text
    positions = scan(text)
    candidates: Iterable[str]
    if path in positions:
        candidates = [_replaced(text, positions, path, old, new)]
    else:
        candidates = _insertions(text, positions, path, literal(new))
    return first_that_says(candidates, _with(document, path, new), path)


def append_tables(text: str, name: str, tables: Iterable[Mapping[str, object]]) -> str:
    """Adds `[[name]]` tables after the last entry and its own tables, else at the end.

    Comment lines right below the last entry, with a blank line after them, stay with it.
    """
    document = _loaded(text, (name,))
    entries = document.setdefault(name, [])
    if not isinstance(entries, list):
        raise EditFailed((name,), "not_a_table")
    new = [_plain(values) for values in tables]
    entries.extend(new)
    header = f"[[{key_name(name)}]]"
    blocks = ["\n".join([header, *table_lines(table, (name,))]) + "\n" for table in new]
    positions = scan(text)
    headed = [path for path in positions if path[:1] == (name,) and positions[path].is_headed]
    ends = [_written(positions, path).end for path in headed]
    at = below_comments(text, next_line(text, max(ends))) if ends else len(text)
    return first_that_says([with_block(text, at, "\n".join(blocks))], document, (name,))


def remove_key(text: str, path: KeyPath) -> str:
    """Removes `path` and all below it, and the comment at the end of a removed line.

    Comments on lines of their own stay, except inside a table that goes as a whole.
    """
    document = _loaded(text, path)
    positions = scan(text)
    if not path or path not in positions:
        raise EditFailed(path, "no_such_key")
    owner = _nearest_written(positions, path)
    if not owner or positions[owner].is_headed:
        candidate = _without_lines(text, positions, path)
    elif isinstance(path[-1], int):
        old = _at(document, owner)
        new = [item for index, item in enumerate(old) if index != path[-1]]
        candidate = _replaced(text, positions, owner, old, new)
    else:
        candidate = _without_inline(text, positions, owner, path)
    return first_that_says([candidate], _without(document, positions, path), path)


# --- what a document says --------------------------------------------------------------------


def _loaded(text: str, path: KeyPath) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditFailed(path, "not_toml") from error


def first_that_says(candidates: Iterable[str], intended: object, path: KeyPath) -> str:
    """Finds the first text that is read as intended; raises `EditFailed` where none is."""
    for candidate in candidates:
        try:
            candidate.encode()  # half of a surrogate pair is in no file
            read = tomli.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if same(read, intended):
            return candidate
    raise EditFailed(path, "cannot_be_written")


def _plain(value: object) -> Any:
    """Makes the value as a reader will give it back."""
    if isinstance(value, str):
        return re.sub(r"\r+\n", "\n", value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    return value


def _at(document: Any, path: KeyPath) -> Any:
    """Finds what stands at `path`; None, which TOML cannot say, where nothing does."""
    for step in path:
        try:
            document = document[step]
        except (LookupError, TypeError):
            return None
    return document


def _with(document: dict[str, Any], path: KeyPath, value: object) -> dict[str, Any]:
    table: Any = document
    for step in path[:-1]:
        table = table.setdefault(step, {}) if isinstance(table, dict) else _at(table, (step,))
    fits = isinstance(table, dict) or (isinstance(table, list) and path[-1] in range(len(table)))
    if not fits:
        raise EditFailed(path, "not_a_table")
    table[path[-1]] = value
    return document


def _without(document: dict[str, Any], positions: Positions, path: KeyPath) -> dict[str, Any]:
    """Removes `path` from the document, and the tables that nothing else implied."""
    above = path[:-1]
    parent = _at(document, above)
    del parent[path[-1]]
    if parent or positions[above].value is not None:
        return document
    return _without(document, positions, above)


# --- an array and its comments ----------------------------------------------------------------


def _replaced(text: str, positions: Positions, path: KeyPath, old: Any, new: Any) -> str:
    place = _written(positions, path)
    if not path or positions[path].is_headed:
        raise EditFailed(path, "is_a_table")
    if not _holds_comments(text, place):
        return spliced(text, place, literal(new))
    if not (isinstance(old, list) and isinstance(new, list)):
        raise EditFailed(path, "holds_comments")
    items = [_written(positions, (*path, index)) for index in range(len(old))]
    if any(_holds_comments(text, item) for item in items):
        raise EditFailed(path, "holds_comments")
    starts = [place.start + 1, *(item.end for item in items)]
    ends = [*(item.start for item in items), place.end - 1]
    gaps = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    words = [text[item.start : item.end].replace("\r\n", "\n") for item in items]
    return spliced(text, place, "\n".join(commented_array(gaps, words, old, new)))


def _holds_comments(text: str, extent: Extent) -> bool:
    return any(piece["comment"] for piece in pieces(text[extent.start : extent.end]))


# --- where it stands -------------------------------------------------------------------------


def _written(positions: Positions, path: KeyPath) -> Extent:
    extent = positions[path].value
    if extent is None:
        raise EditFailed(path, "is_a_table")
    return extent


def _nearest_written(positions: Positions, path: KeyPath) -> KeyPath:
    """Finds the innermost written table or array around `path`; () is the document."""
    supers = (path[:length] for length in range(len(path) - 1, 0, -1))
    return next((above for above in supers if above in positions and positions[above].value), ())


def _insertions(text: str, positions: Positions, path: KeyPath, literal: str) -> Iterator[str]:
    """Tries to add a key, the most natural way first; TOML forbids some in some files."""
    owner = _nearest_written(positions, path)
    if not owner and path[:-1]:
        # What has no table of its own yet gets one; inside a table it stands beside its siblings.
        block = f"[{key_name(*path[:-1])}]\n{key_name(path[-1])} = {literal}\n"
        yield with_block(text, len(text), block)
    statement = f"{key_name(*path[len(owner) :])} = {literal}"
    extent = _written(positions, owner)
    if owner and not positions[owner].is_headed:
        entries = _inline_entries(positions, owner)
        at = entries[-1][1].end if entries else extent.start + 1
        yield spliced(text, Extent(at, at), f", {statement}" if entries else statement)
    elif extent.end:
        yield with_lines(text, next_line(text, extent.end), f"{statement}\n")
    else:
        at = _above_headers(text, positions)
        gap = "" if at == len(text) or is_blank(text, at) else "\n"
        yield with_lines(text, at, f"{statement}\n{gap}")


def _above_headers(text: str, positions: Positions) -> int:
    """Finds the place before the first header and its comments, below the file's."""
    headers = [_written(positions, path).start for path in positions if positions[path].is_headed]
    if not headers:
        return len(text)
    lines = text[: min(headers)].split("\n")[:-1]
    while lines and re.match(r"[ \t]*#(?!:)", lines[-1]):
        lines.pop()
    while lines and not lines[-1].strip():
        lines.pop()
    return sum(len(line) + 1 for line in lines)


def _inline_entries(positions: Positions, table: KeyPath) -> list[tuple[KeyPath, Extent]]:
    """Lists the values written in an inline table, those of dotted keys too."""
    entries: list[tuple[KeyPath, Extent]] = []
    for path, place in positions.items():
        if path[: len(table)] != table or path == table or place.value is None:
            continue
        if not entries or place.value.start >= entries[-1][1].end:
            entries.append((path, place.value))
    return entries


# --- taking out --------------------------------------------------------------------------------


def _without_lines(text: str, positions: Positions, path: KeyPath) -> str:
    cuts = []
    for below, place in positions.items():
        if below[: len(path)] == path and place.value is not None:
            start = (place.key or place.value).start
            cuts.append((text.rfind("\n", 0, start) + 1, next_line(text, place.value.end)))
    kept = []
    at = 0
    for start, end in sorted(cuts):
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])


def _without_inline(text: str, positions: Positions, table: KeyPath, path: KeyPath) -> str:
    whole = _written(positions, table)
    entries = _inline_entries(positions, table)
    if _holds_comments(text, whole):
        raise EditFailed(path, "holds_comments")
    kept = [
        f"{key_name(*entry[len(table) :])} = {text[extent.start : extent.end]}"
        for entry, extent in entries
        if entry[: len(path)] != path
    ]
    return spliced(text, whole, f"{{ {', '.join(kept)} }}" if kept else "{}")
