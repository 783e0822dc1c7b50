"""`cpps record`: what happened, in the user's own library and nowhere else."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import cpps_cli
from cpps_cli.cli import main, session
from cpps_cli.library.locate import bundled
from tests.unprivileged import UNPRIVILEGED

SOURCE = str(Path(cpps_cli.__file__).parents[1])
PARENT = "cpps-2015-2020/contract.toml"
OF_THE_19TH = "cpps-2015-2020/local/75119.toml"
Captured = pytest.CaptureFixture[str]


class Clock(datetime):
    """The runs of these tests take place on one day."""

    @classmethod
    def now(cls, tz: Any = None) -> "Clock":
        return cls(2019, 6, 1, 12, tzinfo=tz or UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "datetime", Clock)


@pytest.fixture
def mine(capsys: Captured) -> Path:
    """A library of the user's own."""
    assert main(["init", "mine"]) == 0
    capsys.readouterr()
    return Path("mine")


def record(*words: str) -> int:
    return main(["record", *words, "--data", "mine"])


def texts(library: Path) -> dict[str, bytes]:
    """Every file of the library, those that a write would leave behind too."""
    return {
        path.relative_to(library).as_posix(): path.read_bytes()
        for path in sorted(library.rglob("*"))
        if path.is_file()
    }


def line_of(words: str, file: str = PARENT) -> int:
    lines = Path("mine", file).read_text("utf-8").splitlines()
    return lines.index(words) + 1


def states(capsys: Captured, on: str, data: str = "mine") -> dict[str, str]:
    capsys.readouterr()
    words = ["renegotiation-status", "--on", on, "--data", data, "--format", "json"]
    assert main(words) == 0
    contracts = json.loads(capsys.readouterr().out)["contracts"]
    return {item["id"]: item["state"] for item in contracts}


def refused(capsys: Captured, mine: Path, *words: str, code: int = 2) -> str:
    """What is said of a milestone that is not recorded; nothing is written."""
    before = texts(mine)
    capsys.readouterr()
    assert record(*words) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert texts(mine) == before
    return err


# --- what is written


def test_renegotiation_of_the_19th_leaves_the_other_twenty_as_they_were(
    mine: Path, capsys: Captured
) -> None:
    day, eve = "2018-03-01", "2018-02-28"
    before = states(capsys, day)
    assert len(before) == 21
    assert set(before.values()) == {"due"}
    assert record("renegotiated", "--arrondissement", "19", "--dated", day) == 0
    after = states(capsys, day)
    assert after == {**before, "cpps-2015-2020/75119": "renegotiated"}
    assert states(capsys, eve) == states(capsys, eve, str(bundled("paris")))
    assert main(["check", "mine"]) == 0


def test_only_the_entry_is_added_and_what_follows_is_said(mine: Path, capsys: Captured) -> None:
    path = mine / OF_THE_19TH
    text = path.read_text("utf-8").replace('kind = "signed"', 'kind = "signed"  # au 19e')
    path.write_text(text, encoding="utf-8")
    before = texts(mine)
    words = [
        "renegotiated",
        "-a",
        "19e",
        "--dated",
        "01/03/2018",
        "--source",
        "S14",
        "--source",
        "S8",
    ]
    assert record(*words, "--body", "Le comité de pilotage", "--note", 'Sans "avenant".') == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "Recorded: CPSA 19e\n"
        "  • Mid-term renegotiation: 1 March 2018 (Le comité de pilotage). Sources: S14,\n"
        '    S8. Sans "avenant".\n'
        "  • In mine/cpps-2015-2020/local/75119.toml, line 55\n"
        "  • Renegotiation on 1 March 2018: due, now renegotiated\n"
        "Reconstruction from public sources, with no official standing.\n"
    )
    entry = (
        '[[milestones]]\nkind = "renegotiated"\non = "2018-03-01"\nbody = "Le comité de pilotage"\n'
        'sources = ["S14", "S8"]\nnote = "Sans \\"avenant\\"."\n\n'
    )
    after = texts(mine)
    assert {name for name in after if after[name] != before.get(name)} == {OF_THE_19TH}
    written = path.read_text("utf-8")
    assert written.replace(entry, "") == text
    assert written.split("\n")[54] == "[[milestones]]"


def test_answer_for_scripts(mine: Path, capsys: Captured) -> None:
    assert record("extended", "--dated", "2018-S2", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": "cpps.record/1",
        "reconstruction": True,
        "contract": "cpps-2015-2020",
        "file": "mine/cpps-2015-2020/contract.toml",
        "line": line_of('kind = "extended"') - 1,
        "milestone": "extended",
        "dated": "2018-S2",
        "body": None,
        "sources": [],
        "note": None,
        "on": "2018-12-31",
        "before": "overdue",
        "after": "overdue",
    }
    assert 'kind = "extended"\non = "2018-S2"\n' in (mine / PARENT).read_text("utf-8")


def test_parent_that_is_renegotiated_does_not_settle_its_local_contracts(
    mine: Path, capsys: Captured
) -> None:
    assert record("renegotiated", "--dated", "2018-S1", "--source", "S1") == 0
    out = capsys.readouterr().out
    assert "Renegotiation on 30 June 2018: due, now renegotiated" in out
    assert "Its local contracts are as before" in out
    assert "No source is named" not in out
    found = states(capsys, "2018-06-30")
    assert found.pop("cpps-2015-2020") == "renegotiated"
    assert set(found.values()) == {"due"}


def test_text_begun_for_an_arrondissement_takes_a_milestone(mine: Path, capsys: Captured) -> None:
    said = refused(capsys, mine, "renegotiated", "-a", "18", "--dated", "2018-03-01")
    assert said == (
        "cpps: no local text is held for 18e arrondissement: there is no file to record this in\n"
        "      begin one, then record: `cpps start -a 18 --data mine`\n"
    )
    assert main(["start", "-a", "18", "--data", "mine"]) == 0
    assert record("renegotiated", "-a", "18", "--dated", "2018-03-01") == 0
    found = states(capsys, "2018-03-01")
    assert [name for name, state in found.items() if state == "renegotiated"] == [
        "cpps-2015-2020/75118"
    ]
    assert main(["check", "mine"]) == 0


@pytest.mark.parametrize("kind", ["--example", "--empty"])
def test_every_kind_of_own_library_takes_a_milestone(kind: str, capsys: Captured) -> None:
    assert main(["init", "mine", kind]) == 0
    assert record("in-concertation", "--dated", "2018") == 0
    assert main(["check", "mine"]) == 0
    assert 'kind = "in_concertation"\non = "2018"\n' in "".join(
        path.read_text("utf-8") for path in Path("mine").glob("*/contract.toml")
    )


def test_line_ends_of_windows_stay(mine: Path) -> None:
    path = mine / OF_THE_19TH
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert record("reviewed", "-a", "19", "--dated", "2018-03-01") == 0
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf#:schema")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert b'\r\nkind = "reviewed"\r\n' in written


def test_milestone_after_the_term_is_recorded_and_remarked(mine: Path, capsys: Captured) -> None:
    """The term that is retained ends in 2020; the clock of these tests stands in 2019."""
    text = (mine / PARENT).read_text("utf-8").replace("2015-05-05..2020", "2015-05-05..2018")
    (mine / PARENT).write_text(text, encoding="utf-8")
    assert record("evaluated", "--dated", "2019-03") == 0
    out = capsys.readouterr().out
    assert "Its term ended on 31 December 2018, before that." in out
    assert "A later contract exists: CPPS 2023-2026 (`--contract cpps-2023-2026`)." in out


# --- what is refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["renegociated", "--dated", "2018"], "`renegociated` is not a milestone"),
        (["renegociated", "--dated", "2018"], "did you mean `renegotiated`?"),
        (["lunch", "--dated", "2018"], "known: `drafted`, `in_concertation`, `presented`"),
        (["reviewed", "--dated", "2017-02-30"], "`2017-02-30` is not in the calendar"),
        (["reviewed", "--dated", "30/02/2017"], "`30/02/2017` is not a day or a period"),
        (["reviewed", "--dated", "2017-S3"], "`2017-S3` is not a day or a period"),
        (["reviewed", "--dated", "2018..2017"], "`2018..2017` ends before it starts"),
        (["reviewed", "--dated", "2019-06-02"], "`2019-06-02` is still to come"),
        (["reviewed", "--dated", "2018", "--dialect", "excel"], "goes with `--format csv`"),
        (["reviewed", "--dated", "2018", "--body", " "], "`--body` is empty"),
        (["reviewed", "--dated", "2018", "--note", ""], "`--note` is empty"),
        (["reviewed", "--dated", "2018", "--source", "S99"], "there is no source `S99`"),
        (["reviewed", "--dated", "2018", "--source", "é è"], "there is no source `é è`"),
        (["reviewed", "--dated", "2018", "-a", "21"], "no territory is called `21`"),
        (["reviewed", "--dated", "2018", "-c", "cpps"], "there is no contract `cpps`"),
        (["signed", "--dated", "2015-05-05"], f"`signed` is on record already: {PARENT}, line "),
        (["signed", "--dated", "2016"], f"`signed` is on record already: {PARENT}, line "),
        (["presented", "--dated", "2015-03"], f"already: {PARENT}, line "),
        (["signed", "-c", "cps-2009", "--dated", "2009-03"], "`signed` is on record already"),
        (["signed", "-a", "10", "--dated", "2017-02-10"], "`signed` is on record already"),
        (
            ["drafted", "--dated", "2015-03-17"],
            f"`drafted` (2015-03-17) would come after `presented` (2015-03-16): {PARENT}, line ",
        ),
        (
            ["renegotiated", "-a", "19", "--dated", "2016-05-09"],
            f"(2016-05-09) would come before `signed` (2016-05-10): {OF_THE_19TH}, line ",
        ),
        (
            ["renegotiated", "-a", "14", "--dated", "2015-05-04"],
            "`renegotiated` (2015-05-04) would come before CPSA 14e begins (2015-05-05)",
        ),
    ],
)
def test_what_cannot_be_recorded_is_one_sentence(
    mine: Path, capsys: Captured, words: list[str], said: str
) -> None:
    assert said in refused(capsys, mine, *words)


def test_place_of_what_is_on_record_is_said(mine: Path, capsys: Captured) -> None:
    said = refused(capsys, mine, "signed", "--dated", "2015-05-05")
    line = line_of('kind = "signed"') - 1
    assert said.startswith(f"cpps: `signed` is on record already: {PARENT}, line {line}\n")


def test_milestone_before_the_draft_is_refused(mine: Path, capsys: Captured) -> None:
    assert main(["start", "-a", "18", "--drafted-on", "2016-01-10", "--data", "mine"]) == 0
    said = refused(capsys, mine, "validated", "-a", "18", "--dated", "2016-01-09")
    assert "`validated` (2016-01-09) would come before `drafted` (2016-01-10)" in said
    assert record("validated", "-a", "18", "--dated", "2016-01") == 0


def test_contract_that_is_replaced_is_not_amended_any_more(capsys: Captured) -> None:
    assert main(["init", "mine", "--example"]) == 0
    words = ("-c", "contrat-exemple-2016-2020", "--dated", "2018-06")
    assert record("amended", *words) == 0
    path = Path("mine/contrat-exemple-2016-2020/contract.toml")
    path.write_text(path.read_text("utf-8").replace("2021-03-15", "2018-05-31"), "utf-8")
    said = refused(capsys, Path("mine"), "extended", *words)
    assert "`extended` (2018-06) would come after `replaced` (2018-05-31)" in said
    assert record("evaluated", *words) == 0


def test_same_milestone_is_recorded_once(mine: Path, capsys: Captured) -> None:
    assert record("renegotiated", "-a", "19", "--dated", "2018-03-01") == 0
    said = refused(capsys, mine, "renegotiated", "-a", "19", "--dated", "2018-S1")
    assert said == (
        f"cpps: `renegotiated` is on record already: {OF_THE_19TH}, line 55\n"
        "      to correct it or to make it more precise, change it there\n"
    )


def test_two_bodies_of_one_month_are_two_milestones(mine: Path) -> None:
    assert record("presented", "--dated", "2015-03", "--body", "Le conseil du 19e") == 0


def test_milestones_in_one_list_are_not_rewritten(mine: Path, capsys: Captured) -> None:
    path = mine / "cpps-2023-2026/contract.toml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("\n[[axes]]", '\nmilestones = [{ kind = "drafted" }]\n\n[[axes]]', 1),
        encoding="utf-8",
    )
    words = ("presented", "-c", "cpps-2023-2026", "--dated", "2018")
    said = refused(capsys, mine, *words, code=1)
    assert "a milestone cannot be added to `cpps-2023-2026/contract.toml` without rewriting" in said


def test_error_that_the_entry_would_bring_is_shown_and_nothing_written(
    mine: Path, capsys: Captured
) -> None:
    said = refused(capsys, mine, "reviewed", "--dated", "2018", "--note", "a\x07b", code=1)
    assert "error[CP014]" in said
    assert "nothing was written: the library would no longer pass its check" in said


def test_fault_elsewhere_does_not_stand_in_the_way(mine: Path) -> None:
    other = mine / "cpps-2015-2020/local/75114.toml"
    other.write_text(other.read_text("utf-8") + "\nbogus = 1\n", encoding="utf-8")
    assert record("reviewed", "-a", "19", "--dated", "2018") == 0


def test_fault_in_the_file_is_said_first(mine: Path, capsys: Captured) -> None:
    path = mine / OF_THE_19TH
    path.write_text(path.read_text("utf-8") + "\nbogus = 1\n", encoding="utf-8")
    said = refused(capsys, mine, "reviewed", "-a", "19", "--dated", "2018", code=1)
    assert "error[CP101]" in said


@pytest.mark.parametrize("library", ["paris", "exemple"])
def test_bundled_library_is_not_written_in(library: str, capsys: Captured) -> None:
    before = texts(bundled(library))
    words = ["record", "reviewed", "--dated", "2018", "--data", str(bundled(library))]
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "comes with cpps: nothing is written in it" in err
    assert "cpps init DIR" in err
    assert texts(bundled(library)) == before


def test_date_must_be_given(mine: Path, capsys: Captured) -> None:
    assert "--dated" in refused(capsys, mine, "reviewed")


def test_interruption_leaves_nothing(
    mine: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    refused(capsys, mine, "reviewed", "--dated", "2018", code=130)


def test_file_changed_meanwhile_is_not_overwritten(
    mine: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sync = mine / PARENT, os.fsync

    def changed_meanwhile(descriptor: int) -> None:
        path.write_text(path.read_text("utf-8") + "# une autre main\n", encoding="utf-8")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", changed_meanwhile)
    assert record("reviewed", "--dated", "2018") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "was changed by another program meanwhile" in err
    assert path.read_text("utf-8").endswith("# une autre main\n")
    assert "reviewed" not in path.read_text("utf-8")


def test_library_that_may_not_be_written_is_said() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        mine = Path(name) / "mine"
        assert main(["init", str(mine)]) == 0
        folder = mine / "cpps-2015-2020"
        folder.chmod(0o555)
        words = ["record", "reviewed", "--dated", "2018", "--data", str(mine)]
        ran = subprocess.run(
            [*UNPRIVILEGED, sys.executable, "-m", "cpps_cli", *words],
            env={"PYTHONPATH": SOURCE, "PYTHONDONTWRITEBYTECODE": "1", "CPPS_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.endswith("contract.toml` cannot be written: permission denied\n")


def test_clock_of_these_tests() -> None:
    assert session.Session(None).today == date(2019, 6, 1)
