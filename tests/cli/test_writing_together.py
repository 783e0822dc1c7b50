"""Two updates at once, and updates that end at any moment: nothing is lost, nothing is mixed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
import tomli

import cpps_cli
from cpps_cli.cli import main
from cpps_cli.library import transaction

DATA = Path(__file__).resolve().parents[2] / "data"
LOCAL = Path("contrat-exemple-2021-2026", "local")
Captured = pytest.CaptureFixture[str]

# Runs `cpps` in a child that is killed as it is about to do its n-th thing to a file of the folder,
# for n = 1, 2, … until a child comes to its end; then at moments drawn at random.
KILLED = """
import itertools, os, random, shutil, signal, sys, time
from pathlib import Path
from cpps_cli.cli import main
source, target, *words = sys.argv[1:]
LOCAL = "/local/"
WRITING = {"os.rename", "os.remove", "os.chmod", "fcntl.flock"}

def run(folder, hook=None):
    child = os.fork()
    if not child:
        if hook:
            sys.addaudithook(hook)
        sys.stdout = sys.stderr = open(os.devnull, "w")
        os._exit(main([*words, "--data", str(folder)]))
    return child

def dies_at(number):
    left = None
    def hook(event, arguments):
        nonlocal left
        if left is None and event == "open" and str(arguments[1]).startswith("x"):
            left = number
        if event == "open" and str(arguments[0]).endswith(".toml") and arguments[1] != "r":
            os._exit(99)  # a file of the user that is opened to be written in may be cut short
        if left and (event in WRITING or event == "open" and LOCAL in str(arguments[0])):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
    return hook

def fresh(name):
    return Path(shutil.copytree(source, Path(target) / name))

main(["update", "--data", source, "--format", "json"])  # imported once, for every child
for number in itertools.count(1):
    status = os.waitpid(run(fresh(f"step-{number}"), dies_at(number)), 0)[1]
    if not status:
        break
    assert os.WIFSIGNALED(status), status
start = time.perf_counter()
os.waitpid(run(fresh("whole")), 0)
lasts = time.perf_counter() - start
for number in range(8):
    child = run(fresh(f"moment-{number}"))
    time.sleep(random.uniform(0.3, 1) * lasts)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""
# Runs two commands at once, many times, each time on a folder of its own.
TOGETHER = """
import json, os, shutil, sys
from pathlib import Path
from cpps_cli.cli import main
source, target, rounds, *both = sys.argv[1:]
main(["update", "--data", source, "--format", "json"])

def run(folder, name, words, gate):
    child = os.fork()
    if not child:
        sys.stdout = open(os.devnull, "w")
        sys.stderr = open(folder / f"{name}.err", "w")
        os.read(gate, 1)
        code = main([*words, "--data", str(folder / "lib")])
        (folder / f"{name}.code").write_text(str(code))
        sys.stderr.flush()
        os._exit(0)
    return child

for number in range(int(rounds)):
    folder = Path(target) / str(number)
    shutil.copytree(source, folder / "lib")
    gate, opens = os.pipe()
    children = [run(folder, name, json.loads(both[name]), gate) for name in (0, 1)]
    os.write(opens, b"!!")
    for child in children:
        os.waitpid(child, 0)
    os.close(gate), os.close(opens)
"""
SCHEDULE = ["update", "-a", "1", "--take", "parent", "--sheet", "3.1", "--field", "schedule"]
LEAD = ["update", "-a", "1", "--refuse", "Non", "--sheet", "1.1", "--field", "lead"]


@pytest.fixture
def lib() -> Path:
    """The fictional town; in the text of the Moulin two things are asked."""
    copied = Path(copytree(DATA / "exemple", "lib"))
    path = copied / LOCAL / "EX001.toml"
    text = path.read_text("utf-8")
    old = 'sheet = "decrochage-scolaire"\n'
    path.write_text(text.replace(old, f'{old}set.lead = "Ici"\n'), "utf-8")
    return copied


def play(script: str, *words: object) -> None:
    source = str(Path(cpps_cli.__file__).parents[1])
    subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        env={**os.environ, "PYTHONPATH": source},
        stdout=subprocess.DEVNULL,
        timeout=240,
        check=True,
    )


def held(library: Path) -> dict[str, bytes]:
    """Every file but those that a killed run could not take away."""
    return {
        path.relative_to(library).as_posix(): path.read_bytes()
        for path in library.rglob("*")
        if path.is_file() and not re.fullmatch(r"\.[0-9a-f]{16}\.tmp", path.name)
    }


def test_killed_at_any_moment_each_file_is_the_old_or_the_new_one(
    capsys: Captured, lib: Path, tmp_path: Path
) -> None:
    words = ["update", "--all", "--apply"]
    play(KILLED, lib, tmp_path / "killed", *words)
    old, new = held(lib), held(tmp_path / "killed" / "whole")
    changed = {file for file in old if old[file] != new[file]}
    assert changed == {str(LOCAL / "EX001.toml"), str(LOCAL / "EX003.toml")}
    states: dict[tuple[bool, ...], Path] = {}
    killed = sorted((tmp_path / "killed").iterdir())
    assert len(killed) > 18
    for library in killed:
        found = held(library)
        assert found.keys() == old.keys()
        assert all(found[file] in (old[file], new[file]) for file in old), library
        states[tuple(found[file] == new[file] for file in sorted(changed))] = library
    # Before the first file, between the two, and after both.
    assert states.keys() == {(False, False), (True, False), (True, True)}
    left = [library for library in killed if list((library / LOCAL).glob(".*.tmp"))]
    assert main(["check", str(left[0])]) == 0
    assert ".tmp" not in capsys.readouterr().out
    for library in (*states.values(), *left[:1]):
        assert main([*words, "--data", str(library)]) == 0
        assert held(library) == new
        assert not list(library.rglob(".*.tmp"))
    capsys.readouterr()


def test_two_decisions_at_once_are_both_held_or_one_is_refused(
    capsys: Captured, lib: Path, tmp_path: Path
) -> None:
    rounds = 12
    play(TOGETHER, lib, tmp_path / "rounds", rounds, json.dumps(SCHEDULE), json.dumps(LEAD))
    for number in range(rounds):
        folder = tmp_path / "rounds" / str(number)
        codes = [int((folder / f"{name}.code").read_text()) for name in (0, 1)]
        said = [(folder / f"{name}.err").read_text("utf-8") for name in (0, 1)]
        text = (folder / "lib" / LOCAL / "EX001.toml").read_text("utf-8")
        changes = {item["sheet"]: item for item in tomli.loads(text)["adapt"]}
        made = [
            "schedule" not in changes["mediation-nocturne"].get("set", {}),
            changes["decrochage-scolaire"].get("refused") == {"lead": "Non"},
        ]
        # The first takes the parent's words: the reason of what went is to be read again.
        for code, err, done, mute in zip(codes, said, made, (False, True), strict=True):
            assert (code, err == "") == ((0, mute) if done else (1, False))
            assert mute or not done or err.count("\n") == err.count("the reason stays") == 1
            assert done or "was changed by another program meanwhile" in err
        assert any(made)
        assert len(list((folder / "lib" / LOCAL).glob("*.*"))) == 3


def test_decision_made_between_reading_and_writing_is_not_overwritten(
    capsys: Captured, lib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = transaction.replace_if_unchanged
    others = [[*LEAD, "--data", "lib"]]

    def interrupted(path: Path, before: bytes, text: str) -> None:
        if others:
            assert main(others.pop()) == 0
            capsys.readouterr()
        real(path, before, text)

    monkeypatch.setattr("cpps_cli.library.transaction.replace_if_unchanged", interrupted)
    assert main([*SCHEDULE, "--data", "lib"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "EX001.toml` was changed by another program meanwhile" in err
    assert "run the command again" in err
    changes = tomli.loads((lib / LOCAL / "EX001.toml").read_text("utf-8"))["adapt"]
    assert changes[0]["refused"] == {"lead": "Non"}
    assert "schedule" in changes[1]["set"]
    assert main([*SCHEDULE, "--data", "lib"]) == 0
    changes = tomli.loads((lib / LOCAL / "EX001.toml").read_text("utf-8"))["adapt"]
    assert changes[0]["refused"] == {"lead": "Non"}
    assert "set" not in changes[1]
