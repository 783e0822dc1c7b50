"""`cpps migrate`: the local text under the contract that replaces its parent."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from cpps_cli.cli import main
from cpps_cli.library.locate import bundled
from cpps_cli.present.schemas import schema_named

NEW = "contrat-exemple-2027-2032"
FORMER = "contrat-exemple-2021-2026"


@pytest.fixture
def town(capsys: pytest.CaptureFixture[str]) -> Path:
    """Exempleville as its user's own library."""
    assert main(["init", "town", "--example"]) == 0
    capsys.readouterr()
    return Path("town")


def migrated(capsys: pytest.CaptureFixture[str], place: str, *options: str) -> dict[str, Any]:
    data = ["--data", "town"] if Path("town").exists() else ["--data", str(bundled("exemple"))]
    arguments = ["migrate", "-a", place, "--to", NEW, "--format", "json", *data, *options]
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    document: dict[str, Any] = json.loads(out)
    return document


@pytest.mark.parametrize("place", ["EX001", "EX002", "EX003"])
def test_document_follows_its_schema_and_adds_up(
    capsys: pytest.CaptureFixture[str], place: str
) -> None:
    document = migrated(capsys, place)
    Draft202012Validator(schema_named("cpps.migration/1") or {}).validate(document)
    summary = dict(document["summary"])
    to_reread = summary.pop("to_reread")
    assert sum(summary.values()) == len(document["pieces"])
    assert to_reread == sum(piece["to_reread"] for piece in document["pieces"])


def test_the_two_quarters_show_every_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    pieces = [piece for place in ("EX001", "EX002") for piece in migrated(capsys, place)["pieces"]]
    assert {piece["outcome"] for piece in pieces} == {
        "carried",
        "to_decide",
        "no_home",
        "said_already",
        "settled",
        "left_behind",
    }
    assert any(piece["to_reread"] for piece in pieces)
    kinds = {item["kind"] for item in migrated(capsys, "EX001")["passages"]}
    assert kinds == {"same", "split", "merged", "dropped", "new"}


@pytest.mark.parametrize("place", ["EX001", "EX002", "EX003"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_draft_that_is_written_passes_the_check(
    town: Path, capsys: pytest.CaptureFixture[str], place: str, language: str
) -> None:
    before = {path: path.read_bytes() for path in town.rglob("*.toml")}
    document = migrated(capsys, place, "--apply", "--lang", language)
    path = town / NEW / "local" / f"{place}.toml"
    assert document["written"] == str(path)
    assert path.read_text(encoding="utf-8") == document["proposal"]
    assert {file: file.read_bytes() for file in before} == before
    assert main(["check", "town", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert f"{NEW}/local/{place}.toml" not in json.dumps(found)
    assert main(["derive", "-a", place, "--contract", NEW, "--data", "town", "-f", "json"]) == 0
    contract = json.loads(capsys.readouterr().out)["contract"]
    assert (contract["basis"], contract["parent_version"]) == ("partial", "signed")


@pytest.mark.parametrize("place", ["EX001", "EX002"])
def test_what_is_not_carried_stands_in_the_file_to_the_letter(
    capsys: pytest.CaptureFixture[str], place: str
) -> None:
    document = migrated(capsys, place)
    comments = "\n".join(
        line[1:] for line in document["proposal"].splitlines() if line.startswith("#")
    )
    for piece in document["pieces"]:
        aside = piece["outcome"] in ("to_decide", "no_home")
        if aside and piece["field"] and piece["way"] != "keep":
            for text in piece["text"] if isinstance(piece["text"], list) else [piece["text"]]:
                assert text in comments


def refused(capsys: pytest.CaptureFixture[str], *words: str, code: int = 2) -> str:
    """The reason for which `cpps migrate` ends without an answer."""
    assert main(["migrate", *words]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return str(err)


def report(capsys: pytest.CaptureFixture[str], place: str, *options: str) -> str:
    """The report of a place of the fictional library."""
    data = str(bundled("exemple"))
    assert main(["migrate", "-a", place, "--to", NEW, "--data", data, *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return str(out)


def test_text_that_is_there_is_not_overwritten(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrated(capsys, "EX001", "--apply")
    path = town / NEW / "local" / "EX001.toml"
    path.write_text("mine", encoding="utf-8")
    err = refused(capsys, "-a", "EX001", "--to", NEW, "--data", "town", "--apply")
    assert "EX001.toml` exists already" in err
    assert path.read_text(encoding="utf-8") == "mine"


def test_bundled_library_is_not_written_in(capsys: pytest.CaptureFixture[str]) -> None:
    data = bundled("exemple")
    err = refused(capsys, "-a", "EX001", "--to", NEW, "--data", str(data), "--apply")
    assert "comes with cpps: nothing is written in it" in err
    assert not (data / NEW / "local").exists()


def test_draft_of_a_bundled_library_goes_to_another_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = migrated(capsys, "EX002", "--output", "pochoir.toml")
    assert document["written"] == "pochoir.toml"
    assert Path("pochoir.toml").read_text(encoding="utf-8") == document["proposal"]


def test_without_correspondence_what_to_write_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """For Paris, no source says what became of the sheets: nothing is made up."""
    words = ("-a", "19", "--to", "cpps-2023-2026", "--data", "paris")
    assert refused(capsys, *words, code=1) == (
        "cpps: nothing says which sheets of CPPS 2015-2020 became which of CPPS 2023-2026\n"
        "      write it in `cpps-2023-2026/correspondence.toml`, with its sources; titles held: "
        "17 of 31 sheets before, 2 of 31 after\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["-a", "EX001", "--to", NEW, "-c", "contrat-exemple-2016-2020"], 1, "which sheets"),
        (["-a", "EX004", "--to", NEW], 1, "to carry\n      begin one under the new contract"),
        (["-a", "1", "--to", FORMER], 2, "is not carried to that contract itself: name the one"),
        (["-a", "1", "--to", FORMER, "-c", FORMER], 2, "is not carried to that contract itself"),
    ],
)
def test_what_cannot_be_carried_is_refused(
    words: list[str], code: int, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, *words, "--data", str(bundled("exemple")), code=code)
    assert reason in err
    assert err.count("\n") == (1 if code == 2 else 2)


def test_faulty_correspondence_is_shown(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = town / NEW / "correspondence.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["chantiers-educatifs"]', '["chantiers"]'), encoding="utf-8")
    err = refused(capsys, "-a", "EX001", "--to", NEW, "--data", "town", code=1)
    assert "error[CP217]: the sheet `chantiers` is not in this contract" in err


def test_csv_has_a_line_for_each_piece(capsys: pytest.CaptureFixture[str]) -> None:
    document = migrated(capsys, "EX001")
    rows = list(csv.DictReader(io.StringIO(report(capsys, "EX001", "-f", "csv"))))
    assert [row["key"] for row in rows] == [piece["key"] for piece in document["pieces"]]


def test_report_in_french_keeps_within_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    out = report(capsys, "EX002", "--lang", "fr")
    assert max(map(len, out.splitlines())) <= 80
    words = " ".join(out.split())
    for shown in (
        *("À décider", "Sans place", "Rien n'a été écrit", "Réglé par ses propres avenants"),
        *("Avec ses propres avenants\N{NO-BREAK SPACE}: avenant-pochoir-1",),
        *("(fusionnées)", "(reprise)"),
    ):
        assert " ".join(shown.split()) in words
    assert "(reprises)" not in words


def test_own_amendments_are_carried_with_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    document = migrated(capsys, "EX002")
    assert document["former_amendments"] == ["avenant-pochoir-1"]
    file = f"{FORMER}/local/EX002/amendments/avenant-pochoir-1.toml"
    own = {piece["key"]: piece["outcome"] for piece in document["pieces"] if piece["file"] == file}
    assert own["exclude.0"] == own["adapt.1.append.means.0"] == own["take.0.number"] == "carried"
    settled = {
        (piece["key"], piece["why"])
        for piece in document["pieces"]
        if piece["outcome"] == "settled"
    }
    assert ("add.0.schedule", "amended_since") in settled
    assert ("take.1", "repealed_since") in settled
    table = tomli.loads(document["proposal"])
    assert [item["sheet"] for item in table["exclude"]] == ["ecrans-et-reseaux"]
    assert table["add"][0]["schedule"][1] == "Étés 2025 et 2026 : essai"


def test_draft_says_the_version_in_words(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    migrated(capsys, "1", "--apply")
    head = (town / NEW / "local" / "EX001.toml").read_text("utf-8").partition("title =")[0]
    assert "(first text)" in " ".join(head.replace("#", " ").split())
    assert "signed" not in head
