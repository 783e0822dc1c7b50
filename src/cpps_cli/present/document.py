"""The neutral outline of a document: what it says and in which order, nothing of how it looks.

Every text format writes the same outline. Sections stand inside one another, so that no format can
skip a level of headings; the title of the document is level 1, its sections begin at level 2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cpps_cli.i18n.catalogue import Language

NoticeKind = Literal["state", "origin", "unknown", "disputed"]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address, or to the section or table row called `#anchor`."""

    text: str
    to: str


Run = str | Link
Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `note` says where it comes from, in a footnote or close by."""

    text: Text
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    text: Text
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list, in order where `numbered`."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what stands under it: one text, or several."""

    term: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts one under the other, such as those of a title page."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something set apart, with the word that says what it is: « Projet », « À compléter »…

    `kind` may give it a look; its `label` says the same to who does not see it.
    """

    kind: NoticeKind
    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; one that is `wide` holds sentences."""

    title: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, each row as long as there are columns; the first cell names its row.

    `anchors` name the rows that links lead to, in their order; () where none does.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `anchor` is what links call it."""

    title: str
    blocks: "tuple[Block, ...]"
    anchor: str | None = None


Block = Paragraph | Items | Facts | Notice | Table | Section


@dataclass(frozen=True, slots=True)
class Outline:
    """A document: its title page (`title`, `subtitle`, `front`), then its sections.

    `contents` is how many levels of sections its summary lists, 0 for a document without one. `on`
    is the day it speaks of: the only day a file may carry, so that the same text gives the same
    bytes.
    """

    title: str
    subtitle: str
    language: Language
    on: date
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    contents: int = 2


def said(words: str) -> Text:
    """Plain words as a text."""
    return (words,)


def plain(text: Text) -> str:
    """The words of a text, without its links."""
    return "".join(run.text if isinstance(run, Link) else run for run in text)


def summary(outline: Outline) -> Iterator[tuple[int, Section]]:
    """The sections that the summary lists, each with its depth from 1."""
    return _listed(outline.sections, 1, outline.contents)


def _listed(
    blocks: tuple[Block, ...] | tuple[Section, ...], depth: int, deepest: int
) -> Iterator[tuple[int, Section]]:
    for block in blocks:
        if isinstance(block, Section) and depth <= deepest:
            yield depth, block
            yield from _listed(block.blocks, depth + 1, deepest)
