"""Bytes to a table of plain values, or to diagnostics that say what is wrong with the file.

It reads TOML and nothing of what the table means; a file that is hostile is refused before it
costs anything. It never raises for what a user wrote. What looks for the slip in a faulty file is
imported once there is one.
"""

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import tomli

from cpps_cli.diagnostics import Diagnostic, KeyPath, Place, Span
from cpps_cli.model.paths import TERRITORIES

LIMIT_BYTES = 1_000_000
LIMIT_DEPTH = 40
LIMIT_VALUES = 50_000
LIMIT_KEY = 200
# The places of a nation are one list, and no text that a person could have pasted too much into.
TIMES_FOR_PLACES = 10
LIMIT_NUMBER = 10**15
LIMIT_MARKS = 100
BOM = b"\xef\xbb\xbf"
# Seven equals signs alone underline a heading in plain text: they are no proof of a merge.
_MANY_DOTS = re.compile(r"^(?:[^\n.]*+\.){20}", re.MULTILINE)
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7})(?:[ \t][^\r\n]*)?\r?$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Parsed(NamedTuple):
    """The text of a file and the table that it holds; `table` is None where it has none."""

    file: str
    text: str
    table: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]
    is_toml: bool = False
    """Whether the reader took it, so that positions in it can be looked up."""


def limit_of(file: str, limit: int = LIMIT_BYTES) -> int:
    """Limits how many bytes of a file are read, or how many of what the limit is of."""
    return limit * TIMES_FOR_PLACES if file == TERRITORIES else limit


def parse(file: str, raw: bytes) -> Parsed:
    """Parses a file, and reports everything that is wrong with it as a file."""
    found: list[Diagnostic] = []
    if len(raw) > limit_of(file):
        too_large = Diagnostic("CP007", Place(file), {"limit": limit_of(file) // 1_000_000})
        return Parsed(file, "", None, (too_large,))
    if raw.startswith(BOM):
        found.append(Diagnostic("CP005", Place(file)))
        raw = raw[len(BOM) :]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        found.append(_not_utf8(file, raw, wrong))
        return Parsed(file, raw.decode("utf-8", "replace"), None, tuple(found))
    if not text.strip():
        return Parsed(file, text, None, (*found, Diagnostic("CP006", Place(file))))
    if (deep := _key_too_deep(file, text)) is not None:
        return Parsed(file, text, None, (*found, deep))
    table = _load(file, text, found)
    if table is None or not _is_bounded(file, text, table, found):
        return Parsed(file, text, None, tuple(found))
    found.extend(_hostile_values(file, table))
    refused = any(item.code in ("CP009", "CP016") for item in found)
    return Parsed(file, text, None if refused else table, tuple(found), is_toml=True)


def _key_too_deep(file: str, text: str) -> Diagnostic | None:
    """A key of too many parts: the reader's time grows with their square, as that of positions."""
    if not _MANY_DOTS.search(text):
        return None  # nearly every file, at the cost of one look
    from cpps_cli.library.syntax_hints import key_of_many_parts, too_deep

    deep = key_of_many_parts(text, LIMIT_DEPTH)
    return None if deep is None else Diagnostic("CP008", too_deep(file, text, deep))


def _load(file: str, text: str, found: list[Diagnostic]) -> dict[str, Any] | None:
    marks = list(_merge_marks(file, text))
    found.extend(marks)
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as wrong:
        if not marks:  # which break the syntax, most often
            from cpps_cli.library.syntax_hints import syntax_error

            found.append(syntax_error(file, text, wrong))
    except RecursionError:
        from cpps_cli.library.syntax_hints import too_deep

        found.append(Diagnostic("CP008", too_deep(file, text)))
    except ValueError:  # an integer past what Python converts
        from cpps_cli.library.syntax_hints import too_long_a_number

        found.append(Diagnostic("CP009", too_long_a_number(file, text)))
    return None


def _merge_marks(file: str, text: str) -> Iterator[Diagnostic]:
    """One for each place that was left to merge: it has a mark at its start and one at its end."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    from cpps_cli.library.toml_positions import Columns

    marks = list(_MERGE_MARK.finditer(text))
    starts = [mark for mark in marks if mark[0].startswith("<")]
    columns = Columns(text)
    for mark in (starts or marks)[:LIMIT_MARKS]:
        line, column = columns.at(mark.start())
        end = column + len(mark[0].rstrip())
        yield Diagnostic("CP010", Span(file, line, column, line, end))


def _is_bounded(file: str, text: str, table: dict[str, Any], found: list[Diagnostic]) -> bool:
    """Whether what follows costs little, however the file is made; says so where it does not."""
    values, level = 0, [table]
    for _depth in range(LIMIT_DEPTH + 1):
        values += sum(map(len, level))
        if values > (limit := limit_of(file, LIMIT_VALUES)):
            found.append(Diagnostic("CP015", Place(file), {"limit": limit}))
            return False
        level = [item for holder in level for item in _containers(holder)]
        if not level:
            return True
    from cpps_cli.library.syntax_hints import too_deep

    found.append(Diagnostic("CP008", too_deep(file, text)))
    return False


def _containers(holder: Any) -> Iterator[Any]:
    """Lists the tables and lists that stand in a table or a list."""
    items = holder.values() if isinstance(holder, dict) else holder
    return (item for item in items if isinstance(item, dict | list))


def _hostile_values(file: str, table: dict[str, Any]) -> Iterator[Diagnostic]:
    """Keys too long to be shown, numbers nobody can count with, control characters."""
    waiting: list[tuple[KeyPath, Any]] = [((), table)]
    while waiting:
        path, inside = waiting.pop()
        if isinstance(inside, dict):
            yield from _long_keys(Place(file, path), inside)
        for key, value in inside.items() if isinstance(inside, dict) else enumerate(inside):
            if isinstance(value, dict | list):
                waiting.append(((*path, key), value))
            elif _is_hostile(value):
                yield from _hostile(Place(file, (*path, key)), value)


def _long_keys(place: Place, table: dict[str, Any]) -> Iterator[Diagnostic]:
    for key in table:
        if len(key) > LIMIT_KEY:
            yield Diagnostic("CP016", place.at(key).key(), {"limit": LIMIT_KEY})


def _is_hostile(value: object) -> bool:
    """Whether a single value may be one that nobody wants: a text, for one, has such a sign."""
    match value:
        case str():
            return _CONTROL.search(value) is not None
        case bool():
            return False
        case int():
            return abs(value) > LIMIT_NUMBER
        case float():
            return not math.isfinite(value)
        case _:
            return False


def _hostile(place: Place, value: object) -> Iterator[Diagnostic]:
    if not isinstance(value, str):
        yield Diagnostic("CP009", place)
    elif control := _CONTROL.search(value.replace("\r\n", "\n")):
        yield Diagnostic("CP014", place, {"character": f"U+{ord(control[0]):04X}"})


def _not_utf8(file: str, raw: bytes, wrong: UnicodeDecodeError) -> Diagnostic:
    """Reports the first byte, with the letter that it is for older programs."""
    from cpps_cli.library.toml_positions import Columns

    before = raw[: wrong.start].decode("utf-8")
    line, column = Columns(before).at(len(before))
    meant = raw[wrong.start : wrong.start + 1].decode("cp1252", "replace")
    values = {"byte": f"{raw[wrong.start]:#04x}", "meant": meant}
    return Diagnostic("CP004", Span(file, line, column, line, column + 1), values)
