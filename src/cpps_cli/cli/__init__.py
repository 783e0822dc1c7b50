"""The door to the verbs: the language is chosen before Typer is imported, then the verb runs.

Only this room knows Typer, the clock and the environment. Nothing heavy is imported at the top of
its modules (no model, no Rich): help and completion must come at once.
"""

import gc
import os
import sys
from pathlib import Path
from typing import TextIO

from cpps_cli.i18n.catalogue import language_for, speak

# Both names fit on no line of the help: Typer knows the first one only.
_SAME = {"--territory": "--arrondissement"}


def main(argv: list[str]) -> int:
    """Runs one command and returns its exit code."""
    # A run makes many values and drops few: looking for cycles every 700 of them is lost time.
    gc.set_threshold(100_000, 20, 20)
    # Pydantic would look through every installed package for plugins, of which we want none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Who closed a stream wants nothing of it: what is said there goes nowhere.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page would lose accents or fail on them.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    speak(language_for(_named(argv), os.environ, _system()), os.environ)
    # Typer takes its words when it is imported, so the language comes first.
    from cpps_cli.cli.app import run

    return run([_same(word) for word in argv])


def hook() -> int:
    """Runs a verb (with its options) on every library of the folders named, or of the repository.

    After the first option, all are the verb's. The exit code is that of the worst answer.
    """
    verb, *words = sys.argv[1:]
    first = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    from cpps_cli.library.locate import libraries_in

    codes = []
    for folder in words[:first] or ["."]:
        # Where none is below, the verb says of the folder what it would of any.
        found: list[Path | None] = [*libraries_in(Path(folder))]
        found = found or ([Path(folder)] if words[:first] else [None])
        codes += [_hooked([*verb.split(), *words[first:]], library) for library in found]
    return max(codes)


def _hooked(words: list[str], library: Path | None) -> int:
    named = [] if library is None else ["--data", str(library)]
    code = main([*words, *named])
    if named and code:
        sys.stderr.write(f"cpps {' '.join([*words, *named])}: exit {code}\n")
    return code


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _same(word: str) -> str:
    option, equals, value = word.partition("=")
    return _SAME.get(option, option) + equals + value


def _named(argv: list[str]) -> str | None:
    """The language that `--lang` names, wherever it stands."""
    found: str | None = None
    for position, word in enumerate(argv):
        if word == "--lang" and position + 1 < len(argv):
            found = argv[position + 1]
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def _system() -> str:
    """The language of Windows, which has no variable for it."""
    if sys.platform == "win32":
        import ctypes

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return "fr" if primary == 0x0C else ""
    return ""
