"""What `check` calls an error, and what is due on a day, is the same in the other verbs."""

import json
import shutil
from pathlib import Path

import pytest

from cpps_cli.cli import main

EXEMPLE = Path(__file__).resolve().parents[2] / "data" / "exemple"
CONTRACT = "contrat-exemple-2021-2026"
Captured = pytest.CaptureFixture[str]
WRONG = [
    ("CP204", ("sheets/personnes-agees.toml", 'axis = "proteger"', 'axis = "rien"')),
    ("CP206", ("sheets/chantiers-educatifs.toml", 'number = "1.3"', 'number = "1.1"')),
    ("CP207", ("contract.toml", 'code = "proteger"', 'code = "jeunes"')),
    ("CP206", ("local/EX001.toml", 'number = "3.2"', 'number = "3.1"')),
    ("CP207", ("local/EX001.toml", 'code = "marche-du-moulin"', 'code = "personnes-agees"')),
]
DOCUMENTS = [
    ["-f", "markdown"],
    ["-f", "markdown", "-a", "1"],
    ["-f", "csv", "-a", "1"],
    ["-f", "csv", "--all"],
    ["-f", "xlsx"],
    ["-f", "html", "--all"],
]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXEMPLE, tmp_path / "exemple"))


def replaced(library: Path, file: str, before: str, after: str) -> None:
    path = library / CONTRACT / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


@pytest.mark.parametrize(("code", "edit"), WRONG)
def test_derive_does_not_succeed_on_what_the_check_refuses(
    code: str, edit: tuple[str, str, str], library: Path, capsys: Captured
) -> None:
    replaced(library, *edit)
    data = ["--data", str(library)]
    assert main(["check", str(library), "--format", "concise"]) == 1
    assert f"error[{code}]" in capsys.readouterr().out
    for words in (["-a", "1"], ["--all"], ["-a", "1", "-o", str(library.parent / "out.toml")]):
        assert main(["derive", *words, *data]) == 1
        assert f"error[{code}]" in capsys.readouterr().err
    assert not (library.parent / "out.toml").exists()


@pytest.mark.parametrize("words", DOCUMENTS, ids=" ".join)
@pytest.mark.parametrize(("code", "edit"), WRONG)
def test_document_of_what_the_check_refuses_is_said_and_written_as_derive_shows_it(
    code: str, edit: tuple[str, str, str], words: list[str], library: Path, capsys: Captured
) -> None:
    replaced(library, *edit)
    data = ["--data", str(library)]
    main(["derive", "-a", "1", *data])
    is_shown = capsys.readouterr().out != ""
    is_of_parent = not edit[0].startswith("local/")
    target = library.parent / "out"
    is_told = is_of_parent or words != ["-f", "markdown"]
    assert main(["export", *words, "-o", str(target), *data]) == (1 if is_told else 0)
    assert (f"error[{code}]" in capsys.readouterr().err) is is_told
    assert target.exists() is (is_shown or "-a" not in words)


def test_amendment_that_gives_a_number_twice_is_said(library: Path, capsys: Captured) -> None:
    replaced(
        library,
        "sheets/chantiers-educatifs.toml",
        'number = "1.3"',
        'number = "1.1"',
    )
    command = ["export", "--amendment", "avenant-1", "-f", "html", "--data", str(library)]
    assert main(command) == 1
    out, err = capsys.readouterr()
    assert out.startswith("<!DOCTYPE html>")
    assert "error[CP206]" in err


def test_text_of_a_territory_that_is_not_foreseen_is_told(library: Path, capsys: Captured) -> None:
    before = 'local_territories = ["EX001", "EX002", "EX003", "EX004"]'
    after = 'local_territories = ["EX001", "EX002", "EX004"]'
    replaced(library, "contract.toml", before, after)
    assert main(["derive", "--all", "--data", str(library)]) == 0
    out, err = capsys.readouterr()
    assert "Moulin" in out
    assert "warning[CP212]" in err
    for words in (["-f", "csv"], ["-f", "html", "-o", str(library.parent / "out")]):
        assert main(["export", "--all", *words, "--data", str(library)]) == 0
        assert capsys.readouterr().err.count("warning[CP212]") == 1
    assert main(["derive", "-a", "3", "--data", str(library)]) == 2
    assert "a text of it is held: add it to `local_territories`" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2024-06-30", "2024-07-01"])
def test_check_and_update_agree_on_what_is_due(day: str, library: Path, capsys: Captured) -> None:
    main(["check", str(library), "--on", day, "--format", "concise"])
    told = capsys.readouterr().out.splitlines()
    behind = {name for name in ("EX001", "EX002", "EX003") if _is_told(told, name, "CP408")}
    asked = {name for name in ("EX001", "EX002", "EX003") if _is_told(told, name, "CP410")}
    assert main(["update", "--on", day, "--data", str(library), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["contracts"]
    assert behind == {i["territory"] for i in found if i["behind"] and not i["ahead"]}
    assert asked == {item["territory"] for item in found if item["questions"]}


def _is_told(lines: list[str], name: str, code: str) -> bool:
    return any(f"/{name}" in line and f"[{code}]" in line for line in lines)
