"""A sheet's file that is gone: no verb shows a text without it as if nothing had happened."""

import shutil
from pathlib import Path

import pytest

from cpps_cli.cli import main

EXEMPLE = Path(__file__).resolve().parents[2] / "data" / "exemple"
PARENT = "contrat-exemple-2021-2026"
ASKED = [
    ["derive", "-a", "1"],
    ["coverage", "-a", "1"],
    ["trace", "1.1", "-a", "1"],
    ["show", "1.1", "-a", "1"],
]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXEMPLE, tmp_path / "exemple"))


def without(library: Path, code: str) -> None:
    (library / PARENT / "sheets" / f"{code}.toml").unlink()


@pytest.mark.parametrize("words", ASKED, ids=lambda words: words[0])
def test_sheet_that_only_the_fingerprint_remembers_is_told(
    words: list[str], library: Path, capsys: Captured
) -> None:
    assert main(["pin", "--all", "--data", str(library)]) == 0
    without(library, "chantiers-educatifs")
    capsys.readouterr()
    assert main([*words, "--on", "2026-11-01", "--data", str(library)]) == 0
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "warning[CP409] the parent's text is no longer the one" in err


def test_update_says_it_in_its_answer(library: Path, capsys: Captured) -> None:
    assert main(["pin", "--all", "--data", str(library)]) == 0
    without(library, "chantiers-educatifs")
    capsys.readouterr()
    assert main(["update", "-a", "1,3", "--on", "2026-11-01", "--data", str(library)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert " ".join(out.split()).count("edited since, without an amendment.") == 2


@pytest.mark.parametrize("words", [["derive", "-a", "1"], ["update", "-a", "1"]])
def test_fewer_sheets_than_announced_are_told(
    words: list[str], library: Path, capsys: Captured
) -> None:
    without(library, "chantiers-educatifs")
    assert main([*words, "--on", "2026-11-01", "--data", str(library)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Exempleville 2021-2026 announces 8 sheets; 7 are held." in out


@pytest.mark.parametrize(
    "words", [["derive", "-a", "4"], ["list-actions"], ["coverage"], ["update"], ["show", "1.3"]]
)
def test_sheet_that_an_amendment_changes_is_missed_by_every_verb(
    words: list[str], library: Path, capsys: Captured
) -> None:
    without(library, "decrochage-scolaire")
    assert main([*words, "--on", "2026-11-01", "--data", str(library)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[CP203]" in err
    assert "amendments/avenant-1.toml" in err.replace("\\", "/")


def test_text_before_the_faulty_amendment_is_shown(library: Path, capsys: Captured) -> None:
    without(library, "decrochage-scolaire")
    assert main(["list-actions", "--on", "2021-06-01", "--data", str(library)]) == 0
    assert "1.3" in capsys.readouterr().out
