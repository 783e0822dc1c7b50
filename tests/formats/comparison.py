"""What a document says, whatever its format: told by an outline, or by who reads a file back.

A reader calls `Heard` in the order of the document and leaves out the summary; what two of them
heard can then be compared, with each other and with the contract itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from cpps_cli.formats.chart import lines_of
from cpps_cli.i18n.catalogue import _, capital, speaking
from cpps_cli.i18n.labels import FIELD, sheet_name
from cpps_cli.present.document import (
    Block,
    Cell,
    Chart,
    Extract,
    Facts,
    Items,
    Link,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    item_of,
    plain,
    runs,
)
from cpps_cli.present.document_context import DocumentContext

Rows = tuple[tuple[str, ...], ...]


@dataclass
class Heard:
    """Headings with their level; items under the headings above them; tables, their titles first;
    links; and every text in its order."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    items: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def heading(self, level: int, text: str) -> None:
        self.headings.append((level, squeezed(text)))
        self.text(text)

    def item(self, text: str) -> None:
        self.items.append((self.path, squeezed(text)))
        self.text(text)

    def table(self, rows: list[list[str]]) -> None:
        self.tables.append(tuple(tuple(map(squeezed, row)) for row in rows))
        for row in rows:
            for cell in row:
                self.text(cell)

    def link(self, text: str, to: str) -> None:
        self.links.append((squeezed(text), to))

    def text(self, text: str) -> None:
        self.texts.append(squeezed(text))

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above what comes next, the title of the document first."""
        path: list[tuple[int, str]] = []
        for level, text in self.headings:
            path = [*(above for above in path if above[0] < level), (level, text)]
        return tuple(text for _level, text in path)

    @property
    def all_text(self) -> str:
        return " ".join(self.texts)


def squeezed(text: str) -> str:
    """The words of a text, whatever spaces stand between them."""
    return " ".join(text.split())


def heard_in(outline: Outline) -> Heard:
    """What an outline says, its summary apart."""
    heard = Heard()
    heard.heading(1, outline.title)
    heard.text(outline.subtitle)
    for block in (*outline.front, *outline.sections):
        _hear(heard, block, 2)
    return heard


def _hear(heard: Heard, block: Block, level: int) -> None:
    match block:
        case Section():
            heard.heading(min(level, 6), block.title)
            for inside in block.blocks:
                _hear(heard, inside, level + 1)
        case Paragraph():
            _say(heard, block.text)
            heard.text(block.note or "")
        case Items():
            _hear_items(heard, block)
        case Facts():
            _hear_facts(heard, block)
        case Notice():
            heard.text(f"{block.label}.")
            _say(heard, block.text)
        case Table():
            _hear_table(heard, block)
        case Chart() | Extract():
            for line in lines_of(block):
                heard.text(line)
        case _:
            assert_never(block)


def _hear_items(heard: Heard, block: Items) -> None:
    for item in map(item_of, block.items):
        heard.item(plain(item.text))
        _links(heard, item.text)
        heard.text(item.note or "")


def _hear_facts(heard: Heard, block: Facts) -> None:
    for fact in block.facts:
        heard.text(fact.term)
        for text in fact.texts:
            _say(heard, text)


def _hear_table(heard: Heard, block: Table) -> None:
    heard.text(block.caption)
    titles = [column.title for column in block.columns]
    heard.table([titles, *([plain(cell) for cell in row] for row in block.rows)])
    for row in block.rows:
        for cell in row:
            _links(heard, cell)


def _say(heard: Heard, text: Cell) -> None:
    heard.text(plain(text))
    _links(heard, text)


def _links(heard: Heard, text: Cell) -> None:
    for run in runs(text):
        if isinstance(run, Link):
            heard.link(run.text, run.to)


def assert_same(read: Heard, outline: Outline) -> None:
    """What was read back is what the outline says: all of it, in its order."""
    expected = heard_in(outline)
    assert read.headings == expected.headings
    assert read.items == expected.items
    assert read.tables == expected.tables
    assert read.links == expected.links
    assert_text_in_order(read.all_text, expected)


def assert_text_in_order(text: str, expected: Heard) -> None:
    """Each text of the outline stands in the document, after the one before it."""
    at = 0
    for piece in filter(None, expected.texts):
        found = text.find(piece, at)
        assert found >= 0, f"missing after {text[max(0, at - 80) : at]!r}: {piece!r}"
        at = found + len(piece)


def assert_says_the_contract(read: Heard, context: DocumentContext) -> None:
    """Each sheet has its heading, once, in the order of the contract, with all its objectives."""
    with speaking(context.library.language):
        names = [squeezed(sheet_name(sheet)) for sheet in context.contract.sheets]
        objectives = capital(_(FIELD["objectives"]))
    assert [text for level, text in read.headings if level == 3 and text in set(names)] == names
    for name, sheet in zip(names, context.contract.sheets, strict=True):
        listed = [text for path, text in read.items if path[-2:] == (name, objectives)]
        assert listed == [squeezed(text) for text in sheet.objectives]


def sections(outline: Outline) -> Iterator[Section]:
    """Every section, those inside others too."""
    waiting: list[Block] = [*outline.front, *outline.sections]
    while waiting:
        block = waiting.pop(0)
        if isinstance(block, Section):
            yield block
            waiting[:0] = block.blocks
