"""`cpps diff` on the two libraries that come with it."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.cli.diff import Named
from tests.test_schemas import SCHEMAS, faults

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")
PARENT, BEFORE = "contrat-exemple-2021-2026", "contrat-exemple-2016-2020"


def said(capsys: pytest.CaptureFixture[str], *words: str, data: str = EXEMPLE) -> str:
    """What it prints, as one line: where lines break is not the matter here."""
    assert main(["diff", *words, "--data", data]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) <= 80
    return " ".join(out.split())


def document(capsys: pytest.CaptureFixture[str], *words: str, data: str = EXEMPLE) -> Any:
    assert main(["diff", *words, "--data", data, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert faults(SCHEMAS[found["schema"]], found) == []
    return found


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("cpps-2015-2020", ("cpps-2015-2020", "", "")),
        ("cpps-2015-2020/75119", ("cpps-2015-2020", "75119", "")),
        ("cpps-2015-2020/19@2017-09-01", ("cpps-2015-2020", "19", "2017-09-01")),
        ("@signed", ("", "", "signed")),
        ("/le Moulin@avenant-1", ("", "le Moulin", "avenant-1")),
    ],
)
def test_text_is_named_by_contract_place_and_day_or_version(
    word: str, named: tuple[str, str, str]
) -> None:
    assert Named.read(word) == Named(*named)


def test_two_days_of_one_contract(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, f"{PARENT}@signed", f"{PARENT}@2022-10-01")
    assert out.startswith("Exempleville 2021-2026: two texts")
    assert "as amended by `avenant-1` – on 1 October 2022" in out
    assert "Sheets: 0 added, 1 removed, 2 changed, 5 the same." in out
    assert "lead: – before: La [-mission prévention-] de la mairie d'Exempleville" in out
    assert "– after: La {+direction de l'éducation+} de la mairie d'Exempleville" in out
    assert "term:" not in out


def test_version_day_and_option_name_the_same_text(capsys: pytest.CaptureFixture[str]) -> None:
    version = document(capsys, "@signed", "@avenant-1")
    day = document(capsys, "@signed", "@2022-09-01")
    option = document(capsys, "@signed", PARENT, "--on-b", "2022-09-01")
    assert version == day == option
    assert (version["before"]["version"], version["after"]["version"]) == ("signed", "avenant-1")


def test_local_contract_beside_its_parent(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, PARENT, f"{PARENT}/2@2025-01-01")
    assert "now in: 2.1 Accueillir et écouter les victimes" in out
    assert "1.3 Proposer des chantiers éducatifs pendant les vacances" in out
    assert "Quartier du Pochoir: not taken up" in out
    assert "• number: 1.1 → 3.2" in out
    assert "axis:" not in out  # its own axes answer those of the parent


def test_two_versions_of_a_local_contract(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, f"{PARENT}/2@signed", f"{PARENT}/2@avenant-pochoir-1")
    assert "as amended by `avenant-pochoir-1` – its parent as amended by `avenant-2`" in out
    assert "3.3 Proposer des chantiers éducatifs" in out
    assert "means: {+La salle du comité local, le mercredi après-midi+}" in out


def test_text_held_in_part_removes_nothing_that_it_may_hold(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = said(capsys, "cpps-2015-2020", "cpps-2015-2020/14", data=PARIS)
    assert "a part of the text is known" in out
    assert "signatories, held only in CPPS 2015-2020: Ville de Paris;" in out
    unknown = out.partition("Not known whether CPSA 14e has them")[2]
    assert "2.1 Lutter contre les violences faites aux femmes" in unknown


def test_two_generations_have_no_code_in_common(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, BEFORE, f"{PARENT}@signed")
    assert "No sheet has the same code in both: sheets of the same title are taken as one." in out
    assert "(disputed" in out
    assert document(capsys, BEFORE, f"{PARENT}@signed")["paired_by"] == "title"


def test_contract_does_not_differ_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert "They say the same." in said(capsys, PARENT, PARENT, "--fail-on-change")
    found = document(capsys, PARENT, PARENT)
    assert (found["differ"], found["changed"]) == (False, [])


def test_fail_on_change_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["diff", "@signed", "@avenant-1", "--data", EXEMPLE]
    assert main(words) == 0
    assert main([*words, "--fail-on-change"]) == 1
    assert capsys.readouterr().err == ""


def test_csv_has_a_line_for_each_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "@signed", "@avenant-1", "--data", EXEMPLE, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    found = [(row["code"], row["change"], row["field"]) for row in rows]
    assert found[:3] == [
        ("harcelement-entre-eleves", "removed", ""),
        ("decrochage-scolaire", "changed", "lead"),
        ("decrochage-scolaire", "item_added", "means"),
    ]


def test_markdown_keeps_the_marks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "@signed", "@avenant-1", "--data", EXEMPLE, "-f", "markdown"]) == 0
    out = capsys.readouterr().out
    assert r"before: La \[-mission prévention-\] de la mairie" in out


def test_marks_have_a_colour_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["diff", "@signed", "@avenant-1", "--data", EXEMPLE]) == 0
    assert "\x1b[31m[-mission prévention-]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["contrat-exemple-2021-2025", PARENT], 2, f"did you mean `{PARENT}`?"),
        (["@avenant-3", PARENT], 2, "has no version `avenant-3`"),
        (["@2022-13-01", PARENT], 2, "has no version `2022-13-01`"),
        (["/9", PARENT], 2, "no territory is called `9`"),
        ([f"{BEFORE}/1", PARENT], 2, "is not derived for quartier du Moulin"),
        (["@signed", PARENT, "--on-a", "2022-10-01"], 2, "says already which text is meant"),
        (["@2020-01-01", PARENT], 1, "was signed on 15 March 2021: before, it had no text"),
        (["/1@2021-06-01", PARENT], 1, "was signed on 18 November 2021: before, it had no text"),
        (["/3@signed", PARENT], 1, "the day on which this local contract was signed is not known"),
    ],
)
def test_wrong_question_is_refused(
    words: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *words, "--data", EXEMPLE]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err


# --- two generations that a correspondence links

AFTER = "contrat-exemple-2027-2032"
DAYS = ("--on-a", "2026-06-01", "--on-b", "2027-02-01")


def test_two_generations_are_paired_by_their_correspondence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = said(capsys, PARENT, AFTER, *DAYS)
    assert "Sheets: 1 added, 1 removed, 3 changed, 0 the same." in out
    assert f"Which sheets are the same is said in `{AFTER}/correspondence.toml`." in out
    assert "code: risques-en-ligne → ecrans-et-reseaux" in out
    assert "split: 3.1 Déployer une médiation de nuit → 3.1 Assurer" in out
    assert "merger: 2.1 Aider les victimes dès le dépôt de plainte; 2.2 Protéger" in out
    assert "Sheets removed • 3.2 Éclairer la place" in out
    assert "Reason: Les lampadaires sont posés" in out
    assert "axis: Axis 1" not in out  # the axes answer each other


def test_correspondence_is_in_the_json_and_the_csv(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, PARENT, AFTER, *DAYS)
    stated = found["correspondence"]
    assert (stated["former"], stated["known"]) == (PARENT, "full")
    assert [item["kind"] for item in stated["passages"]].count("same") == 3
    assert (found["summary"]["split"], found["summary"]["merged"]) == (1, 1)
    assert main(["diff", PARENT, AFTER, *DAYS, "--data", EXEMPLE, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    [split] = [row for row in rows if row["code"] == "mediation-nocturne"]
    assert (split["change"], split["after"]) == ("split", "mediation-du-soir appels-de-nuit")


def test_correspondence_is_read_from_the_new_contract_to_the_former(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = said(capsys, AFTER, PARENT, "--on-a", "2027-02-01", "--on-b", "2026-06-01")
    assert "merger: 3.1 Assurer une médiation du soir dans la rue; 3.2 Répondre" in out


def test_contract_without_signature_on_record_is_not_called_signed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = said(capsys, PARENT, AFTER, *DAYS)
    assert "in its first text (no signature on record) – on 1 February 2027" in out


def test_faulty_correspondence_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    library = tmp_path / "exemple"
    shutil.copytree(EXEMPLE, library)
    file = library / AFTER / "correspondence.toml"
    file.write_text(
        file.read_text("utf-8").replace('"chantiers-educatifs"', '"chantiers"'), "utf-8"
    )
    assert main(["diff", PARENT, AFTER, *DAYS, "--data", str(library)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[CP217]" in err
