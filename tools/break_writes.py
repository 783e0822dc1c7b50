"""Break off and disturb every way of writing, many times: is anything lost, or mixed?

    python tools/break_writes.py --quick        two rounds of each, as continuous integration does
    python tools/break_writes.py                200 rounds of each: an hour or so
    python tools/break_writes.py --rounds 20 start record     only these ways, so many rounds

Runs are killed at any moment, have a full disk or lose the permission to write; files change
meanwhile; the same command runs twice at once. After each round every file is the old or the new
one, whole, the next run works and nothing is left behind. A cell says how many rounds were played,
and how many of them ended early. As root, a disk of its own is mounted and filled; else the size of
files is limited. Not for Windows. Exit status: 1 where something failed.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
if TYPE_CHECKING:
    from tests.hostile.writing import Way


def main(arguments: list[str]) -> int:
    """Plays the rounds, and prints a table of them in Markdown."""
    from tests.hostile.breaking import BREAKINGS
    from tests.hostile.writing import WAYS

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--quick", action="store_const", dest="rounds", const=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(way.name for way in WAYS))
    asked = parser.parse_args(arguments)
    os.environ |= {"CPPS_LANG": "en", "COLUMNS": "80", "NO_COLOR": "1"}
    failed: list[str] = []
    print(f"| way of writing | {' | '.join(BREAKINGS)} |\n| --- |{' --- |' * len(BREAKINGS)}")
    begun = time.monotonic()
    for way in WAYS:
        if asked.ways and way.name not in asked.ways:
            continue
        with tempfile.TemporaryDirectory(prefix="cpps-break-") as folder:
            cells, wrong = _played(way, Path(folder), asked)
        failed += wrong
        print(f"| `{way.name}` | {' | '.join(cells)} |", flush=True)
    print(f"\n{len(failed)} failed, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 1 if failed else 0


def _played(way: "Way", work: Path, asked: argparse.Namespace) -> tuple[list[str], list[str]]:
    """The cells of one way, and what failed."""
    from tests.hostile.breaking import BREAKINGS, Broken, rehearsed, rounds

    cells: list[str] = []
    failed: list[str] = []
    rehearsal = rehearsed(way, work)
    for breaking in BREAKINGS:
        try:
            early = rounds(rehearsal, breaking, asked.rounds, work / breaking, asked.seed)
            cells.append(f"{asked.rounds} ({early})")
        except Broken as wrong:
            cells.append("FAILED")
            failed.append(f"{breaking}: {wrong}")
            print(failed[-1], file=sys.stderr, flush=True)
    return cells, failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
