"""`cpps compare` on the two libraries that come with it."""

import csv
import json
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.present.schemas import schema_named

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")
Captured = pytest.CaptureFixture[str]


def shown(capsys: Captured, *words: str, data: str = PARIS) -> str:
    assert main(["compare", *words, "--data", data]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    return " ".join(out.split())


def document(capsys: Captured, *words: str, data: str = PARIS) -> dict[str, Any]:
    assert main(["compare", *words, "--data", data, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(found, schema_named(found["schema"]))
    return found


def test_each_territory_named_says_what_it_makes_of_it(capsys: Captured) -> None:
    out = shown(capsys, "1.3", "--arrondissement", "10,14,18,19")
    assert "10e: unknown: we cannot tell" in out
    assert "14e: inherited; its text is not held, as 1.2." in out
    assert "18e: no text is known on that day" in out
    assert "19e: merged with 1.4, as 1.4 Accompagner les dispositifs" in out
    assert "Link to the parent inferred" in out


def test_sheet_not_taken_up_is_said(capsys: Captured) -> None:
    out = shown(capsys, "1.5", "-a", "14")
    assert "14e: not taken up: the local text does not have it" in out
    assert "Parent" not in out


def test_without_a_name_those_who_hold_it_are_shown(capsys: Captured) -> None:
    out = shown(capsys, "3.2", data=EXEMPLE)
    assert "Moulin: left out. La place de l'Exemple" in out
    assert "Pochoir: adapted, as 1.2. Les lampadaires sont posés" in out
    assert "Inherited: Gabarit." in out
    assert "No text known: Maquette." in out
    assert "+ Tailler chaque printemps" in out
    assert "- Un budget de 85 000 euros" in out


def test_only_fields_that_differ_unless_all_are_asked_for(capsys: Captured) -> None:
    assert "Context" not in shown(capsys, "3.1", data=EXEMPLE)
    assert "Context" in shown(capsys, "3.1", "--all-fields", data=EXEMPLE)
    assert "No field differs" in shown(capsys, "3.1", "-a", "Gabarit", data=EXEMPLE)


def test_sheet_that_nobody_holds(capsys: Captured) -> None:
    out = shown(capsys, "1.6")
    assert "No local contract whose text is known holds it." in out
    assert "Not taken up: 14e, 19e." in out


def test_json_holds_both_texts_whole(capsys: Captured) -> None:
    found = document(capsys, "3.2", "-a", "Moulin,Pochoir", data=EXEMPLE)
    moulin, pochoir = found["sides"]
    assert (moulin["state"], moulin["local_sheet"]) == ("excluded", None)
    assert found["differing"] == ["number", "axis", "means", "methods", "lead"]
    assert pochoir["differing"] == found["differing"]
    assert pochoir["local_sheet"]["objectives"] == found["sheet"]["objectives"] != []
    assert pochoir["reason"].startswith("Les lampadaires")


def test_csv_has_a_line_for_each_item(capsys: Captured) -> None:
    words = ["compare", "3.2", "-a", "2", "--data", EXEMPLE, "--format", "csv"]
    assert main(words) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    local = [row for row in rows if row["territory"] == "EX002" and row["field"] == "means"]
    assert [row["mark"] for row in local] == ["kept", "kept", "dropped"]


def test_local_text_at_fault_is_one_line_and_the_others_are_shown(
    capsys: Captured, tmp_path: Path
) -> None:
    copytree(PARIS, tmp_path / "paris")
    local = tmp_path / "paris" / "cpps-2015-2020" / "local" / "75114.toml"
    local.write_text(local.read_text("utf-8") + "\nbogus = 1\n", "utf-8")
    assert main(["compare", "1.2", "--data", str(tmp_path / "paris")]) == 1
    out, err = capsys.readouterr()
    assert "19e: adapted" in out
    assert "Not shown, because a file is at fault: 75114." in out
    assert len(err.splitlines()) == 1
    assert main(["compare", "1.2", "-a", "14", "--data", str(tmp_path / "paris")]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith("error[CP101]")) == ("", True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cenomd"], "did you mean `cenomed`?"),
        (["9.9"], "there is no sheet `9.9` in CPPS 2015-2020"),
        (["1.1", "-a", "19,ailleurs"], "no territory is called `ailleurs`"),
        (["1.1", "-a", ""], "names none: write it as `--arrondissement 14,19`"),
    ],
)
def test_wrong_question_is_refused(capsys: Captured, words: list[str], said: str) -> None:
    assert main(["compare", *words, "--data", PARIS]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_every_reason_is_said_with_its_text(tmp_path: Path, capsys: Captured) -> None:
    library = Path(copytree(EXEMPLE, tmp_path / "lib"))
    file = library / "contrat-exemple-2021-2026" / "local" / "EX002.toml"
    taken = 'sheet = "decrochage-scolaire"\n'
    text = file.read_text("utf-8").replace(taken, taken + 'reason = "Le premier motif."\n')
    file.write_text(text, "utf-8")
    out = shown(capsys, "decrochage-scolaire", "-a", "2", data=str(library))
    assert "Le premier motif. avenant-pochoir-1: La salle du comité local est libre" in out
    [side] = document(capsys, "decrochage-scolaire", "-a", "2", data=str(library))["sides"]
    assert [item["version"] for item in side["reasons"]] == ["signed", "avenant-pochoir-1"]
    assert side["reason"] == side["reasons"][-1]["reason"]
