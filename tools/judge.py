"""Record everything that a build of cpps prints and writes, and compare two builds.

    python tools/judge.py record DIR --python PYTHON     record the build of that interpreter
    python tools/judge.py compare DIR DIR                show what differs; exit 1 where it may not
    python tools/judge.py against DIR --python PYTHON    record the examples of DIR, and compare

`--only PATTERN …` takes the examples whose name contains one of these, such as `show`,
`en paris: trace` or `exemple: * -a 2`. The examples are in `judge_examples.txt`, the differences
that are wanted in `judge_allowed.toml`.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from fnmatch import fnmatchcase
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.judge_examples import VARIABLE, Example, examples_of

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tools/judge_examples.txt"
ALLOWED = ROOT / "tools/judge_allowed.toml"
LIBRARIES = ("paris", "exemple")
SHOWN = 24  # lines of one difference
# Some questions are about today, and have no option for another day. Only cpps sees this clock:
# compiled libraries, such as pyarrow, rely on the real class.
CLOCK = """\
import builtins
import datetime
import types

real, imported = datetime.datetime, builtins.__import__


class Pinned(real):
    combine = staticmethod(real.combine)

    @classmethod
    def now(cls, tz=None):
        return real(2025, 10, 1, 12, tzinfo=tz)


pinned = types.ModuleType("datetime")
pinned.__dict__.update(vars(datetime), datetime=Pinned)


def pinning(name, globals=None, *others, **more):
    if name == "datetime" and globals and globals["__name__"].startswith("cpps_cli"):
        return pinned
    return imported(name, globals, *others, **more)


builtins.__import__ = pinning
"""
Result = dict[str, str]


class Build(NamedTuple):
    """An interpreter with cpps, and the folder in which its commands are run."""

    python: str
    folder: Path
    checkout: Path

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the machine's own."""
        fixed = {
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONHASHSEED": "0",
        }
        folders = {"HOME": str(self.folder / "home"), "PYTHONPATH": str(self.folder / "clock")}
        return {"PATH": os.defpath, "PYTHONHASHSEED": "0", **fixed, **folders}

    def neutral(self, printed: bytes) -> bytes:
        """The same without the folders of this machine."""
        if b"\0" in printed:
            return printed
        folder, checkout = (str(path).encode() for path in (self.folder, self.checkout))
        return printed.replace(folder, b"WORK").replace(checkout, b"CHECKOUT")


def main(arguments: list[str]) -> int:
    """Exit status: 0 when recorded or equal, 1 when something differs that may not."""
    asked = parser().parse_args(arguments)
    if asked.command == "record":
        record(asked.folder, asked.like, asked)
        return 0
    if asked.command == "compare":
        return compare(asked.folder, asked.other, asked.allow)
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder), asked.folder, asked)
        return compare(asked.folder, Path(folder), asked.allow)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="judge.py", description=__doc__)
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = made.add_subparsers(dest="command", required=True)
    for name in ("record", "compare", "against"):
        command = commands.add_parser(name)
        command.add_argument("folder", type=Path, help="a recording")
        if name != "record":
            command.add_argument("--allow", type=Path, default=ALLOWED)
        if name == "compare":
            command.add_argument("other", type=Path, help="another recording")
            continue
        command.add_argument("--python", required=True, help="the interpreter of the build")
        command.add_argument("--jobs", type=int, default=os.cpu_count())
        command.add_argument("--only", nargs="+", default=[], metavar="PATTERN")
        command.set_defaults(like=None)
    like = "take the examples and the libraries of this recording"
    commands.choices["record"].add_argument("--like", type=Path, help=like)
    return made


# --- recording


def record(folder: Path, like: Path | None, asked: argparse.Namespace) -> None:
    """Runs the examples with a build, and keeps all that it prints and writes in a folder."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "libraries").is_dir():
        raise SystemExit(f"{folder} is no recording: it is left as it is")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(like / "libraries", folder / "libraries") if like else gather(folder)
    with tempfile.TemporaryDirectory(prefix="judge") as work:
        build = built(asked.python, Path(work))
        if like:
            names = json.loads((like / "examples.json").read_text(encoding="utf-8"))
            examples = [Example(*name) for name in names]
        else:
            ask = partial(output, build)
            examples = examples_of(EXAMPLES.read_text(encoding="utf-8"), ask, folder / "libraries")
        chosen = [one for one in examples if not asked.only or matches(one.name, asked.only)]
        (folder / "blobs").mkdir()
        write_json(folder / "examples.json", examples)
        began = time.monotonic()
        with ThreadPoolExecutor(asked.jobs) as pool:
            found = list(pool.map(partial(played, build, folder), chosen))
    results = {one.name: result for one, result in zip(chosen, found, strict=True)}
    write_json(folder / "results.json", {"only": asked.only, "examples": results})
    for name, result in results.items():
        if any(key.endswith("exit code") and code.startswith("-") for key, code in result.items()):
            print(f"killed by a signal: {name}")
    print(f"{len(found)} examples recorded in {time.monotonic() - began:.0f} s")


def gather(folder: Path) -> None:
    """Copies the libraries that come with cpps."""
    for name in LIBRARIES:
        shutil.copytree(ROOT / "data" / name, folder / "libraries" / name)


def built(python: str, work: Path) -> Build:
    """The build of an interpreter, with a pinned day and a home of its own."""
    (work / "home").mkdir()
    (work / "clock").mkdir()
    (work / "clock" / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    python = os.path.abspath(python)  # noqa: PTH100 - the link into an environment names it
    asked = [python, "-c", "import cpps_cli; print(cpps_cli.__file__)"]
    package = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=work).stdout
    return Build(python, work, Path(package.strip()).parents[2])


def output(build: Build, words: list[str]) -> str:
    """What a command prints, in English."""
    done = run(build, build.folder, ["CPPS_LANG=en", *words])
    if done.returncode:
        raise SystemExit(f"cpps {shlex.join(words)} fails: {done.stderr.decode()}")
    return done.stdout.decode()


def run(build: Build, folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Runs a command in a folder; it may begin with variables, as in a shell."""
    variables = dict(word.split("=", 1) for word in words if VARIABLE.match(word))
    typed = [word for word in words if not VARIABLE.match(word)]
    return subprocess.run(
        [build.python, "-m", "cpps_cli", *typed],
        cwd=folder,
        env={**build.environment, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns is found in the name."""
    return any(fnmatchcase(name, f"*{pattern}*") for pattern in patterns)


def played(build: Build, folder: Path, example: Example) -> Result:
    """The exit code and the output of each command, and the files that they made or changed."""
    work = build.folder / sha256(example.name.encode()).hexdigest()[:12]
    work.mkdir()
    if example.library != "none":
        shutil.copytree(folder / "libraries" / example.library, work / example.library)
    found, before = {}, contents(work)
    keep = partial(kept, build, folder / "blobs")
    for number, words in enumerate(example.steps, 1):
        if words[:1] in (["write"], ["replace"]):
            prepare(work, *words)
            continue
        done = run(build, work, [f"CPPS_LANG={example.language}", *example.with_library(words)])
        found[f"{number} exit code"] = str(done.returncode)
        found[f"{number} stdout"], found[f"{number} stderr"] = keep(done.stdout), keep(done.stderr)
    after = contents(work)
    shutil.rmtree(work)
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    files = {name: keep(after[name]) if name in after else "removed" for name in sorted(changed)}
    return {**found, **files}


def prepare(folder: Path, way: str, name: str, text: str, new: str = "") -> None:
    """Makes a file, `write NAME TEXT`, or changes one, `replace NAME TEXT NEW`."""
    text, new = text.replace("\\n", "\n"), new.replace("\\n", "\n")
    path = folder / name
    if way == "write":
        path.write_text(text, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    if text not in before:
        raise SystemExit(f"{name} does not contain {text!r}")
    path.write_text(before.replace(text, new), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def kept(build: Build, blobs: Path, content: bytes) -> str:
    """The digest under which a content is kept."""
    neutral = build.neutral(content)
    digest = sha256(neutral).hexdigest()
    (blobs / digest).write_bytes(neutral)
    return digest


def write_json(path: Path, value: object) -> None:
    """Writes a value so that a person may read it."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# --- comparing


def compare(before: Path, after: Path, allow: Path) -> int:
    """Shows what differs between two recordings, and what is allowed to but does not."""
    allowances = tomllib.loads(allow.read_text(encoding="utf-8")).get("allowed", [])
    allowed = [one["example"] for one in allowances if one["reason"]]
    names, differing = compared(before, after)
    unwanted = [name for name in differing if not any(fnmatchcase(name, one) for one in allowed)]
    for name in unwanted:
        print(f"=== {name}", *differing[name], "", sep="\n")
    useless = [one for one in allowed if not any(fnmatchcase(name, one) for name in differing)]
    for one in useless:
        print(f"allowed to differ, and does not: {one}")
    count = len(differing) - len(unwanted)
    print(f"{len(names)} examples: {len(unwanted)} differ, {count} more as allowed")
    return 1 if unwanted or useless else 0


def compared(before: Path, after: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The examples of two recordings, and what tells apart those that differ."""
    old, new = (json.loads((one / "results.json").read_text("utf-8")) for one in (before, after))
    olds, news = old["examples"], new["examples"]
    in_part = old["only"] or new["only"]
    names = [name for name in {**olds, **news} if not in_part or (name in olds and name in news)]
    found = {
        name: [
            line
            for key, (one, other) in pairs(olds.get(name, {}), news.get(name, {}))
            for line in difference(key, text_of(before, one), text_of(after, other))
        ]
        for name in names
        if olds.get(name) != news.get(name)
    }
    return names, found


def pairs(old: Result, new: Result) -> Iterator[tuple[str, tuple[str, str]]]:
    """What differs between two results, by its name."""
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            yield key, (old.get(key, "none"), new.get(key, "none"))


def text_of(folder: Path, digest: str) -> list[str]:
    """The lines of a content: of a document of Office, those of its parts."""
    path = folder / "blobs" / digest
    if not path.exists():
        return [digest]
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            found = [(name, parts.read(name).replace(b"><", b">\n<")) for name in parts.namelist()]
        return [f"{name}: {line}" for name, part in found for line in readable(part)]
    return readable(content)


def readable(content: bytes) -> list[str]:
    """The lines of a text; of anything else, its size and digest."""
    try:
        return content.decode().splitlines()
    except UnicodeDecodeError:
        return [f"{len(content)} bytes, {sha256(content).hexdigest()}"]


def difference(name: str, old: list[str], new: list[str]) -> list[str]:
    """The first lines of a difference."""
    found = list(unified_diff(old, new, name, name, lineterm="", n=1))
    more = [f"… {len(found) - SHOWN} lines more"] if len(found) > SHOWN else []
    return [*found[:SHOWN], *more] or [f"{name}: other bytes, the same lines"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
