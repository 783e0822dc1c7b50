"""A national library, and what it costs to ask it something.

    python benchmarks/france.py write FOLDER [--communes 350] [--seed 1]
    python benchmarks/france.py run [--communes 350,3500,35000] [--seed 1] [--folder DIR]
    python benchmarks/france.py beside PYTHON PYTHON [--communes 3500] [--rounds 3]
    python benchmarks/france.py quick

`write` writes one framework of 31 sheets and a local contract for each commune: the layout, and how
the texts are drawn, are told in `nation/__init__.py`.

`run` asks libraries of several sizes what needs all of their files, and prints a Markdown table:
seconds; the peak memory of all processes together; how many times longer it took than reading and
parsing the same files with tomli on the same cores, as measured just before and just after, by the
clock and by the processor's time, which other work on the machine disturbs less; and the exponent
of the processor's time from one size to the next. `quick` does it with 350 communes. Both end with
1 where a question does. `beside` asks the builds of two interpreters the same questions in turns,
and prints how many times the processor's time and the memory of the first the second took: the
median of the rounds. Linux only: the memory is read in /proc.

Needs cpps installed in the environment that runs it.
"""

import argparse
import math
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from itertools import pairwise
from pathlib import Path
from statistics import median

from measured import Cost, measured
from nation import write_nation

DAY = "2026-02-01"
QUESTIONS = (
    ("check",),
    ("derive", "--all", "--on", DAY),
    ("derive", "--all", "--on", DAY, "--format", "csv"),
    ("derive", "--all", "--on", DAY, "--format", "json"),
    ("coverage", "--on", DAY),
    ("coverage", "--on", DAY, "--format", "csv"),
    ("coverage", "--left-out", "--on", DAY),
    ("coverage", "--to-review", "--on", DAY),
    ("list-contracts", "--on", DAY),
    ("update", "--on", DAY),
    ("renegotiation-status", "--on", DAY),
    ("renegotiation-status", "--on", DAY, "--format", "csv"),
    ("export", "--format", "csv", "--on", DAY, "--output", "sheets.csv", "--force"),
    ("derive", "--territory", "01001", "--on", DAY, "--format", "json"),
)
# The least that any answer about all of the files can do, shared between the same cores.
BARE = """
import multiprocessing, os, sys
from pathlib import Path
import tomli
def load(path):
    with open(path, "rb") as stream:
        tomli.load(stream)
if __name__ == "__main__":
    files = sorted(map(str, Path(sys.argv[1]).rglob("*.toml")))
    cores = int(sys.argv[2])
    if cores == 1:
        list(map(load, files))
    else:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            for _nothing in pool.imap_unordered(load, files, chunksize=50):
                pass
"""
Row = tuple[str, list[Cost], list[tuple[float, float]]]


def main() -> None:
    """Runs the command line."""
    asked = _arguments()
    match asked.verb:
        case "write":
            write_nation(asked.folder, asked.communes, asked.seed)
        case "quick":
            _run([350], 1, None)
        case "beside":
            _beside(asked.builds, asked.communes, asked.rounds)
        case _:
            _run([int(size) for size in asked.communes.split(",")], asked.seed, asked.folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    write = verbs.add_parser("write", help="write a library")
    write.add_argument("folder", type=Path)
    write.add_argument("--communes", type=int, default=350)
    write.add_argument("--seed", type=int, default=1)
    run = verbs.add_parser("run", help="measure libraries of several sizes")
    run.add_argument("--communes", default="350,3500,35000")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--folder", type=Path, help="where the libraries are, or are to be written")
    beside = verbs.add_parser("beside", help="measure two builds in turns")
    beside.add_argument("builds", nargs=2, metavar="PYTHON", help="an interpreter that has cpps")
    beside.add_argument("--communes", type=int, default=3500)
    beside.add_argument("--rounds", type=int, default=3)
    verbs.add_parser("quick", help="measure the small one")
    return parser.parse_args()


def _run(sizes: list[int], seed: int, folder: Path | None) -> None:
    kept = folder.resolve() if folder else None
    with tempfile.TemporaryDirectory() as temporary, chdir(temporary):  # what is written goes there
        libraries = [_library(kept or Path(temporary), size, seed) for size in sizes]
        print(_head(sizes))
        rows = [_measured(words, libraries, sizes) for words in QUESTIONS]
        failed = [name for name, costs, _ratios in rows if any(cost.code for cost in costs)]
    if failed:
        sys.exit(f"ended with an error: {', '.join(failed)}")


def _library(folder: Path, communes: int, seed: int) -> Path:
    library = folder / f"{communes}-{seed}"
    if not library.exists():
        print(f"writing {communes} communes", file=sys.stderr)
        write_nation(library, communes, seed)
    return library


def _measured(words: tuple[str, ...], libraries: list[Path], sizes: list[int]) -> Row:
    """One line of the table, printed as soon as it is known."""
    environment = {**os.environ, "COLUMNS": "80", "CPPS_LANG": "en"}
    costs: list[Cost] = []
    ratios: list[tuple[float, float]] = []
    for library, size in zip(libraries, sizes, strict=True):
        least = [sys.executable, "-c", BARE, str(library), str(_cores(size))]
        command = [sys.executable, "-m", "cpps_cli", *words, "--data", str(library)]
        before = measured(least, environment)
        costs.append(measured(command, environment))
        after = measured(least, environment)
        ratios.append(
            (
                2 * costs[-1].seconds / (before.seconds + after.seconds),
                2 * costs[-1].cpu / (before.cpu + after.cpu),
            )
        )
    row = (" ".join(words), costs, ratios)
    print(_line(row, sizes), flush=True)
    return row


def _beside(builds: list[str], communes: int, rounds: int) -> None:
    """Prints a line for each question: seconds of the processors and MB of both, and the ratios."""
    print("| question | s | s | ratio | MB | MB | ratio |\n| --- |" + " ---: |" * 6)
    with tempfile.TemporaryDirectory() as temporary, chdir(temporary):
        library = _library(Path(temporary), communes, 1)
        for words in QUESTIONS:
            pairs = [[_asked(python, words, library) for python in builds] for _ in range(rounds)]
            print(f"| `{' '.join(words)}` | {_compared(pairs)} |", flush=True)


def _asked(python: str, words: tuple[str, ...], library: Path) -> Cost:
    environment = {**os.environ, "COLUMNS": "80", "CPPS_LANG": "en"}
    cost = measured([python, "-m", "cpps_cli", *words, "--data", str(library)], environment)
    if cost.code:
        sys.exit(f"{python} ended with {cost.code}: {' '.join(words)}")
    return cost


def _compared(pairs: list[list[Cost]]) -> str:
    cells = []
    for measure in ("cpu", "memory"):
        costs = [[getattr(cost, measure) for cost in pair] for pair in pairs]
        first, second = (median(side) for side in zip(*costs, strict=True))
        ratio = median(later / before for before, later in costs)
        cells += [f"{first:.1f}", f"{second:.1f}", f"{ratio:.3f}"]
    return " | ".join(cells)


def _cores(communes: int) -> int:
    """The cores that the command uses as well."""
    from cpps_cli.cli.parallel import workers_for

    return workers_for(communes)


def _head(sizes: list[int]) -> str:
    titles = ["question", *(f"{size:,} communes" for size in sizes)]
    titles += [f"exponent to {size:,}" for size in sizes[1:]]
    return "\n".join(["| " + " | ".join(titles) + " |", "| --- |" + " ---: |" * (len(titles) - 1)])


def _line(row: Row, sizes: list[int]) -> str:
    name, costs, ratios = row
    cells = [
        f"{cost.seconds:.1f} s, {cost.memory:.0f} MB, × {clock:.1f} and {processor:.1f}"
        for cost, (clock, processor) in zip(costs, ratios, strict=True)
    ]
    return "| " + " | ".join([f"`{name}`", *cells, *_exponents(costs, sizes)]) + " |"


def _exponents(costs: list[Cost], sizes: list[int]) -> Iterator[str]:
    """How the processor's time grows from one size to the next: 1 is as fast as the library."""
    for (few, many), (small, large) in zip(pairwise(sizes), pairwise(costs), strict=True):
        yield f"{math.log(large.cpu / small.cpu) / math.log(many / few):.2f}"


if __name__ == "__main__":
    main()
