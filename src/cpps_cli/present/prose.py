"""A free text as it was meant: its paragraphs, and the lists that stand in it."""

import re
from collections.abc import Iterator

from cpps_cli.present.document import Item, Items, Paragraph

_MARKED = re.compile(r"\s*(?:(?P<sign>[-•–*])|(?P<number>\d{1,3})[.)])\s+(?P<words>\S.*)")


def prose(text: str, note: str | None = None) -> Iterator[Paragraph | Items]:
    """The paragraphs and the lists of a text; how other lines are broken means nothing."""
    for part in re.split(r"\n\s*\n", text.strip()):
        before, items, numbered = _parted(part)
        if before:
            yield Paragraph(before, note)
        if items:
            yield Items(tuple(Item(words, note) for words in items), numbered=numbered)


def listed(text: str, note: str | None = None) -> Item:
    """An item of a list, with the list that stands under it."""
    before, items, numbered = _parted(text)
    if not before:
        return Item(" ".join(text.split()), note)
    return Item(before, note, items, numbered)


def _parted(text: str) -> tuple[str, tuple[str, ...], bool]:
    """The words before a list, its items, and whether they are numbered."""
    before: list[str] = []
    items: list[str] = []
    numbered = False
    for line in text.splitlines():
        found = _MARKED.fullmatch(line)
        if found:
            numbered = found["number"] is not None if not items else numbered
            items.append(" ".join(found["words"].split()))
        elif items:
            items[-1] = " ".join((items[-1], *line.split()))
        else:
            before += line.split()
    return " ".join(before), tuple(items), numbered
