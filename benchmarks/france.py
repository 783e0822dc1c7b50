"""A national library, and what it costs to ask it something.

    python benchmarks/france.py write FOLDER [--communes 350] [--seed 1]

Writes one framework of 31 sheets and a local contract for each commune; `nation/__init__.py` tells
the layout, and how the texts are drawn. Needs cpps installed in the environment that runs it.
"""

import argparse
from pathlib import Path

from nation import write_nation


def main() -> None:
    """Runs the command line."""
    asked = _arguments()
    write_nation(asked.folder, asked.communes, asked.seed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    write = verbs.add_parser("write", help="write a library")
    write.add_argument("folder", type=Path)
    write.add_argument("--communes", type=int, default=350)
    write.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
