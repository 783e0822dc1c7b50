"""Diagnostics for people: the sentence, the place, the user's own line, and the remedy."""

from collections.abc import Iterable, Iterator
from typing import Literal

from cpps_cli.diagnostics import Diagnostic, Severity, Span
from cpps_cli.formats.diagnostics.excerpt import (
    Lines,
    Placed,
    is_whole_file,
    line_of,
    marked,
    placed,
    shown_path,
)
from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.text import inert
from cpps_cli.present.sentences import label, message, related_label, remedy

Role = Severity | Literal["plain", "strong", "frame"]
Fragments = list[tuple[str, Role]]
"""One line, in pieces that a terminal may colour."""


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
    if said := remedy(diagnostic):
        yield [(f"{margin} = ", "frame"), (_("help"), "strong"), (f": {said}", "plain")]


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
