"""`cpps init`: what is made, what is said, and what is left when it cannot be."""

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import cpps_cli
from cpps_cli.cli import main
from tests.unprivileged import IS_ROOT, UNPRIVILEGED

SOURCE = str(Path(cpps_cli.__file__).parents[1])


def run(*arguments: str, somebody: bool = False) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, without the rights of root where `somebody`."""
    return subprocess.run(
        [*(UNPRIVILEGED if somebody else []), sys.executable, "-m", "cpps_cli", *arguments],
        env={"PYTHONPATH": SOURCE, "PYTHONDONTWRITEBYTECODE": "1", "CPPS_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_paris_is_copied_to_be_completed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "mine"]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "mine: a library with CPPS 2015-2020, 31 sheets, 14 to complete.\n"
        "Next:\n"
        "  cpps list-actions --status to_complete --data mine\n"
        "  cpps start --arrondissement 18 --data mine\n"
    )
    assert err == ""


@pytest.mark.parametrize("options", [[], ["--example"], ["--empty"]])
def test_the_commands_that_come_next_work(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "my folder", *options]) == 0
    commands = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  cpps ")]
    assert len(commands) == 2
    for command in commands:
        assert "'my folder'" in command
        words = command.replace("'my folder'", "my-folder").split()[1:]
        assert main([word.replace("my-folder", "my folder") for word in words]) == 0


@pytest.mark.parametrize("options", [[], ["--example"], ["--empty"]])
def test_new_library_passes_the_check(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "mine", *options]) == 0
    assert main(["check", "mine"]) == 0


def test_both_kinds_at_once_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "mine", "--example", "--empty"]) == 2
    assert "choose one" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_current_folder_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "."]) == 0
    assert Path("library.toml").is_file()
    assert (tmp_path / "library.toml").is_file()


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("text")
    assert main(["init", "mine"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "cpps: `mine` exists already and is not an empty folder: nothing was written\n"
        "      name a folder that does not exist yet\n"
    )
    assert [path.name for path in tmp_path.rglob("*.*")] == ["letter.txt"]


def test_missing_folder_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "absent/mine"]) == 2
    assert "its folder does not exist" in capsys.readouterr().err
    assert not Path("absent").exists()


def test_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        assert [path for path in tmp_path.rglob("*") if path.is_file()]
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    assert main(["init", "mine"]) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("target", ["closed/mine", "closed"])
def test_folder_that_may_not_be_written_is_said(open_folder: Path, target: str) -> None:
    (open_folder / "closed").mkdir(mode=0o555)
    ran = run("init", str(open_folder / target), somebody=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"cpps: `{open_folder / target}` cannot be written: permission denied\n"
    assert [path.name for path in open_folder.rglob("*")] == ["closed"]
    (open_folder / "closed").chmod(0o755)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mounts 64 KB on `folder`; False where that cannot be done."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    can = IS_ROOT and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield can
    finally:
        if can:
            subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("name", ["", "mine"])
def test_full_disk_is_said_and_left_empty(
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with small_disk(tmp_path) as mounted:
        if mounted:
            ran = run("init", str(tmp_path / name))
            code, out, err = ran.returncode, ran.stdout, ran.stderr
        else:  # where no file system can be mounted, the disk says so itself
            monkeypatch.setattr(os, "fsync", full)
            code = main(["init", str(tmp_path / name)])
            out, err = capsys.readouterr()
        assert (code, out) == (2, "")
        assert err == f"cpps: `{tmp_path / name}` cannot be written: the disk is full\n"
        assert list(tmp_path.iterdir()) == []
