"""The door: the language is chosen before Typer is imported, then the verb runs."""

import os
import sys

from cpps_cli.render.words import language_for, speak


def main(argv: list[str]) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page would lose accents or fail on them.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    speak(language_for(_named(argv), os.environ, _system()), os.environ)
    # Typer takes its words when it is imported, so the language comes first.
    from cpps_cli.cli.app import run  # noqa: PLC0415

    return run(argv)


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
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415

    primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
    return "fr" if primary == 0x0C else ""
