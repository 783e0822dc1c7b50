"""What is told of a library, and what its keepers know of already."""

from pathlib import Path

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
TEXTS = {
    "library.toml": 'format = 1\ntitle = "Bourg-Fictif"\ncontract = "c"\nfictional = true\n',
    "territories.toml": '[territories]\nT.name = "Bourg-Fictif"\n',
    "c/contract.toml": 'title = "C"\nterritory = "T"\nterm = "2024..2026"\nwindow = "2027"\n'
    'announced_sheets = 9\n[[axes]]\ncode = "a"\n',
    "c/sheets/une.toml": 'axis = "a"\n',
    "c/sheets/deux.toml": 'title = "Deux"\naxis = "a"\n',
}
KNOWN = '[[acknowledged]]\ncode = "CP302"\nreason = "La source le dit ainsi."\n'


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "lib" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "lib"


def checked(*words: str, capsys: Captured) -> tuple[int, str]:
    code = main(["check", "lib", *words])
    return code, capsys.readouterr().out


def added(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_remarks_are_counted_by_code_and_told_on_request(library: Path, capsys: Captured) -> None:
    code, out = checked(capsys=capsys)
    assert code == 0
    assert "warning[CP302]: the window 2027 is not within" in out
    assert "note[CP213] × 1: another number of sheets than announced" in out
    assert "note[CP214] × 1: " in out
    assert "lib/c/contract.toml:1:1: note" not in out
    _code, out = checked("--all", capsys=capsys)
    assert "lib/c/contract.toml:1:1: note[CP214] sheets without a title yet: 1 of 2" in out
    assert "×" not in out


def test_errors_come_first_and_alone(library: Path, capsys: Captured) -> None:
    added(library / "c/sheets/une.toml", "inconnu = 1\n")
    code, out = checked(capsys=capsys)
    assert code == 1
    assert out.startswith("error[CP101]")
    assert "warning[CP302] × 1: window outside the term" in out
    assert "2027 is not within" not in out
    assert out.rstrip().endswith("lib: 1 error, 1 warning")
    _code, out = checked("--all", capsys=capsys)
    assert out.index("error[CP101]") < out.index("warning[CP302]: the window 2027")


@pytest.mark.parametrize("where", ["", 'file = "c/contract.toml"\n'])
def test_warning_that_is_acknowledged_is_told_no_more(
    where: str, library: Path, capsys: Captured
) -> None:
    added(library / "library.toml", f"{KNOWN}{where}")
    code, out = checked("--strict", capsys=capsys)
    assert code == 0
    assert "CP302" not in out
    assert "lib: no fault, 2 notes, 1 acknowledged" in out
    _code, out = checked("--format", "json", capsys=capsys)
    assert "CP302" not in out


def test_one_of_another_file_is_still_told(library: Path, capsys: Captured) -> None:
    added(library / "library.toml", f'{KNOWN}file = "autre/contract.toml"\n')
    _code, out = checked("--all", capsys=capsys)
    assert "warning[CP302]" in out
    assert "note[CP227] `CP302` is acknowledged here, and found nowhere any more" in out


def test_error_is_told_whoever_knows_of_it(library: Path, capsys: Captured) -> None:
    added(library / "c/sheets/une.toml", "inconnu = 1\n")
    added(library / "library.toml", KNOWN.replace("CP302", "CP101"))
    code, out = checked(capsys=capsys)
    assert code == 1
    assert "error[CP101]" in out
    assert "error[CP228]: `CP101` is no warning and no remark" in out
