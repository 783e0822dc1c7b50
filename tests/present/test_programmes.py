"""Programmes and their figures as they are shown."""

import csv
import io
import json

import pytest
import tomli

from cpps_cli.formats.registry import AnswerFormat, answer_text
from cpps_cli.i18n.catalogue import speak
from cpps_cli.i18n.labels import figure_in_words
from cpps_cli.model import IndicatorValue
from cpps_cli.model.beside import Programme
from cpps_cli.present.document import Answer
from cpps_cli.present.sections.indicators import amount_in_words
from cpps_cli.present.sections.programmes import programmes
from tests.conftest import contract_of

CONTRACT = """
[sheets.recidive]
number = "1.4"
title = "Prévenir la récidive"
"""
TIG = """
code = "tig"
title = "Travail d'intérêt général"
sheets = [{ sheet = "recidive", inferred = true }]
facts = [{ period = "2017", words = "La Ville accueille.", sources = ["S1"] }]
claims = [
    { says.partners = ["Cyclocity"], sources = ["S1"], retained = true },
    { says.partners = ["Somupi"], sources = ["S85"] },
]
[[indicators]]
code = "personnes"
title = "Personnes accueillies"
unit = "personnes"
values = [
    { period = "2021", value = 50, about = true },
    { period = "2002-09..2003-08", value = 131 },
    { period = "2017", value = 300, at_least = true, definition = "TIG" },
]
"""


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def answered() -> Answer:
    programme = Programme.model_validate(tomli.loads(TIG))
    return programmes((programme,), contract_of(tomli.loads(CONTRACT)), {})


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_a_programme_is_set_apart_from_the_contract(format: AnswerFormat) -> None:
    said = " ".join(answer_text(answered(), format).split())
    assert "These are not the words of the contract." in said
    assert "Sheet: 1.4 Prévenir la récidive (link inferred: read by us" in said
    assert "Partners: Cyclocity (disputed: see below)" in said
    assert "Not retained (S85): Somupi." in said
    assert "2017: La Ville accueille. (S1)" in said


def test_figures_are_in_the_order_of_their_periods_with_what_they_are_worth() -> None:
    lines = answer_text(answered(), "table").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Period"))
    assert [line.rstrip() for line in lines[start + 2 : start + 5]] == [
        "September 2002 to August 2003   131",
        "2017                            more than 300   Counted: TIG.",
        "2021                            about 50",
    ]


def test_csv_has_a_line_for_the_programme_each_fact_and_each_figure() -> None:
    rows = list(csv.DictReader(io.StringIO(answer_text(answered(), "csv"))))
    assert [row["kind"] for row in rows] == ["programme", "fact", "value", "value", "value"]
    assert rows[0]["link_inferred"] == "true"
    assert (rows[4]["value"], rows[4]["at_least"], rows[4]["definition"]) == ("300", "true", "TIG")


def test_document_holds_what_is_retained_and_the_dispute() -> None:
    (programme,) = json.loads(answer_text(answered(), "json"))["programmes"]
    assert programme["partners"] == ["Cyclocity"]
    assert programme["disputes"][0]["fields"] == ["partners"]
    assert programme["sheets"][0] == {
        "code": "recidive",
        "number": "1.4",
        "title": "Prévenir la récidive",
        "inferred": True,
        "note": None,
    }


def test_figures_are_written_as_in_the_language_of_the_run() -> None:
    assert [figure_in_words(value) for value in (12000, 88.5)] == ["12,000", "88.5"]
    speak("fr", {})
    assert [figure_in_words(value) for value in (12000, 88.5)] == ["12\u202f000", "88,5"]


def test_words_without_a_figure_have_none() -> None:
    value = IndicatorValue.model_validate({"period": "2020", "words": "Peu."})
    assert amount_in_words(value) == "–"
