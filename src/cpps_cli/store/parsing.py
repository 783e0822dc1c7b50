"""Bytes to a table of plain values, or to diagnostics that say what is wrong with the file.

It reads TOML and nothing of what the table means; a file that is hostile is refused before it
costs anything. It never raises for what a user wrote.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tomli

from cpps_cli.diagnostics import Diagnostic, KeyPath, Place, Span
from cpps_cli.store.columns import Columns
from cpps_cli.store.finding import TERRITORIES
from cpps_cli.store.positions import line_column
from cpps_cli.store.syntax import syntax_error, too_deep, too_long_a_number

LIMIT_BYTES = 1_000_000
# The places of a nation are one list, and no text that a person could have pasted too much into.
LIMIT_OF_PLACES = 10_000_000
LIMIT_DEPTH = 40
LIMIT_NUMBER = 10**15
BOM = b"\xef\xbb\xbf"
# Seven equals signs alone underline a heading in plain text: they are no proof of a merge.
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7})(?:[ \t][^\r\n]*)?\r?$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of a file and the table that it holds; `table` is None where it has none."""

    file: str
    text: str
    table: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]
    is_toml: bool = False
    """Whether the reader took it, so that positions in it can be looked up."""


def limit_of(file: str) -> int:
    """How many bytes of a file are read at most."""
    return LIMIT_OF_PLACES if file == TERRITORIES else LIMIT_BYTES


def parse(file: str, raw: bytes) -> Parsed:
    """The table in `raw`, with everything that is wrong with it as a file."""
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
        found.append(Diagnostic("CP006", Place(file)))
        return Parsed(file, text, None, tuple(found))
    table = _load(file, text, found)
    is_toml = table is not None
    if table is not None:
        found.extend(_hostile_values(file, table))
        if any(item.code in ("CP008", "CP009") for item in found):
            table = None
    return Parsed(file, text, table, tuple(found), is_toml)


def _load(file: str, text: str, found: list[Diagnostic]) -> dict[str, Any] | None:
    marks = list(_merge_marks(file, text))
    found.extend(marks)
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as wrong:
        if not marks:  # which break the syntax, most often
            found.append(syntax_error(file, text, wrong))
    except RecursionError:
        found.append(Diagnostic("CP008", too_deep(file, text)))
    except ValueError:  # an integer past what Python converts
        found.append(Diagnostic("CP009", too_long_a_number(file, text)))
    return None


def _merge_marks(file: str, text: str) -> Iterator[Diagnostic]:
    """One for each place that was left to merge: it has a mark at its start and one at its end."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    marks = list(_MERGE_MARK.finditer(text))
    starts = [mark for mark in marks if mark[0].startswith("<")]
    columns = Columns(text)
    for mark in starts or marks:
        line, column = columns.at(mark.start())
        end = column + len(mark[0].rstrip())
        yield Diagnostic("CP010", Span(file, line, column, line, end))


def _hostile_values(file: str, table: dict[str, Any]) -> Iterator[Diagnostic]:
    """Numbers nobody can count with, control characters, bottomless nesting."""
    waiting: list[tuple[KeyPath, Any]] = [((), table)]
    while waiting:
        path, inside = waiting.pop()
        if len(path) > LIMIT_DEPTH:
            yield Diagnostic("CP008", Place(file, path[:1], "key"))
            return
        for key, value in inside.items() if isinstance(inside, dict) else enumerate(inside):
            if isinstance(value, dict | list):
                waiting.append(((*path, key), value))
            elif _is_hostile(value):
                yield from _hostile(Place(file, (*path, key)), value)


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
    """At the first byte, with the letter that it is for older programs."""
    before = raw[: wrong.start].decode("utf-8")
    line, column = line_column(before, len(before))
    meant = raw[wrong.start : wrong.start + 1].decode("cp1252", "replace")
    values = {"byte": f"{raw[wrong.start]:#04x}", "meant": meant}
    return Diagnostic("CP004", Span(file, line, column, line, column + 1), values)
