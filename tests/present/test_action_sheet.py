"""One sheet as it is shown."""

import csv
import io
import json

import pytest
import tomli

from cpps_cli.engine import Parent
from cpps_cli.engine.lookup import find_local_sheet, local_origins
from cpps_cli.formats.registry import AnswerFormat, answer_text
from cpps_cli.model import SHEET_FIELDS, ActionSheet, Source
from cpps_cli.model.beside import Programme
from cpps_cli.present.document import Answer
from cpps_cli.present.sections.action_sheet import action_sheet
from cpps_cli.present.sections.local_sheet import local_sheet
from cpps_cli.present.sections.sheet_document import Surroundings
from tests.conftest import PLACE, contract_of, overlay_of

CONTRACT = """
title = "Contrat"
axes = [{ code = "a", number = 1, title = "Les jeunes" }]
[sheets.ecole]
number = "1.1"
title = "À l'école"
context = "Une ligne\\ncoupée.\\n\\nUn autre paragraphe."
methods = ["Repérer", "Agir"]
lead = "La mission"
indicators = [{ code = "eleves", title = "Élèves suivis", unit = "élèves" }]
inferred = ["number"]
sources = ["S1"]
claims = [
    { topic = "titre", words = "Court.", sources = ["S1"], retained = true, why = "Signé." },
    { topic = "titre", words = "Long.", sources = ["S2"] },
]
[sheets.rue]
number = "1.2"
title = "La rue"
"""
LOCAL = """
exclude = [{ sheet = "a-completer-1", reason = "Sans objet.", decided_by = "Le comité" }]
[[merge]]
sheets = ["ecole", "rue"]
code = "dehors"
number = "2.1"
set.title = "Dehors"
inferred = ["sheet"]
"""
ADDRESS = "https://ville.example/" + "long/" * 20
REPORTED = Programme.model_validate(
    {"code": "ateliers", "title": "Ateliers", "sheets": [{"sheet": "ecole", "inferred": True}]}
)
UNTITLED = ActionSheet.model_validate({"code": "a-completer-1", "axis": "a"})
SIGNED = contract_of(tomli.loads(CONTRACT))
SIGNED = SIGNED.replace(sheets=(*SIGNED.sheets, UNTITLED))
ECOLE = SIGNED.sheets[0]


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def beside(*programmes: Programme) -> Surroundings:
    source = Source.model_validate({"title": "Le texte", "address": ADDRESS})
    return Surroundings(SIGNED, "signed", programmes, {"S1": source})


def local(word: str) -> Answer:
    parent = Parent(SIGNED, ())
    derived = parent.derive(overlay_of(tomli.loads(LOCAL)), PLACE).derived
    item = find_local_sheet(parent, derived, word)
    return local_sheet(local_origins(derived, item), beside(REPORTED))


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_everything_held_of_a_sheet_is_shown(format: AnswerFormat) -> None:
    said = answer_text(action_sheet(ECOLE, beside(REPORTED)), format)
    flat = " ".join(said.split())
    assert "Axis 1. Les jeunes" in flat
    assert "Inferred, read by us and stated in no source: number" in flat
    assert "Une ligne coupée.\n\nUn autre paragraphe.\n" in said
    assert "1. Repérer" in said
    assert "2. Agir" in said
    assert "Indicator: Élèves suivis" in flat
    assert "Unit: élèves. No value is held." in flat.replace("*", "")
    unknown = [field.label for field in SHEET_FIELDS if not getattr(ECOLE, field.name)]
    assert f"{', '.join(unknown).capitalize()}." in flat
    assert "Retained (S1): Court. Why: Signé. " in flat
    assert "These are not the words of the contract." in flat
    assert "Sheet: this one (link inferred: read by us, stated in no source)" in flat
    assert ADDRESS in said.replace("\n", "").replace(" ", "")


def test_untitled_sheet_is_shown_as_to_complete() -> None:
    said = answer_text(action_sheet(UNTITLED, beside()), "table")
    assert said.startswith("Sheet without a known title (a-completer-1)\n")
    assert "to complete, neither its title nor its text is held" in said


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_local_sheet_says_from_which_sheets_it_comes(format: AnswerFormat) -> None:
    said = " ".join(answer_text(local("2.1"), format).split())
    assert "2.1 Dehors" in said
    assert "Merged from several sheets of Contrat" in said
    assert "Parent's sheet 1.1: À l'école (ecole)" in said
    assert "Parent's sheet 1.2: La rue (rue)" in said
    assert "Link to the parent inferred: read by us, stated in no source" in said
    assert "Ateliers (parent's sheet 1.1, link inferred)" in said


def test_sheet_left_out_says_why() -> None:
    answer = local("a-completer-1")
    said = answer_text(answer, "table")
    assert said.startswith("Not in this contract: ")
    assert "Reason: Sans objet." in said
    assert "Decided by: Le comité" in said
    assert answer.document["sheet"] is None
    assert answer.document["local"]["origin"] == "excluded"
    assert answer.document["local"]["from"] == [
        {"code": "a-completer-1", "number": None, "title": None}
    ]


def test_document_names_what_is_unknown() -> None:
    sheet = json.loads(answer_text(action_sheet(ECOLE, beside()), "json"))["sheet"]
    assert sheet["methods"] == ["Repérer", "Agir"]
    assert sheet["unknown"][:2] == ["objectives", "audience"]
    assert sheet["disputes"][0]["topic"] == "titre"


def test_csv_has_a_line_for_each_item() -> None:
    rows = list(csv.DictReader(io.StringIO(answer_text(action_sheet(ECOLE, beside()), "csv"))))
    steps = [(row["rank"], row["text"]) for row in rows if row["field"] == "methods"]
    assert steps == [("1", "Repérer"), ("2", "Agir")]
