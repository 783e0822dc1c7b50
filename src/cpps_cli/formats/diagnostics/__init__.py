"""Looks up the places of diagnostics, and marks them in the user's own lines."""

import os.path
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from cpps_cli.diagnostics import Diagnostic, Place, Span
from cpps_cli.i18n.catalogue import inert

WIDEST_LINE = 100


@lru_cache(maxsize=8)
def line_of(text: str, number: int) -> str | None:
    """A line as the user wrote it; None where the text has none of that number."""
    rows = _rows(text)
    if not 1 <= number <= len(rows):
        return None
    return inert(rows[number - 1].removesuffix("\r"))


@lru_cache(maxsize=8)
def _rows(text: str) -> list[str]:
    return text.split("\n")


def marked(line: str, span: Span, mark: str) -> tuple[str, str, str]:
    """Cuts a line for display: the line, the blank that leads to the marks, and the marks."""
    start = index_of(line, span.column)
    end = index_of(line, span.end_column) if span.end_line == span.line else len(line)
    line, start, end = _cut(line, start, max(end, start))
    # A tab in the user's line is a tab here, so that both lines reach the same column.
    lead = "".join(
        "\t" if character == "\t" else " " * _width(character) for character in line[:start]
    )
    width = sum(_width(character) for character in line[start:end])
    return line, lead, mark * max(width, 1)


def index_of(line: str, column: int) -> int:
    """The offset of a column, for which an accent that is stored apart counts nothing."""
    index = column - 1
    for mark in _marks(line):
        if mark > index:
            break
        index += 1
    return min(index, len(line))


@lru_cache(maxsize=8)
def _marks(line: str) -> tuple[int, ...]:
    """Finds the accents that are stored apart: there may be many faults in one long line."""
    return tuple(index for index, character in enumerate(line) if _is_mark(character))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _width(character: str) -> int:
    if _is_mark(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A long line, cut round what is pointed at."""
    if len(line) <= WIDEST_LINE:
        return line, start, end
    left = max(0, min(start - WIDEST_LINE // 3, len(line) - WIDEST_LINE))
    before, after = "…" if left else "", "…" if left + WIDEST_LINE < len(line) else ""
    shown = before + line[left : left + WIDEST_LINE] + after
    shift = len(before) - left
    return shown, start + shift, min(end, left + WIDEST_LINE) + shift


class Lines(Protocol):
    """Reads the lines of the files that were read, and the places in them."""

    root: Path

    def locate(self, where: Place | Span) -> Span: ...
    def text(self, file: str) -> str: ...


class Placed(NamedTuple):
    """A diagnostic, where it stands, and where its related places stand."""

    diagnostic: Diagnostic
    span: Span
    related: tuple[Span, ...]


def placed(found: Iterable[Diagnostic], lines: Lines) -> list[Placed]:
    """Each diagnostic once, sorted by place."""
    located = [
        Placed(item, lines.locate(item.where), tuple(lines.locate(r.where) for r in item.related))
        for item in found
    ]
    once = {_identity(item): item for item in reversed(located)}
    return sorted(once.values(), key=_order)


def is_whole_file(span: Span) -> bool:
    """Whether nothing smaller than the file can be pointed at."""
    return (span.end_line, span.end_column) <= (span.line, span.column)


def shown_path(lines: Lines, file: str) -> str:
    """The path of a file as it can be opened from here, short where it is below."""
    path = lines.root / file if lines.root.is_dir() else lines.root
    relative = os.path.relpath(path) if path.drive == Path.cwd().drive else str(path)
    return str(path) if relative.startswith("..") else relative


def _order(item: Placed) -> tuple[object, ...]:
    return (item.span.file, item.span.line, item.span.column, item.diagnostic.code)


def _identity(item: Placed) -> tuple[object, ...]:
    values = tuple(sorted((name, repr(value)) for name, value in item.diagnostic.values.items()))
    return (item.diagnostic.code, item.span, values)
