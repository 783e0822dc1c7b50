"""Tables: their first row comes again on each page, their columns have room for what they hold."""

from collections.abc import Iterator

from cpps_cli.formats.docx.elements import Element, paragraph, run, shortened, w
from cpps_cli.formats.docx.references import References, bookmark, runs
from cpps_cli.formats.docx.styles import TEXT_WIDTH, StyleId
from cpps_cli.present.document import Cell, Column, Table, plain

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
    anchors = block.anchors or (None,) * len(block.rows)
    rows = (
        _row(row, widths, anchor, references)
        for row, anchor in zip(block.rows, anchors, strict=True)
    )
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
