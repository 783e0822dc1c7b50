"""The answer of `cpps check`: every diagnostic, in one of five formats."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Literal, assert_never

from cpps_cli.diagnostics import Diagnostic, Severity
from cpps_cli.formats.diagnostics.excerpt import Lines, Placed, placed, shown_path
from cpps_cli.formats.diagnostics.full import Fragments, Role, as_plain, concise_line, lines_in_full
from cpps_cli.formats.diagnostics.github import as_github
from cpps_cli.formats.diagnostics.json import as_json
from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.text import inert

FaultFormat = Literal["full", "concise", "json", "github", "sarif"]
_FORCED = ("FORCE_COLOR", "TTY_COMPATIBLE")  # by which Rich may take for a terminal what is none
_STYLES: dict[Role, str] = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "strong": "bold",
    "frame": "blue",
    "plain": "",
}


def fault_report(found: Iterable[Diagnostic], lines: Lines, format: FaultFormat) -> str:
    """All of `found`, ready to be written to standard output."""
    items = placed(found, lines)
    match format:
        case "full":
            return _in_colour(_full(items, lines))
        case "concise":
            return as_plain(
                [*(concise_line(item, lines) for item in items), _summary(items, lines)]
            )
        case "json":
            return as_json(items, lines)
        case "github":
            return as_github(items, lines)
        case "sarif":
            from cpps_cli.formats.diagnostics.sarif import as_sarif

            return as_sarif(items, lines)
        case _:
            assert_never(format)


def _full(items: list[Placed], lines: Lines) -> list[Fragments]:
    """Notes on one line each, for there may be many in a sound library; then what is to mend."""
    notes = [item for item in items if item.diagnostic.severity == "note"]
    graver = [item for item in items if item.diagnostic.severity != "note"]
    parts = [
        [concise_line(item, lines) for item in notes],
        lines_in_full(graver, lines),
        [_summary(items, lines)],
    ]
    shown: list[Fragments] = []
    for part in filter(None, parts):
        shown.extend([[], *part] if shown else part)
    return shown


def _summary(items: list[Placed], lines: Lines) -> Fragments:
    count = Counter(item.diagnostic.severity for item in items)
    errors, warnings, notes = count["error"], count["warning"], count["note"]
    grave: Severity = "error" if errors else "warning" if warnings else "note"
    said = [
        n_("{count} error", "{count} errors", errors).format(count=errors) if errors else "",
        n_("{count} warning", "{count} warnings", warnings).format(count=warnings)
        if warnings
        else "",
        n_("{count} note", "{count} notes", notes).format(count=notes) if notes else "",
    ]
    if not errors and not warnings:
        said.insert(0, _("no fault"))
    elif not errors:
        said.insert(0, _("no error"))
    return [(f"{shown_path(lines, '')}: ", "plain"), (", ".join(filter(None, said)), grave)]


def _in_colour(shown: list[Fragments]) -> str:
    """The lines with colours where standard output is a terminal that has them."""
    # Rich is loaded for people only; it would read the same variables to tell.
    forced = any(os.environ.get(name) for name in _FORCED)  # noqa: TID251
    if not (forced or sys.stdout.isatty()):
        return as_plain(shown)
    from rich.text import Text

    from cpps_cli.formats.terminal import console

    screen = console()
    if screen.color_system is None:
        return as_plain(shown)
    with screen.capture() as captured:
        for row in shown:
            line = Text.assemble(*((inert(text), _STYLES[role]) for text, role in row))
            screen.print(line, soft_wrap=True)
    return captured.get()
