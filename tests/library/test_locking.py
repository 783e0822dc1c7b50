"""One writer at a time in a folder, whatever becomes of the others."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import cpps_cli
from cpps_cli.library.transaction import replace_if_unchanged
from cpps_cli.library.write import NotWritten, alone_in

# Says that it is alone, then stays so until somebody writes it a line.
HOLDER = """
import sys
from pathlib import Path
from cpps_cli.library.write import alone_in
with alone_in(Path(sys.argv[1])):
    print("in", flush=True)
    sys.stdin.readline()
print("out", flush=True)
"""
# Adds one to the number in a file, many times: reads, then replaces what it read.
# Each dawdles between the last look and the replacement, where another one must not come in.
COUNTER = """
import sys, time
from pathlib import Path
from cpps_cli.library.transaction import replace_if_unchanged
from cpps_cli.library.write import NotWritten
replace = Path.replace
Path.replace = lambda fresh, target: (time.sleep(0.003), replace(fresh, target))
path, left = Path(sys.argv[1]), int(sys.argv[2])
while left:
    before = path.read_bytes()
    try:
        replace_if_unchanged(path, before, str(int(before) + 1))
    except NotWritten:
        continue
    left -= 1
"""


@contextmanager
def started(script: str, *words: object) -> Iterator["subprocess.Popen[str]"]:
    source = str(Path(cpps_cli.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        env={**os.environ, "PYTHONPATH": source},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        try:
            yield run
        finally:
            run.kill()


def said(run: "subprocess.Popen[str]") -> str:
    assert run.stdout is not None
    return run.stdout.readline().strip()


def let_go(run: "subprocess.Popen[str]") -> None:
    assert run.stdin is not None
    run.stdin.write("\n")
    run.stdin.flush()


def is_locked(folder: Path) -> bool:
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False


def test_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    with started(HOLDER, tmp_path) as first:
        assert said(first) == "in"
        assert is_locked(tmp_path)
        with started(HOLDER, tmp_path) as second:
            let_go(first)
            assert said(first) == "out"
            assert said(second) == "in"
            let_go(second)
            assert said(second) == "out"
    assert not is_locked(tmp_path)


def test_writers_in_two_folders_do_not_wait(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with started(HOLDER, tmp_path) as first, started(HOLDER, tmp_path / "other") as second:
        assert (said(first), said(second)) == ("in", "in")


def test_writer_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    with started(HOLDER, tmp_path) as first:
        assert said(first) == "in"
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=60)
    assert not is_locked(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_fails_lets_the_next_one_in(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mine"), alone_in(tmp_path):
        raise ValueError("mine")
    assert not is_locked(tmp_path)


def test_no_count_is_lost_between_several_writers(tmp_path: Path) -> None:
    path = tmp_path / "count.toml"
    path.write_text("0", encoding="utf-8")
    with (
        started(COUNTER, path, 20) as one,
        started(COUNTER, path, 20) as two,
        started(COUNTER, path, 20) as three,
    ):
        assert [run.wait(timeout=120) for run in (one, two, three)] == [0, 0, 0]
    assert path.read_text("utf-8") == "60"
    assert list(tmp_path.iterdir()) == [path]


def test_file_that_went_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "gone.toml"
    path.write_text("a", encoding="utf-8")
    before = path.read_bytes()
    path.unlink()
    with pytest.raises(NotWritten, match="'changed'"):
        replace_if_unchanged(path, before, "b")
    assert list(tmp_path.iterdir()) == []
