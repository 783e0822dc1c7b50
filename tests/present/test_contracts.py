"""The list of contracts as it is shown."""

import json
from collections.abc import Mapping
from datetime import date

import pytest
import tomli

from cpps_cli.formats.registry import AnswerFormat, answer_text
from cpps_cli.model import Amendment, Overlay, Territory
from cpps_cli.present.document import Answer
from cpps_cli.present.sections.contracts import CONTRACT, Shelf, contracts, line_of
from cpps_cli.schedule.generations import catalogue
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of
from tests.shelf import EmptyLibrary

NOW = """
id = "ville-2015"
title = "Contrat"
short_title = "Ville 2015"
local_territories = ["T1", "T2"]
term = "2015..2020"
claims = [{ says.announced_sheets = 31, retained = true }, { says.announced_sheets = 32 }]
"""
LOCAL = """
short_title = "Local T1"
takes = "listed"
text = "partial"
announced_sheets = 17
milestones = [{ kind = "signed", no_later_than = "2017-02-28" }]
"""


class Texts(EmptyLibrary):
    """A local text for T1, none for T2."""

    territories: Mapping[str, Territory] = {"T1": PLACE}
    local: Mapping[str, Overlay] = {"ville-2015": overlay_of(tomli.loads(LOCAL))}

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return amendments_of({}) if contract_id else ()

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return ("T1",) if contract_id in self.local else ()

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self.local.get(contract_id) if territory == "T1" else None


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def answered() -> Answer:
    day = date(2018, 1, 1)
    now = contract_of(tomli.loads(NOW))
    old = contract_of({"id": "ville-2000", "title": "Ancien contrat", "local_territories": []})
    listed = list(catalogue([now, old], Texts(), day))
    shelf = Shelf(day, now.id, now, Texts.territories)
    lines = [line_of(item, shelf) for item in listed]
    return contracts(lines, shelf, [CONTRACT.write(item) for item in listed])


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_list_says_what_is_held_and_what_is_not(format: AnswerFormat) -> None:
    said = answer_text(answered(), format).replace("\\", "").replace("|", "")
    rows = [" ".join(line.split()) for line in said.splitlines()]
    for start, end in (
        ("Ancien contrat", "– – 0/– unknown"),
        ("→ Ville 2015", "– 2015–2020 0/31* unknown"),
        ("· Local T1", "≤ 28 Feb 2017 2015–2020 0/17 unknown"),
    ):
        assert any(row.startswith(start) and row.endswith(end) for row in rows)
    assert "(T1, in part)" in said
    assert "Ville 2015: no local text is known for 1 of its 2 territories." in rows
    assert "Current on 1 January 2018: Ville 2015." in rows


def test_document_has_every_contract_once_the_oldest_generation_last_when_undated() -> None:
    document = json.loads(answer_text(answered(), "json"))
    assert [item["id"] for item in document["contracts"]] == [
        "ville-2015",
        "ville-2015/T1",
        "ville-2000",
    ]
    parent, local, _old = document["contracts"]
    assert parent["local_territories"] == {"all": 2, "with_text": 1, "without_text": 1}
    assert parent["disputed"] == ["announced_sheets"]
    assert local["signed"] == {"on": None, "no_later_than": "2017-02-28"}
    assert local["basis"] == "partial"
    assert local["term"]["inherited"] is True


def test_empty_library_is_said() -> None:
    said = answer_text(contracts([], Shelf(date(2018, 1, 1), None, None, {}), []), "table")
    assert "This library holds no contract." in said
