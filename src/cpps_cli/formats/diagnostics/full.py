"""Diagnostics for people: the sentence, the place, the user's own line, and the remedy."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from cpps_cli.diagnostics import Diagnostic, Severity, Span
from cpps_cli.diagnostics.codes import CODES
from cpps_cli.formats.diagnostics import (
    Lines,
    Placed,
    is_whole_file,
    line_of,
    marked,
    placed,
    shown_path,
)
from cpps_cli.i18n.catalogue import _, inert, label, message, n_, related_label, remedy

Role = Severity | Literal["plain", "strong", "frame"]
Fragments = list[tuple[str, Role]]
"""One line, in pieces that a terminal may colour."""
_FORCED = ("FORCE_COLOR", "TTY_COMPATIBLE")  # by which Rich may take for a terminal what is none
_STYLES: dict[Role, str] = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "strong": "bold",
    "frame": "blue",
    "plain": "",
}


def faults_in_full(found: Iterable[Diagnostic], lines: Lines) -> str:
    """Each diagnostic with its excerpt, an empty line between two."""
    return as_plain(lines_in_full(placed(found, lines), lines))


def lines_in_full(found: Iterable[Placed], lines: Lines) -> list[Fragments]:
    """The same line by line, for who has colours."""
    shown: list[Fragments] = []
    for item in found:
        if shown:
            shown.append([])
        shown.extend(_one(item, lines))
    return shown


def as_plain(shown: Iterable[Fragments]) -> str:
    """The lines without any colour."""
    rows = ("".join(text for text, _role in row).rstrip() for row in shown)
    return "".join(f"{inert(row)}\n" for row in rows)  # names of folders are anybody's


def severity(diagnostic: Diagnostic) -> str:
    """The word for how grave it is."""
    words = {"error": _("error"), "warning": _("warning"), "note": _("note")}
    return words[diagnostic.severity]


def _one(item: Placed, lines: Lines) -> Iterator[Fragments]:
    diagnostic, grave = item.diagnostic, item.diagnostic.severity
    yield [
        (f"{severity(diagnostic)}[{diagnostic.code}]", grave),
        (f": {message(diagnostic)}", "strong"),
    ]
    spans = [span for span in (item.span, *item.related) if not is_whole_file(span)]
    margin = " " * (len(str(max((span.line for span in spans), default=0))) + 1)
    yield from _excerpt(item.span, lines, margin, (label(diagnostic), grave))
    for related, span in zip(diagnostic.related, item.related, strict=True):
        yield from _second(span, lines, margin, related_label(related.label))
    if words := remedy(diagnostic):
        yield [(f"{margin} = ", "frame"), (_("help"), "strong"), (f": {words}", "plain")]


def _excerpt(
    span: Span, lines: Lines, margin: str, under: tuple[str, Severity]
) -> Iterator[Fragments]:
    yield _where(span, lines, f"{margin}--> ")
    if (line := _line(span, lines)) is None:
        return
    shown, lead, marks = marked(line, span, "^")
    yield [(f"{margin} |", "frame")]
    yield [_numbered(span.line, margin), (shown, "plain")]
    yield [(f"{margin} | ", "frame"), (lead, "plain"), (f"{marks} {under[0]}", under[1])]


def _second(span: Span, lines: Lines, margin: str, under: str) -> Iterator[Fragments]:
    """A second place, that explains the first."""
    if (line := _line(span, lines)) is None:
        yield [*_where(span, lines, f"{margin}::: "), (f" ({under})", "frame")]
        return
    yield _where(span, lines, f"{margin}::: ")
    shown, lead, marks = marked(line, span, "-")
    yield [_numbered(span.line, margin), (shown, "plain")]
    yield [(f"{margin} | ", "frame"), (lead, "plain"), (f"{marks} {under}", "frame")]


def _where(span: Span, lines: Lines, arrow: str) -> Fragments:
    place = "" if is_whole_file(span) else f":{span.line}:{span.column}"
    return [(arrow, "frame"), (f"{shown_path(lines, span.file)}{place}", "plain")]


def _numbered(line: int, margin: str) -> tuple[str, Role]:
    return f"{str(line).rjust(len(margin))} | ", "frame"


def _line(span: Span, lines: Lines) -> str | None:
    return None if is_whole_file(span) else line_of(lines.text(span.file), span.line)


def faults_concisely(found: Iterable[Diagnostic], lines: Lines) -> str:
    """`file:line:column: error[CP203] what is wrong`."""
    return as_plain(concise_line(item, lines) for item in placed(found, lines))


def concise_line(item: Placed, lines: Lines) -> Fragments:
    """One diagnostic on one line, in pieces that a terminal may colour."""
    diagnostic, span = item.diagnostic, item.span
    return [
        (f"{shown_path(lines, span.file)}:{span.line}:{span.column}: ", "plain"),
        (f"{severity(diagnostic)}[{diagnostic.code}]", diagnostic.severity),
        (f" {message(diagnostic)}", "plain"),
    ]


# --- the whole report


def full_report(items: list[Placed], lines: Lines, *, whole: bool = False, known: int = 0) -> str:
    """Writes the answer of `cpps check`, with colours where standard output has them.

    Errors come first. Unless all is asked for, what would bury them is counted: warnings beside an
    error, and remarks. `known` is how much was acknowledged.
    """
    return _in_colour(_full(items, lines, whole=whole, known=known))


def concise_report(items: list[Placed], lines: Lines, known: int = 0) -> str:
    """Writes the same with one line each."""
    return as_plain([*(concise_line(item, lines) for item in items), _summary(items, lines, known)])


def _full(items: list[Placed], lines: Lines, *, whole: bool, known: int) -> list[Fragments]:
    by_severity: dict[Severity, list[Placed]] = {"error": [], "warning": [], "note": []}
    for item in items:
        by_severity[item.diagnostic.severity].append(item)
    errors, warnings, notes = by_severity.values()
    in_full = [*errors, *(warnings if whole or not errors else ())]
    counted = [] if whole else [*(warnings if errors else ()), *notes]
    parts = [
        lines_in_full(in_full, lines),
        [concise_line(item, lines) for item in notes] if whole else list(_counted(counted)),
        [_summary(items, lines, known)],
    ]
    shown: list[Fragments] = []
    for part in filter(None, parts):
        shown.extend([[], *part] if shown else part)
    return shown


def _counted(items: list[Placed]) -> Iterator[Fragments]:
    """What is not told one by one: how many there are of each code."""
    kinds = Counter(item.diagnostic.code for item in items)
    graver = {item.diagnostic.code: item.diagnostic for item in items}
    for code, count in sorted(kinds.items()):
        found = graver[code]
        yield [
            (f"{severity(found)}[{code}]", found.severity),
            (f" × {count}: {_(CODES[code].title)}", "plain"),
        ]
    if kinds:
        yield [(_("`--all` tells each of these, with its place."), "frame")]


def _summary(items: list[Placed], lines: Lines, known: int) -> Fragments:
    count = Counter(item.diagnostic.severity for item in items)
    errors, warnings, notes = count["error"], count["warning"], count["note"]
    grave: Severity = "error" if errors else "warning" if warnings else "note"
    counted = [
        n_("{count} error", "{count} errors", errors).format(count=errors) if errors else "",
        n_("{count} warning", "{count} warnings", warnings).format(count=warnings)
        if warnings
        else "",
        n_("{count} note", "{count} notes", notes).format(count=notes) if notes else "",
        n_("{count} acknowledged", "{count} acknowledged", known).format(count=known)
        if known
        else "",
    ]
    if not errors and not warnings:
        counted.insert(0, _("no fault"))
    elif not errors:
        counted.insert(0, _("no error"))
    return [(f"{shown_path(lines, '')}: ", "plain"), (", ".join(filter(None, counted)), grave)]


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
