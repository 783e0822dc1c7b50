"""`cpps show` on the two libraries that come with it."""

import json
from pathlib import Path

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")


def test_sheet_is_shown_with_its_programmes_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "1.4", "--data", PARIS]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("1.4 Prévenir la récidive des mineurs")
    assert "Programme: Accueil de personnes en travail d'intérêt général" in out
    assert "link inferred" in out
    assert "S80" in out
    assert max(map(len, out.splitlines())) <= 80
    assert err == ""


def test_local_version_says_its_origin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "1-4", "-a", "19", "--data", PARIS, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.action-sheet/1"
    assert document["contract"] == "cpps-2015-2020/75119"
    assert document["local"]["origin"] == "merged"
    assert [sheet["number"] for sheet in document["local"]["from"]] == ["1.3", "1.4"]
    assert document["local"]["link_inferred"] is True


def test_sheet_of_another_number_in_the_parent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "1.1", "-a", "14", "--data", PARIS]) == 0
    out = capsys.readouterr().out
    assert "Inherited from CPPS 2015-2020, whose text is not held" in out
    assert "Parent's sheet 1.7" in out


def test_sheet_left_out_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["show", "eclairage-place-de-l-exemple", "-a", "1", "--data", EXEMPLE])
    out = capsys.readouterr().out
    assert code == 0
    assert "Reason: La place de l'Exemple se trouve dans un autre quartier." in out


def test_no_text_known_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "1.1", "-a", "18", "--data", PARIS]) == 0
    assert "No text is known: this is what it would inherit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("radicalisatio", "did you mean `radicalisation`?"),
        ("récidive", "did you mean `recidive-des-mineurs-et-jeunes-majeurs`?"),
        ("8.8", "known: `1.1`, `1.2`"),
    ],
)
def test_unknown_sheet_is_refused(word: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", word, "--data", PARIS]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"there is no sheet `{word}` in CPPS 2015-2020" in err
    assert hint in err


def test_repealed_sheet_is_in_the_text_of_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "harcelement-entre-eleves", "--data", EXEMPLE]) == 1
    assert "in its text `signed`" in capsys.readouterr().err
    asked = ["show", "harcelement-entre-eleves", "--on", "2021-06-01", "--data", EXEMPLE]
    assert main(asked) == 0


def test_before_its_signature_a_contract_has_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "1.1", "--on", "2014-01-01", "--data", PARIS]) == 1
    assert "was signed on 5 May 2015" in capsys.readouterr().err


def test_provenance_stands_under_each_value(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["show", "decrochage-scolaire", "-a", "EX001", "--provenance", "--data", EXEMPLE]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    told = " ".join(out.split())
    assert "• Un local prêté par le conseil de quartier, ouvert de 16 h à 19 h [adapted]" in told
    assert "local/EX001.toml:18 (local text) [E7]" in told
    assert "[inherited] contrat-exemple-2021-2026/amendments/avenant-1.toml:11 (avenant-1)" in told
    assert main([*words, "--format", "markdown"]) == 0
    assert "\\[adapted\\] contrat-exemple" in capsys.readouterr().out
    assert main([*words, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    fields = {value["field"] for value in document["provenance"]}
    assert {"title", "number", "axis", "means", "indicators"} <= fields
    lines = [line for value in document["provenance"] for line in value["lines"]]
    assert {name for line in lines for name in line["sources"]} <= document["sources"].keys()


def test_provenance_of_a_parent_s_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "2.2", "--provenance", "--lang", "fr", "--data", EXEMPLE]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    told = " ".join(out.split())
    assert "• Intitulé\N{NO-BREAK SPACE}: Protéger les personnes âgées" in out
    assert "[modifié par un avenant] contrat-exemple-2021-2026/amendments/avenant-2.toml:" in told


def test_provenance_is_not_asked_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "2.2", "--data", EXEMPLE, "--format", "json"]) == 0
    assert "provenance" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("verb", [["show", "2.2"], ["derive", "-a", "EX001"]])
def test_csv_has_no_room_for_provenance(
    verb: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*verb, "--provenance", "--format", "csv", "--data", EXEMPLE]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "cpps trace SHEET --format csv" in err


def test_derive_tells_the_provenance_of_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["derive", "-a", "EX001", "--provenance", "--data", EXEMPLE]
    assert main([*words, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    held = {value["field"] for value in document["contract"]["provenance"]}
    assert held >= {"title", "term", "window", "signatories", "partners", "axes"}
    values = [value for sheet in document["sheets"] for value in sheet["provenance"]]
    assert all(line["line"] > 1 for value in values for line in value["lines"])
    assert len(values) > 100
    assert main(words) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "Where each value comes from" in out


def test_sheet_of_a_file_that_stands_alone_says_its_origin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "moulin.toml"
    assert main(["derive", "-a", "EX001", "-o", str(path), "--data", EXEMPLE]) == 0
    capsys.readouterr()
    assert main(["show", "decrochage-scolaire", "--data", str(path), "--provenance"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Origin • Adapted from contrat-exemple-2021-2026" in out
    assert "This file stands alone" in out
    assert main(["trace", "contract", "term", "--data", str(path), "--format", "json"]) == 0
    [term] = json.loads(capsys.readouterr().out)["values"]
    [line] = term["lines"]
    assert (term["origin"], line["file"]) == ("unrecorded", str(path))
    assert term["value"] in path.read_text("utf-8").splitlines()[line["line"] - 1]
