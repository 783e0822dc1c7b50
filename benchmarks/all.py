"""Every benchmark, as one table with what is aimed at.

    python benchmarks/all.py [--runs 15] [--without peers]

What a command costs (`brief.py`), two peers that do the nearest thing (`peers.py`), documents
(`documents.py`), a national library (`france.py`) and the same taken to engines (`engines.py`).
Needs `pip install 'cpps-cli[documents,tables]'`, `pip install --group engines`, git and pip. Prints
Markdown; exit 1 where an aim is missed.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import brief
import peers
from paired import HEAD, Comparison, compared, shared_environment

HERE = Path(__file__).resolve().parent
PARTS = ("brief", "peers", "documents", "france", "engines")


def main() -> int:
    """Measures and prints; the exit code."""
    asked = _arguments()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.\n")
    missed = 0
    if "brief" not in asked.without:
        missed += paired_table(brief.comparisons, asked.runs)
    if "peers" not in asked.without:
        missed += paired_table(peers.comparisons, max(1, asked.runs // 3))
    if "documents" not in asked.without:
        for format in ("docx", "html", "pdf"):
            missed += script("documents.py", format, "1")
    missed += sum(script(f"{part}.py", "quick") for part in PARTS[3:] if part not in asked.without)
    print(f"\n{missed} missed." if missed else "\nAll met.")
    return 1 if missed else 0


def paired_table(comparisons: Callable[[Path], list[Comparison]], runs: int) -> int:
    """A table of pairs; how many aims are missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(HEAD)
        missed = 0
        for figure in compared(comparisons(folder), runs, shared_environment(folder / "compiled")):
            print(figure.row(), flush=True)
            missed += figure.is_met is False
    print()
    return missed


def script(name: str, *words: str) -> int:
    """A benchmark that prints tables of its own; 1 where it fails."""
    print(f"`{name} {' '.join(words)}`\n", flush=True)
    done = subprocess.run([sys.executable, HERE / name, *words], check=False)
    print(flush=True)
    return int(done.returncode != 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="pairs of each comparison")
    parser.add_argument("--without", nargs="*", choices=PARTS, default=(), help="parts left out")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
