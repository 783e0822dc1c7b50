"""The shape of every answer: blocks for people, one table to export, a document for scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

Format = Literal["table", "json", "csv", "markdown"]
Cell = str | int | float | None


class Column(NamedTuple):
    """`key` names it in csv, in English for ever; `title` is shown. The one that is `wide` takes
    the room that is left and wraps; the others keep their words whole. A `narrow` one holds signs
    or figures: where its table has too little room, its title stands upright.
    """

    key: str
    title: str
    wide: bool = False
    right: bool = False
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; a section starts where `sections` names the row it starts at."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sections: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


class Heading(NamedTuple):
    """A title; level 1 is that of the answer."""

    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """Plain text. A `quiet` one is a circumstance that a glance may skip."""

    text: str
    quiet: bool = False


class Items(NamedTuple):
    """A list, in order where `numbered`; [-words-] and {+words+} have a colour where `marked`."""

    items: tuple[str, ...]
    numbered: bool = False
    marked: bool = False


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


class Chart(NamedTuple):
    """Lanes across years, from the first day to the last, with one day marked in each."""

    first: date
    last: date
    marked: date
    lanes: tuple[Lane, ...]


Block = Table | Heading | Paragraph | Items | Extract | Chart


class Answer(NamedTuple):
    """What a verb answers. `document` is its JSON, `table` what csv holds."""

    blocks: tuple[Block, ...]
    table: Table
    document: Mapping[str, Any]


MARK = "│"


TERM = "━"


PARENTS_TERM = "─"


WINDOW = "█"


PARENTS_WINDOW = "▒"


PROLONGED = "╍"
