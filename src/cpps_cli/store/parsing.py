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

from cpps_cli.diagnostics import Diagnostic, KeyPath, Place, Span, Word
from cpps_cli.store.positions import line_column

LIMIT_BYTES = 1_000_000
LIMIT_DEPTH = 40
LIMIT_KEY_PARTS = 40
LIMIT_NUMBER = 10**15
BOM = b"\xef\xbb\xbf"
_LONG_KEY = re.compile(r"^[^=\n\"'#]*(?:\.[^=\n\"'#.]*){%d}" % LIMIT_KEY_PARTS, re.MULTILINE)
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z_.\"'-])[0-9_]{400,}")
_MERGE_MARK = re.compile(r"^(?:<{7} .*|={7}|>{7} .*|\|{7} .*)$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# The TOML reader's sentences by their beginning, and ours.
_SYNTAX = (
    ("Invalid value", "no value stands here that TOML knows"),
    ("Unterminated string", "a text is not closed"),
    ("Unclosed array", "a list is not closed"),
    ("Unclosed inline table", "a table between braces is not closed"),
    ("Unescaped '\\'", "a backslash stands in a text"),
    ("Found invalid character", "a text ends where its line ends, without a closing mark"),
    ("Illegal character '\\n'", "a text ends where its line ends, without a closing mark"),
    ("Illegal character", "a control character stands here"),
    ("Invalid date", "this date does not exist"),
    ("Invalid hex", "a `\\u` is followed by something that is no character"),
    ("Escaped character", "a `\\u` is followed by something that is no character"),
    ("Invalid statement", "this line is neither `key = value` nor `[table]`"),
    ("Invalid initial character", "a key begins with a letter that needs quotation marks"),
    ("Expected '='", "an equals sign is missing after the key"),
    ("Expected newline", "something stands after the value on the same line"),
    ("Expected ']'", "the square bracket of a heading is not closed"),
    ("Cannot mutate", "this list or table is already written elsewhere"),
)
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of a file and the table that it holds; `table` is None where it has none."""

    file: str
    text: str
    table: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]


def parse(file: str, raw: bytes) -> Parsed:
    """The table in `raw`, with everything that is wrong with it as a file."""
    found: list[Diagnostic] = []
    if len(raw) > LIMIT_BYTES:
        values: dict[str, Any] = {"size": len(raw), "limit": LIMIT_BYTES}
        return Parsed(file, "", None, (Diagnostic("CP007", Place(file), values),))
    if raw.startswith(BOM):
        found.append(Diagnostic("CP005", Span(file, 1, 1, 1, 1)))
        raw = raw[len(BOM) :]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        found.append(Diagnostic("CP004", _byte_span(file, raw, wrong.start)))
        return Parsed(file, raw.decode("utf-8", "replace"), None, tuple(found))
    if not text.strip():
        found.append(Diagnostic("CP006", Span(file, 1, 1, 1, 1)))
        return Parsed(file, text, None, tuple(found))
    table = _load(file, text, found)
    if table is not None:
        found.extend(_hostile_values(file, table))
        if any(item.code in ("CP008", "CP009") for item in found):
            table = None
    return Parsed(file, text, table, tuple(found))


def _load(file: str, text: str, found: list[Diagnostic]) -> dict[str, Any] | None:
    # A dotted key of thousands of parts costs quadratic time in the reader: refused unread.
    if long_key := _LONG_KEY.search(text):
        found.append(Diagnostic("CP008", _span(file, text, long_key.start())))
        return None
    if long_number := _LONG_NUMBER.search(text):
        found.append(Diagnostic("CP009", _span(file, text, long_number.start())))
        return None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as wrong:
        found.append(_syntax_error(file, text, wrong))
    except RecursionError:
        found.append(Diagnostic("CP008", Place(file)))
    except ValueError:  # an integer past what Python converts
        found.append(Diagnostic("CP009", Place(file)))
    return None


def _syntax_error(file: str, text: str, wrong: tomli.TOMLDecodeError) -> Diagnostic:
    offset = min(wrong.pos, len(text))
    if mark := _MERGE_MARK.search(text):
        return Diagnostic("CP010", _span(file, text, mark.start(), mark.end()))
    if wrong.msg.startswith(_TWICE):
        start = text.rfind("\n", 0, offset) + 1
        line = text[start : offset if offset > start else None]
        key = line.split("=")[0].strip().strip("[]").strip()
        indent = len(line) - len(line.lstrip(" \t["))
        return Diagnostic(
            "CP003", _span(file, text, start + indent, start + indent + len(key)), {"key": key}
        )
    what = next(
        (ours for theirs, ours in _SYNTAX if wrong.msg.startswith(theirs)),
        "something stands here that TOML does not know",
    )
    return Diagnostic("CP002", _span(file, text, offset), {"what": Word(what)})


def _hostile_values(file: str, table: dict[str, Any]) -> Iterator[Diagnostic]:
    """Numbers nobody can count with, marks of a merge, control characters, bottomless nesting."""
    waiting: list[tuple[KeyPath, Any]] = [((), table)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > LIMIT_DEPTH:
            yield Diagnostic("CP008", Place(file, path[:1], "key"))
            return
        match value:
            case dict():
                waiting.extend(((*path, key), item) for key, item in value.items())
            case list():
                waiting.extend(((*path, index), item) for index, item in enumerate(value))
            case str():
                yield from _hostile_text(Place(file, path), value)
            case bool():
                pass
            case int() if abs(value) > LIMIT_NUMBER:
                yield Diagnostic("CP009", Place(file, path))
            case float() if not math.isfinite(value):
                yield Diagnostic("CP009", Place(file, path))


def _hostile_text(place: Place, value: str) -> Iterator[Diagnostic]:
    if _MERGE_MARK.search(value):
        yield Diagnostic("CP010", place)
    elif control := _CONTROL.search(value.replace("\r\n", "\n")):
        yield Diagnostic("CP014", place, {"character": f"U+{ord(control[0]):04X}"})


def _span(file: str, text: str, start: int, end: int | None = None) -> Span:
    line, column = line_column(text, start)
    if end is None:
        return Span(file, line, column, line, column + 1)
    return Span(file, line, column, *line_column(text, end))


def _byte_span(file: str, raw: bytes, at: int) -> Span:
    before = raw[:at].decode("utf-8", "replace")
    line, column = line_column(before, len(before))
    return Span(file, line, column, line, column + 1)
