"""The tree of what is said: sections, paragraphs, tables; made inert before it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from cpps_cli.i18n.catalogue import Language, inert

NoticeKind = Literal["state", "origin", "unknown", "disputed"]


# No tuple, as the others are: a text is a tuple of runs, and a link is one of them.
@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address, or to the section or table row called `#anchor`."""

    text: str
    to: str


Run = str | Link
Text = str | tuple[Run, ...]
Cell = Text | int | float | None


class Paragraph(NamedTuple):
    """A paragraph; `note` says where it comes from, in a footnote or close by.

    A `quiet` one is a circumstance that a glance may skip; an empty line of a terminal sets one
    `apart` from the paragraph before.
    """

    text: Text
    note: str | None = None
    quiet: bool = False
    apart: bool = False


class Item(NamedTuple):
    """One line of a list, with where it comes from, and the list `under` it."""

    text: Text
    note: str | None = None
    under: tuple[str, ...] = ()
    numbered: bool = False


class Items(NamedTuple):
    """A list, in order where `numbered`; [-words-] and {+words+} have a colour where `marked`."""

    items: tuple[Item | Text, ...]
    numbered: bool = False
    marked: bool = False


class Fact(NamedTuple):
    """A name and what stands under it: one text, or several."""

    term: str
    texts: tuple[Text, ...]


class Facts(NamedTuple):
    """Facts one under the other, such as those of a title page."""

    facts: tuple[Fact, ...]


class Notice(NamedTuple):
    """Something set apart, with the word that says what it is: « Projet », « À compléter »…

    `kind` may give it a look; its `label` says the same to who does not see it.
    """

    kind: NoticeKind
    label: str
    text: Text


class Column(NamedTuple):
    """`key` names it in csv, in English for ever; `title` is shown. The one that is `wide` holds
    sentences: it takes the room that is left and wraps; the others keep their words whole. A
    `narrow` one holds signs or figures: where its table has too little room, its title stands
    upright.
    """

    key: str
    title: str
    wide: bool = False
    right: bool = False
    narrow: bool = False


_NO_GROUPS: Mapping[int, str] = MappingProxyType({})


class Table(NamedTuple):
    """Rows under columns, each row as long as there are columns; the first cell names its row.

    A group of rows starts where `sections` names the row it starts at; `hidden` are the keys of
    the columns that only csv holds. `anchors` name the rows that links lead to, in their order; ()
    where none does.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sections: Mapping[int, str] = _NO_GROUPS
    hidden: frozenset[str] = frozenset()
    caption: str = ""
    anchors: tuple[str, ...] = ()

    @property
    def anchored(self) -> Iterator[tuple[tuple[Cell, ...], str | None]]:
        """Each row with the name that links call it, None where there is none."""
        return zip(self.rows, self.anchors or (None,) * len(self.rows), strict=True)

    @property
    def shown(self) -> list[int]:
        """The positions of the columns that people see."""
        return [at for at, column in enumerate(self.columns) if column.key not in self.hidden]


class Extract(NamedTuple):
    """Lines of a file, shown as they stand there."""

    text: str


class Bar(NamedTuple):
    """A stretch of days on a line of a chart, drawn with one sign."""

    first: date
    last: date
    sign: str


class Lane(NamedTuple):
    """A line of a chart: later bars cover earlier ones; `note` stands at its end."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""


MARK = "│"
TERM = "━"
PARENTS_TERM = "─"
WINDOW = "█"
PARENTS_WINDOW = "▒"
PROLONGED = "╍"


class Chart(NamedTuple):
    """Lanes across years, from the first day to the last, with one day marked in each."""

    first: date
    last: date
    marked: date
    lanes: tuple[Lane, ...]


class Section(NamedTuple):
    """A heading and what stands under it; `anchor` is what links call it."""

    title: str
    blocks: "tuple[Block, ...]"
    anchor: str | None = None


Block = Paragraph | Items | Facts | Notice | Table | Extract | Chart | Section


class Answer(NamedTuple):
    """What a verb answers: `section` to people, `table` as csv, `document` as JSON."""

    section: Section
    table: Table
    document: Mapping[str, Any]


class Outline(NamedTuple):
    """A document: its title page (`title`, `subtitle`, `front`), then its sections.

    The title is level 1, the sections begin at level 2. `contents` is how many levels of sections
    its summary lists, 0 for a document without one. `on` is the day it speaks of: the only day a
    file may carry, so that the same text gives the same bytes. `standing` is said above each page.
    """

    title: str
    subtitle: str
    language: Language
    on: date
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    contents: int = 2
    standing: str = ""


def runs(cell: Cell) -> tuple[Run, ...]:
    """Takes a text apart into its words and its links; a cell without a value has none."""
    match cell:
        case None:
            return ()
        case tuple():
            return cell
        case _:
            return (str(cell),)


def plain(cell: Cell) -> str:
    """Strips the links from a text, and keeps all of its words."""
    if isinstance(cell, str):
        return cell
    return "".join(run.text if isinstance(run, Link) else run for run in runs(cell))


def web_link(address: str) -> Run:
    """An address as a link where it is one of the web; else as plain words."""
    is_web = re.fullmatch(r"https?://[^\s<>\"]+", address, re.IGNORECASE)
    return Link(address, address) if is_web else address


def item_of(line: Item | Text) -> Item:
    """Gives every line of a list the place of its note."""
    return line if isinstance(line, Item) else Item(line)


def summary(outline: Outline) -> Iterator[tuple[int, Section]]:
    """Lists the sections that the summary names, each with its depth from 1."""
    return _listed(outline.sections, 1, outline.contents)


def _listed(
    blocks: tuple[Block, ...] | tuple[Section, ...], depth: int, deepest: int
) -> Iterator[tuple[int, Section]]:
    for block in blocks:
        if isinstance(block, Section) and depth <= deepest:
            yield depth, block
            yield from _listed(block.blocks, depth + 1, deepest)


T = TypeVar("T")
# What XML cannot hold at all, and Word and PDF are made of XML.
_NO_CHARACTER = "[\ufdd0-\ufdef\ufffe\uffff]"
_SPACES = r"[ \t\n]+"
# In French these signs stand off from their word, and stay on its line.
_STANDS_OFF = r" (?=[:;?!»])|(?<=«) "


def made_inert(value: T) -> T:
    """Takes control characters and marks that turn text round out of a tree, or part of one.

    They become U+FFFD, as on a terminal: a reader sees that something was there. How the lines of
    a text are broken in its file means nothing.
    """
    made: Any = _inert(value)
    return made  # type: ignore[no-any-return]


def _inert(value: Any) -> Any:
    match value:
        case str():
            shown = re.sub(_NO_CHARACTER, "\N{REPLACEMENT CHARACTER}", inert(value))
            return re.sub(_STANDS_OFF, "\N{NO-BREAK SPACE}", re.sub(_SPACES, " ", shown))
        case Extract():
            return value
        case Mapping():
            return {key: _inert(item) for key, item in value.items()}
        case tuple():
            parts = map(_inert, value)
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        case _ if is_dataclass(value):
            held = {field.name: _inert(getattr(value, field.name)) for field in fields(value)}
            noun: Any = type(value)
            return noun(**held)
        case _:
            return value
