"""Diagnostics on one line each, as editors and `grep` read them."""

from collections.abc import Iterable

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.render.faults.full import Fragments, as_plain, severity
from cpps_cli.render.faults.placed import Lines, Placed, placed, shown_path
from cpps_cli.render.sentences import message


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
