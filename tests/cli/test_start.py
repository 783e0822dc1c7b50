"""`cpps start`: the overlay to begin from, in the user's own library."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import cpps_cli
from cpps_cli.cli import main
from cpps_cli.library.locate import bundled
from tests.unprivileged import UNPRIVILEGED

SOURCE = str(Path(cpps_cli.__file__).parents[1])
PARIS = "cpps-2015-2020/local"


@pytest.fixture
def mine(capsys: pytest.CaptureFixture[str]) -> Path:
    """A library of the user's own."""
    assert main(["init", "mine"]) == 0
    capsys.readouterr()
    return Path("mine")


def derived(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["derive", *options, "--format", "json"]) == 0
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


def test_text_is_begun_and_what_comes_next_is_said(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "-a", "18e", "--data", "mine"]) == 0
    out, err = capsys.readouterr()
    path = mine / PARIS / "75118.toml"
    assert out == (
        f"{path} written: 31 sheets of CPPS 2015-2020 to choose from.\n"
        "Open it, delete what is not taken, adapt its title; then:\n"
        "  cpps derive -a 18e --data mine\n"
        "  cpps check mine\n"
    )
    assert err == ""
    assert path.read_text(encoding="utf-8").count("\n[[take]]\n") == 31


def test_text_begun_passes_the_check_and_is_no_full_text(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "-a", "18", "--data", "mine"]) == 0
    assert main(["check", "mine"]) == 0
    document = derived(capsys, "-a", "18", "--data", "mine")
    contract = document["contract"]
    assert isinstance(contract, dict)
    assert (contract["basis"], contract["parent_version"]) == ("partial", "signed")
    assert document["summary"] == {"inherited": 31, "adapted": 0, "merged": 0, "added": 0}


def test_sheet_that_is_commented_out_is_unknown(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "-a", "18", "--data", "mine"]) == 0
    path = mine / PARIS / "75118.toml"
    text = path.read_text(encoding="utf-8")
    block = '[[take]]\nsheet = "cenomed"\nnumber = "1.3"\n'
    commented = "".join(f"#{line}\n" for line in block.splitlines())
    path.write_text(text.replace(block, commented), encoding="utf-8")
    document = derived(capsys, "-a", "18", "--data", "mine")
    assert document["left_out"] == [
        item for item in _items(document["left_out"]) if item["code"] == "cenomed"
    ]
    assert [item["origin"] for item in _items(document["left_out"])] == ["unknown"]


def _items(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def test_text_is_begun_from_the_amended_parent(capsys: pytest.CaptureFixture[str]) -> None:
    """Exempleville's second amendment adds a sheet and moves others."""
    assert main(["init", "town", "--example"]) == 0
    assert main(["start", "-a", "Maquette", "--data", "town"]) == 0
    assert main(["check", "town"]) == 0
    document = derived(capsys, "-a", "Maquette", "--data", "town")
    contract = document["contract"]
    assert isinstance(contract, dict)
    assert contract["parent_version"] == "avenant-2"
    assert contract["to_reread"] is False
    capsys.readouterr()
    assert main(["list-actions", "--data", "town", "--format", "json"]) == 0
    parent = json.loads(capsys.readouterr().out)["sheets"]
    assert [item["code"] for item in _items(document["sheets"])] == [
        sheet["code"] for sheet in parent
    ]


def test_draft_is_dated_only_where_that_is_asked(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "-a", "17", "--data", "mine"]) == 0
    assert main(["start", "-a", "18", "--drafted-on", "01/03/2026", "--data", "mine"]) == 0
    undated, dated = ((mine / PARIS / f"7511{n}.toml").read_text("utf-8") for n in (7, 8))
    assert "[[milestones]]" not in undated
    assert '[[milestones]]\nkind = "drafted"\non = "2026-03-01"\n' in dated


def test_existing_text_is_not_overwritten(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (mine / PARIS / "75119.toml").read_bytes()
    assert main(["start", "-a", "19", "--data", "mine"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "75119.toml` exists already: a text is begun once\n" in err
    assert (mine / PARIS / "75119.toml").read_bytes() == before


@pytest.mark.parametrize("word", ["21", "0", "abc", "75121"])
def test_unknown_arrondissement_is_refused(
    mine: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    before = sorted(mine.rglob("*"))
    assert main(["start", "-a", word, "--data", "mine"]) == 2
    assert f"no territory is called `{word}`" in capsys.readouterr().err
    assert sorted(mine.rglob("*")) == before


@pytest.mark.parametrize("how", ["by name", "named", "linked", "from within"])
def test_bundled_library_is_not_written_in(
    how: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paris, options = bundled("paris"), ["--data", "paris"]
    if how == "named":
        options = ["--data", str(bundled("exemple"))]
    elif how == "linked":
        Path("link").symlink_to(paris)
        options = ["--data", "link"]
    elif how == "from within":
        monkeypatch.chdir(paris / "cpps-2015-2020")
        options = []
    word = "Maquette" if how == "named" else "18"
    assert main(["start", "-a", word, *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "comes with cpps: nothing is written in it" in err
    assert "cpps init DIR" in err
    assert not (paris / PARIS / "75118.toml").exists()


def test_snapshot_is_not_written_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "-a", "18", "--output", "snapshot.toml"]) == 0
    assert main(["start", "-a", "18", "--data", "snapshot.toml"]) == 2
    assert "holds one derived contract" in capsys.readouterr().err


def test_interruption_leaves_nothing(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(mine.rglob("*"))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    assert main(["start", "-a", "18", "--data", "mine"]) == 130
    assert sorted(mine.rglob("*")) == before


def test_library_that_may_not_be_written_is_said() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        mine = Path(name) / "mine"
        assert main(["init", str(mine)]) == 0
        (mine / PARIS).chmod(0o555)
        command = [sys.executable, "-m", "cpps_cli", "start", "-a", "18", "--data", str(mine)]
        ran = subprocess.run(
            [*UNPRIVILEGED, *command],
            env={"PYTHONPATH": SOURCE, "PYTHONDONTWRITEBYTECODE": "1", "CPPS_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
        (mine / PARIS).chmod(0o755)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.endswith("75118.toml` cannot be written: permission denied\n")
        assert not [path for path in mine.rglob("*") if path.name.startswith(".")]
