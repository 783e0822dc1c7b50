"""What a run that was killed left is cleared by the next one; what is being made is not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import cpps_cli
from cpps_cli.diagnostics import CppsError
from cpps_cli.library.templates import library_texts
from cpps_cli.library.write import clear_leftovers, hold, unfinished_name, write_new
from cpps_cli.library.write_folder import make_library, put

# Begins to write a file, or to make a library, says so, and stays there.
BEGINS = """
import os, sys
from pathlib import Path
from cpps_cli.library import write as files, write_folder
def stays(*_):
    print("begun", flush=True)
    sys.stdin.readline()
os.fsync = stays
target = Path(sys.argv[2])
if sys.argv[1] == "file":
    files.write_new(target, "a = 1")
else:
    write_folder.make_library(target, {"library.toml": "x"})
"""


@contextmanager
def begun(what: str, target: Path) -> Iterator["subprocess.Popen[bytes]"]:
    source = str(Path(cpps_cli.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", BEGINS, what, str(target)],
        env={**os.environ, "PYTHONPATH": source},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"begun\n"
        try:
            yield run
        finally:
            run.kill()


@pytest.mark.parametrize("what", ["file", "library"])
def test_leftover_of_a_killed_run_goes_with_the_next_one(what: str, tmp_path: Path) -> None:
    with begun(what, tmp_path / "target") as run:
        run.send_signal(signal.SIGKILL)
        run.wait(timeout=60)
    [left] = tmp_path.iterdir()
    write_new(tmp_path / "other.toml", "")
    assert not left.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["other.toml"]


def test_leftover_beside_a_document_that_is_there_already_goes_too(tmp_path: Path) -> None:
    put(tmp_path / "a.html", b"a", force=False)
    (tmp_path / unfinished_name()).write_bytes(b"a")
    assert put(tmp_path / "a.html", b"a", force=False) == "same"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize("what", ["file", "library"])
def test_what_another_run_is_making_stays(what: str, tmp_path: Path) -> None:
    with begun(what, tmp_path / "target"):
        [made] = tmp_path.iterdir()
        clear_leftovers(tmp_path)
        assert made.exists()


def test_file_that_was_cleared_before_it_was_held_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlucky = 3

    @contextmanager
    def late(path: Path) -> Iterator[bool]:
        nonlocal unlucky
        if unlucky:
            unlucky -= 1
            clear_leftovers(tmp_path)
        with hold(path) as ours:
            yield ours

    monkeypatch.setattr("cpps_cli.library.write.hold", late)
    write_new(tmp_path / "a.toml", "a = 1")
    assert unlucky == 0
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.toml": "a = 1"}


def test_nothing_else_is_cleared(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in (".tmp", "a.tmp", ".0123456789abcdef.tmp2", ".0123456789ABCDEF.tmp", ".git"):
        (folder / name).write_text("mine", encoding="utf-8")
    (folder / unfinished_name()).symlink_to(outside)
    before = sorted(folder.iterdir())
    clear_leftovers(folder)
    assert sorted(folder.iterdir()) == before
    assert outside.read_text("utf-8") == "mine"


def test_library_begun_in_an_empty_folder_is_ended_by_the_next_run(tmp_path: Path) -> None:
    texts = library_texts("exemple", "en", str, "x")
    target = tmp_path / "lib"
    target.mkdir()
    whole = tmp_path / "whole"
    make_library(whole, texts)
    # As a run leaves it that is killed between two moves: one folder is there, the rest is not.
    (target / "schemas").mkdir()
    for path in (whole / "schemas").iterdir():
        (target / "schemas" / path.name).write_bytes(path.read_bytes())
    (target / unfinished_name()).mkdir()
    make_library(target, texts)
    assert _held(target) == _held(whole)


@pytest.mark.parametrize("stray", ["notes.txt", "schemas/sheet.json", "library.toml", "schemas"])
def test_folder_that_holds_anything_else_is_refused(stray: str, tmp_path: Path) -> None:
    path = tmp_path / "lib" / stray
    if "." in stray:
        path.parent.mkdir(parents=True)
        path.write_text("mine", encoding="utf-8")
    else:
        path.mkdir(parents=True)
    with pytest.raises(CppsError):
        make_library(tmp_path / "lib", library_texts("exemple", "en", str, "x"))
    assert path.is_dir() or path.read_text("utf-8") == "mine"


def _held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
