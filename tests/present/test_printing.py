"""Answers as csv and Markdown: what the data holds stays data, whatever opens the file."""

import csv
import io
import json

import pytest

from cpps_cli.engine import Derivation
from cpps_cli.formats.markdown import section_text
from cpps_cli.formats.records import as_csv
from cpps_cli.present.document import Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.derived import derived_contract
from tests.conftest import PLACE

COLUMNS = (Column("number", "No."), Column("title", "Title"))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x";"y")')


def table(*titles: str) -> Table:
    return Table(COLUMNS, tuple((number, title) for number, title in enumerate(titles)))


def titles_in(text: str, delimiter: str) -> list[str]:
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [row["title"] for row in rows]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formula_is_inert_for_excel_and_untouched_in_plain_csv(formula: str) -> None:
    assert titles_in(as_csv(table(formula), "excel"), ";") == ["'" + formula]
    assert titles_in(as_csv(table(formula)), ",") == [formula]


def test_formula_after_a_carriage_return_is_inert_for_excel() -> None:
    assert titles_in(as_csv(table("\r=1"), "excel"), ";") == ["'\r=1"]


def test_other_cells_are_the_same_for_excel() -> None:
    said = ("a=1", "1-4", "", "l'été ; « été »")
    assert titles_in(as_csv(table(*said), "excel"), ";") == list(said)


def test_number_below_zero_stays_a_number_for_excel() -> None:
    text = as_csv(Table(COLUMNS, ((-1, None),)), "excel")
    assert text == "\ufeffnumber;title\r\n-1;\r\n"


def test_plain_csv_has_commas_and_no_byte_order_mark() -> None:
    assert as_csv(table("a, b")) == 'number,title\n0,"a, b"\n'


def test_markdown_shows_the_marks_of_the_data_as_they_are() -> None:
    said = r"a|b *c* _d_ `e` <b>f</b> [g](h) \i"
    shown = r"a\|b \*c\* \_d\_ \`e\` \<b\>f\</b\> \[g\](h) \\i"
    blocks = (Paragraph(said), Items((said,)), table(said))
    title, paragraph, items, rows = section_text(Section(said, blocks)).split("\n\n")
    assert (title, paragraph, items) == (f"# {shown}", shown, f"- {shown}")
    assert rows.splitlines()[-1] == f"| 0 | {shown} |"


def test_markdown_row_stays_one_row() -> None:
    text = section_text(Section("", (table("a\nb\r\nc"),)))
    assert text.splitlines()[-1] == "| 0 | a b c |"


def test_markdown_section_shows_the_marks_of_the_data() -> None:
    text = section_text(Section("", (Table(COLUMNS, ((1, "a"),), sections={0: "x|y"}),)))
    assert r"| **x\|y** |  |" in text.splitlines()


def test_csv_of_derive_marks_a_link_that_is_not_known(derivation: Derivation) -> None:
    """
    [parent.sheets.places]
    [local]
    takes = "all"
    [[local.add]]
    code = "halls"
    axis = "a"
    parent = "unknown"
    [[local.add]]
    code = "chiens"
    axis = "a"
    parent = "none"
    """
    answer = derived_contract(derivation.derived, PLACE)
    rows = csv.DictReader(io.StringIO(as_csv(answer.table)))
    assert {row["code"]: row["from"] for row in rows} == {
        "places": "places",
        "halls": "?",
        "chiens": "",
    }


def test_json_holds_nothing_that_a_terminal_would_obey() -> None:
    from cpps_cli.formats.records import json_text

    text = "é\x9b31m\u202e\x1b[2J « ok »"
    written = json_text({"title": text})
    assert not set(written) & {"\x9b", "\u202e", "\x1b"}
    assert "« ok »" in written
    assert json.loads(written) == {"title": text}
