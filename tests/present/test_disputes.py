"""Disputes as they are shown."""

import json

import pytest
import tomli

from cpps_cli.check.nouns import Disputed, Subject
from cpps_cli.formats.registry import AnswerFormat, answer_text
from cpps_cli.model import Source
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document import Answer
from cpps_cli.present.sections.disputes import disputes
from tests.conftest import contract_of

CONTRACT = """
[[claims]]
id = "page"
says = { term = "2015..2017", window = "2018-Q1" }
sources = ["S10"]
why = "Page ancienne."
[[claims]]
id = "texte"
says = { term = "2015..2020", window = "2017-S2" }
sources = ["S9"]
retained = true
why = "Texte signé."
"""


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def answered() -> Answer:
    claims = contract_of(tomli.loads(CONTRACT)).claims
    subject = Subject("contract", "ville", "Ville 2015-2020")
    found = [Disputed(subject, dispute) for dispute in disputes_of(claims)]
    return disputes(found, {"S9": Source.model_validate({"title": "Le texte"})}, None)


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_what_is_retained_comes_first_with_sources_and_reason(format: AnswerFormat) -> None:
    said = " ".join(answer_text(answered(), format).split())
    retained = "Retained (S9): term 2015 to 2020; window of the mid-term renegotiation second half"
    assert retained in said
    assert said.index("Retained (S9)") < said.index("Not retained (S10)")
    assert "Why: Texte signé." in said
    assert "Le texte (undated)" in said
    assert "not described in this library" in said


def test_a_reading_of_two_fields_is_one_dispute_and_two_lines_of_csv_for_each_claim() -> None:
    (dispute,) = json.loads(answer_text(answered(), "json"))["disputes"]
    assert dispute["fields"] == ["term", "window"]
    assert dispute["claims"][1]["says"] == {"term": "2015..2020", "window": "2017-S2"}
    rows = answer_text(answered(), "csv").splitlines()[1:]
    assert len(rows) == 4
    assert rows[2] == "ville,contract,,,1,term,2015..2020,true,Texte signé.,S9,texte"


def test_nothing_disputed_is_said() -> None:
    said = answer_text(disputes([], {}, None), "table")
    assert "Sources disagree on nothing that is held here." in said
