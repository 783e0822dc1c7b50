"""A workbook whose cells hold no more than Excel lets them, and that says so where it was cut."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from math import isfinite
from textwrap import wrap
from typing import Any, assert_never
from zipfile import ZIP_DEFLATED, ZipFile

from cpps_cli.formats.registry import needed
from cpps_cli.i18n.catalogue import Language, _, language, n_
from cpps_cli.i18n.dates import short_day
from cpps_cli.i18n.labels import figure_in_words
from cpps_cli.present.facts import Cell, Tab, Workbook

LONGEST = 32_767  # characters of a cell, as Excel counts them: those beyond U+FFFF twice


def fitted(workbook: Workbook) -> Workbook:
    """The same, its longest texts cut; each says so, and the first tab how many there are."""
    cut = sum(_is_too_long(value) for tab in workbook.tabs for row in tab.rows for value in row)
    if not cut:
        return workbook
    tabs = (replace(tab, rows=tuple(map(_row, tab.rows))) for tab in workbook.tabs)
    sentence = n_(
        "{count} cell held more than a cell of Excel can. It is cut and ends with a sentence "
        "that says so; the other formats have its text whole.",
        "{count} cells held more than a cell of Excel can. They are cut and end with a sentence "
        "that says so; the other formats have their text whole.",
        cut,
    )
    first, *others = tabs
    row: tuple[Cell, ...] = (_("Cut"), sentence.format(count=cut))
    return replace(workbook, tabs=(replace(first, rows=(*first.rows, row)), *others))


def excel_length(text: str) -> int:
    """Counts the characters of a text as Excel does."""
    return len(text.encode("utf-16-le")) // 2


def _row(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(map(_cell, row))


def _cell(value: Cell) -> Cell:
    if not isinstance(value, str) or not _is_too_long(value):
        return value
    words = _("… [Cut: the text has {count} characters, more than a cell of Excel can hold.]")
    end = words.format(count=figure_in_words(len(value)))
    room = (LONGEST - excel_length(end)) * 2
    # Half a character may be left at the end: it goes with what is cut.
    return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + end


def _is_too_long(value: Cell) -> bool:
    return isinstance(value, str) and excel_length(value) > LONGEST


# Nothing that a cell holds may be more than its text.
_AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DAY: dict[Language, str] = {"fr": "dd/mm/yyyy", "en": "d mmm yyyy"}
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900, which never was
_LARGEST = 10**15  # Excel keeps 15 digits of a number
_NARROWEST, _WIDEST, _WIDEST_OF_SENTENCES = 6, 24, 42  # a column, in characters
_LINE, _TALLEST = 15, 409  # the height of a line, and the greatest of a row, in points
_A4, _LONGEST_HEADER = 9, 100
_CORE, _END_OF_CORE = "docProps/core.xml", b"</cp:coreProperties>"


def xlsx(workbook: Workbook) -> bytes:
    """Writes the file in the language that is spoken; the same workbook gives the same bytes.

    Raises `CppsError` without XlsxWriter.
    """
    return packed(fitted(workbook))


def packed(workbook: Workbook) -> bytes:
    """Packs a workbook whose cells are short enough."""
    with needed("XlsxWriter"):
        import xlsxwriter  # type: ignore[import-untyped]
    made = BytesIO()
    file = xlsxwriter.Workbook(made, _AS_WRITTEN)
    created = datetime.combine(workbook.on, time(), UTC)
    title, subject = (text[:_LONGEST_HEADER] for text in (workbook.title, workbook.subject))
    file.set_properties({"title": title, "subject": subject, "created": created})
    looks = _Looks(file)
    for tab in workbook.tabs:
        sheet = file.add_worksheet(tab.title)
        _set_page(sheet, " – ".join(filter(None, (title, workbook.standing))))
        looks.write(sheet, tab)
    file.close()
    return _in_language(made, language())


class _Looks:
    """The looks of cells: each kind of them is described once in the file."""

    def __init__(self, file: Any) -> None:
        every = {"valign": "top", "text_wrap": True}
        self.head = file.add_format(
            {**every, "bold": True, "bg_color": "#DCE4EE", "font_color": "#12233A", "bottom": 1}
        )
        self.text = file.add_format(every)
        figure = {**every, "align": "right", "indent": 1}
        self.number = file.add_format({**figure, "num_format": "#,##0.##########"})
        self.whole = file.add_format({**figure, "num_format": "#,##0"})
        self.day = file.add_format({**every, "num_format": _DAY[language()], "align": "left"})

    def write(self, sheet: Any, tab: Tab) -> None:
        """A table with its filters under a header that stays in sight, or a sentence."""
        widths = [_width(tab, position) for position in range(len(tab.columns))]
        for position, width in enumerate(widths):
            sheet.set_column(position, position, width)
        if not tab.rows:
            sheet.write_string(0, 0, tab.empty)
            return
        for place, row in enumerate(tab.rows, 1):
            sheet.set_row(place, _height(row, widths))
            for position, value in enumerate(row):
                self._write(sheet, (place, position), value)
        headers = [{"header": item.title, "header_format": self.head} for item in tab.columns]
        sheet.add_table(
            *(0, 0, len(tab.rows), len(tab.columns) - 1),
            {
                "name": re.sub(r"\W", "_", tab.title),
                "columns": headers,
                "style": "Table Style Light 1",
            },
        )
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        # « 1.1 » is the number of a sheet, and no number.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write(self, sheet: Any, at: tuple[int, int], value: Cell) -> None:
        match value:
            case None:
                sheet.write_blank(*at, None, self.text)
            case str():
                sheet.write_string(*at, value, self.text)
            case date() if value >= _FIRST_DAY:
                sheet.write_datetime(*at, value, self.day)
            case date():
                sheet.write_string(*at, short_day(value), self.text)
            case int() | float() if _is_kept(value):
                look = self.whole if value == int(value) else self.number
                sheet.write_number(*at, value, look)
            case int() | float():
                sheet.write_string(*at, str(value), self.text)
            case _:
                assert_never(value)


def _is_kept(value: float) -> bool:
    """Whether Excel can hold a number with all its digits."""
    return (isinstance(value, int) or isfinite(value)) and abs(value) < _LARGEST


def _width(tab: Tab, position: int) -> int:
    """Finds a width that suits a column; longer texts go on over the next line."""
    column = tab.columns[position]
    most = _WIDEST_OF_SENTENCES if column.wide else _WIDEST
    longest = max((_shown_length(row[position]) for row in tab.rows), default=most)
    with_its_filter = len(column.title) + 4
    return max(_NARROWEST, min(with_its_filter, most), min(longest + 2, most))


def _height(row: tuple[Cell, ...], widths: list[int]) -> int:
    """Gives a row the room of all its lines: not every program finds that out by itself."""
    lines = (_lines(value, width) for value, width in zip(row, widths, strict=True))
    return min(_LINE * max(lines), _TALLEST)


def _lines(value: Cell, width: int) -> int:
    """Counts the lines of a text, most letters being narrower than the figures of widths."""
    return len(wrap(value, width * 11 // 10)) or 1 if isinstance(value, str) else 1


def _shown_length(value: Cell) -> int:
    return 10 if isinstance(value, date) else len(str(value or ""))


def _set_page(sheet: Any, title: str) -> None:
    """On paper: A4 in landscape, all of the columns, the title above and the page below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    inert = title.replace("&", "&&")  # a single one would begin a command
    pages = _("Page {page} of {pages}").format(page="&P", pages="&N")
    sheet.set_header(f"&L{inert}&R&A", {"scale_with_doc": False})
    sheet.set_footer(f"&R{pages}", {"scale_with_doc": False})


def _in_language(made: BytesIO, spoken: Language) -> bytes:
    """The same file, which says its language: a property that XlsxWriter has no word for."""
    named = f"<dc:language>{spoken}</dc:language>".encode() + _END_OF_CORE
    result = BytesIO()
    with ZipFile(made) as before, ZipFile(result, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == _CORE:
                content = content.replace(_END_OF_CORE, named)
            after.writestr(entry, content)
    return result.getvalue()
