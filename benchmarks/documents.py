"""One document against twenty, in time and memory: twenty must take less than 22 times one.

    python benchmarks/documents.py FORMAT [RUNS]

Each run is a process of its own that reads the library and writes one document, or twenty, of the
local contracts of Paris, the first or all of them. What counts is the time of writing, without the
start of the process, and the ratio of the two: the machine's speed cancels out. Needs
`pip install 'cpps-cli[documents]'`. Prints a Markdown table.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import get_args

from cpps_cli.cli.export import written
from cpps_cli.engine import Parent
from cpps_cli.formats.registry import DOCUMENTS, DocumentFormat
from cpps_cli.library.reader import open_library
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.document_kinds import EveryContext

PARIS = Path(__file__).resolve().parents[1] / "data" / "paris"
CONTRACT = "cpps-2015-2020"
ON = date(2026, 1, 15)
TWENTY = 20
MOST = 22


def main(format: DocumentFormat, runs: int) -> int:
    """Measures and prints; 1 where twenty take too long."""
    print("| run | one, s | twenty, s | ratio | peak of one, MB | peak of twenty, MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    ratios = []
    for run in range(1, runs + 1):
        (one, peak_of_one), (twenty, peak_of_twenty) = measured(format, 1), measured(format, TWENTY)
        ratios.append(twenty / one)
        print(
            f"| {run} | {one:.2f} | {twenty:.2f} | {ratios[-1]:.1f} "
            f"| {peak_of_one:.0f} | {peak_of_twenty:.0f} |",
            flush=True,
        )
    ratio = statistics.median(ratios)
    print(f"\n{format}: twenty take {ratio:.1f} times one (at most {MOST}: {ratio < MOST})")
    return int(ratio >= MOST)


def measured(format: DocumentFormat, count: int) -> tuple[float, float]:
    """Seconds and peak memory, in MB, of a process that writes so many documents."""
    done = subprocess.run(
        [sys.executable, __file__, format, "--write", str(count)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def write(format: DocumentFormat, count: int) -> None:
    """Writes so many documents into nothing, and prints the time and the peak."""
    local = [context for context in dossiers() if context.derived][:count]
    assert len(local) == count
    begun = time.perf_counter()
    for context in local:
        written(context, format)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps((seconds, peak)))


def dossiers() -> EveryContext:
    folder = open_library(PARIS)
    signed, library = folder.contract(CONTRACT), folder.library
    assert signed is not None
    assert library is not None
    parent = Parent(signed, folder.amendments(CONTRACT), ON)
    context = DocumentContext(library, parent, ON, folder.territories, folder.sources)
    return EveryContext(context, folder)


if __name__ == "__main__":
    named, *rest = sys.argv[1:] or [""]
    format: DocumentFormat | None = next(
        (name for name in get_args(DocumentFormat) if name == named), None
    )
    if format is None:
        sys.exit(f"{__doc__}\nFORMAT is one of: {', '.join(DOCUMENTS)}")
    match rest:
        case ["--write", count]:
            write(format, int(count))
        case _:
            sys.exit(main(format, int(rest[0]) if rest else 3))
