"""What `cpps check` says of each bad library in `tests/faults`.

    python tools/expect_faults.py           write the texts expected, in each language that is held
    python tools/expect_faults.py --check   change nothing; list what differs, exit 1

Read what changes before you keep it: these are the sentences that people will read. A folder is
named after the code that it is about, `CP203-unknown-sheet`, or after a rule (`one-fault-…`).
"""

import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "tests" / "faults"
LANGUAGES = ("en", "fr")
# What is too large for a folder of tests, or too long for an editor, is written when it is needed.
GROWN = {
    "CP007-file-too-large": ("contrat/sheets/mediation.toml", "# un très long fichier\n" * 50_000),
    "CP008-key-of-100000-parts": (
        "contrat/sheets/mediation.toml",
        'title = "Médiation"\n' + "a." * 99_999 + "a = 1\n",
    ),
    "CP009-number-of-5000-digits": (
        "contrat/sheets/mediation.toml",
        'title = "Médiation"\nnumber = ' + "9" * 5_000 + "\n",
    ),
    "CP015-too-many-values": (
        "contrat/sheets/mediation.toml",
        'title = "Médiation"\npartners = [' + '"", ' * 50_000 + "]\n",
    ),
    "CP016-key-too-long": (
        "contrat/sheets/mediation.toml",
        'title = "Médiation"\naxis = "a"\n' + "a" * 201 + " = 1\n",
    ),
}


def main(arguments: list[str]) -> int:
    """Exit status: 0 when written or in step, 1 when not, 2 on a wrong argument."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    differing = []
    for case in cases():
        for language in LANGUAGES:
            expected = case / f"expected.{language}.txt"
            text, _exit_code = said(case, language)
            if not expected.exists() or expected.read_text(encoding="utf-8") != text:
                differing.append(f"{case.name}/{expected.name}")
                if not arguments:
                    expected.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(differing) or "faults: all in step")
    return 1 if differing and arguments else 0


def cases() -> list[Path]:
    """The folders, in the order of their names."""
    return sorted(path.parent for path in CASES.glob("*/library"))


def said(case: Path, language: str) -> tuple[str, int]:
    """What `cpps check library` prints in the folder of a case, and its exit code."""
    from cpps_cli.cli import main as run

    printed = io.StringIO()
    with copied(case) as folder, contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exit_code = run(["check", "library", "--lang", language])
    return printed.getvalue(), exit_code


@contextlib.contextmanager
def copied(case: Path) -> Iterator[Path]:
    """The case in a folder of its own, with what grows there."""
    with tempfile.TemporaryDirectory() as folder:
        library = shutil.copytree(case / "library", Path(folder, "library"))
        if case.name in GROWN:
            file, text = GROWN[case.name]
            path = library / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
