"""`cpps history` on the two libraries that come with it."""

import csv
import io
import json
from pathlib import Path

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")


def said(capsys: pytest.CaptureFixture[str], *words: str, data: str = EXEMPLE) -> str:
    """What it prints, as one line: where lines break is not the matter here."""
    assert main(["history", *words, "--data", data]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) <= 80
    return " ".join(out.split())


def test_contract_amendment_by_amendment(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--on", "2025-01-01")
    assert out.startswith("History: Exempleville 2021-2026 • Signed: 15 March 2021")
    assert "Text on 1 January 2025: as amended by `avenant-2`" in out
    assert out.index("Avenant n° 1") < out.index("Avenant n° 2") < out.index("Sources")
    assert "• Deliberation: 2022-EX-14 • Signed: 4 July 2022 • In force since" in out
    assert "lead: – before: La [-mission prévention-] de la mairie d'Exempleville" in out
    assert "– after: La {+direction de l'éducation+} de la mairie d'Exempleville" in out
    assert "means: {+Un poste d'éducateur à mi-temps" in out
    assert "term: 15 March 2021 to 14 March 2026 → 15 March 2021 to 14 March 2027" in out
    assert "Decided by Le conseil municipal d'Exempleville, 27 June 2022." in out
    assert "Reason: La renégociation prévue n'a pas eu lieu" in out


def test_amendment_to_come_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--on", "2023-01-01")
    assert "Text on 1 January 2023: as amended by `avenant-1`" in out
    assert "Not in force yet: from 1 July 2024 on" in out


@pytest.mark.parametrize("word", ["harcelement-entre-eleves", "1.2"])
def test_life_of_a_repealed_sheet(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, word, "--on", "2025-01-01")
    assert out.startswith("History: 1.2 Prévenir le harcèlement entre élèves")
    assert "• In the text as signed • Not in the text of 1 January 2025" in out
    assert "Repealed: 1.2 Prévenir le harcèlement entre élèves" in out
    assert "Avenant n° 2" not in out


def test_sheet_that_no_amendment_touched_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No amendment that is held touches it" in said(capsys, "chantiers-educatifs")


def test_sheet_added_by_an_amendment(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "risques-en-ligne")
    assert "Not in the text as signed" in out
    assert "Added: 1.4 Accompagner les jeunes" in out


def test_contract_without_amendment_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No amendment is held." in said(capsys, "--on", "2018-01-01", data=PARIS)


def test_history_tells_the_milestones_of_a_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """The contract of 2015 was presented in March 2015."""
    out = said(capsys, "--on", "2018-01-01", data=PARIS)
    assert "What happened to it" in out
    assert "Presented: 16 March 2015" in out


def test_contract_amended_without_a_list_says_it_in_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = said(capsys, "--contract", "cps-2000", data=PARIS)
    assert "Plusieurs avenants depuis la signature, selon S1." in out
    assert "No amendment is held" not in out


def test_local_contract_beside_its_parent(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--arrondissement", "1", "--on", "2023-01-01")
    assert "Written for the parent as signed." in out
    assert "On 1 January 2023 the parent is as amended by `avenant-1`. To read again." in out
    assert "Validated: 12 October 2021 (Le comité local du quartier du Moulin)" in out
    since, others = out.index("since it was written"), out.index("Other amendments of the parent")
    assert since < out.index("Avenant n° 1") < others < out.index("Avenant n° 2")


def test_one_sheet_of_a_local_contract(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "2.1", "-a", "2")
    assert "In the local text: merged" in out
    assert "title: – before: Protéger les personnes âgées des escroqueries – after" in out
    assert "risques-en-ligne" not in out


def test_local_contract_without_text_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "-a", "18", data=PARIS)
    assert "No text is known: this is what it would inherit." in out


def test_json_holds_every_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--on", "2025-01-01", "--data", EXEMPLE, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["version"]) == ("cpps.history/1", "avenant-2")
    first, second = document["amendments"]
    assert (first["id"], first["in_force"], first["editorial"]) == ("avenant-1", True, False)
    assert [sheet["code"] for sheet in first["removed"]] == ["harcelement-entre-eleves"]
    assert [field["field"] for field in second["contract"]] == ["term", "partners"]
    assert second["reasons"][0]["sheets"] == []


def test_local_json_names_what_is_unread(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["history", "-a", "3", "--on", "2025-01-01", "--data", EXEMPLE, "--format", "json"]
    assert main(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.local-history/1"
    assert (document["written_for"], document["parent_version"]) == ("avenant-1", "avenant-2")
    assert document["unread"] == ["avenant-2"]
    assert [item["kind"] for item in document["milestones"]] == ["drafted"]


def test_csv_has_a_line_for_each_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "-a", "1", "--data", EXEMPLE, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["change"] for row in rows[:3]] == ["in_concertation", "validated", "signed"]
    [term] = [row for row in rows if row["field"] == "term"]
    assert (term["date"], term["amendment"]) == ("2024-07-01", "avenant-2")
    assert (term["before"], term["after"]) == (
        "2021-03-15..2026-03-14",
        "2021-03-15..2027-03-14",
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["harcelement-entre-eleve"], 2, "did you mean `harcelement-entre-eleves`?"),
        (["--contract", "contrat-exemple-2021"], 2, "there is no contract"),
        (["-a", "9"], 2, "no territory is called `9`"),
        (["--on", "2020-01-01"], 1, "was signed on 15 March 2021: before, it had no text"),
    ],
)
def test_wrong_question_is_refused(
    words: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", *words, "--data", EXEMPLE]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
