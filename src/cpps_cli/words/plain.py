"""Text of the data as it can be shown: inert, in paragraphs, in the order of reading."""

import re
from collections.abc import Iterable

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def inert(text: object) -> str:
    """Text of the data without anything that a terminal would obey."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text).replace("\r\n", "\n"))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: the line ends inside them are those of the file, not its own."""
    parts = re.split(r"\n\s*\n|\n(?=\s*[-•–]\s)", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


def in_reading_order(ids: Iterable[str]) -> list[str]:
    """Each id once, S9 before S10."""
    return sorted(
        set(ids), key=lambda name: [part.zfill(8) for part in re.findall(r"\d+|\D+", name)]
    )
