"""`cpps migrate`: the local text under the contract that replaces its parent."""

import json
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from cpps_cli.cli import main
from cpps_cli.library.locate import bundled
from cpps_cli.library.toml_format import plain_table
from cpps_cli.model import Overlay
from cpps_cli.present.schemas import schema_named

NEW = "contrat-exemple-2027-2032"
FORMER = "contrat-exemple-2021-2026"
TITLES = ("title", "short_title", "note")


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
def test_file_says_what_is_proposed(capsys: pytest.CaptureFixture[str], place: str) -> None:
    from cpps_cli.engine import Parent
    from cpps_cli.engine.rebase import rebase
    from cpps_cli.library.reader import LibraryFolder

    folder = LibraryFolder(bundled("exemple"))
    former, new = (
        Parent(signed, folder.amendments(name))
        for name in (FORMER, NEW)
        if (signed := folder.contract(name))
    )
    overlay, links = folder.overlay(FORMER, place), folder.correspondence(NEW)
    assert overlay is not None
    assert links is not None
    found = rebase(former, new, links, overlay, folder.territories[place])
    table = tomli.loads(migrated(capsys, place)["proposal"])
    read = Overlay.model_validate({**table, "parent": NEW, "territory": place})
    stated, meant = (plain_table(item) for item in (read, found.proposal))
    for title in TITLES:
        stated.pop(title, None)
        meant.pop(title, None)
    assert stated == meant


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


def test_text_that_is_there_is_not_overwritten(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrated(capsys, "EX001", "--apply")
    path = town / NEW / "local" / "EX001.toml"
    path.write_text("mine", encoding="utf-8")
    arguments = ["migrate", "-a", "EX001", "--to", NEW, "--data", "town", "--apply"]
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "EX001.toml` exists already" in err
    assert path.read_text(encoding="utf-8") == "mine"


def test_bundled_library_is_not_written_in(capsys: pytest.CaptureFixture[str]) -> None:
    data = bundled("exemple")
    arguments = ["migrate", "-a", "EX001", "--to", NEW, "--data", str(data), "--apply"]
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
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
    assert main(["migrate", "-a", "19", "--to", "cpps-2023-2026"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "cpps: nothing says which sheets of CPPS 2015-2020 became which of CPPS 2023-2026\n"
        "      write it in `cpps-2023-2026/correspondence.toml`, with its sources; titles held: "
        "17 of 31 sheets before, 2 of 31 after\n"
    )


def test_correspondence_with_another_contract_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    data = str(bundled("exemple"))
    arguments = ["migrate", "-a", "EX001", "--to", NEW, "--data", data]
    assert main([*arguments, "--contract", "contrat-exemple-2016-2020"]) == 1
    assert "nothing says which sheets" in capsys.readouterr().err


def test_place_without_a_text_has_nothing_to_carry(capsys: pytest.CaptureFixture[str]) -> None:
    data = str(bundled("exemple"))
    assert main(["migrate", "-a", "EX004", "--to", NEW, "--data", data]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "there is nothing to carry\n      begin one under the new contract" in err


def test_faulty_correspondence_is_shown(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = town / NEW / "correspondence.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["chantiers-educatifs"]', '["chantiers"]'), encoding="utf-8")
    assert main(["migrate", "-a", "EX001", "--to", NEW, "--data", "town"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[CP217]: the sheet `chantiers` is not in this contract" in err


def test_csv_has_a_line_for_each_piece(capsys: pytest.CaptureFixture[str]) -> None:
    import csv
    import io

    document = migrated(capsys, "EX001")
    data = str(bundled("exemple"))
    assert main(["migrate", "-a", "EX001", "--to", NEW, "--data", data, "-f", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["key"] for row in rows] == [piece["key"] for piece in document["pieces"]]


def test_report_in_french_keeps_within_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    data = str(bundled("exemple"))
    arguments = ["migrate", "-a", "EX002", "--to", NEW, "--data", data, "--lang", "fr"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "À décider" in out
    assert "Sans place" in out
    assert "Rien n'a été écrit" in out


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


def test_report_says_what_amendments_have_settled(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["migrate", "-a", "EX002", "--to", NEW, "--data", str(bundled("exemple"))]
    assert main([*arguments, "--lang", "fr"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Avec ses propres avenants\N{NO-BREAK SPACE}: avenant-pochoir-1" in out
    assert "Réglé par ses propres avenants" in out


@pytest.mark.parametrize("named", [[], ["-c", FORMER]])
def test_contract_is_not_carried_to_itself(
    named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["migrate", "-a", "1", "--to", FORMER, *named, "--data", str(bundled("exemple"))]
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "is not carried to that contract itself: name the one that replaces it" in err


def test_draft_says_the_version_in_words(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    migrated(capsys, "1", "--apply")
    head = (town / NEW / "local" / "EX001.toml").read_text("utf-8").partition("title =")[0]
    assert "(first text)" in " ".join(head.replace("#", " ").split())
    assert "signed" not in head


def test_several_sheets_are_merged_in_the_plural(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["migrate", "-a", "2", "--to", NEW, "--lang", "fr", "--data", str(bundled("exemple"))]
    assert main(words) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "(fusionnées)" in out
    assert "(reprise)" in out
    assert "(reprises)" not in out
