"""The text of a document, block by block."""

from collections.abc import Iterator
from itertools import islice
from typing import assert_never

from cpps_cli.formats.chart import lines_of
from cpps_cli.formats.docx.elements import (
    CONTENTS,
    HEADINGS,
    NOTICES,
    TEXT_WIDTH,
    Element,
    References,
    StyleId,
    bookmark,
    noted,
    paragraph,
    run,
    runs,
    shortened,
    w,
)
from cpps_cli.i18n.catalogue import _
from cpps_cli.present.document import (
    Block,
    Cell,
    Chart,
    Column,
    Extract,
    Fact,
    Facts,
    Item,
    Items,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    item_of,
    plain,
    summary,
)


def body(outline: Outline, references: References) -> Iterator[Element]:
    """The title page, the summary, then the sections."""
    yield paragraph("Title", run(outline.title))
    yield paragraph("Subtitle", run(outline.subtitle))
    yield from _blocks(outline.front, 1, references)
    sections = _blocks(outline.sections, 1, references)
    if outline.contents:
        yield contents(outline, references)
        yield from _on_new_page(sections)
    yield from sections
    # Word wants a paragraph after a table, even where nothing more is said.
    yield paragraph("TableEnd")


def _on_new_page(written: Iterator[Element]) -> Iterator[Element]:
    """The first of what comes next, told to begin a page."""
    for first in islice(written, 1):
        after_style = 1
        first[0].insert(after_style, w("pageBreakBefore"))
        yield first


def _blocks(
    blocks: tuple[Block, ...] | tuple[Section, ...], level: int, references: References
) -> Iterator[Element]:
    for block in blocks:
        yield from _block(block, level, references)


def _block(block: Block, level: int, references: References) -> Iterator[Element]:
    match block:
        case Section():
            yield _heading(block, level, references)
            yield from _blocks(block.blocks, level + 1, references)
        case Paragraph():
            yield paragraph("BodyText", *noted(block.text, block.note, references))
        case Items():
            yield from _items(block, references)
        case Facts():
            for fact in block.facts:
                yield from _fact(fact, references)
        case Notice():
            label = run(f"{block.label}.", "Strong")
            yield paragraph(NOTICES[block.kind], label, run(" "), *runs(block.text, references))
        case Table():
            yield from table(block, references)
        case Chart() | Extract():
            yield from (paragraph("BodyText", run(line)) for line in lines_of(block))
        case _:
            assert_never(block)


def _heading(section: Section, level: int, references: References) -> Element:
    """Chapters are headings 1 of Word: the title of the document has a style of its own."""
    words: tuple[Element, ...] = (run(section.title),)
    if section.anchor:
        words = references.place(bookmark(section.anchor), *words)
    return paragraph(HEADINGS[min(level, len(HEADINGS)) - 1], *words)


def _items(block: Items, references: References) -> Iterator[Element]:
    number = references.list_from_one() if block.numbered else None
    for item in map(item_of, block.items):
        words = noted(item.text, item.note, references)
        if number is None:
            yield paragraph("ListBullet", *words)
        else:
            yield _numbered("ListNumber", number, *words)
        yield from _under(item, references)


def _under(item: Item, references: References) -> Iterator[Element]:
    """The list within an item, one level deeper."""
    number = references.list_from_one() if item.numbered and item.under else None
    for text in item.under:
        if number is None:
            yield paragraph("ListBullet2", run(text))
        else:
            yield _numbered("ListNumber2", number, run(text), level=1)


def _numbered(style: StyleId, number: int, *words: Element, level: int = 0) -> Element:
    """An item of one list among those that share a style: the list says where counting begins."""
    made = paragraph(style, *words)
    made[0].append(w("numPr", w("ilvl", val=level), w("numId", val=number)))
    return made


def _fact(fact: Fact, references: References) -> Iterator[Element]:
    yield paragraph("FactName", run(fact.term))
    for text in fact.texts:
        yield paragraph("FactValue", *runs(text, references))


def contents(outline: Outline, references: References) -> Element:
    """The summary of the document, in the frame where Word shows its button to update it."""
    lines = [_line(references, depth, section) for depth, section in summary(outline)]
    hint = _("Page numbers: right-click on this summary, then update the field.")
    lines.append(paragraph("Hint", run(hint)))
    after_style = 1
    lines[0][after_style:after_style] = _beginning(outline.contents)
    lines[-1].append(_sign("end"))
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    heading = paragraph("TOCHeading", run(_("Contents")))
    return w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *lines))


def _line(references: References, depth: int, section: Section) -> Element:
    words = run(section.title)
    line = references.link(f"#{section.anchor}", words) if section.anchor else words
    return paragraph(CONTENTS[min(depth, len(CONTENTS)) - 1], line)


def _beginning(deepest: int) -> list[Element]:
    instruction = w("instrText")
    instruction.text = f' TOC \\o "1-{deepest}" \\h \\z '
    return [_sign("begin"), w("r", instruction), _sign("separate")]


def _sign(kind: str) -> Element:
    return w("r", w("fldChar", fldCharType=kind))


_LETTER, _MARGINS = 100, 190  # the width of a letter of a table, and of a cell without any
_LONGEST_WORD, _SHORT, _LONG = 18, 22, 60  # in letters: what a column may ask for
_TITLE = 16  # and what its title may ask for: it goes on over the next line
_LONGEST_DESCRIPTION = 255
# Letters of the longest cell of a row: up to which it is not cut by the end of a page, and from
# which it fills several.
_WHOLE, _SEVERAL_PAGES = 1_000, 10_000


def table(block: Table, references: References) -> Iterator[Element]:
    """The title of the table, then the table."""
    yield paragraph("Caption", run(block.caption))
    widths = column_widths(block)
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    rows = (_row(row, widths, anchor, references) for row, anchor in block.anchored)
    yield w("tbl", _properties(block.caption), grid, _titles(block, widths), *rows)


def _properties(caption: str) -> Element:
    """Its first column names the rows, its caption is what a screen reader says of it."""
    return w(
        "tblPr",
        w("tblStyle", val="ContractTable"),
        w("tblW", w=TEXT_WIDTH, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noVBand=1),
        w("tblCaption", val=shortened(caption, _LONGEST_DESCRIPTION)),
    )


def _titles(block: Table, widths: tuple[int, ...]) -> Element:
    """The first row, which comes again on each page.

    Not where a row alone fills several pages, for LibreOffice would never end.
    """
    longest = max((_longest(row) for row in block.rows), default=0)
    again = [w("tblHeader")] if longest <= _SEVERAL_PAGES else []
    cells = (
        _cell("TableHead", width, run(column.title))
        for column, width in zip(block.columns, widths, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit"), *again), *cells)


def _row(
    row: tuple[Cell, ...], widths: tuple[int, ...], anchor: str | None, references: References
) -> Element:
    first, *rest = (tuple(runs(cell, references)) for cell in row)
    named = references.place(bookmark(anchor), *first) if anchor else first
    cells = zip((named, *rest), widths, strict=True)
    whole = [w("trPr", w("cantSplit"))] if _longest(row) <= _WHOLE else []
    return w("tr", *whole, *(_cell("TableText", width, *inside) for inside, width in cells))


def _longest(row: tuple[Cell, ...]) -> int:
    return max(len(plain(cell)) for cell in row)


def _cell(style: StyleId, width: int, *inside: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph(style, *inside))


def column_widths(block: Table) -> tuple[int, ...]:
    """A width for each column, all of them as wide as the text of the page.

    The longest word of each fits in it; short texts stay on one line where there is room, and the
    columns that are wide share what is left.
    """
    columns = _columns(block)
    least = [_letters(min(_longest_word(texts), _LONGEST_WORD)) for _column, texts in columns]
    wished = [
        max(_letters(_wish(column, texts)), narrowest)
        for (column, texts), narrowest in zip(columns, least, strict=True)
    ]
    firm = [
        narrowest if column.wide else wish
        for (column, _texts), narrowest, wish in zip(columns, least, wished, strict=True)
    ]
    return _shared(firm if sum(firm) <= TEXT_WIDTH else least, wished)


def _wish(column: Column, texts: list[str]) -> int:
    title, *cells = map(len, texts)
    return max(min(title, _TITLE), min(max(cells, default=0), _LONG if column.wide else _SHORT))


def _columns(block: Table) -> list[tuple[Column, list[str]]]:
    """Each column with its texts, its title first."""
    return [
        (column, [column.title, *(plain(row[at]) for row in block.rows)])
        for at, column in enumerate(block.columns)
    ]


def _letters(count: int) -> int:
    return count * _LETTER + _MARGINS


def _longest_word(texts: list[str]) -> int:
    return max(len(word) for text in texts for word in text.split() or [""])


def _shared(least: list[int], wished: list[int]) -> tuple[int, ...]:
    """The whole width, between the least and the wish of each or beyond, in proportion."""
    room, asked = TEXT_WIDTH - sum(least), sum(wished) - sum(least)
    if room < 0 or not asked:
        widths = [narrow * TEXT_WIDTH // sum(least) for narrow in least]
    else:
        widths = [
            narrow + (wish - narrow) * room // asked
            for narrow, wish in zip(least, wished, strict=True)
        ]
    return (*widths[:-1], TEXT_WIDTH - sum(widths[:-1]))
