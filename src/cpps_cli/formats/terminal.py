"""A section as people read it in a terminal, in as many columns as there are, with colours."""

import re
import sys
from collections.abc import Iterator
from itertools import takewhile
from typing import assert_never

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from cpps_cli.formats.chart import chart_lines
from cpps_cli.i18n.catalogue import inert
from cpps_cli.present.document import (
    MARK,
    PARENTS_WINDOW,
    WINDOW,
    Block,
    Chart,
    Extract,
    Facts,
    Item,
    Items,
    Notice,
    Paragraph,
    Section,
    Table,
    item_of,
    plain,
)

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


def in_terminal(section: Section) -> str:
    """Writes a section with colours where standard output is a terminal that has them.

    The terminal has `COLUMNS` columns, 80 where nothing says otherwise.
    """
    screen = console()
    with screen.capture() as captured:
        before: Block | None = None
        for block, level in _in_order(section, 1):
            if before is not None and _is_apart(before, block):
                screen.print()
            screen.print(*_block(block, level, screen.width))
            before = block
    # A table is padded to the width of the screen; the blanks at line ends serve nobody.
    shown = captured.get().replace(_KEPT, "\N{NO-BREAK SPACE}")
    return "\n".join(line.rstrip() for line in shown.split("\n"))


def _words(text: object) -> str:
    """Inert text whose French marks stay with the words they belong to."""
    return _FRENCH_SPACE.sub(_KEPT, inert(text))


def _in_order(section: Section, level: int) -> Iterator[tuple[Block, int]]:
    """The headings and what stands under each, one after the other; level 1 is the title."""
    yield section, level
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _in_order(block, level + 1)
        else:
            yield block, level


def _is_apart(before: Block, block: Block) -> bool:
    """Whether an empty line stands between two blocks."""
    match block:
        case Section():
            return True
        case Paragraph():
            return block.apart
        case Items():
            return not isinstance(before, Section)
        case _:
            return False


def _block(block: Block, level: int, width: int) -> Iterator[RenderableType]:
    match block:
        case Section():
            yield Text(_words(block.title), style="bold" if level == 1 else "bold dim")
        case Paragraph():
            yield Text(_noted(Item(block.text, block.note)), style="dim" if block.quiet else "")
        case Items():
            yield Padding(_items(block), (0, 0, 0, 2))
        case Facts():
            lines = (f"{fact.term}: {plain(text)}" for fact in block.facts for text in fact.texts)
            yield Padding(_items(Items(tuple(lines))), (0, 0, 0, 2))
        case Notice():
            yield Text(_words(f"{block.label}. {plain(block.text)}"))
        case Table():
            yield _table(block, width)
        case Chart():
            yield _chart(block, width)
        case Extract():
            yield Padding(Text(_words(block.text), style="cyan"), (0, 0, 0, 4))
        case _:
            assert_never(block)


def _noted(item: Item) -> str:
    note = f" ({item.note})" if item.note else ""
    marks = (f"{at}." if item.numbered else "–" for at in range(1, len(item.under) + 1))
    under = (f"\n{mark} {text}" for mark, text in zip(marks, item.under, strict=True))
    return _words(f"{plain(item.text)}{note}{''.join(under)}")


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
        words = Text(_noted(item_of(item)))
        if block.marked:
            words.highlight_regex(_REMOVED, "red")
            words.highlight_regex(_ADDED, "green")
        grid.add_row(f"{number}." if block.numbered else "•", words)
    return grid


def _table(table: Table, width: int) -> RenderableType:
    shown = table.shown
    upright = _are_upright(table, shown, width)
    if _least_width(table, shown, upright=upright) > width:
        return _stacked(table, shown)
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
        drawn.add_row(*[Text(_words(plain(row[index]))) for index in shown])
    return drawn


def _least_width(table: Table, shown: list[int], *, upright: bool) -> int:
    """The columns of a screen in which no value of a table has to be cut."""
    total = 0
    for index in shown:
        column = table.columns[index]
        if column.wide:
            total += LEAST_WIDTH
            continue
        title = "" if upright and column.narrow else column.title
        cells = (line for row in table.rows for line in plain(row[index]).split("\n"))
        total += max(map(len, (title, *cells)))
    return total + (1 if upright else GAP) * (len(shown) - 1)


def _stacked(table: Table, shown: list[int]) -> RichTable:
    """A table too wide for the screen: each row under its name, a line for each value."""
    stack = RichTable.grid()
    stack.add_column(overflow="fold")
    wide = next((at for at, index in enumerate(shown[:2]) if table.columns[index].wide), 0)
    names, others = shown[: wide + 1], shown[wide + 1 :]
    for number, row in enumerate(table.rows):
        if number in table.sections:
            stack.add_row(Text(_words(table.sections[number]), style="bold cyan"))
        name = " ".join(filter(None, (plain(row[index]) for index in names)))
        stack.add_row(Text(_words(name), style="bold"))
        signs, lines = [], []
        for index in others:
            column, value = table.columns[index], plain(row[index])
            if value and column.narrow:
                signs.append(f"{column.title} {value}")
            elif value:
                lines.append(f"{column.title}: {value}")
        if signs:
            lines.append(" · ".join(signs))
        for line in lines:
            stack.add_row(Padding(Text(_words(line)), (0, 0, 0, 2)))
    return stack


def _are_upright(table: Table, shown: list[int], width: int) -> bool:
    """Whether the titles of narrow columns take the room that words need."""
    columns = [table.columns[index] for index in shown]
    if not any(column.narrow for column in columns):
        return False
    cells = [[len(plain(row[index])) for row in table.rows] for index in shown]
    widths = [max(len(c.title), *found, 0) for c, found in zip(columns, cells, strict=True)]
    taken = [GAP + w for c, w in zip(columns, widths, strict=True) if not c.wide]
    words = ROOM_FOR_WORDS if any(column.wide for column in columns) else 0
    return width - sum(taken) < words


def _upright(table: Table, shown: list[int]) -> list[str]:
    """The titles, a letter under the other in narrow columns, all ending on one line."""
    columns = [table.columns[index] for index in shown]
    short = iter(_cut([column.title for column in columns if column.narrow]))
    titles = ["\n".join(next(short)) if item.narrow else item.title for item in columns]
    height = max(title.count("\n") for title in titles)
    return ["\n" * (height - title.count("\n")) + title for title in titles]


def _cut(titles: list[str]) -> list[str]:
    """Titles short enough to stand upright; of those that begin alike, what tells them apart."""
    short = [_beginning(title) for title in titles]
    for title, cut in zip(titles, tuple(short), strict=True):
        alike = [at for at, other in enumerate(short) if other == cut]
        if title != cut and len(alike) > 1:
            letters = zip(*(titles[at] for at in alike), strict=False)
            same = len([*takewhile(lambda some: len(set(some)) == 1, letters)])
            for at in alike:
                short[at] = "…" + _beginning(titles[at][same:], TALLEST - 1)
    return short


def _beginning(title: str, length: int = TALLEST) -> str:
    return title if len(title) <= length else title[: length - 1] + "…"


def _section(drawn: RichTable, table: Table, shown: list[int], number: int) -> None:
    """A line across the table; it stands in the widest column, where it has room."""
    wide = next((index for index in shown if table.columns[index].wide), shown[0])
    title = Text(_words(table.sections[number]), style="bold cyan")
    drawn.add_row(*[title if index == wide else Text() for index in shown])
