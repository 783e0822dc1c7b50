"""Lines and columns of many offsets in one text, as a person counts them."""

import re
import unicodedata
from bisect import bisect_left, bisect_right


class Columns:
    """Where lines begin and where accents are stored apart, looked for once."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._marks = [] if text.isascii() else [*_marks(text)]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; a combining mark adds no column."""
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
