"""Whether engines count what cpps counts, on a national library taken to them, and what it costs.

    python benchmarks/engines.py run [--communes 350,3500,35000] [--seed 1] [--folder DIR]
    python benchmarks/engines.py quick

Writes the library (`nation/`), exports it with `cpps export --format parquet`, then asks the
questions of `docs/engines.md`, taken from that page word for word: with DuckDB, with Dask on the
cores of this machine, and with Dask through a scheduler and two workers, each a process of its own.
Prints a Markdown table of seconds and peak memory. The answers of all must be those of `cpps
coverage`; ends with 1 where a number differs. Linux only: the memory is read in /proc.

Needs `pip install --group engines`, and cpps with its extra `tables` in the same environment.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measured import Cost, measured
from nation import write_nation

DAY = "2026-02-01"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "engines.md"
TABLES = "tables"  # the folder that the page speaks of
Answers = dict[str, dict[str, int]]

ORIGINS = ("inherited", "adapted", "merged", "added")
DUCKDB = """
import json, re
import duckdb

asked = open("asked.txt", encoding="utf-8").read()
answers = {}
for statement in filter(str.strip, asked.split(";")):
    rows = duckdb.sql(statement)
    if name := re.search(r"^-- (\\w+):", statement, re.MULTILINE):
        answers[name[1]] = {" ".join(row[:-1]): row[-1] for row in rows.fetchall()}
json.dump(answers, open("answers.json", "w"))
"""
DASK = """
import json, sys
from contextlib import ExitStack

if __name__ == "__main__":
    with ExitStack() as stack:
        if "cluster" in sys.argv:
            from dask.distributed import Client, LocalCluster

            two = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
            stack.enter_context(Client(stack.enter_context(two)))
        asked = {}
        exec(open("asked.txt", encoding="utf-8").read(), asked)
        answers = {}
        for name in ("by_sheet", "by_departement", "by_origin"):
            answers[name] = {
                key if isinstance(key, str) else " ".join(key): int(count)
                for key, count in asked[name].items()
            }
    json.dump(answers, open("answers.json", "w"))
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """How an engine is asked: the language of its block in the page, and what runs that."""

    name: str
    language: str
    script: str
    how: str = ""


ENGINES = (
    Engine("DuckDB", "sql", DUCKDB),
    Engine("Dask, this process", "python", DASK),
    Engine("Dask, two workers", "python", DASK, "cluster"),
)


def main() -> None:
    """Runs the command line."""
    asked = _arguments()
    sizes = [350] if asked.verb == "quick" else [int(size) for size in asked.communes.split(",")]
    print("| communes | what | seconds | of the processor | MB |")
    print("| ---: | --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as temporary:
        differing = [
            name
            for size in sizes
            for name in _compared(asked.folder or Path(temporary), size, asked.seed)
        ]
    if differing:
        sys.exit(f"not the numbers of `cpps coverage`: {', '.join(differing)}")
    print("\nAll numbers agree.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="libraries of several sizes")
    run.add_argument("--communes", default="350,3500,35000")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--folder", type=Path, help="where the libraries are, or are to be written")
    verbs.add_parser("quick", help="the small one").set_defaults(folder=None, seed=1)
    return parser.parse_args()


def _compared(folder: Path, size: int, seed: int) -> list[str]:
    """Measures one size; the questions that an engine answered otherwise than cpps."""
    library, work = folder / f"{size}-{seed}", folder / f"{size}-{seed}-engines"
    if not library.exists():
        print(f"writing {size} communes", file=sys.stderr)
        write_nation(library, size, seed)
    work.mkdir(exist_ok=True)
    cpps = [sys.executable, "-m", "cpps_cli", "--data", str(library)]
    export = ("export", "--format", "parquet", "--output", str(work / TABLES), "--force")
    cost = measured([*cpps, *export, "--on", DAY], _environment())
    _print_row(size, "`cpps export --format parquet`", cost)
    expected = _counted_by_cpps(cpps)
    differing: list[str] = []
    for engine in ENGINES:
        cost, answers = _asked(work, engine)
        _print_row(size, engine.name, cost)
        differing += [
            f"{engine.name}: {question}, {size} communes"
            for question, counts in expected.items()
            if answers.get(question) != counts
        ]
    return differing


def _counted_by_cpps(cpps: list[str]) -> Answers:
    """The same, counted in what the commands give, line by line."""
    by_sheet, by_departement, by_origin = Counter[str](), Counter[str](), Counter[str]()
    for row in _lines([*cpps, "coverage", "--on", DAY, "--format", "csv"]):
        by_sheet[f"{row['sheet']} {row['state']}"] += 1
        if row["to_reread"] == "true":
            territory = row["territory"]
            by_departement[territory[: 3 if territory.startswith("97") else 2]] += 1
    for row in _lines([*cpps, "derive", "--all", "--on", DAY, "--format", "csv"]):
        if row["basis"] != "no_text" and row["origin"] in ORIGINS:
            by_origin[row["origin"]] += 1
    return {"by_sheet": by_sheet, "by_departement": by_departement, "by_origin": by_origin}


def _lines(command: list[str]) -> Iterator[dict[str, str]]:
    with subprocess.Popen(
        command, env=_environment(), stdout=subprocess.PIPE, encoding="utf-8"
    ) as run:
        if run.stdout is not None:
            yield from csv.DictReader(run.stdout)
    if run.returncode:
        sys.exit(f"ended with an error: {' '.join(command)}")


def _asked(work: Path, engine: Engine) -> tuple[Cost, Answers]:
    """What an engine answers to the questions of the page, each by its name."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^```{engine.language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    if found is None:
        sys.exit(f"{PAGE.name} asks nothing in {engine.language}")
    (work / "asked.txt").write_text(found[1], encoding="utf-8")
    (work / "script.py").write_text(engine.script, encoding="utf-8")
    (work / "answers.json").unlink(missing_ok=True)
    cost = measured([sys.executable, "script.py", engine.how], _environment(), work)
    if cost.code:
        sys.exit(f"{engine.name} ended with an error: run script.py in {work}")
    answers: Answers = json.loads((work / "answers.json").read_text(encoding="utf-8"))
    return cost, answers


def _print_row(size: int, what: str, cost: Cost) -> None:
    if cost.code:
        sys.exit(f"ended with an error: {what}")
    cells = (f"{size:,}", what, f"{cost.seconds:.1f}", f"{cost.cpu:.1f}", f"{cost.memory:.0f}")
    print(f"| {' | '.join(cells)} |", flush=True)


def _environment() -> dict[str, str]:
    return {**os.environ, "CPPS_LANG": "en"}


if __name__ == "__main__":
    main()
