"""Who has no library is not answered about another: verbs refuse, or say which one they read."""

import shlex
import sys
from pathlib import Path
from shutil import copytree

import pytest

from cpps_cli.cli import hook, main
from cpps_cli.library.locate import bundled

Captured = pytest.CaptureFixture[str]
OWN = (
    ("check",),
    ("update",),
    ("update", "--check"),
    ("pin", "--all"),
    ("migrate", "-a", "1", "--to", "cpps-2015-2020"),
    ("start", "-a", "18"),
    ("record", "renegotiated", "-a", "19", "--dated", "2018-03-01"),
    ("import-sheets", "sheets.csv"),
)


def broken(path: Path) -> Path:
    """A copy of the fictional town whose list of territories nobody can read."""
    copytree(bundled("exemple"), path)
    (path / "territories.toml").write_text("[", encoding="utf-8")
    return path


@pytest.mark.parametrize("words", OWN, ids=" ".join)
def test_verb_of_own_texts_refuses_without_a_library(
    words: tuple[str, ...], capsys: Captured
) -> None:
    assert main([*words]) == 2
    err = capsys.readouterr().err
    assert "there is no library in this folder" in err
    assert "`--data DIR`" in err


@pytest.mark.parametrize("words", OWN, ids=" ".join)
def test_it_names_the_one_below(words: tuple[str, ...], capsys: Captured) -> None:
    broken(Path("a/mine"))
    assert main([*words]) == 2
    assert f"`--data {Path('a/mine')}`" in capsys.readouterr().err


def test_verb_that_reads_says_which_library_answers(capsys: Captured) -> None:
    assert main(["list-actions", "--format", "json"]) == 0
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "the answer is from Paris" in err
    broken(Path("mine"))
    main(["list-actions"])
    assert "`--data mine`" in capsys.readouterr().err


def test_bundled_one_is_checked_by_name_in_silence(capsys: Captured) -> None:
    for words in (["check", "paris"], ["check", "--data", "exemple"], ["list-actions"]):
        assert main([*words, *(["--data", "paris"] if len(words) == 1 else [])]) == 0
        assert "library" not in capsys.readouterr().err


def test_folder_of_that_name_comes_first_and_is_said(capsys: Captured) -> None:
    broken(Path("paris"))
    assert main(["check", "--data", "paris"]) == 1
    assert "reading ./paris" in capsys.readouterr().err


def hooked(monkeypatch: pytest.MonkeyPatch, name: str, *folders: str) -> int:
    """The exit code of a hook as pre-commit starts it."""
    path = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    _, text = path.read_text("utf-8").split(f"- id: {name}\n")
    lines = [line.strip().partition(": ") for line in text.split("- id: ")[0].splitlines()]
    told = {key: value for key, _, value in lines}
    assert told["always_run"] == "true"  # a file that is only deleted is named to no hook
    monkeypatch.setattr(sys, "argv", [*shlex.split(told["entry"]), *folders])
    return hook()


@pytest.mark.parametrize("name", ["cpps-check", "cpps-update-check"])
def test_hooks_find_both_libraries_of_a_repository(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert hooked(monkeypatch, name) == 2  # no library: not silence
    copytree(bundled("paris"), "a/b/c/d/sound")
    assert hooked(monkeypatch, name) == 0
    broken(Path("wrong"))
    assert hooked(monkeypatch, name) != 0
    assert "--data wrong: exit" in capsys.readouterr().err
    assert hooked(monkeypatch, name, "a") == 0
    assert hooked(monkeypatch, name, "a", "wrong") != 0
    assert hooked(monkeypatch, name, "absent") == 2
