"""A table that a spreadsheet saved as text: bytes to columns and rows, each with its number.

It knows how such files are written (encodings, separators, formulas made inert) and nothing of
what the columns mean.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.library.encoding import ENCODINGS, Encoding, decoded, encodings_of
from cpps_cli.library.files import unreadable

LIMIT_BYTES = 20_000_000
SEPARATORS = (";", ",", "\t")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
# Spreadsheets compute what begins so; `--dialect excel` puts an apostrophe before it.
_INERT = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. Its number is the one a spreadsheet shows: the columns stand in row 1.

    `surplus` holds what stands to the right of the last column.
    """

    number: int
    cells: Mapping[str, str]
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A table, its columns as they were meant (`Expected results` is `expected_results`)."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: Encoding
    separator: str


def read_spreadsheet(
    path: Path, known: Collection[str], encoding: Encoding | None = None
) -> Spreadsheet:
    """Reads the table in a file; raises `CppsError` where there is none.

    Without an `encoding` it is told from the text.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
    except OSError as wrong:
        raise unreadable(path, wrong) from None
    return spreadsheet(raw, known, str(path), encoding)


def spreadsheet(
    raw: bytes, known: Collection[str], name: str, encoding: Encoding | None = None
) -> Spreadsheet:
    """Reads the table in `raw`; raises `CppsError`, which speaks of `name`, without one.

    The separator is the one that finds the most `known` columns in the first line.
    """
    if len(raw) > LIMIT_BYTES or raw.startswith(_WORKBOOKS):
        raise CppsError(
            "`{file}` is not a table in text",
            help=N_("open it in a spreadsheet and save it as CSV, encoding UTF-8"),
            file=name,
        )
    text, encoding = _decoded(raw, name, encoding)
    separators: tuple[str, ...] = SEPARATORS
    if named := _SEPARATOR_LINE.match(text):
        text, separators = text[named.end() :], (named[1],)
    found = {mark: _columns(text, mark) for mark in separators}
    separator = max(found, key=lambda mark: _known(found[mark], known))
    columns = found[separator]
    if not _known(columns, known):
        raise CppsError(
            "the first line of `{file}` names no column",
            help=N_("columns: {columns}"),
            file=name,
            columns=", ".join(known),
        )
    rows = _rows(text, separator, columns, name)
    return Spreadsheet(columns, rows, encoding, separator)


def _decoded(raw: bytes, name: str, named: Encoding | None) -> tuple[str, Encoding]:
    likely = (named,) if named else encodings_of(raw)
    if len(likely) > 1:
        raise CppsError(
            "the accents of `{file}` can be read in several ways",
            help=N_("name one with `--encoding`: {encodings}; or save it as CSV, encoding UTF-8"),
            file=name,
            encodings=", ".join(f"`{encoding}`" for encoding in likely),
        )
    for encoding in likely:
        if (text := decoded(raw, encoding)) is not None:
            return text, encoding
    raise CppsError(
        "`{file}` is not text in {encodings}",
        help=N_("save it as CSV, encoding UTF-8"),
        file=name,
        encodings=", ".join(likely or ENCODINGS),
    )


def _columns(text: str, separator: str) -> tuple[str, ...]:
    try:
        first = next(_reader(text, separator), [])
    except csv.Error:
        return ()
    names = [re.sub(r"[\s_-]+", "_", cell.strip()).casefold() for cell in first]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _known(columns: tuple[str, ...], known: Collection[str]) -> int:
    return sum(name in known for name in columns)


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _rows(text: str, separator: str, columns: tuple[str, ...], name: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    reader = _reader(text, separator)
    number = 0
    try:
        for number, line in enumerate(reader, 1):
            cells = [_cell(cell) for cell in line]
            if number > 1 and any(cells):
                named = dict(zip(columns, cells, strict=False))
                surplus = tuple(filter(None, cells[len(columns) :]))
                rows.append(Row(number, named, surplus))
    except csv.Error:
        raise CppsError(
            "row {row} of `{file}` cannot be read: a quotation mark has no counterpart",
            help=N_("save the table again as CSV from a spreadsheet"),
            row=number + 1,
            file=name,
        ) from None
    return tuple(rows)


def _cell(text: str) -> str:
    plain = text[1:] if _INERT.match(text) else text
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip()
