"""What users and their scripts rely on, whatever the command."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.cli.session import Session
from cpps_cli.model import ActionSheet
from cpps_cli.model.sheet import with_words

CPPS = [sys.executable, "-m", "cpps_cli"]
# Says on a pipe that the import has begun, then never ends it.
SLOW = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored, where pytest is in background
from cpps_cli.__main__ import main
_, wanted, pipe, *words = sys.argv

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            os.write(int(pipe), b"!")
            while True:
                time.sleep(0.01)

sys.meta_path.insert(0, Slow())
sys.argv[1:] = words
sys.exit(main())
"""
FAILING = """
import sys
from cpps_cli.cli.session import Session
from cpps_cli.__main__ import main
Session.contract = lambda *_: 1 // 0
sys.exit(main())
"""


@pytest.fixture(autouse=True)
def paris(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPPS_DATA", "paris")
    monkeypatch.setenv("CPPS_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")


Captured = pytest.CaptureFixture[str]


def answer(capsys: Captured, *words: str) -> dict[str, Any]:
    """The JSON of a run that goes well."""
    capsys.readouterr()
    assert main([*words, "--format", "json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


# --- what is printed


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_output_is_utf8_whatever_the_console(format: str, language: str) -> None:
    done = subprocess.run(
        [*CPPS, "show", "1.4", "--format", format],
        env={**os.environ, "CPPS_LANG": language, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "Prévenir la récidive" in done.stdout.decode("utf-8")


def test_what_is_said_is_utf8_whatever_the_console() -> None:
    done = subprocess.run(
        [*CPPS, "derive", "-a", "forêt → 中"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "`forêt → 中`" in done.stderr.decode("utf-8")


# --- what is searched


@pytest.mark.parametrize("words", ["recidive", "récidive", "RÉCIDIVE", "Recidive MINEURS"])
def test_search_counts_neither_accents_nor_case(words: str, capsys: Captured) -> None:
    found = answer(capsys, "list-actions", "--search", words)["sheets"]
    assert [sheet["number"] for sheet in found] == ["1.4"]


@pytest.mark.parametrize("words", ["recidive", "RÉCIDIVE", "coeur", "cœur", "l'ecole", "l’école"])
def test_search_reads_the_title_and_not_only_the_code(words: str) -> None:
    title = "Placer la lutte contre la récidive au cœur de l’École"
    sheet = ActionSheet.model_validate({"code": "x", "axis": "a", "title": title})
    assert with_words([sheet], words) == (sheet,)
    assert with_words([sheet], words + " absent") == ()


# --- how a run ends


@pytest.mark.parametrize("module", ["cpps_cli.cli", "typer", "pydantic", "cpps_cli.cli.options"])
def test_interruption_before_anything_is_said_is_silent(module: str) -> None:
    reads, writes = os.pipe()
    words = [module, str(writes), "renegotiation-status", "--on", "2017-09-01"]
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[writes],
    ) as run:
        os.close(writes)
        begun = os.read(reads, 1)  # nothing, had it ended without importing the module
        os.close(reads)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert (begun, run.returncode, out, err) == (b"!", 130, b"", b"")


def test_fault_of_ours_is_one_sentence_and_what_to_do(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "contract", lambda *_: 1 // 0)
    assert main(["list-actions"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    said, to_do = printed.err.splitlines()
    assert said.startswith("cpps: this should not have happened (ZeroDivisionError: ")
    assert to_do.startswith("cpps: nothing was lost; run it again with `--debug`")


@pytest.mark.parametrize("words", [["--debug", "list-actions"], ["list-actions", "--debug"]])
def test_fault_of_ours_has_its_traceback_with_debug(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", FAILING, *words], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"Traceback (most recent call last):\n")
    assert done.stderr.splitlines()[-1].startswith(b"ZeroDivisionError")


def test_fault_of_ours_has_no_traceback_in_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAILING, "list-actions"], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (2, b"", False)


# --- renegotiation-status


def test_every_generation_is_listed_with_all(capsys: Captured) -> None:
    asked = ("renegotiation-status", "--on", "2017-09-01")
    current = {item["id"] for item in answer(capsys, *asked)["contracts"]}
    every = {item["id"] for item in answer(capsys, *asked, "--all")["contracts"]}
    assert current < every
    assert {name.partition("/")[0] for name in current} == {"cpps-2015-2020"}
    assert {"cps-2000", "cps-2009", "cpps-2015-2020", "cpps-2023-2026"} <= every


@pytest.mark.parametrize("words", [[], ["--all"]])
def test_faulty_overlay_is_said_beside_the_other_contracts(
    words: list[str], capsys: Captured, tmp_path: Path
) -> None:
    assert main(["init", "lib", "--example"]) == 0
    overlay = tmp_path / "lib/contrat-exemple-2021-2026/local/EX001.toml"
    overlay.write_text(overlay.read_text("utf-8") + "\nbogus = 1\n", encoding="utf-8")
    capsys.readouterr()
    asked = ["renegotiation-status", "--on", "2024-01-01", "--data", "lib", "--format", "json"]
    assert main([*asked, *words]) == 1
    printed = capsys.readouterr()
    listed = {item["territory"] for item in json.loads(printed.out)["contracts"]}
    assert "EX002" in listed
    assert len(printed.err.splitlines()) == 1
    assert "EX001.toml" in printed.err
    assert "error[CP101]" in printed.err


# --- derive


@pytest.mark.parametrize("words", [["-a", "19"], ["--all"], ["-a", "19", "-o", "again.toml"]])
def test_derived_contract_is_not_derived_again(
    words: list[str], capsys: Captured, tmp_path: Path
) -> None:
    assert main(["derive", "-a", "19", "-o", "19.toml"]) == 0
    capsys.readouterr()
    assert main(["derive", *words, "--data", "19.toml"]) == 2
    printed = capsys.readouterr()
    said = "cpps: `19.toml` holds one derived contract: derive it from its library\n"
    assert printed == ("", said)
    assert not (tmp_path / "again.toml").exists()


def test_contract_holds_on_the_very_day_of_its_signature(capsys: Captured) -> None:
    assert main(["derive", "-a", "18", "--on", "2015-05-04"]) == 1
    assert main(["list-actions", "--on", "2015-05-05"]) == 0
    assert "it had no text" not in capsys.readouterr().out
    derived = answer(capsys, "derive", "-a", "18", "--on", "2015-05-05")
    assert derived["summary"]["inherited"] == 31


def test_local_text_holds_on_the_very_day_of_its_signature(capsys: Captured) -> None:
    before = answer(capsys, "derive", "-a", "19", "--on", "2016-05-09")
    since = answer(capsys, "derive", "-a", "19", "--on", "2016-05-10")
    assert (before["contract"]["basis"], before["summary"]["inherited"]) == ("no_text", 31)
    assert since["contract"]["basis"] == "partial"
    assert since["summary"]["adapted"] > 0


def test_search_knows_that_oe_may_be_one_letter() -> None:
    from cpps_cli.model.sheet import plain

    assert plain("CŒUR de l’Été") == plain("coeur de l'ete")
