"""The size of the package, and what commands load, each with the bound that we keep."""

import ast
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tools.house.rooms import FOLDER, PACKAGE, lines_of

LIBRARY = FOLDER.parents[1] / "data" / "paris"
# What a command loads of ours, in a process of its own: all but `__main__`, which starts it.
LOADED = f"""\
import sys
from {PACKAGE}.cli import main
status = main(sys.argv[1:])
loaded = [name for name in sys.modules if name.partition(".")[0] == {PACKAGE!r}]
print(len(loaded), file=sys.stderr)
sys.exit(status)
"""
COMMANDS = {
    "list-actions --format json": 60,
    "derive -a 19": 75,
    "export --format docx --output contract.docx": 120,
}


class Figure(NamedTuple):
    """One thing measured; `step` is how finely a page tells it."""

    about: str
    value: int
    most: int | None
    step: int = 1
    where: str = ""

    @property
    def is_past(self) -> bool:
        """Says whether the bound is passed."""
        return self.most is not None and self.value > self.most


class Function(NamedTuple):
    """One function, methods and inner ones included: its lines from `def` to the last."""

    lines: int
    name: str


def figures(sources: dict[str, str]) -> list[Figure]:
    """Measures the sources, and the commands as they are installed."""
    return [*sizes(sources), *loaded()]


def sizes(sources: dict[str, str]) -> list[Figure]:
    """Measures files, classes and functions."""
    lengths = [lines_of([text]) for text in sources.values()]
    functions = sorted(_functions(sources))
    longest = functions[-1]
    counts = [function.lines for function in functions]
    return [
        Figure("files", len(sources), None),
        Figure("lines", sum(lengths), None, step=100),
        Figure("files under 30 lines", sum(length < 30 for length in lengths), 19),
        Figure("files over 300 lines", sum(length > 300 for length in lengths), None),
        Figure("classes", _classes(sources), None),
        Figure("functions", len(functions), None, step=100),
        Figure("lines of a function, median", math.ceil(statistics.median(counts)), 8),
        Figure("lines of a function, 95th percentile", _percentile(counts, 95), 22),
        Figure("lines of the longest function", longest.lines, 60, where=longest.name),
    ]


def loaded() -> Iterator[Figure]:
    """Counts the modules of ours that each command loads."""
    for command, most in COMMANDS.items():
        yield Figure(f"modules loaded by `cpps {_short(command)}`", _loads(command), most)


def table(measured: Sequence[Figure], *, rounded: bool = False) -> str:
    """Writes figures in Markdown; rounded ones do not change with each commit."""
    rows = [_row(figure, figure.step if rounded else 1) for figure in measured]
    return "\n".join(["| of `src` | now | at most |", "| --- | ---: | ---: |", *rows])


def past_bounds(measured: Sequence[Figure]) -> list[str]:
    """Names each figure that is past its bound."""
    return [
        f"{figure.about}: {figure.value:,}, at most {figure.most:,}"
        for figure in measured
        if figure.most is not None and figure.is_past
    ]


def _row(figure: Figure, step: int) -> str:
    value = math.ceil(figure.value / step) * step
    where = f" (`{figure.where}`)" if figure.where else ""
    most = "" if figure.most is None else f"{figure.most:,}"
    return f"| {figure.about}{where} | {value:,} | {most} |"


def _functions(sources: dict[str, str]) -> Iterator[Function]:
    for module, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                last = node.end_lineno or node.lineno
                yield Function(last - node.lineno + 1, f"{module}.{node.name}")


def _classes(sources: dict[str, str]) -> int:
    nodes = (node for source in sources.values() for node in ast.walk(ast.parse(source)))
    return sum(isinstance(node, ast.ClassDef) for node in nodes)


def _percentile(ordered: Sequence[int], part: int) -> int:
    """The value that a part in a hundred does not exceed."""
    return ordered[math.ceil(len(ordered) * part / 100) - 1]


def _short(command: str) -> str:
    return command.partition(" --output")[0]


def _loads(command: str) -> int:
    """Runs a command in a folder of its own, and counts the modules of ours that it loaded."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("CPPS_")}
    words = ["--data", str(LIBRARY), "--lang", "en", *command.split()]
    with tempfile.TemporaryDirectory(prefix="cpps-loaded-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", LOADED, *words],
            cwd=folder,
            env=settings | {"PYTHONPATH": str(FOLDER.parent)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    return int(done.stderr.splitlines()[-1])
