"""Periods keep their precision, and nothing is rounded in silence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.i18n.catalogue import speak
from cpps_cli.i18n.dates import day_in_words, period_in_words, short_day, short_end
from cpps_cli.model import Period
from cpps_cli.model.period import PeriodError


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2017-07-01", "2017-07-01", "2017-07-01", "day"),
        ("2016-02", "2016-02-01", "2016-02-29", "month"),
        ("2017-Q3", "2017-07-01", "2017-09-30", "quarter"),
        ("2017-38", "2017-05-01", "2017-08-31", "four_months"),
        ("2017-S2", "2017-07-01", "2017-12-31", "half_year"),
        ("2016-02-29", "2016-02-29", "2016-02-29", "day"),
        ("2015-02..2016-02", "2015-02-01", "2016-02-29", "range"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2017-S2..2018-S1", "2017-07-01", "2018-06-30", "range"),
        ("2015-05-05..2020", "2015-05-05", "2020-12-31", "range"),
    ],
)
def test_period_goes_from_its_first_day_to_its_last(
    written: str, first: str, last: str, precision: str
) -> None:
    period = Period.parse(written)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.precision, str(period)) == (precision, written)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("2017-40", "2017-S1"),
        ("2017-41", "2017-S2"),
        ("2017-33", "2017-Q1"),
        ("2017-36", "2017-Q4"),
        ("2017-T2", "2017-Q2"),
        ("2017-H1", "2017-S1"),
        ("2017-41/2018-40", "2017-S2..2018-S1"),
    ],
)
def test_other_notations_are_read(code: str, written: str) -> None:
    assert str(Period.parse(code)) == written


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2017-02-30", "calendar"),
        ("2017-13", "calendar"),
        ("2017-02-29", "calendar"),
        ("0000", "calendar"),
        ("0000-S1", "calendar"),
        ("2017-S3", "part"),
        ("2017-S0", "part"),
        ("2017-Q5", "part"),
        ("2017-S2..2018-T5", "part"),
        ("2017-21", "season"),
        ("2017-32", "season"),
        ("2017-42", "calendar"),
        ("2017-S12", "form"),
        ("fin 2017", "form"),
        ("", "form"),
        ("2017..2018..2019", "form"),
        ("2018..2017", "reversed"),
    ],
)
def test_what_is_no_period_says_why(text: str, kind: str) -> None:
    with pytest.raises(PeriodError) as wrong:
        Period.parse(text)
    assert wrong.value.kind == kind


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_in_its_month_quarter_half_year_and_year(day: date) -> None:
    quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
    for written in (f"{day:%Y-%m}", f"{day.year}-Q{quarter}", f"{day.year}-S{half}", f"{day:%Y}"):
        assert day in Period.parse(written)


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("2017-07-01", "1er juillet 2017", "1 July 2017"),
        ("2017-S2", "second semestre 2017", "second half of 2017"),
        (
            "2017-S2..2018-S1",
            "du second semestre 2017 au premier semestre 2018",
            "second half of 2017 to first half of 2018",
        ),
        ("2017-Q3", "troisième trimestre 2017", "third quarter of 2017"),
        ("2017-39", "troisième quadrimestre 2017", "third four months of 2017"),
        (
            "2017-37..2017-Q4",
            "du premier quadrimestre 2017 au quatrième trimestre 2017",
            "first four months of 2017 to fourth quarter of 2017",
        ),
        (
            "2017-08..2018",
            "d'août 2017 à la fin de 2018",
            "August 2017 to the end of 2018",
        ),
        ("2016-04..2017-08", "d'avril 2016 à août 2017", "April 2016 to August 2017"),
        ("2015..2020", "de 2015 à 2020", "2015 to 2020"),
        (
            "2015-05-05..2020",
            "du 5 mai 2015 à la fin de 2020",
            "5 May 2015 to the end of 2020",
        ),
    ],
)
def test_period_is_said_as_people_say_it(written: str, french: str, english: str) -> None:
    assert period_in_words(Period.parse(written)) == english
    speak("fr", {})
    assert period_in_words(Period.parse(written)) == french


def test_day_in_words() -> None:
    assert day_in_words(date(2015, 5, 5)) == "5 May 2015"


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("2015..2020", "fin 2020", "end of 2020"),
        ("2017..2022-02", "fin février 2022", "end of Feb 2022"),
        ("2021-03-15..2026-03-14", "14/03/2026", "14 Mar 2026"),
        ("2017-S2..2018-S1", "premier semestre 2018", "first half of 2018"),
    ],
)
def test_end_in_a_table_is_no_more_precise_than_it_is_known(
    written: str, french: str, english: str
) -> None:
    assert short_end(Period.parse(written)) == english
    speak("fr", {})
    assert short_end(Period.parse(written)) == french


def test_short_day_has_one_width_in_french() -> None:
    assert short_day(date(2015, 5, 5)) == "5 May 2015"
    speak("fr", {})
    assert short_day(date(2015, 5, 5)) == "05/05/2015"
