"""How a run ends when it cannot go well: one sentence, the right exit code, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cpps_cli.cli import main
from cpps_cli.cli.session import Session

CPPS = [sys.executable, "-m", "cpps_cli"]


@pytest.fixture(autouse=True)
def paris(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPPS_DATA", "paris")
    monkeypatch.setenv("CPPS_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["derive", "-a", "21"], "no territory is called `21`"),
        (["derive", "-a", "0"], "no territory is called `0`"),
        (["derive", "-a", "abc"], "no territory is called `abc`"),
        (["derive", "-a", "75121"], "no territory is called `75121`"),
        (["derive", "-a", "Paris Centre"], "it is made of 1er, 2e, 3e, 4e: ask for one of them"),
        (["derive"], "say which contract"),
        (["derive", "-a", "18", "--all"], "say which contract"),
        (["derive", "--all", "-o", "x.toml"], "say which with `--arrondissement N`"),
        (["list-actions", "-c", "cpps-2015"], "did you mean `cpps-2015-2020`?"),
        (["list-actions", "--axis", "9"], "there is no axis `9` in this contract"),
        (["list-actions", "--data", "absent"], "there is no folder `absent`"),
        (["list-actions", "--data", "."], "it has no `library.toml`"),
        (["renegotiation-status", "--on", "2017-02-30"], "`2017-02-30` is not a day"),
        (["renegotiation-status", "--fail-on", "late"], "`late` is not a state"),
        (["show", "recidive"], "did you mean `recidive-des-mineurs-et-jeunes-majeurs`?"),
        (["explain", "CP999"], "CP999"),
        (["bogus"], "No such command 'bogus'"),
        (["list-actions", "--formt", "json"], "--formt"),
    ],
)
def test_what_cannot_run_says_why_and_exits_with_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in " ".join(printed.err.replace("│", " ").split())
    assert "Traceback" not in printed.err


def test_contract_before_its_signature_has_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["derive", "-a", "18"], ["list-actions"], ["show", "1.1"]):
        assert main([*verb, "--on", "2015-05-04"]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "was signed on 5 May 2015: before, it had no text" in printed.err


def test_local_text_before_its_signature_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "-a", "19", "--on", "2016-05-09"]) == 0
    assert "It was signed on 10 May 2016" in capsys.readouterr().out


def test_common_options_stand_before_or_after_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "fr", "--verbose", "list-actions", "--axis", "1"]) == 0
    before = capsys.readouterr()
    assert main(["list-actions", "--axis", "1", "--verbose", "--lang=fr"]) == 0
    after = capsys.readouterr()
    assert (before.out, before.err) == (after.out, after.err)
    assert "paris" in after.err


def test_closed_pipe_is_silent() -> None:
    command = f'"{sys.executable}" -m cpps_cli list-actions --format json | head -n 1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


def test_closed_output_is_nobody_to_talk_to() -> None:
    command = f'"{sys.executable}" -m cpps_cli list-actions >&-'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_full_disk_under_standard_output_is_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*CPPS, "list-actions"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"cpps: the answer cannot be written: the disk is full\n"


def test_interruption_exits_with_130_in_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "contract", interrupted)
    assert main(["list-actions"]) == 130
    assert capsys.readouterr() == ("", "")


def test_library_that_is_no_ordinary_file_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "library.toml")  # reading it would wait for ever
    assert main(["list-actions", "--data", str(tmp_path)]) == 1
    assert "error[CP001]" in capsys.readouterr().err


def test_fault_in_a_file_that_is_needed_is_shown_in_full(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["init", "lib", "--example"]) == 0
    sheet = tmp_path / "lib/contrat-exemple-2021-2026/sheets/chantiers-educatifs.toml"
    sheet.write_text(sheet.read_text("utf-8").replace("title = ", "titel = "), encoding="utf-8")
    capsys.readouterr()
    assert main(["list-actions", "--data", "lib"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "error[CP101]: the key `titel` is not known here" in printed.err
    assert "did you mean `title`?" in printed.err


def test_fault_in_another_file_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["init", "lib", "--example"]) == 0
    overlay = tmp_path / "lib/contrat-exemple-2021-2026/local/EX001.toml"
    overlay.write_text(overlay.read_text("utf-8") + "\nbogus = 1\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["derive", "-a", "EX002", "--data", "lib"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["derive", "--all", "--data", "lib"]) == 1
    printed = capsys.readouterr()
    assert "EX002" in printed.out or "Pochoir" in printed.out
    assert len(printed.err.splitlines()) == 1
    assert "error[CP101]" in printed.err
    assert "Moulin" not in printed.out  # neither derived nor said to have no text
