"""A workbook whose cells hold no more than Excel lets them, and that says so where it was cut."""

from dataclasses import replace

from cpps_cli.export.workbook.tab import Row, Value, Workbook
from cpps_cli.words.amounts import figure_in_words
from cpps_cli.words.catalogue import _, n_

LONGEST = 32_767  # characters of a cell, as Excel counts them: those beyond U+FFFF twice


def fitted(workbook: Workbook) -> Workbook:
    """The same, its longest texts cut; each says so, and the first tab how many there are."""
    cut = sum(_is_too_long(value) for tab in workbook.tabs for row in tab.rows for value in row)
    if not cut:
        return workbook
    tabs = (replace(tab, rows=tuple(map(_row, tab.rows))) for tab in workbook.tabs)
    said = n_(
        "{count} cell held more than a cell of Excel can. It is cut and ends with a sentence "
        "that says so; the other formats have its text whole.",
        "{count} cells held more than a cell of Excel can. They are cut and end with a sentence "
        "that says so; the other formats have their text whole.",
        cut,
    )
    first, *others = tabs
    row: Row = (_("Cut"), said.format(count=cut))
    return replace(workbook, tabs=(replace(first, rows=(*first.rows, row)), *others))


def excel_length(text: str) -> int:
    """How many characters Excel counts in a text."""
    return len(text.encode("utf-16-le")) // 2


def _row(row: Row) -> Row:
    return tuple(map(_cell, row))


def _cell(value: Value) -> Value:
    if not isinstance(value, str) or not _is_too_long(value):
        return value
    words = _("… [Cut: the text has {count} characters, more than a cell of Excel can hold.]")
    end = words.format(count=figure_in_words(len(value)))
    room = (LONGEST - excel_length(end)) * 2
    # Half a character may be left at the end: it goes with what is cut.
    return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + end


def _is_too_long(value: Value) -> bool:
    return isinstance(value, str) and excel_length(value) > LONGEST
