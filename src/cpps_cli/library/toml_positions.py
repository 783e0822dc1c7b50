"""Finds where each key and each value stands in a TOML text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cpps_cli.diagnostics import Place, Span


class Columns:
    """Counts lines and columns of a text: where they begin is looked for once."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._marks = [] if text.isascii() else [*_marks(text)]

    def at(self, offset: int) -> tuple[int, int]:
        """Finds line and column of an offset, both from 1, as a person counts them.

        An accent is one column however it is stored: a combining mark adds none.
        """
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        marks = bisect_left(self._marks, offset) - bisect_left(self._marks, start)
        return line, offset - start - marks + 1


def _marks(text: str) -> list[int]:
    return [
        match.start()
        for match in re.finditer("[^\x00-\u02ff]", text)
        if unicodedata.category(match[0]).startswith("M")
    ]


KeyPath = tuple[str | int, ...]

# Possessive (`++`) for a class of characters only: round a group it fails before Python 3.11.5.
STRING = r"""
      \"{3} (?: [^"\\]++ | \\. | "{1,2}(?!") )* "{3,5}   # one or two quotes may precede the end
    | '{3}  (?: [^']++ | '{1,2}(?!') )* '{3,5}
    | "     (?: [^"\\]++ | \\. )* "
    | '     [^']*+ '
"""
"""Of each kind, as written (DOTALL, VERBOSE)."""


class Extent(NamedTuple):
    """Character offsets in the text, end exclusive."""

    start: int
    end: int


class Position(NamedTuple):
    """The place of a name and that of its value; None for what is not written.

    An array's item has no key. A table that only other keys imply (`a` in `[a.b]` or in
    `a.b = 1`) has the place of its first mention as key, and no value.
    """

    key: Extent | None
    value: Extent | None

    @property
    def is_headed(self) -> bool:
        """True of what a `[header]` or `[[header]]` opens: its key stands inside its extent."""
        return self.key is not None and self.value is not None and self.value.start < self.key.start


def scan(text: str) -> dict[KeyPath, Position]:
    """Finds positions by path, in the order of first mention; integers index arrays.

    The empty path is the document: its value ends with the last key that stands before any
    header. Of a text that a reader would refuse, the answer has no meaning: ask the reader first.
    """
    scanner = _Scanner(text)
    scanner.read_document()
    return scanner.found


# The text is valid, so a comma or a newline between two things can be stepped over unread.
_GAP = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*")
_SEGMENT = re.compile(
    r"""[ \t]*+(?P<written>[A-Za-z0-9_-]++|"(?:[^"\\]++|\\.)*"|'[^']*+')[ \t]*+(?P<dot>\.?)"""
)
_EQUALS = re.compile(r"=[ \t]*+")
_SCALAR = re.compile(
    STRING
    + r"""
    | \d{4}-\d\d-\d\d[ ]\d\d: [^\s,\]}\#]++    # a date, a space, a time
    | [^\s,\]}\#]++
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def _unescape(match: re.Match[str]) -> str:
    short = match[4]
    if short is not None:
        return _SHORT_ESCAPES.get(short, short)
    return chr(int(match[match.lastindex or 0], 16))


def _name(written: str) -> str:
    if written.startswith("'"):
        return written[1:-1]
    if written.startswith('"'):
        return _ESCAPE.sub(_unescape, written[1:-1])
    return written


@dataclass(slots=True)
class _Open:
    """An array or an inline table that is not closed yet."""

    path: KeyPath
    key: Extent | None
    start: int
    next_index: int | None
    """Of the item to come; None in an inline table."""


class _Scanner:
    """One pass over a text; open brackets are kept in a list, so nesting costs no stack."""

    __slots__ = ("_at", "_entries", "_text", "found")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._entries: dict[KeyPath, int] = {}
        self.found: dict[KeyPath, Position] = {}

    def read_document(self) -> None:
        table: KeyPath = ()
        key: Extent | None = None
        start = end = 0
        self._place(table, key, start, end)
        self._step(_GAP)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                self._place(table, key, start, end)
                start = self._text.rfind("\n", 0, self._at) + 1
                table, key = self._read_header()
                self._place(table, key, start, self._at)
            else:
                self._read_value(*self._read_key(table))
            end = self._at
            self._step(_GAP)
        self._place(table, key, start, end)

    def _place(self, path: KeyPath, key: Extent | None, start: int, end: int) -> None:
        self.found[path] = Position(key, Extent(start, end))

    def _step(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"not a TOML text at offset {self._at}")
        self._at = match.end()
        return match

    def _read_segments(self) -> list[tuple[str, Extent]]:
        segments = []
        dot = "."
        while dot:
            match = self._step(_SEGMENT)
            dot = match["dot"]
            segments.append((_name(match["written"]), Extent(*match.span("written"))))
        return segments

    def _read_header(self) -> tuple[KeyPath, Extent]:
        width = 2 if self._text.startswith("[[", self._at) else 1
        self._at += width
        *supers, (name, key) = self._read_segments()
        self._at += width
        path = self._enter((), supers, self._entries)
        path = (*path, name)
        if width == 2:
            self.found.setdefault(path, Position(key, None))
            index = self._entries.get(path, 0)
            self._entries[path] = index + 1
            path = (*path, index)
        return path, key

    def _read_key(self, table: KeyPath) -> tuple[KeyPath, Extent]:
        *supers, (name, key) = self._read_segments()
        path = self._enter(table, supers, {})
        self._step(_EQUALS)
        return (*path, name), key

    def _enter(
        self, path: KeyPath, supers: list[tuple[str, Extent]], entries: dict[KeyPath, int]
    ) -> KeyPath:
        """Enters the path below `supers`; an array of tables means its last entry."""
        for name, key in supers:
            path = (*path, name)
            self.found.setdefault(path, Position(key, None))
            if path in entries:
                path = (*path, entries[path] - 1)
        return path

    def _read_value(self, path: KeyPath, key: Extent | None) -> None:
        opened: list[_Open] = []
        while True:
            start = self._at
            bracket = self._text[start]
            if bracket in "[{":
                self._at += 1
                opened.append(_Open(path, key, start, 0 if bracket == "[" else None))
            else:
                self._step(_SCALAR)
            # A container is placed twice: now for its rank, when it closes for its end.
            self._place(path, key, start, self._at)
            following = self._read_to_next(opened)
            if following is None:
                return
            path, key = following

    def _read_to_next(self, opened: list[_Open]) -> tuple[KeyPath, Extent | None] | None:
        """Reads on to the next value inside `opened`; None once all in it is closed."""
        while opened:
            self._step(_GAP)
            innermost = opened[-1]
            if self._text[self._at] in "]}":
                self._at += 1
                self._place(innermost.path, innermost.key, innermost.start, self._at)
                opened.pop()
            elif innermost.next_index is None:
                return self._read_key(innermost.path)
            else:
                innermost.next_index += 1
                return (*innermost.path, innermost.next_index - 1), None
        return None


class Places:
    """The places of one file. `valid`: its text is TOML, so that it can be scanned."""

    def __init__(self, file: str, text: str, *, valid: bool) -> None:
        self.file = file
        self.text = text
        self.valid = valid

    def span(self, where: Place) -> Span:
        """Finds where a place stands: itself, or the nearest thing above it that is written."""
        extent = self._extent(where)
        if extent is None:
            return Span(self.file, 1, 1, 1, 1)
        start, end = self._columns.at(extent.start), self._columns.at(extent.end)
        return Span(self.file, *start, *end)

    def _extent(self, where: Place) -> Extent | None:
        path, part = where.path, where.part
        while path:
            position = self._positions.get(path)
            if position is not None:
                chosen = position.value if part == "value" and not position.is_headed else None
                if extent := chosen or position.key or position.value:
                    return extent
            path, part = path[:-1], "key"
        return None

    @cached_property
    def _positions(self) -> dict[KeyPath, Position]:
        return scan(self.text) if self.valid else {}

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.text)
