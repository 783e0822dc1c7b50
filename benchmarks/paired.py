"""Whole processes against a reference, in pairs: what counts is the median of their ratios.

The two take turns, and which goes first changes from pair to pair: the speed of the machine cancels
out. Compiled Python files are kept in a folder of their own, and a first pair that fills it is not
counted: both are measured as they run the second time on anybody's machine.
"""

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Run:
    """Commands that are run one after the other, somewhere, and timed as one."""

    commands: tuple[Command, ...]
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def seconds(self, shared: Mapping[str, str]) -> tuple[float, float]:
        """What they take: elapsed, and of the processor."""
        cpu, start = _of_children(), time.perf_counter()
        for command in self.commands:
            subprocess.run(
                command,
                cwd=self.folder,
                env={**shared, **self.environment},
                capture_output=True,
                check=True,
            )
        return time.perf_counter() - start, _of_children() - cpu


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def one(*words: str | Path, **environment: str) -> Run:
    """A single command."""
    return Run((words,), environment=environment)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run of ours beside a reference, and what is aimed at; None where it is only told.

    `at_most`: so many times the reference; `faster`: the reference takes at least so many times as
    long.
    """

    name: str
    reference: Run
    ours: Run
    aim: float | None
    kind: Literal["at_most", "faster"] = "at_most"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: medians in seconds, and the medians of the ratios of pairs."""

    comparison: Comparison
    reference: float
    ours: float
    ratio: float
    cpu_ratio: float

    @property
    def is_met(self) -> bool | None:
        """Whether it is as good as aimed at; None where nothing is."""
        aim = self.comparison.aim
        if aim is None:
            return None
        return self.ratio <= aim if self.comparison.kind == "at_most" else self.ratio >= aim

    def row(self) -> str:
        """A line of the table."""
        asked = self.comparison
        sign = "at most" if asked.kind == "at_most" else "at least"
        aim = "–" if asked.aim is None else f"{sign} {asked.aim:g}"
        met = {None: "–", True: "met", False: "**missed**"}[self.is_met]
        times = f"{1000 * self.reference:.0f} | {1000 * self.ours:.0f}"
        return (
            f"| {asked.name} | {times} | {self.ratio:.2f} | {self.cpu_ratio:.2f} | {aim} | {met} |"
        )


HEAD = (
    "| what | reference, ms | cpps, ms | ratio | of processor time | aim | |\n"
    "| --- | ---: | ---: | ---: | ---: | --- | --- |"
)


def compared(
    comparisons: Sequence[Comparison], runs: int, shared: Mapping[str, str]
) -> Iterator[Figure]:
    """Each comparison, measured so many times."""
    for comparison in comparisons:
        yield _figure(comparison, runs, shared)


def _figure(comparison: Comparison, runs: int, shared: Mapping[str, str]) -> Figure:
    pairs = [_pair(comparison, shared, number) for number in range(runs + 1)][1:]
    elapsed = [(least[0], taken[0]) for least, taken in pairs]
    spent = [(least[1], taken[1]) for least, taken in pairs]
    reference, ours = (statistics.median(times) for times in zip(*elapsed, strict=True))
    ratio, of_processor = _ratio(elapsed), _ratio(spent)
    if comparison.kind == "faster":
        ratio, of_processor = 1 / ratio, 1 / of_processor
    return Figure(comparison, reference, ours, ratio, of_processor)


def _ratio(pairs: list[tuple[float, float]]) -> float:
    return statistics.median(taken / least for least, taken in pairs)


def _pair(
    comparison: Comparison, shared: Mapping[str, str], number: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    if number % 2:
        ours = comparison.ours.seconds(shared)
        return comparison.reference.seconds(shared), ours
    reference = comparison.reference.seconds(shared)
    return reference, comparison.ours.seconds(shared)


def shared_environment(compiled: Path) -> dict[str, str]:
    """The environment of every run: 80 columns, English, and where compiled files are kept."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CPPS_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, "COLUMNS": "80", "CPPS_LANG": "en", "PYTHONPYCACHEPREFIX": str(compiled)}
