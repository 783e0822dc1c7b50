"""Commands that the product prints do what they say: each is run here, as it is printed."""

import re
import shlex
from pathlib import Path

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
CONTRACT = (
    'title = "Contrat"\nterritory = "T"\nlocal_territories = ["L", "M"]\n[[axes]]\ncode = "a"\n'
    'number = 1\n[[milestones]]\nkind = "signed"\non = 2015-01-01\n'
)
# The contract that verbs speak of is another one, and its places are communes.
LIBRARY = {
    "library.toml": 'format = 1\ntitle = "Communes"\ncontract = "other"\n',
    "territories.toml": '[territories]\nT.name = "Pays"\nL.name = "Le Bourg"\nM.name = "Val"\n',
    "other/contract.toml": 'title = "Autre"\nterritory = "T"\n[[axes]]\ncode = "a"\nnumber = 1\n',
    "c/contract.toml": CONTRACT,
    "c/sheets/s1.toml": 'title = "S1"\nnumber = "1.1"\naxis = "a"\nlead = "Pays"\n',
    "c/sheets/s2.toml": 'title = "S2"\nnumber = "1.2"\naxis = "a"\n',
    "c/amendments/av.toml": 'title = "Avenant"\nin_force_on = 2020-01-01\n[[adapt]]\n'
    'sheet = "s1"\nset.lead = "Commune"\n[[exclude]]\nsheet = "s2"\n',
    "c/local/L.toml": 'title = "L"\ntakes = "all"\n[[adapt]]\nsheet = "s1"\nset.lead = "Bourg"\n'
    '[[adapt]]\nsheet = "s2"\nset.title = "Ici"\n',
}


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in LIBRARY.items():
        path = Path("my lib", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Path("my lib")


def printed(capsys: Captured, *words: str, code: int = 0) -> tuple[str, list[str]]:
    """What a run says, and the commands in it, each on a line of its own or between backticks."""
    capsys.readouterr()
    assert main([*words, "--lang", "en"]) == code
    out, err = capsys.readouterr()
    lines = re.findall(r"^ +(cpps .+)$", out + err, re.MULTILINE)
    return out + err, lines + re.findall(r"`(cpps [a-z-]+ [^`]+)`", err)


def run(capsys: Captured, command: str) -> str:
    """Runs a command as it was printed."""
    program, *words = shlex.split(command)
    assert program == "cpps"
    return printed(capsys, *words)[0]


@pytest.mark.parametrize("side", ["parent", "local"])
def test_each_question_of_update_is_answered_as_printed(
    side: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    asked = ("update", "-a", "L", "-c", "c", "--on", "2021-01-01", "--data", "my lib")
    _text, commands = printed(capsys, *asked)
    assert len(commands) == 2
    for command in commands:
        assert "Written: c/local/L.toml" in run(capsys, command.replace("…", side))
    text, commands = printed(capsys, *asked)
    assert "Nothing is to be read again." in text
    assert commands == []


def test_update_of_all_says_what_writes_all(capsys: Captured) -> None:
    asked = ["update", "-c", "c", "--data", "my lib"]
    Path("my lib/c/local/L.toml").write_text('title = "L"\ntakes = "all"\n', encoding="utf-8")
    text = " ".join(printed(capsys, *asked)[0].split())
    [options] = re.findall(r"without a decision: add `(.+?)`", text)
    assert "Written: c/local/L.toml" in run(capsys, shlex.join(["cpps", *asked]) + f" {options}")


def test_what_to_do_after_start_and_before_record(capsys: Captured) -> None:
    at = ("-c", "c", "--data", "my lib")
    _text, [start] = printed(capsys, "record", "drafted", "--dated", "2020", "-a", "M", *at, code=2)
    text, commands = printed(capsys, *shlex.split(start)[1:])
    assert "c/local/M.toml written" in text
    assert len(commands) == 2
    for command in commands:
        run(capsys, command)


@pytest.mark.parametrize("kind", [["--empty"], ["--example"], []])
def test_what_to_do_after_init(kind: list[str], capsys: Captured) -> None:
    _text, commands = printed(capsys, "init", "a new one", *kind)
    assert len(commands) == 2
    for command in commands:
        run(capsys, command)
