"""A chart drawn with signs, in as many columns as there are: it reads without colour."""

import re
import sys
from datetime import date, timedelta
from typing import assert_never

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from cpps_cli.formats.printing import shown_cell
from cpps_cli.i18n.text import inert
from cpps_cli.present.answer import (
    MARK,
    PARENTS_WINDOW,
    WINDOW,
    Bar,
    Block,
    Chart,
    Extract,
    Heading,
    Items,
    Paragraph,
    Table,
)

LEAST_COLUMNS = 24  # below, a year is not told from another: the lines are left too long
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_GAP = 2


def chart_lines(chart: Chart, width: int) -> list[str]:
    """The years, then a line for each lane."""
    titles = max((len(lane.title) for lane in chart.lanes), default=0) + _GAP
    notes = max((len(lane.note) for lane in chart.lanes), default=0)
    columns = max(LEAST_COLUMNS, width - titles - (notes + _GAP if notes else 0))
    scale = _Scale(chart.first, chart.last, columns)
    lines = [" " * titles + years for years in scale.years()]
    for lane in chart.lanes:
        drawn = scale.drawn(lane.bars, chart.marked)
        lines.append(f"{lane.title:{titles}}{drawn}{' ' * _GAP}{lane.note}".rstrip())
    return lines


class _Scale:
    """Days laid out on columns."""

    def __init__(self, first: date, last: date, columns: int) -> None:
        self.first = first
        self.columns = columns
        self.days = (last - first).days + 1
        self.last = last

    def at(self, day: date) -> int:
        """The column at whose left edge a day begins, as nearly as columns allow."""
        begun = (day - self.first).days / self.days
        return min(round(begun * self.columns), self.columns - 1)

    def drawn(self, bars: tuple[Bar, ...], marked: date) -> str:
        """One lane. A bar that goes on across the mark lets it be seen, a sign does not."""
        cells = [" "] * self.columns
        if self.first <= marked <= self.last:
            cells[self.at(marked)] = MARK
        for bar in bars:
            start, end = self.at(bar.first), self._end(bar.last)
            for column in range(start, max(start, end) + 1):
                if cells[column] != MARK or end - start < 2:
                    cells[column] = bar.sign
        return "".join(cells)

    def _end(self, day: date) -> int:
        """The last column of a bar: the one before what follows it begins."""
        return self.columns - 1 if day >= self.last else self.at(day + timedelta(1)) - 1

    def years(self) -> list[str]:
        """The years that have room, and a tick under the first day of each."""
        asked = range(self.first.year, self.last.year + 1)
        room = self.columns * 365 / self.days
        step = next((step for step in _STEPS if step * room >= len("2017 ")), _STEPS[-1])
        names, ticks = [" "] * self.columns, [" "] * self.columns
        for year in asked:
            column = self.at(max(date(year, 1, 1), self.first))
            ticks[column] = "╷"
            if (year - asked[0]) % step == 0 and column + 4 <= self.columns:
                names[column : column + 4] = str(year)
        return ["".join(names).rstrip(), "".join(ticks).rstrip()]


# Below this a column of words says nothing: on a narrow screen the others wrap instead.
LEAST_WIDTH = 12
# Rich breaks lines at no-break spaces as well: they go through it as a sign of no meaning.
_KEPT = "\ue000"
_FRENCH_SPACE = re.compile("\N{NO-BREAK SPACE}|(?<=«) | (?=[»:;?!])")
# Below this the titles of narrow columns stand upright, to leave words their room.
ROOM_FOR_WORDS = 26
GAP = 3  # between two columns
TALLEST = 10  # an upright title
# Words that changed: readable without a colour.
_REMOVED, _ADDED = r"(?s)\[-.*?-\]", r"(?s)\{\+.*?\+\}"


def console() -> Console:
    """A console on standard output; what it prints is read neither as markup nor as emoji."""
    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False, soft_wrap=False)


def drawn(blocks: tuple[Block, ...]) -> str:
    """The blocks as text, with colours where standard output is a terminal that has them."""
    screen = console()
    with screen.capture() as captured:
        for number, block in enumerate(blocks):
            if number and _apart(blocks[number - 1], block):
                screen.print()
            screen.print(_block(block, screen.width))
    # A table is padded to the width of the screen; the blanks at line ends serve nobody.
    shown = captured.get().replace(_KEPT, "\N{NO-BREAK SPACE}")
    return "\n".join(line.rstrip() for line in shown.split("\n"))


def _words(text: object) -> str:
    """Inert text whose French marks stay with the words they belong to."""
    return _FRENCH_SPACE.sub(_KEPT, inert(text))


def _apart(before: Block, block: Block) -> bool:
    """Whether an empty line stands between two blocks."""
    return isinstance(block, Heading) or (
        isinstance(block, Items) and not isinstance(before, Heading)
    )


def _block(block: Block, width: int) -> RenderableType:
    match block:
        case Heading():
            return Text(_words(block.text), style="bold" if block.level == 1 else "bold dim")
        case Paragraph():
            return Text(_words(block.text), style="dim" if block.quiet else "")
        case Items():
            return Padding(_items(block), (0, 0, 0, 2))
        case Table():
            return _table(block, width)
        case Chart():
            return _chart(block, width)
        case Extract():
            return Padding(Text(_words(block.text), style="cyan"), (0, 0, 0, 4))
        case _:
            assert_never(block)


def _chart(block: Chart, width: int) -> Text:
    drawn = Text(_words("\n".join(chart_lines(block, width))), no_wrap=True, overflow="ignore")
    drawn.highlight_regex(f"[{WINDOW}{PARENTS_WINDOW}]+", "yellow")
    drawn.highlight_regex(f"{MARK}", "bold red")
    return drawn


def _items(block: Items) -> RichTable:
    grid = RichTable.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    for number, item in enumerate(block.items, 1):
        words = Text(_words(item))
        if block.marked:
            words.highlight_regex(_REMOVED, "red")
            words.highlight_regex(_ADDED, "green")
        grid.add_row(f"{number}." if block.numbered else "•", words)
    return grid


def _table(table: Table, width: int) -> RichTable:
    shown = [index for index, column in enumerate(table.columns) if column.key not in table.hidden]
    upright = _are_upright(table, shown, width)
    drawn = RichTable(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        header_style="bold",
        padding=(0, 0) if upright else (0, 1),
    )
    titles = _upright(table, shown) if upright else [table.columns[index].title for index in shown]
    for index, title in zip(shown, titles, strict=True):
        column = table.columns[index]
        drawn.add_column(
            _words(title),
            justify="right" if column.right else "left",
            no_wrap=not column.wide,
            overflow="fold",
            ratio=1 if column.wide else None,
            min_width=LEAST_WIDTH if column.wide else None,
        )
    for number, row in enumerate(table.rows):
        if number in table.sections:
            if number:
                drawn.add_row()
            _section(drawn, table, shown, number)
        drawn.add_row(*[Text(_words(shown_cell(row[index]))) for index in shown])
    return drawn


def _are_upright(table: Table, shown: list[int], width: int) -> bool:
    """Whether the titles of narrow columns take the room that words need."""
    columns = [table.columns[index] for index in shown]
    if not any(column.narrow for column in columns):
        return False
    cells = [[len(shown_cell(row[index])) for row in table.rows] for index in shown]
    widths = [max(len(c.title), *found, 0) for c, found in zip(columns, cells, strict=True)]
    taken = [GAP + w for c, w in zip(columns, widths, strict=True) if not c.wide]
    words = ROOM_FOR_WORDS if any(column.wide for column in columns) else 0
    return width - sum(taken) < words


def _upright(table: Table, shown: list[int]) -> list[str]:
    """The titles, a letter under the other in narrow columns, all ending on one line."""
    columns = [table.columns[index] for index in shown]
    titles = ["\n".join(_cut(item.title)) if item.narrow else item.title for item in columns]
    height = max(title.count("\n") for title in titles)
    return ["\n" * (height - title.count("\n")) + title for title in titles]


def _cut(title: str) -> str:
    return title if len(title) <= TALLEST else title[: TALLEST - 1] + "…"


def _section(drawn: RichTable, table: Table, shown: list[int], number: int) -> None:
    """A line across the table; it stands in the widest column, where it has room."""
    wide = next((index for index in shown if table.columns[index].wide), shown[0])
    title = Text(_words(table.sections[number]), style="bold cyan")
    drawn.add_row(*[title if index == wide else Text() for index in shown])
