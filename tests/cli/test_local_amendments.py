"""Local contracts that were amended, as every verb that reads a local text sees them."""

import csv
import io
import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.library.locate import bundled

Captured = pytest.CaptureFixture[str]
PARENT = "contrat-exemple-2021-2026"
FOLDER = f"{PARENT}/local/EX002/amendments"
FILE = f"{FOLDER}/avenant-pochoir-1.toml"
BEFORE, AFTER = "2025-03-31", "2025-04-01"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The fictional town, to be spoilt."""
    return Path(copytree(bundled("exemple"), tmp_path / "exemple"))


def answered(capsys: Captured, *words: str, data: Path | None = None) -> Any:
    where = ["--data", str(data or bundled("exemple")), "--format", "json"]
    assert main([*words, *where]) == 0
    return json.loads(capsys.readouterr().out)


def said(capsys: Captured, *words: str) -> str:
    assert main([*words, "--data", str(bundled("exemple"))]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    return " ".join(out.split())


@pytest.mark.parametrize(
    ("day", "version", "held"),
    [
        (BEFORE, "signed", {"risques-en-ligne": "inherited", "decrochage-scolaire": "inherited"}),
        (
            AFTER,
            "avenant-pochoir-1",
            {"chantiers-educatifs": "inherited", "decrochage-scolaire": "adapted"},
        ),
    ],
)
def test_derived_contract_is_that_of_the_day(
    day: str, version: str, held: dict[str, str], capsys: Captured
) -> None:
    found = answered(capsys, "derive", "-a", "EX002", "--on", day)
    assert found["contract"]["version"] == version
    origins = {sheet["code"]: sheet["origin"] for sheet in found["sheets"]}
    shared = {"risques-en-ligne", "chantiers-educatifs", "decrochage-scolaire"} & origins.keys()
    assert {code: origins[code] for code in shared} == held
    assert sum(found["parent_summary"].values()) == 8


def test_repealed_sheet_says_by_which_amendment(capsys: Captured) -> None:
    found = answered(capsys, "derive", "-a", "EX002", "--on", AFTER)
    [left] = [item for item in found["left_out"] if item["origin"] == "excluded"]
    assert (left["code"], left["repealed_by"]) == ("risques-en-ligne", "avenant-pochoir-1")
    out = said(capsys, "show", "risques-en-ligne", "-a", "EX002", "--on", AFTER)
    assert "Left out • Repealed by its own amendment: avenant-pochoir-1" in out


def test_all_local_contracts_say_their_versions(capsys: Captured) -> None:
    found = answered(capsys, "derive", "--all", "--on", AFTER)
    versions = {
        item["contract"]["territory"]: item["contract"]["version"] for item in found["contracts"]
    }
    assert versions == {
        "EX001": "signed",
        "EX002": "avenant-pochoir-1",
        "EX003": "signed",
        "EX004": None,
    }


def test_sheet_shown_says_which_amendment_touched_it(capsys: Captured) -> None:
    out = said(capsys, "show", "decrochage-scolaire", "-a", "EX002", "--on", AFTER)
    assert "own amendments: avenant-pochoir-1 • Reason, avenant-pochoir-1: La salle" in out
    found = answered(capsys, "show", "decrochage-scolaire", "-a", "EX002", "--on", AFTER)
    assert found["local"]["amended_by"] == ["avenant-pochoir-1"]


def test_value_stands_in_the_local_amendment(capsys: Captured) -> None:
    found = answered(capsys, "trace", "1.3", "schedule", "-a", "EX002", "--on", AFTER)
    lines = [line for value in found["values"] for line in value["lines"]]
    assert {line["file"] for line in lines} == {FILE}
    assert {line["contract"] for line in lines} == {f"{PARENT}/EX002"}
    text = (bundled("exemple") / FILE).read_text("utf-8").splitlines()
    for value in found["values"]:
        assert value["value"] in text[value["lines"][0]["line"] - 1]
    assert found["version"] == "avenant-pochoir-1"


def test_history_tells_what_its_own_amendments_changed(capsys: Captured) -> None:
    found = answered(capsys, "history", "-a", "EX002", "--on", BEFORE)
    [own] = found["own_amendments"]
    assert (found["version"], own["id"], own["in_force"]) == ("signed", "avenant-pochoir-1", False)
    assert [item["code"] for item in own["added"]] == ["chantiers-educatifs"]
    assert [item["code"] for item in own["removed"]] == ["risques-en-ligne"]
    assert {item["id"] for item in found["amendments"]} == {"avenant-1", "avenant-2"}
    out = said(capsys, "history", "1.3", "-a", "EX002", "--on", AFTER)
    assert "Its own amendments Avenant n° 1 au contrat du quartier du Pochoir" in out
    assert "schedule: {+Étés 2025 et 2026 : essai+}" in out


def test_csv_of_a_history_says_whose_amendment_it_is(capsys: Captured) -> None:
    words = ["history", "-a", "EX002", "--format", "csv", "--data", str(bundled("exemple"))]
    assert main(words) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    told = {(row["amendment"], row["contract"]) for row in rows if row["amendment"]}
    assert told == {
        ("avenant-pochoir-1", f"{PARENT}/EX002"),
        ("avenant-1", PARENT),
        ("avenant-2", PARENT),
    }


def test_snapshot_records_the_version(tmp_path: Path, capsys: Captured) -> None:
    path, data = tmp_path / "pochoir.toml", str(bundled("exemple"))
    words = ["derive", "-a", "EX002", "--on", AFTER, "--output", str(path), "--data", data]
    assert main(words) == 0
    assert main(["check", str(path)]) == 0
    capsys.readouterr()
    found = answered(capsys, "show", "3.2", data=path)
    assert found["local"]["origin"] == "adapted"
    assert found["local"]["from"] == [
        {"code": "decrochage-scolaire", "number": None, "title": None}
    ]
    assert 'version = "avenant-pochoir-1"' in path.read_text("utf-8")


def test_prolonged_locally_is_due_later(town: Path, capsys: Captured) -> None:
    path = town / FOLDER / "avenant-pochoir-2.toml"
    path.write_text(
        'title = "Avenant n° 2"\nin_force_on = 2026-01-01\n'
        '[contract.set]\nterm = "2021-03-15..2028-03-14"\nwindow = "2027-S1"\n',
        encoding="utf-8",
    )
    for day, term, inherited in (
        ("2025-12-31", "2027-03-14", True),
        ("2026-01-01", "2028-03-14", False),
    ):
        found = answered(capsys, "renegotiation-status", "--on", day, data=town)
        [local] = [item for item in found["contracts"] if item["territory"] == "EX002"]
        assert local["term"]["ends_on"] == term
        assert local["term"]["inherited"] is inherited


def test_local_text_with_a_faulty_amendment_is_not_shown(town: Path, capsys: Captured) -> None:
    path = town / FILE
    path.write_text(path.read_text("utf-8") + "\nfaux = 1\n", encoding="utf-8")
    data = ["--data", str(town)]
    assert main(["derive", "-a", "EX002", *data]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "unknown key" in err or "CP101" in err
    # A question about another place is answered, with one line about this one.
    assert main(["derive", "-a", "EX001", *data]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Exempleville 2021-2026: quartier du Moulin")
    assert main(["derive", "--all", "--format", "json", *data]) == 1
    held = [
        item["contract"]["territory"] for item in json.loads(capsys.readouterr().out)["contracts"]
    ]
    assert held == ["EX001", "EX003", "EX004"]
    assert main(["check", str(town)]) == 1
    assert capsys.readouterr().out.count("error[") == 1
