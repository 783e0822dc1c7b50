"""Prepares text of the data for people: inert, in paragraphs, names in a sentence."""

import re
from collections.abc import Iterable, Sequence

from cpps_cli.i18n.catalogue import _

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def inert(text: object) -> str:
    """Takes out of a text of the data anything that a terminal would obey."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text).replace("\r\n", "\n"))


def paragraphs(text: str) -> list[str]:
    """Cuts a text into paragraphs: the line ends inside them are those of the file."""
    parts = re.split(r"\n\s*\n|\n(?=\s*[-•–]\s)", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


def in_reading_order(ids: Iterable[str]) -> list[str]:
    """Sorts ids, each once, S9 before S10."""
    return sorted(
        set(ids), key=lambda name: [part.zfill(8) for part in re.findall(r"\d+|\D+", name)]
    )


_MOST = 40  # the sheets of a contract, the territories of a city
_FIRST = 10


def names_in_words(names: Sequence[str]) -> str:
    """Joins names with commas; of very many, the first ones."""
    if len(names) <= _MOST:
        return ", ".join(names)
    others = _("{names} and {count} others")
    return others.format(names=", ".join(names[:_FIRST]), count=len(names) - _FIRST)
