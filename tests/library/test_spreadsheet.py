"""Tables as spreadsheets and people save them."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.records import Dialect, as_csv
from cpps_cli.library.spreadsheet import Spreadsheet, spreadsheet
from cpps_cli.present.document import Column, Table

KNOWN = ("code", "title", "expected_results")
# An unquoted lone \r ends a row for every reader; an apostrophe before a formula is the dialect's.
texts = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"])).map(
    str.strip
)
cells = texts.filter(lambda text: text[:1] != "'")


def read(text: str, encoding: str = "utf-8") -> Spreadsheet:
    return spreadsheet(text.encode(encoding), KNOWN, "sheets.csv")


def said(table: Spreadsheet) -> list[list[str]]:
    return [[row.cells.get(name, "") for name in table.columns] for row in table.rows]


@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3)),
    dialect=st.sampled_from(["plain", "excel"]),
)
def test_what_cpps_writes_is_read_back(rows: list[Sequence[str]], dialect: Dialect) -> None:
    columns = tuple(Column(name, name) for name in KNOWN)
    text = as_csv(Table(columns, tuple(tuple(row) for row in rows)), dialect)
    table = read(text)
    assert table.columns == KNOWN
    assert table.separator == (";" if dialect == "excel" else ",")
    filled = [(number, list(row)) for number, row in enumerate(rows, 2) if any(row)]
    assert [
        (row.number, cells) for row, cells in zip(table.rows, said(table), strict=True)
    ] == filled


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
def test_any_spreadsheet_is_read(separator: str, line: str, encoding: str, name: str) -> None:
    rows = [["Code", "Title"], ["a", "« Été, hiver ; œuvre »"]]
    text = line.join(separator.join(f'"{cell}"' for cell in row) for row in rows) + line
    table = read(text, encoding)
    assert (table.encoding, table.separator, said(table)) == (name, separator, [rows[1]])


def test_separator_is_that_of_the_header_whatever_the_texts_hold() -> None:
    """Texts full of commas and tabs under a header with semicolons."""
    table = read("code;title\na;un, deux, trois,\t,\nb;x,y\n")
    assert said(table) == [["a", "un, deux, trois,\t,"], ["b", "x,y"]]


def test_separator_line_of_excel_is_no_row() -> None:
    table = read("sep=|\ncode|title\na|b\n")
    assert [(row.number, row.cells) for row in table.rows] == [(2, {"code": "a", "title": "b"})]


def test_column_names_are_read_as_meant() -> None:
    assert read(" Expected Results ,CODE,x\n").columns == ("expected_results", "code", "x")


def test_rows_have_the_numbers_of_a_spreadsheet() -> None:
    """A cell of three lines, a blank line and a row of empty cells stand before `c`."""
    table = read('code,title\na,"1\n2\n3"\n\n,\nc,x\n')
    assert [row.number for row in table.rows] == [2, 5]
    assert table.rows[0].cells["title"] == "1\n2\n3"


@pytest.mark.parametrize("mark", ["=", "+", "-", "@"])
def test_formula_made_inert_is_itself_again(mark: str) -> None:
    assert said(read(f"code;title\na;'{mark}1\n")) == [["a", f"{mark}1"]]


def test_apostrophe_of_a_word_stays() -> None:
    assert said(read("code;title\na;'tis\n")) == [["a", "'tis"]]


def test_cell_beyond_the_last_column_is_kept_apart() -> None:
    (row,) = read("code,title\na,b,,surplus,\n").rows
    assert row.surplus == ("surplus",)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"PK\x03\x04 a workbook", "is not a table in text"),
        (b"code,title\n" + b"a" * 20_000_001, "is not a table in text"),
        (b"code,title\na,\x81\xe9", "not text in UTF-8, UTF-16, Windows-1252"),
        (b"", "names no column"),
        (b"nom;pr\xe9nom\na;b\n", "names no column"),
        (b'code,title\na,b\nc,"d\ne,f\n', "row 3 of `sheets.csv` cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(CppsError, match=sentence):
        spreadsheet(raw, KNOWN, "sheets.csv")


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "Repérer les élèves qui décrochent, et prévenir la cellule dès le premier mois",
        "À l’école comme au collège : « accueillir », écouter…",
        "Études, médiation, l'hôtel de ville où siège le comité",
    ],
)
def test_encoding_is_told_from_what_stands_beside_the_accents(text: str, encoding: str) -> None:
    if encoding == "cp850":
        text = text.replace("’", "'").replace("…", "...")
    table = spreadsheet(f"code;title\na;{text}\n".encode(encoding), KNOWN, "sheets.csv")
    assert table.rows[0].cells["title"] == text


def test_accents_that_can_be_read_in_two_ways_are_asked_about() -> None:
    raw = "code;title\na;Devant l'école\n".encode("cp1252")
    with pytest.raises(CppsError, match="can be read in several ways") as asked:
        spreadsheet(raw, KNOWN, "sheets.csv")
    assert "`Windows-1252`, `Mac Roman`" in str(asked.value.values)
    table = spreadsheet(raw, KNOWN, "sheets.csv", "Windows-1252")
    assert table.rows[0].cells["title"] == "Devant l'école"


def test_encoding_that_is_named_and_is_not_that_of_the_file_is_said() -> None:
    with pytest.raises(CppsError, match="is not text in UTF-8"):
        spreadsheet("code;title\na;été\n".encode("cp1252"), KNOWN, "sheets.csv", "UTF-8")


@given(st.binary())
def test_any_bytes_give_a_table_or_a_sentence(raw: bytes) -> None:
    for start in (b"", b"code,title\n", b"code\ttitle\r\n"):
        with suppress(CppsError):
            spreadsheet(start + raw, KNOWN, "sheets.csv")
