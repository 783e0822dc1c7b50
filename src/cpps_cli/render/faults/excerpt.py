"""The user's own line with marks under the place: columns to what a terminal shows."""

import unicodedata
from functools import lru_cache

from cpps_cli.diagnostics import Span
from cpps_cli.words.plain import inert

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
    """What is shown of a line, the blank that leads to the marks, and the marks."""
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
    """Where accents are stored apart: there may be many faults in one long line."""
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
