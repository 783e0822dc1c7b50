"""Diagnostics on one line each, as editors and `grep` read them."""

from collections.abc import Iterable

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.render.faults.full import severity
from cpps_cli.render.faults.placed import Lines, placed, shown_path
from cpps_cli.render.sentences import message


def faults_concisely(found: Iterable[Diagnostic], lines: Lines) -> str:
    """`file:line:column: error[CP203] what is wrong`."""
    return "".join(
        f"{shown_path(lines, item.span.file)}:{item.span.line}:{item.span.column}: "
        f"{severity(item.diagnostic)}[{item.diagnostic.code}] {message(item.diagnostic)}\n"
        for item in placed(found, lines)
    )
