"""Change the code in small ways, and see which changes no test notices (needs mutmut).

    python tools/mutation.py schedule          one room: half an hour on one processor
    python tools/mutation.py                   all of them: a night
    python tools/mutation.py --processes 1 engine update
    python tools/mutation.py --sample 300 engine    300 of them, drawn alike each time

Each room is changed in a copy of the tree of its own, one change at a time, and the tests that are
counted for it are run; of these, only those that reach what was changed. Prints one row a room, in
Markdown, and keeps what each survivor changed in a file that it names. The score is how many of all
mutants were killed or ran out of time; that of a sample comes with twice its standard error, for
other code has other mutants: scores are compared, not lists. mutmut leaves alone what stands
outside of functions, and functions with a decorator, properties among them. Exit status: 0 where
every room was run, 2 where one was not.
"""

import argparse
import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import tomli_w

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("src", "tests", "data", "docs", "README.md", "README.fr.md", "pyproject.toml")
# What becomes of a mutant: in the words of mutmut, and in ours.
FATES = {
    "killed": "killed",
    "survived": "survived",
    "no tests": "not reached",
    "timeout": "timed out",
}
# Shows what some mutants change, by name, in one process for all of them.
SHOW = """\
import sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
for name in sys.argv[1:]:
    print(name, get_diff_for_mutant(name), sep="\\n")
"""


# A name that no mutant has: mutmut makes the mutants, sees which tests reach them, and stops.
NONE = "none-of-them"


@dataclass(frozen=True)
class Played:
    """How the mutants of a room are played: on how many processors, and which of them."""

    processes: int
    sample: int | None
    seed: int


@dataclass(frozen=True)
class Room:
    """The files that are changed, and the tests that are counted."""

    changed: tuple[str, ...]
    tests: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def _files(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"src/cpps_cli/{folder}/{name}" for name in names)


# What makes `cpps update` and `cpps migrate`.
UPDATE = _files(
    "engine",
    *("update.py", "conflicts.py", "merge3.py", "resolution.py", "stale_reasons.py"),
    *("update_edits.py", "rebase/*"),
)
ROOMS = {
    "schedule": Room(
        _files("schedule", "*"),
        (
            "tests/schedule",
            "tests/cli/test_calendar.py",
            "tests/cli/test_renegotiation_status.py",
            "tests/cli/test_timeline.py",
            "tests/formats/test_to_ics.py",
            "tests/present/test_contracts.py",
        ),
    ),
    "engine": Room(_files("engine", "*"), ("tests/engine",), left_out=UPDATE),
    "update": Room(UPDATE, ("tests/engine",)),
}


def main(arguments: list[str]) -> int:
    """Runs the rooms one after the other, and prints a table of them in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sample", type=int, help="of each room, so many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    asked = parser.parse_args(arguments)
    if unknown := {*asked.rooms} - {*ROOMS}:
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    if importlib.util.find_spec("mutmut") is None:
        print("mutmut is not installed: pip install --group mutation", file=sys.stderr)
        return 2
    kept = Path(tempfile.mkdtemp(prefix="cpps-mutation-"))
    print(f"| room | mutants | {' | '.join(FATES.values())} | score |")
    print("|" + " --- |" * (len(FATES) + 3), flush=True)
    played = Played(asked.processes, asked.sample, asked.seed)
    ran = [_run(name, kept / f"{name}.txt", played) for name in asked.rooms or ROOMS]
    return 0 if all(ran) else 2


def _run(name: str, survivors: Path, played: Played) -> bool:
    """Runs a room in a copy of the tree, prints its row and writes its survivors."""
    with tempfile.TemporaryDirectory(prefix="cpps-mutants-") as folder:
        copy = Path(folder)
        _copied(ROOMS[name], copy)
        drawn = _drawn(copy, played)
        done = _mutmut(copy, "run", *_processes(played), *drawn, to=sys.stderr)
        if done.returncode:
            print(f"{name}: mutmut ended with {done.returncode}", file=sys.stderr)
            return False
        fates = _fates(copy)
        fates = {one: fates[one] for one in drawn or fates}
        alive = [one for one, fate in fates.items() if fate in {"survived", "no tests"}]
        command = [sys.executable, "-c", SHOW, *alive]
        with survivors.open("w", encoding="utf-8") as shown:
            subprocess.run(command, cwd=copy, stdout=shown, check=True)
    print(_row(name, fates, is_sample=bool(drawn)), flush=True)
    print(f"{name}: {len(alive)} survivors in {survivors}", file=sys.stderr)
    return True


def _drawn(copy: Path, played: Played) -> list[str]:
    """Draws the mutants of a sample, in their order; none where all are played."""
    if played.sample is None:
        return []
    _mutmut(copy, "run", *_processes(played), NONE, to=subprocess.DEVNULL)
    names = sorted(_fates(copy))
    drawn = random.Random(played.seed).sample(names, min(played.sample, len(names)))
    return sorted(drawn)


def _processes(played: Played) -> tuple[str, str]:
    return "--max-children", str(played.processes)


def _fates(copy: Path) -> dict[str, str]:
    """Says of each mutant what became of it, in the words of mutmut."""
    results = _mutmut(copy, "results", "--all", "true", to=subprocess.PIPE).stdout
    return dict(line.strip().rsplit(": ", 1) for line in results.splitlines() if line)


def _copied(room: Room, copy: Path) -> None:
    """Makes the copy, whose `pyproject.toml` says what mutmut is to do."""
    for name in COPIED:
        one = ROOT / name
        (shutil.copytree if one.is_dir() else shutil.copy)(one, copy / name)
    settings = {
        "source_paths": ["src/"],
        "only_mutate": [*room.changed],
        "do_not_mutate": [*room.left_out],
        "also_copy": [name for name in COPIED if name not in {"src", "tests", "pyproject.toml"}],
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": [*room.tests],
    }
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("\n" + tomli_w.dumps({"tool": {"mutmut": settings}}))


def _mutmut(copy: Path, *words: str, to: TextIO | int) -> subprocess.CompletedProcess[str]:
    """A command of mutmut; processes that tests start run what the copy holds, unchanged."""
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *words],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy / "src")},
        stdout=to,
        stderr=subprocess.DEVNULL if to == subprocess.DEVNULL else None,
        encoding="utf-8",
        check=False,
    )


def _row(name: str, fates: Mapping[str, str], *, is_sample: bool) -> str:
    count = Counter(fates.values())
    score = (count["killed"] + count["timeout"]) / len(fates)
    error = 2 * (score * (1 - score) / len(fates)) ** 0.5
    told = f"{score:.1%} ± {error:.1%}" if is_sample else f"{score:.1%}"
    cells = [f"{len(fates):,}", *(f"{count[fate]:,}" for fate in FATES), told]
    return f"| `{name}` | {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
