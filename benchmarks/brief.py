"""What a person waits for, against bare Python and a bare script that does the least one can do.

    python benchmarks/brief.py [RUNS]

The bare script imports pydantic, defines all the models of cpps (built when they are defined, as
pydantic does unless told otherwise), and reads with tomli the same files as the command opens. In
the last lines it puts the building off, as cpps does, and so builds none at all: a floor that no
program with these models goes below.

Needs cpps installed in the environment that runs it. Prints a Markdown table.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from paired import HEAD, Comparison, compared, one, shared_environment

import cpps_cli

OF_THE_BRIEF = (
    ("list-actions",),
    ("derive", "--arrondissement", "18"),
    ("renegotiation-status", "--on", "2017-09-01"),
)
WHOLE = (("check",), ("derive", "--all"))
OPENED = """
import sys
def note(event, details):
    if event == "open" and str(details[0]).endswith(".toml"):
        sys.stderr.write(f"opened {details[0]}\\n")
sys.addaudithook(note)
from cpps_cli.cli import main
main(sys.argv[1:])
"""
BARE = """
import os, sys
sys.path.insert(0, os.environ["BARE"])
import pydantic
import tomli
import bare_model, bare_model.programme, bare_model.correspondence, bare_model.snapshot
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        tomli.load(stream)
"""


def comparisons(folder: Path) -> list[Comparison]:
    """Everything that is compared; `folder` is for the models of the bare script."""
    built, put_off = bare_models(folder, "built"), bare_models(folder, "put-off", put_off=True)
    found = list(_of_bare_python())
    for words in OF_THE_BRIEF:
        bare = one(sys.executable, "-c", BARE, *opened(words), BARE=str(built))
        for format, aim in (("json", 1.25), ("table", 1.6)):
            ours = one(cpps(), *words, "--format", format)
            found.append(Comparison(f"`{' '.join(words)}`, {format}", bare, ours, aim))
    for words in WHOLE:
        bare = one(sys.executable, "-c", BARE, *opened(words), BARE=str(built))
        found.append(Comparison(f"`{' '.join(words)}`", bare, one(cpps(), *words), 1.8))
    for words in OF_THE_BRIEF:
        bare = one(sys.executable, "-c", BARE, *opened(words), BARE=str(put_off))
        name = f"`{' '.join(words)}`, json, building put off in the script too"
        found.append(Comparison(name, bare, one(cpps(), *words, "--format", "json"), None))
    return found


def _of_bare_python() -> list[Comparison]:
    nothing = one(sys.executable, "-c", "pass")
    tab = {
        "_CPPS_COMPLETE": "complete_zsh",
        "_TYPER_COMPLETE_ARGS": "cpps derive --arrondissement 1",
    }
    return [
        Comparison("`--version`, against bare Python", nothing, one(cpps(), "--version"), 2.5),
        Comparison("`--help`, against bare Python", nothing, one(cpps(), "--help"), 13),
        Comparison("completion, against bare Python", nothing, one(cpps(), **tab), None),
    ]


def cpps() -> str:
    """The command as it was installed beside this Python."""
    found = shutil.which("cpps", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit("cpps is not installed in this environment: pip install --editable .")
    return found


def bare_models(folder: Path, name: str, *, put_off: bool = False) -> Path:
    """A folder in which `bare_model` is our model."""
    model = Path(cpps_cli.__file__).parent / "model"
    for path in model.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace("cpps_cli.model", "bare_model")
        now, later = ", defer_build=False", ", defer_build=True"
        text = text.replace(now if put_off else later, "")
        target = folder / name / "bare_model" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder / name


def opened(words: tuple[str, ...]) -> list[str]:
    """The TOML files that a command opens."""
    done = subprocess.run(
        [sys.executable, "-c", OPENED, *words], capture_output=True, text=True, check=True
    )
    lines = done.stderr.splitlines()
    return [line.removeprefix("opened ") for line in lines if line.startswith("opened ")]


def main(runs: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(HEAD)
        for figure in compared(comparisons(folder), runs, shared_environment(folder / "compiled")):
            print(figure.row(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
