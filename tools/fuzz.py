"""Look for bytes that make something fail that must not, whatever a file holds (needs atheris).

    python tools/fuzz.py --quick          the part that continuous integration runs: under a minute
    python tools/fuzz.py --minutes 15     the long run, its time shared out among the targets
    python tools/fuzz.py places edits     only these targets, with either of the two

What must hold is in `tests/hostile/targets.py`. The runs start from `data/exemple`, from the bad
libraries of `tests/faults` and from `tests/hostile/corpus`, which the ordinary tests play again.
Bytes that make something fail are shown, and kept in that corpus: mend what they found, and commit
them. Exit status: 0 where nothing failed, 1 where something did, 2 where atheris is not installed.
"""

import argparse
import importlib.util
import itertools
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the tests are read: targets, and libraries to begin with
CORPUS = ROOT / "tests" / "hostile" / "corpus"
NAMES = ("check", "snapshot", "answer", "places", "edits", "table", "words")
# How many inputs the quick run tries of each: a second or some of each target.
QUICK = {"check": 150, "snapshot": 200, "answer": 60, "places": 3000, "edits": 500, "table": 300}
QUICK_OTHERWISE = 3000
# Pieces of the languages that are read: without them a search stays with broken texts.
TOKENS = (
    "[[", "]]", " = ", "'''", '\\"\\"\\"', '\\"', "\\\\u", "{", "}", "..", "2017-S2", "2017-07-01",
    "2017-33", "true", "inf", "0x", "\\x0d\\x0a", "\\xef\\xbb\\xbf", "<<<<<<< ", "sheet = ",
    "set.", "append.", "remove.", "[[adapt]]", "[[take]]", "[[exclude]]", "[[merge]]", "[[add]]",
    "[[renumber]]", "[[claims]]", "[[milestones]]", "[[axes]]", "says.", "term", "window", "title",
    "axis", "number", "partners", "retained", "mediation", "avenant-1", "BF1", "code", ";", "\\x09",
)  # fmt: skip
PLAYED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main(arguments: list[str]) -> int:
    """Runs the targets one after the other, each in a process of its own."""
    asked = _asked(arguments)
    if asked.inside:
        return _search(asked.inside, asked.rest)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: pip install 'atheris>=3.0,<3.1'", file=sys.stderr)
        return 2
    names = asked.targets or NAMES
    seconds = int(asked.minutes * 60 / len(names))
    failed = [name for name in names if not _holds(name, seconds, asked.seed)]
    print(f"failed: {', '.join(failed)}" if failed else "fuzz: nothing failed")
    return 1 if failed else 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--quick", action="store_true")
    how.add_argument("--minutes", type=float, default=0)
    how.add_argument("--inside", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument(
        "--seed", type=int, default=1, help="of what is tried; 1 where none is given"
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(NAMES))
    known, rest = parser.parse_known_args(arguments)
    if unknown := set(known.targets) - {*NAMES} if not known.inside else set():
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    known.rest = [*known.targets, *rest] if known.inside else rest
    return known


def _holds(name: str, seconds: int, drawn: int) -> bool:
    """Searches with one target, for some seconds, or 0 for the quick run; shows what failed."""
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        words, seeds = Path(folder, "words"), Path(folder, "seeds")
        words.write_text("".join(f'"{token}"\n' for token in TOKENS), encoding="utf-8")
        seeds.mkdir()
        for number, seed in enumerate(_seeds(name, every=1 if seconds else 2)):
            (seeds / str(number)).write_bytes(seed)
        many = f"-runs={QUICK.get(name, QUICK_OTHERWISE)}"
        limit = f"-max_total_time={seconds}" if seconds else many
        options = [limit, f"-seed={drawn}", f"-dict={words}", "-timeout=20", "-rss_limit_mb=2048"]
        command = [sys.executable, __file__, "--inside", name, *options, "-max_len=4000"]
        grown = Path(folder, "grown")
        grown.mkdir()
        begun = time.monotonic()
        done = subprocess.run(
            [
                *command,
                "-print_final_stats=1",
                f"-artifact_prefix={kept}/",
                *_folders(grown, seeds),
            ],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    played = PLAYED.search(done.stderr)
    count = played[1] if played else "?"
    print(f"{name}: {count} inputs in {time.monotonic() - begun:.0f} s", flush=True)
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-40:] + done.stderr.splitlines()[-8:]))
    return done.returncode == 0


def _folders(*folders: Path) -> list[str]:
    return [str(folder) for folder in folders]


def _seeds(name: str, every: int) -> Iterator[bytes]:
    """What a search starts from, in the shape that its target reads; one text in so many."""
    yield from (path.read_bytes() for path in sorted((CORPUS / name).glob("*")))
    if name == "words":
        yield from (b"2017-07-01", b"2017-S2..2018-S1", b"01/09/2017", b"2017-33", b"90,30,7")
        return
    if name == "table":
        yield "code;title;lead;partners\r\nnuit;La nuit;;a | b\r\n".encode("utf-16")
        yield b'code,number,context\nmediation,1.1,"deux\nlignes"\n'
        return
    from tests.faults.cases import CASES

    town = (path.read_bytes() for path in sorted(ROOT.glob("data/exemple/**/*.toml")))
    bad = (text for case in CASES.values() for _name, text in sorted(case.files().items()))
    before = {"check": b"\x04", "answer": b"\x04\x02", "edits": b"\x01\x03valeur\n"}.get(name, b"")
    texts = (text for text in dict.fromkeys([*town, *bad]) if len(text) < 4000)
    yield from (before + text for text in itertools.islice(texts, 0, None, every))


def _search(name: str, options: list[str]) -> int:
    """The search itself, which ends the process."""
    import atheris

    with atheris.instrument_imports(include=["cpps_cli"], enable_loader_override=False):
        from tests.hostile.targets import TARGETS, VERBS

        if name == "answer":  # verbs import what they need when they run
            for number in range(len(VERBS)):
                TARGETS[name](bytes((0, number)))
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
