"""`cpps pin`: only what is missing is written, and nothing else moves."""

import csv
import json
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import tomli

from cpps_cli.cli import main
from cpps_cli.present.schemas import schema_named

DATA = Path(__file__).resolve().parents[2] / "data"
LOCAL = "contrat-exemple-2021-2026/local"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def local() -> Path:
    """The folder of the local texts, in a copy of the fictional town."""
    copytree(DATA / "exemple", "lib")
    return Path("lib", LOCAL)


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.toml")}


def document(capsys: Captured, *words: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["pin", *words, "--data", "lib", "--format", "json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(found, schema_named(found["schema"]))
    return found


def counts(found: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(item["territory"], item["stated"], item["written"]) for item in found["contracts"]]


def test_each_change_gets_the_fingerprint_of_what_it_rests_on(
    capsys: Captured, local: Path
) -> None:
    before = texts(local)
    assert counts(document(capsys, "--all")) == [
        ("EX001", 0, 9),
        ("EX002", 0, 14),
        ("EX003", 0, 1),
    ]
    for name, text in texts(local).items():
        kept = [line for line in text.splitlines() if '= "sha256:' not in line]
        assert kept == before[name].splitlines()
    change = tomli.loads(texts(local)["EX001.toml"])["adapt"][1]
    assert set(change["rests_on"]) == {"schedule", "places", "methods"}


def test_second_time_writes_nothing(capsys: Captured, local: Path) -> None:
    document(capsys, "--all")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in local.rglob("*.toml")}
    assert counts(document(capsys, "--all")) == [
        ("EX001", 9, 0),
        ("EX002", 14, 0),
        ("EX003", 1, 0),
    ]
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in local.rglob("*.toml")}
    assert after == before


def test_only_the_territory_named_is_written(capsys: Captured, local: Path) -> None:
    before = texts(local)
    assert counts(document(capsys, "-a", "Gabarit")) == [("EX003", 0, 1)]
    after = texts(local)
    assert after.pop("EX003.toml") != before.pop("EX003.toml")
    assert after == before


def test_fingerprint_that_differs_is_a_question_and_stays(capsys: Captured, local: Path) -> None:
    document(capsys, "-a", "Gabarit")
    path = local / "EX003.toml"
    text = path.read_text("utf-8")
    stated = tomli.loads(text)["parent_fingerprint"]
    path.write_text(text.replace(stated, "sha256:" + "0" * 16), "utf-8")
    before = path.read_bytes()
    assert counts(document(capsys, "-a", "Gabarit")) == [("EX003", 1, 0)]
    assert path.read_bytes() == before


def test_parent_edited_in_place_is_asked_once_the_text_is_pinned(
    capsys: Captured, local: Path
) -> None:
    document(capsys, "-a", "Pochoir")
    sheet = local.parent / "sheets" / "eclairage-place-de-l-exemple.toml"
    lead = tomli.loads(sheet.read_text("utf-8"))["lead"]
    sheet.write_text(sheet.read_text("utf-8").replace(lead, "Un autre office"), "utf-8")
    capsys.readouterr()
    assert main(["update", "-a", "Pochoir", "--check", "--data", "lib"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "The parent was edited here without an amendment" in out
    assert "(not held)" in out


def test_table_csv_and_markdown(capsys: Captured, local: Path) -> None:
    assert main(["pin", "--all", "--data", "lib"]) == 0
    out, err = capsys.readouterr()
    assert (err, max(map(len, out.splitlines())) <= 80) == ("", True)
    assert out.startswith("Fingerprints in the local texts of Exempleville 2021-2026\n")
    assert main(["pin", "--all", "--data", "lib", "--format", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert next((row["territory"], row["stated"], row["written"]) for row in rows) == (
        "EX001",
        "9",
        "0",
    )
    assert main(["pin", "--all", "--data", "lib", "--format", "markdown", "--lang", "fr"]) == 0
    assert capsys.readouterr().out.startswith("# Empreintes")


def test_place_without_text_has_nothing_to_note(capsys: Captured, local: Path) -> None:
    before = texts(local)
    assert main(["pin", "-a", "Maquette", "--data", "lib"]) == 0
    assert "No local text is held." in capsys.readouterr().out
    assert texts(local) == before


@pytest.mark.parametrize("wrong", ["[bogus]", '[[exclude]]\nsheet = "inconnue"'])
def test_text_at_fault_is_passed_over_and_said(capsys: Captured, local: Path, wrong: str) -> None:
    """A key that does not exist and a change that bites on nothing, beside two sound texts."""
    path = local / "EX003.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{wrong}\n", "utf-8")
    before = path.read_bytes()
    assert main(["pin", "--all", "--data", "lib"]) == 1
    out, err = capsys.readouterr()
    assert f"{LOCAL}/EX001.toml" in out
    [line] = err.splitlines()
    assert f"{LOCAL}/EX003.toml" in line
    assert path.read_bytes() == before
    assert main(["pin", "-a", "Gabarit", "--data", "lib"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith("error[CP")) == ("", True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "say which contracts to write: `--arrondissement N`, or `--all`"),
        (["--all", "-a", "1"], 2, "say which contracts to write"),
        (["-a", "ailleurs"], 2, "no territory is called `ailleurs`"),
        (["--all", "--contract", "nope"], 2, "there is no contract `nope`"),
    ],
)
def test_wrong_question_is_refused(
    capsys: Captured, local: Path, words: list[str], code: int, said: str
) -> None:
    before = texts(local)
    assert main(["pin", *words, "--data", "lib"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert texts(local) == before


def test_library_that_comes_with_the_tool_is_not_written_in(capsys: Captured) -> None:
    assert main(["pin", "--all", "--data", "paris"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "comes with cpps: nothing is written in it" in err


def test_files_written_before_a_refusal_are_told(capsys: Captured, local: Path) -> None:
    last = local / "EX003.toml"
    last.rename("elsewhere.toml")
    last.symlink_to(Path("elsewhere.toml").resolve())
    capsys.readouterr()
    assert main(["pin", "--all", "--data", "lib", "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert counts(json.loads(out)) == [("EX001", 0, 9), ("EX002", 0, 14), ("EX003", 0, 0)]
    assert "is a symbolic link: it is not written through" in err
