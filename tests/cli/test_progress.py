"""How far long work has come: on a terminal that shows standard error, and nowhere else."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copytree

import pytest

from cpps_cli.cli.parallel import counted

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
COMMUNES = 110
ERASED = "\r\x1b[K"
WORDS = [
    ("check",),
    ("derive", "--all", "--format", "csv"),
    ("coverage", "--left-out"),
    ("list-contracts", "--format", "json"),
    ("renegotiation-status", "--on", "2025-03-01", "--format", "csv"),
]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough local contracts to be read in three steps, and counted in tables."""
    folder = tmp_path_factory.mktemp("nation") / "library"
    words = ["write", str(folder), "--communes", str(COMMUNES)]
    subprocess.run([sys.executable, str(BENCHMARKS / "france.py"), *words], check=True)
    return folder


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """What is read of a terminal, and the terminal itself."""
    reader, screen = pty.openpty()
    yield reader, screen
    for end in (reader, screen):
        with suppress(OSError):  # the test has closed it
            os.close(end)


def read_whole(reader: int) -> str:
    told = b""
    # Where nobody holds the terminal any more, Linux reports an error and others an empty end.
    with suppress(OSError):
        while part := os.read(reader, 4096):
            told += part
    return told.decode()


def ran(
    nation: Path, words: tuple[str, ...], *, stderr: int
) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "CPPS_LANG": "en"}
    command = [sys.executable, "-m", "cpps_cli", *words, "--data", str(nation)]
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=stderr, check=False
    )


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_line_is_shown_on_a_terminal_and_erased(
    words: tuple[str, ...], nation: Path, terminal: tuple[int, int]
) -> None:
    reader, screen = terminal
    on_terminal = ran(nation, words, stderr=screen)
    os.close(screen)
    assert read_whole(reader) == f"\r50/110\r100/110\r110/110{ERASED}"
    piped = ran(nation, words, stderr=subprocess.PIPE)
    assert (piped.stdout, piped.stderr) == (on_terminal.stdout, b"")


def test_faults_are_told_once_the_line_is_gone(
    nation: Path, terminal: tuple[int, int], tmp_path: Path
) -> None:
    reader, screen = terminal
    faulty = copytree(nation, tmp_path / "faulty")
    (faulty / "cadre-national/local/31001.toml").write_text("title = \n", encoding="utf-8")
    ran(faulty, ("derive", "--all", "--format", "csv"), stderr=screen)
    os.close(screen)
    line, _erased, faults = read_whole(reader).partition(ERASED)
    assert line.endswith(f"{COMMUNES}/{COMMUNES}")
    assert "local/31001.toml:1:9: error" in faults


@pytest.mark.parametrize("ending", [KeyboardInterrupt, OSError])
def test_line_is_erased_however_the_work_ends(
    ending: type[BaseException], terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> Iterator[int]:
        yield 1
        raise ending

    reader, screen = terminal
    with os.fdopen(screen, "w", encoding="utf-8") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        with pytest.raises(ending):
            list(counted(work(), 90, 50))
        monkeypatch.undo()
    assert read_whole(reader) == f"\r50/90{ERASED}"


def test_line_is_erased_when_nobody_wants_the_rest(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, screen = terminal
    with os.fdopen(screen, "w", encoding="utf-8") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        some = counted(["a", "b"], 2)
        assert next(iter(some)) == "a"
        del some
        monkeypatch.undo()
    assert read_whole(reader) == f"\r1/2{ERASED}"
