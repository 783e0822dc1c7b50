"""One file that cannot be read: it is told once, where it is, and no other file is blamed.

What depends on it is not known, in words and in the exit code; the rest is answered.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
TEXTS = {
    "library.toml": 'format = 1\ntitle = "Bourg-Fictif"\ncontract = "c"\nfictional = true\n',
    "sources.toml": '[sources.S1]\ntitle = "Une source inventée"\n',
    "territories.toml": '[territories]\nT.name = "Bourg-Fictif"\nL.name = "L"\nM.name = "M"\n',
    "c/contract.toml": 'title = "C"\nterritory = "T"\nlocal_territories = ["L", "M"]\n'
    'term = "2024..2028"\nwindow = "2026"\n[[axes]]\ncode = "a"\nnumber = 1\n'
    '[[milestones]]\nkind = "signed"\non = "2024-01-01"\n',
    "c/sheets/s1.toml": 'title = "S1"\nnumber = "1.1"\naxis = "a"\nmeans = ["m1"]\n',
    "c/sheets/s2.toml": 'title = "S2"\nnumber = "1.2"\naxis = "a"\n',
    "c/amendments/av1.toml": 'title = "A"\nin_force_on = 2025-01-01\n[[adapt]]\nsheet = "s2"\n'
    'set.lead = "Y"\n',
    "c/local/L.toml": 'title = "L"\ntakes = "all"\nparent_version = "av1"\n[[adapt]]\n'
    'sheet = "s1"\nset.lead = "X"\n',
    "c/local/M.toml": 'title = "M"\ntakes = "all"\nparent_version = "av1"\n'
    '[contract]\nset.window = "2027"\n',
}
VERBS = (
    "list-contracts",
    "renegotiation-status --on 2026-03-01",
    "timeline --on 2026-03-01",
    "calendar --on 2026-03-01",
    "disputes",
    "coverage",
    "derive --all",
    "update",
    "derive -a L",
    "derive -a M",
    "compare s2",
    "list-actions",
    "list-programmes",
    "history",
    "show s1",
    "trace s1",
    "show s2 -a M",
    "timeline -a L --on 2026-03-01",
)
# Those that have all they need; the others end with 1.
_ALONE = {"derive -a M", "show s2 -a M"}
_OF_THE_PARENT = {"list-actions", "list-programmes", "history", "show s1", "trace s1"}
_OF_DAYS = {f"{verb} --on 2026-03-01" for verb in ("renegotiation-status", "timeline")}
_OF_DAYS |= {"timeline -a L --on 2026-03-01"}
ANSWERED = {
    "c/sheets/s1.toml": _OF_DAYS,
    "c/amendments/av1.toml": set[str](),
    "c/contract.toml": set[str](),
    "c/local/L.toml": {*_OF_THE_PARENT, *_ALONE},
    "c/local/M.toml": {*_OF_THE_PARENT, "derive -a L", "timeline -a L --on 2026-03-01"},
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "lib" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "lib"


def spoilt(library: Path, file: str) -> None:
    path = library / file
    path.write_text(f"inconnu = 1\n{path.read_text('utf-8')}", "utf-8")


def answers(library: Path, capsys: Captured) -> Iterable[tuple[str, int, str, str]]:
    for verb in VERBS:
        code = main(["--data", str(library), *verb.split()])
        out, err = capsys.readouterr()
        yield verb, code, out, err


def test_sound_library_is_answered(library: Path, capsys: Captured) -> None:
    assert {(code, err) for _verb, code, _out, err in answers(library, capsys)} == {(0, "")}


@pytest.mark.parametrize("file", ANSWERED)
def test_one_fault_is_told_once_and_blames_no_other_file(
    file: str, library: Path, capsys: Captured
) -> None:
    spoilt(library, file)
    for verb, code, _out, err in answers(library, capsys):
        told = re.findall(r"CP\d+", err)
        assert (verb, code) == (verb, int(verb not in ANSWERED[file]))
        assert (verb, told) == (verb, ["CP101"] * code)
        assert file in err or not code


def asked(words: str, library: Path, capsys: Captured) -> tuple[str, str]:
    assert main(["--data", str(library), *words.split()]) == 1
    return capsys.readouterr()


@pytest.mark.parametrize("file", ["c/sheets/s1.toml", "c/amendments/av1.toml"])
def test_list_counts_no_sheet_beside_half_a_parent(
    file: str, library: Path, capsys: Captured
) -> None:
    spoilt(library, file)
    out, _err = asked("list-contracts --format json", library, capsys)
    contracts = json.loads(out)["contracts"]
    assert {item["id"]: (item["at_fault"], item["sheets"]) for item in contracts} == dict.fromkeys(
        ("c", "c/L", "c/M"), (True, None)
    )
    out, _err = asked("list-contracts", library, capsys)
    assert "? not known: a file that the text rests on is at fault." in out
    assert "0/" not in out


def test_dates_that_an_unreadable_amendment_may_move_are_not_known(
    library: Path, capsys: Captured
) -> None:
    spoilt(library, "c/amendments/av1.toml")
    out, _err = asked("renegotiation-status --on 2026-03-01", library, capsys)
    assert "Not known, because a file is at fault: c, c/L." in out
    assert "no source gives" not in out
    assert "2028" not in out
    out, _err = asked("renegotiation-status --on 2026-03-01 --format json", library, capsys)
    answer = json.loads(out)
    assert answer["at_fault"] == ["c"]
    assert {item["id"]: item["state"] for item in answer["contracts"]} == {
        "c": "unknown",
        "c/L": "unknown",
        "c/M": "upcoming",
    }
    out, _err = asked("timeline --on 2026-03-01", library, capsys)
    assert "Not known, because a file is at fault: c." in out


def test_local_text_that_cannot_be_read_is_named(library: Path, capsys: Captured) -> None:
    spoilt(library, "c/local/L.toml")
    for verb in ("renegotiation-status --on 2026-03-01", "timeline --on 2026-03-01"):
        out, _err = asked(verb, library, capsys)
        assert "Not known, because a file is at fault: c/L." in out
