"""A chart drawn with signs reads at any width, without colour."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.formats.chart import LEAST_COLUMNS, chart_lines
from cpps_cli.formats.markdown import section_text
from cpps_cli.present.document import Bar, Chart, Lane, Section

TERM = Bar(date(2015, 1, 1), date(2018, 12, 31), "-")
WINDOW = Bar(date(2017, 1, 1), date(2017, 12, 31), "#")
SIGNED = Bar(date(2015, 1, 1), date(2015, 1, 1), "*")


def chart(*lanes: Lane, marked: date = date(2016, 7, 1)) -> Chart:
    return Chart(date(2015, 1, 1), date(2018, 12, 31), marked, lanes)


def test_years_stand_above_their_first_day() -> None:
    drawn = chart(Lane("Contrat", (TERM, WINDOW, SIGNED), "due"), Lane("1er", (), "–"))
    assert chart_lines(drawn, 54) == [
        "         2015      2016      2017      2018",
        "         ╷         ╷         ╷         ╷",
        "Contrat  *--------------│----##########----------  due",
        "1er                     │                          –",
    ]


@pytest.mark.parametrize("width", [30, 80, 81, 132, 400])
def test_no_line_is_longer_than_the_screen(width: int) -> None:
    lines = chart_lines(chart(Lane("Contrat", (TERM,), "due")), width)
    least = len("Contrat") + 2 + LEAST_COLUMNS + 2 + len("due")
    assert max(map(len, lines)) <= max(width, least)


def test_mark_cuts_no_sign_of_one_day() -> None:
    drawn = chart(Lane("C", (Bar(date(2016, 7, 1), date(2016, 7, 1), "*"),)))
    assert "*" in chart_lines(drawn, 44)[2]
    assert "│" not in chart_lines(drawn, 44)[2]


def test_years_are_left_out_where_they_have_no_room() -> None:
    long = Chart(date(2000, 1, 1), date(2026, 12, 31), date(2010, 1, 1), (Lane("C", ()),))
    years = chart_lines(long, 80)[0].split()
    assert years == [str(year) for year in range(2000, 2026, 2)]
    assert len(chart_lines(long, 40)[0].split()) < len(years)


def test_markdown_shows_it_as_it_is_drawn() -> None:
    text = section_text(Section("", (chart(Lane("Contrat", (TERM,), "due")),)))
    assert "\n\n```text\n" in text
    assert text.rstrip().endswith("```")


DAYS = st.dates(date(2015, 1, 1), date(2018, 12, 31))


@given(DAYS, DAYS, st.integers(20, 200))
def test_every_bar_is_seen(one: date, other: date, width: int) -> None:
    bar = Bar(min(one, other), max(one, other), "#")
    assert "#" in chart_lines(chart(Lane("C", (bar,))), width)[2]
