"""`cpps coverage` on the two libraries that come with it."""

import csv
import json
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.i18n.catalogue import _, speak
from cpps_cli.present.schemas import schema_named
from cpps_cli.present.sections.coverage_document import LEGEND

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")
Captured = pytest.CaptureFixture[str]


def document(capsys: Captured, *words: str, data: str = PARIS) -> dict[str, Any]:
    assert main(["coverage", *words, "--data", data, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(found, schema_named(found["schema"]))
    return found


def test_paris_31_sheets_by_20_local_contracts(capsys: Captured) -> None:
    found = document(capsys, "--on", "2020-01-01")
    assert (found["schema"], len(found["sheets"])) == ("cpps.coverage/1", 31)
    by_territory = {item["territory"]: item for item in found["contracts"]}
    assert len(by_territory) == 20
    assert all(sum(item["totals"].values()) == 31 for item in by_territory.values())
    assert all(sum(sheet["totals"].values()) == 20 for sheet in found["sheets"])
    assert sum(found["totals"].values()) == 620
    nineteenth = by_territory["75119"]["totals"]
    assert nineteenth["inherited"] + nineteenth["adapted"] + nineteenth["merged"] == 6
    assert (nineteenth["not_taken_up"], nineteenth["unknown"]) == (7, 18)
    assert by_territory["75118"]["totals"]["no_text"] == 31
    assert by_territory["75118"]["local_sheets"] == []
    assert by_territory["75110"]["totals"]["unknown"] == 31


def test_local_sheets_say_what_they_answer(capsys: Captured) -> None:
    found = document(capsys, "--arrondissement", "19")
    [place] = found["contracts"]
    answers = {sheet["number"]: sheet["from"] for sheet in place["local_sheets"]}
    assert answers["1.4"] == ["cenomed", "recidive-des-mineurs-et-jeunes-majeurs"]
    assert (answers["1.3"], answers["2.1"]) == ([], None)


def test_csv_has_a_line_for_each_sheet_and_territory(capsys: Captured) -> None:
    assert main(["coverage", "--data", EXEMPLE, "--format", "csv", "--on", "2025-01-01"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    added = [row for row in rows if row["state"] == "added"]
    assert [(row["territory"], row["local_sheets"], row["sheet"]) for row in added] == [
        ("EX001", "marche-du-moulin", ""),
        ("EX002", "square-des-points-de-suspension", ""),
    ]
    assert len({(row["sheet"], row["territory"]) for row in rows}) == len(rows) == 8 * 4 + 2
    [row] = [row for row in rows if row["state"] == "excluded"]
    assert (row["name"], row["sheet"]) == ("Moulin", "eclairage-place-de-l-exemple")
    assert (row["decided_on"], row["review_on"]) == ("2021-10-12", "2024-10-01")
    assert row["reason"].startswith("La place de l'Exemple")
    merged = [row["local_sheets"] for row in rows if row["state"] == "merged"]
    assert merged == ["accueil-et-ecoute"] * 2


@pytest.mark.parametrize("data", [PARIS, EXEMPLE])
@pytest.mark.parametrize("width", [80, 100])
def test_table_fits_the_terminal(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, data: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["coverage", "--data", data]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    assert "No text is known of: " in out


@pytest.mark.parametrize("width", [80, 100])
def test_twenty_known_texts_fit_under_upright_names(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int
) -> None:
    copytree(PARIS, tmp_path / "paris")
    for code in range(75101, 75121):
        path = tmp_path / "paris" / "cpps-2015-2020" / "local" / f"{code}.toml"
        if not path.exists():
            path.write_text('title = "Contrat fictif"\ntakes = "all"\n', "utf-8")
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["coverage", "--data", str(tmp_path / "paris")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    head = next(line for line in lines if line.startswith("No. Title"))
    assert head.split()[2:22] == ["r", *["e"] * 19]
    [row] = [line for line in lines if line.startswith("1.1 Promouvoir")]
    assert row.split()[-22:] == [*"IIIIIIIII?IIINIIIIII", "18", "1"]


def test_signs_of_the_table_are_explained(capsys: Captured) -> None:
    assert main(["coverage", "--data", EXEMPLE]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "I inherited, A adapted, M merged, X left out, N not taken up, ? unknown" in out
    assert "3.1 Déployer une médiation de nuit A! I I 3 0" in out
    behind = "Written against an earlier text of the parent, or to be read again: Moulin, Gabarit."
    assert behind in " ".join(out.split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_fate_has_a_sign_of_its_own(language: Any) -> None:
    speak(language, {})
    legends = [_(legend) for legend in LEGEND.values()]
    assert all(legend[1] == " " for legend in legends)
    assert len({legend[0] for legend in legends}) == len(legends)


def test_one_sheet_has_a_line_for_each_known_text(capsys: Captured) -> None:
    assert main(["coverage", "--sheet", "3.2", "--data", EXEMPLE]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Moulin left out La place de l'Exemple se trouve dans un autre quartier." in out
    assert "Pochoir adapted 1.2 Éclairer la place" in out
    assert "No text is known of: Maquette." in out


def test_sheets_left_out_most_come_with_their_reason(capsys: Captured) -> None:
    found = document(capsys, "--left-out", "--on", "2025-01-01", data=EXEMPLE)
    first, second = found["sheets"]
    assert first["code"] == "eclairage-place-de-l-exemple"
    assert first["exclusions"][0]["reason"].startswith("La place de l'Exemple")
    assert (second["exclusions"], second["not_taken_up"]) == ([], ["EX002"])


def test_what_a_local_amendment_took_up_or_repealed_is_counted_since(capsys: Captured) -> None:
    found = document(capsys, "--left-out", "--on", "2026-01-01", data=EXEMPLE)
    told = {
        sheet["code"]: [item["territory"] for item in sheet["exclusions"]]
        for sheet in found["sheets"]
    }
    assert told == {"risques-en-ligne": ["EX002"], "eclairage-place-de-l-exemple": ["EX001"]}


def test_exclusions_to_look_at_again(capsys: Captured) -> None:
    words = ("--to-review", "--on", "2024-09-01")
    assert document(capsys, *words, "--within", "29", data=EXEMPLE)["exclusions"] == []
    found = document(capsys, *words, "--within", "30", data=EXEMPLE)
    [item] = found["exclusions"]
    assert (item["territory"], item["days"], item["review_on"]) == ("EX001", 30, "2024-10-01")
    late = document(capsys, "--to-review", "--on", "2024-10-03", data=EXEMPLE)
    assert late["exclusions"][0]["days"] == -2


def test_before_it_was_signed_a_local_contract_has_no_text(capsys: Captured) -> None:
    found = document(capsys, "--on", "2021-11-01", data=EXEMPLE)
    moulin = found["contracts"][0]
    assert (moulin["basis"], moulin["not_signed_before"]) == ("no_text", "2021-11-18")
    assert moulin["totals"]["no_text"] == 8


def test_contract_of_one_level_has_nothing_to_cover(capsys: Captured) -> None:
    assert main(["coverage", "--contract", "cps-2000", "--data", PARIS]) == 0
    assert "derived for no territory" in capsys.readouterr().out


def test_local_text_at_fault_is_one_line_and_the_others_are_shown(
    capsys: Captured, tmp_path: Path
) -> None:
    copytree(PARIS, tmp_path / "paris")
    local = tmp_path / "paris" / "cpps-2015-2020" / "local"
    with (local / "75114.toml").open("a", encoding="utf-8") as file:
        file.write("\nbogus = 1\n")
    with (local / "75119.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[adapt]]\nsheet = "inconnue"\nset.title = "Rien"\n')
    assert main(["coverage", "--data", str(tmp_path / "paris"), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert [line.rpartition("error[")[2][:5] for line in err.splitlines()] == ["CP101", "CP203"]
    found = json.loads(out)
    assert (len(found["contracts"]), found["passed_over"]) == (18, ["75114", "75119"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sheet", "cenomd"], "did you mean `cenomed`?"),
        (["--arrondissement", "14,99"], "no territory is called `99`"),
        (["--arrondissement", " , "], "names none: write it as `--arrondissement 14,19`"),
        (["--left-out", "--to-review"], "one thing at a time"),
        (["--within", "3"], "`--within` goes with `--to-review`"),
        (["--contract", "rien"], "there is no contract `rien`"),
    ],
)
def test_wrong_question_is_refused(capsys: Captured, words: list[str], said: str) -> None:
    assert main(["coverage", *words, "--data", PARIS]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
