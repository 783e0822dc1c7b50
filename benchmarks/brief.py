"""The three commands of the brief, against a bare script that does the least such a command can do.

    python benchmarks/brief.py [RUNS]

The bare script imports pydantic, defines the same models (built when they are defined, as pydantic
does unless told otherwise), and reads with tomli the same files as the command opens. Command and
script take turns, and what counts is the ratio of each pair: the machine's speed cancels out.
Needs cpps installed in the environment that runs it. Prints a Markdown table.
"""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cpps_cli

COMMANDS = (
    ("list-actions",),
    ("derive", "--arrondissement", "18"),
    ("renegotiation-status", "--on", "2017-09-01"),
)
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
import bare_model, bare_model.snapshot
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        tomli.load(stream)
"""


def main(runs: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as folder:
        environment = prepared(Path(folder))
        print("| command | bare script, ms | command, ms | ratio |")
        print("| --- | ---: | ---: | ---: |")
        for words in COMMANDS:
            files = opened(words)
            bare = [sys.executable, "-c", BARE, *files]
            for format in ("json", "table"):
                command = [sys.executable, "-m", "cpps_cli", *words, "--format", format]
                report(f"{' '.join(words)} ({format})", bare, command, runs, environment)
        nothing = [sys.executable, "-c", "pass"]
        for words in (("--version",), ("--help",)):
            command = [sys.executable, "-m", "cpps_cli", *words]
            report(f"{words[0]}, against bare Python", nothing, command, runs, environment)


def prepared(folder: Path) -> dict[str, str]:
    """An environment in which `bare_model` is our model, built when it is defined."""
    model = Path(cpps_cli.__file__).parent / "model"
    for path in model.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace(", defer_build=True", "")
        target = folder / "bare_model" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace("cpps_cli.model", "bare_model"), encoding="utf-8")
    compileall.compile_dir(folder, quiet=1)
    return {**os.environ, "COLUMNS": "80", "BARE": str(folder)}


def opened(words: tuple[str, ...]) -> list[str]:
    """The TOML files that a command opens."""
    done = subprocess.run(
        [sys.executable, "-c", OPENED, *words, "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stderr.splitlines()
    return [line.removeprefix("opened ") for line in lines if line.startswith("opened ")]


def report(
    name: str, bare: list[str], command: list[str], runs: int, environment: dict[str, str]
) -> None:
    """One line of the table: medians, and the median of the ratios of pairs."""
    pairs = [(timed(bare, environment), timed(command, environment)) for _ in range(runs + 1)][1:]
    first, second = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(taken / least for least, taken in pairs)
    print(f"| {name} | {1000 * first:.0f} | {1000 * second:.0f} | {ratio:.2f} |", flush=True)


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Seconds that a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
