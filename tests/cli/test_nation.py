"""Libraries with more local contracts than one process should read, or a screen could show."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from cpps_cli.cli import coverage as coverage_verb
from cpps_cli.cli import main, parallel, renegotiation_status
from cpps_cli.cli.check import everything_wrong
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.records import json_around, json_items, json_text
from cpps_cli.library.reader import LibraryFolder

DAY = date(2026, 2, 1)

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
CONTRACT = "cadre-national"
COMMUNES = 60
Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
MANY = (
    ("check", "--format", "json"),
    ("check", "--format", "full"),
    ("derive", "--all", "--format", "json"),
    ("derive", "--all", "--format", "csv"),
    ("derive", "--all", "--format", "markdown"),
    ("coverage", "--format", "json"),
    ("coverage", "--format", "csv"),
    ("coverage", "--sheet", "mesure-03"),
    ("coverage", "--sheet", "mesure-03", "--format", "json"),
    ("coverage", "--sheet", "mesure-03", "--format", "csv"),
    ("coverage", "--left-out"),
    ("coverage", "--left-out", "--format", "json"),
    ("coverage", "--left-out", "--sheet", "mesure-03", "--format", "json"),
    ("coverage", "--left-out", "--format", "csv"),
    ("coverage", "--to-review", "--within", "9999"),
    ("coverage", "--to-review", "--within", "9999", "--format", "json"),
    ("coverage", "--to-review", "--within", "9999", "--format", "csv"),
    ("list-contracts",),
    ("list-contracts", "--format", "json"),
    ("list-contracts", "--format", "csv"),
    ("update",),
    ("update", "--format", "json"),
    ("update", "--check", "--format", "csv"),
    ("renegotiation-status", "--on", "2025-03-01", "--format", "json"),
    ("renegotiation-status", "--on", "2025-03-01", "--format", "csv"),
    ("renegotiation-status", "--on", "2027-03-01", "--missed", "--format", "json"),
)
OPENED = """
import sys
def note(event, details):
    if event == "open" and str(details[0]).endswith(".toml"):
        sys.stderr.write(f"opened {details[0]}\\n")
sys.addaudithook(note)
from cpps_cli.cli import main
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample of the nation that is measured."""
    folder = tmp_path_factory.mktemp("nation") / "library"
    script = str(BENCHMARKS / "france.py")
    words = ("write", str(folder), "--communes", str(COMMUNES), "--seed", "7")
    subprocess.run([sys.executable, script, *words], check=True)
    return folder


@pytest.fixture
def faulty(nation: Path, tmp_path: Path) -> Path:
    """The same with two bad files: one is no TOML, one changes a sheet that is not there."""
    folder = copytree(nation, tmp_path / "faulty")
    local = folder / CONTRACT / "local"
    (local / "31001.toml").write_text("title = \n", encoding="utf-8")
    with (local / "44001.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[exclude]]\nsheet = "mesure-99"\nreason = "Essai."\n')
    return folder


def answer(folder: Path, words: tuple[str, ...], capsys: Captured) -> tuple[int, str, str]:
    code = main([*words, "--data", str(folder)])
    out, err = capsys.readouterr()
    return code, out, err


def share(monkeypatch: Patch, workers: int) -> None:
    """Has every answer made as for a nation, by so many processes, some things at a time."""
    monkeypatch.setattr(parallel, "AT_A_TIME", 7)
    monkeypatch.setattr(parallel, "workers_for", lambda count: workers)
    monkeypatch.setattr(coverage_verb, "MOST_SHOWN", 10)
    monkeypatch.setattr(renegotiation_status, "MOST_LISTED", 10)


@pytest.mark.parametrize("words", MANY, ids=" ".join)
@pytest.mark.parametrize("workers", [1, 3])
def test_answer_is_the_same_however_the_work_is_shared(
    words: tuple[str, ...], workers: int, faulty: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    expected = answer(faulty, words, capsys)
    share(monkeypatch, workers)
    assert answer(faulty, words, capsys) == expected
    assert "31001" in expected[1] + expected[2]


def test_sound_nation_passes(nation: Path, monkeypatch: Patch, capsys: Captured) -> None:
    share(monkeypatch, 2)
    code, out, err = answer(nation, ("check", "--format", "json"), capsys)
    assert (code, err) == (0, "")
    assert {item["code"] for item in json.loads(out)["diagnostics"]} <= {"CP408", "CP410"}


def test_one_bad_file_among_many_is_reported_like_one_among_few(
    faulty: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    share(monkeypatch, 2)
    code, out, _err = answer(faulty, ("check",), capsys)
    assert code == 1
    assert "local/31001.toml:1:9\n" in out
    assert " 1 | title =\n" in out
    assert "not in `cadre-national`" in out
    assert out.count("error[") == 2


def test_local_contract_at_fault_is_missing_and_said_so(
    faulty: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    share(monkeypatch, 2)
    code, out, err = answer(faulty, ("coverage", "--format", "json"), capsys)
    assert code == 1
    assert json.loads(out)["passed_over"] == ["31001", "44001"]
    assert [line.partition("local/")[2][:10] for line in err.splitlines()] == [
        "31001.toml",
        "44001.toml",
    ]


def test_table_of_many_counts_them(nation: Path, monkeypatch: Patch, capsys: Captured) -> None:
    share(monkeypatch, 1)
    _code, out, _err = answer(nation, ("coverage",), capsys)
    assert f"31 sheets, {COMMUNES} local contracts" in out
    totals = [int(word) for word in out.split("Total")[1].split()[:7]]
    assert sum(totals) == 31 * COMMUNES
    _code, out, _err = answer(nation, ("renegotiation-status", "--on", "2025-03-01"), capsys)
    assert ["Total", str(COMMUNES + 1)] in [line.split() for line in out.splitlines()]


def test_table_names_those_asked_for_where_they_are_few(
    nation: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    expected = answer(nation, ("renegotiation-status", "--on", "2024-12-25"), capsys)
    monkeypatch.setattr(renegotiation_status, "_most", lambda *_asked: COMMUNES + 1)
    assert answer(nation, ("renegotiation-status", "--on", "2024-12-25"), capsys) == expected


@pytest.mark.parametrize(
    "words",
    [
        ("derive",),
        ("show", "mesure-03"),
        ("trace", "mesure-03"),
        ("coverage",),
        ("renegotiation-status",),
        ("update",),
        ("history",),
        ("export", "--format", "markdown"),
    ],
    ids=" ".join,
)
def test_question_about_one_commune_opens_its_files_only(
    words: tuple[str, ...], nation: Path
) -> None:
    command = [*words, "--territory", "31001", "--data", str(nation)]
    done = subprocess.run(
        [sys.executable, "-c", OPENED, *command], capture_output=True, text=True, check=True
    )
    opened = [line for line in done.stderr.splitlines() if line.startswith("opened ")]
    local = {line.partition("/local/")[2] for line in opened if "/local/" in line}
    assert local == {"31001.toml"}
    assert len(opened) < COMMUNES


def test_local_contracts_are_let_go_of(nation: Path) -> None:
    folder = LibraryFolder(nation)
    everything_wrong(folder, DAY)
    held = vars(folder)["_nouns"].keys() | vars(folder)["_parsed"].keys()
    assert not [file for file in held if "/local/" in file]


def test_file_that_was_let_go_of_is_not_told_to_be_wrong_twice(faulty: Path) -> None:
    folder = LibraryFolder(faulty)
    with folder.passing(CONTRACT) as faults:
        folder.overlay(CONTRACT, "31001")
    assert [fault.code for fault in faults] == ["CP002"]
    assert folder.overlay(CONTRACT, "31001") is None
    assert folder.faults == []


@pytest.mark.parametrize("words", [("--all",), ()])
def test_export_of_csv_is_the_table_of_all_that_is_derived(
    words: tuple[str, ...], faulty: Path, tmp_path: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    share(monkeypatch, 2)
    expected = answer(faulty, ("derive", "--all", "--format", "csv"), capsys)
    assert answer(faulty, ("export", *words, "--format", "csv"), capsys) == expected
    target = tmp_path / "sheets.csv"
    code, out, err = answer(
        faulty, ("export", *words, "--format", "csv", "-o", str(target)), capsys
    )
    assert (code, out, target.read_bytes().decode()) == (1, "", expected[1])
    assert "sheets.csv written: Cadre national fictif" in err
    again = answer(faulty, ("export", "--format", "csv", "-o", str(target)), capsys)
    assert (again[0], "exists already" in again[2]) == (2, True)


def test_export_of_csv_of_one_commune(nation: Path, capsys: Captured) -> None:
    words = ("--territory", "31001", "--format", "csv")
    expected = answer(nation, ("derive", *words), capsys)
    assert answer(nation, ("export", *words), capsys) == expected
    code, _out, err = answer(nation, ("export", *words, "--sheet", "1.1"), capsys)
    assert (code, "is the table of local contracts" in err) == (2, True)


# --- how the work is shared


def doubled(state: str, names: tuple[str, ...]) -> list[str]:
    return [state + name * 2 for name in names]


def refused(state: str, names: tuple[str, ...]) -> list[str]:
    raise CppsError("there is no `{name}`", name=names[0], exit_code=1)


def died(state: str, names: tuple[str, ...]) -> list[str]:
    os._exit(3)


@pytest.fixture(params=["fork", "spawn"])
def _method(request: pytest.FixtureRequest, monkeypatch: Patch) -> None:
    """Both ways to begin a process; a fork beside the threads of a test run would warn."""
    if request.param == "fork" and sys.platform == "linux" and sys.version_info < (3, 12):
        monkeypatch.setattr(parallel, "_method", lambda: "fork")
    else:
        monkeypatch.setattr(parallel, "_method", lambda: "spawn")


@pytest.mark.usefixtures("_method")
def test_results_come_in_order() -> None:
    names = [str(number) for number in range(170)]
    found = list(parallel.parallel(doubled, "a", names, 3))
    assert found == list(parallel.parallel(doubled, "a", names, 1))
    assert [item for part in found for item in part] == [f"a{name}{name}" for name in names]


@pytest.mark.usefixtures("_method")
def test_dead_end_in_another_process_is_the_same_dead_end() -> None:
    with pytest.raises(CppsError) as found:
        list(parallel.parallel(refused, "", ["x", *map(str, range(100))], 2))
    assert (found.value.message, found.value.values) == ("there is no `{name}`", {"name": "x"})
    assert found.value.exit_code == 1


def test_process_that_dies_is_no_silent_loss() -> None:
    with pytest.raises(RuntimeError, match="ended before its time"):
        list(parallel.parallel(died, "", [str(number) for number in range(100)], 2))


ALONE = """
import sys
from cpps_cli.cli import main
main(["check"])
sys.exit("multiprocessing" in sys.modules)
"""


def test_small_library_stays_in_one_process() -> None:
    assert parallel.workers_for(20) == 1
    subprocess.run([sys.executable, "-c", ALONE], capture_output=True, check=True)


# Who is begun in the background of a script ignores Ctrl-C, and so would its children.
STARTED = """
import multiprocessing, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from cpps_cli.cli import main, parallel
parallel.AT_A_TIME, parallel.workers_for = 7, lambda count: 2
received, told = parallel._received, []
def said(reader):
    if not told:
        told.extend(f"{child.pid}\\n" for child in multiprocessing.active_children())
        os.write(2, "".join(told).encode())
    return received(reader)
parallel._received = said
sys.exit(main(sys.argv[1:]))
"""


SLOW = STARTED.replace("return received(reader)", "made = received(reader); slow(); return made")
SLOW = "import time\nparts = []\n" + SLOW.replace(
    "sys.exit(main",
    """
def slow():
    parts.append(1)
    if len(parts) == 3:
        os.write(2, b"waiting\\n")
        time.sleep(60)
sys.exit(main""",
)


def started(nation: Path, *words: str, script: str = STARTED) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *words, "--data", str(nation)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def is_gone(process: int) -> bool:
    """Whether a process has ended; it is given a moment to."""
    for _moment in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


SIGNALLED = [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]


@pytest.mark.parametrize(("signalled", "code"), SIGNALLED)
def test_other_processes_end_with_the_one_that_asked(
    signalled: signal.Signals, code: int, nation: Path
) -> None:
    # Nobody reads its answer yet, so that all of them wait.
    with started(nation, "derive", "--all", "--format", "json") as run:
        assert run.stderr is not None
        others = [int(run.stderr.readline()) for _number in range(2)]
        run.send_signal(signalled)
        _out, err = run.communicate()
    assert (run.returncode, err) == (code, b"")
    assert all(map(is_gone, others))


@pytest.mark.parametrize(("signalled", "code"), SIGNALLED)
def test_table_that_is_broken_off_in_the_middle_leaves_nothing_for_long(
    signalled: signal.Signals, code: int, nation: Path, tmp_path: Path, capsys: Captured
) -> None:
    target = tmp_path / "sheets.csv"
    words = ("export", "--format", "csv", "-o", str(target))
    with started(nation, *words, script=SLOW) as run:
        assert run.stderr is not None
        others = [int(run.stderr.readline()) for _number in range(2)]
        assert run.stderr.readline() == b"waiting\n"
        [beside] = tmp_path.iterdir()
        assert beside.read_bytes().count(b"\n") > 2 * 7 * 12  # what is made is written, not held
        run.send_signal(signalled)
        _out, err = run.communicate()
    assert (run.returncode, err) == (code, b"")
    assert all(map(is_gone, others))
    assert list(tmp_path.iterdir()) == ([] if signalled == signal.SIGINT else [beside])
    expected = answer(nation, ("derive", "--all", "--format", "csv"), capsys)
    assert answer(nation, words, capsys)[0] == 0
    assert target.read_bytes().decode() == expected[1]
    assert list(tmp_path.iterdir()) == [target]


def test_closed_pipe_is_silent(nation: Path) -> None:
    with started(nation, "derive", "--all", "--format", "json") as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(10)
        run.stdout.close()
        told = run.stderr.read().split()
    assert (run.returncode, len(told)) == (0, 2)
    assert all(is_gone(int(number)) for number in told)


# --- answers in parts


def test_document_in_parts_has_the_same_bytes() -> None:
    for items in ([], [{"a": 1}], [{"a": []}, {"b": {"c": "\n x"}}, {}]):
        whole = {"schema": "x", "told": [], "items": items, "after": 3}
        texts = [json_items([item]) for item in items]
        empty = {**whole, "items": []}
        assert "".join(json_around(empty, "items", texts)) == json_text(whole)
    assert json_items([{"a": 1}, {}]) == '{\n      "a": 1\n    },\n    {}'


@pytest.mark.parametrize("seed", [1, 2])
def test_nation_is_the_same_for_the_same_seed(seed: int, tmp_path: Path) -> None:
    # Written by two processes, whose sets are in another order.
    for name in ("one", "other"):
        words = ("write", str(tmp_path / name), "--communes", "12", "--seed", str(seed))
        subprocess.run([sys.executable, str(BENCHMARKS / "france.py"), *words], check=True)
    one, other = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*.toml")}
        for root in (tmp_path / "one", tmp_path / "other")
    )
    assert one == other
    assert len(one) > 12 + 31 + 20
