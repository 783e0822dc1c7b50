"""Measure the house of the code, and draw it.

    python -m tools.house                  print the figures, each with its bound
    python -m tools.house --check          the same; exit 1 where a bound is passed
    python -m tools.house draw             write docs/architecture.svg, and the rooms, imports and
                                           figures of docs/architecture.md
    python -m tools.house draw --check     write neither; say which is not current, exit 1

Lines include blank ones and comments; a function ends with its last line and may stand inside
another; what a command loads is counted in a process of its own, without the module that starts it.
A page tells lines and functions in hundreds, rounded up, and imports with two digits, so that few
commits change it.
"""

import argparse
import sys
from pathlib import Path

from tools.house.figures import figures, past_bounds, table
from tools.house.page import PAGE, generated
from tools.house.rooms import doors, our_sources

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Prints or draws; exit status 1 where `--check` finds something."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", nargs="?", choices=("draw",), help="without it: print")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    return _draw(asked.check) if asked.action else _print(asked.check)


def _print(check: bool) -> int:
    measured = figures(our_sources())
    print(table(measured))
    past = past_bounds(measured) if check else []
    for line in past:
        print(f"past its bound: {line}")
    return 1 if past else 0


def _draw(check: bool) -> int:
    sources = our_sources()
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    made = generated(page, doors(sources), figures(sources))
    late = [path for path, text in made.items() if _present(ROOT / path) != text]
    for path in late:
        if check:
            print(f"{path.as_posix()} is not current: python -m tools.house draw")
        else:
            (ROOT / path).write_text(made[path], encoding="utf-8", newline="\n")
    return 1 if check and late else 0


def _present(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
