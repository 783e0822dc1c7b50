"""Diagnostics as workflow commands, which GitHub shows beside the lines of a change.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable

from cpps_cli.formats.diagnostics.excerpt import Lines, Placed, is_whole_file, shown_path
from cpps_cli.i18n.catalogue import inert
from cpps_cli.present.sections.faults import message, remedy

_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(items: Iterable[Placed], lines: Lines) -> str:
    """One command a line."""
    return "".join(_command(item, lines) for item in items)


def _command(item: Placed, lines: Lines) -> str:
    diagnostic, span = item.diagnostic, item.span
    properties = {"file": shown_path(lines, span.file).replace("\\", "/")}
    if not is_whole_file(span):
        properties |= {"line": str(span.line), "endLine": str(span.end_line)}
        if span.line == span.end_line:  # columns of two lines would be ignored
            properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties["title"] = diagnostic.code
    stated = ",".join(f"{name}={_escaped_property(value)}" for name, value in properties.items())
    said = "\n".join(filter(None, (message(diagnostic), remedy(diagnostic))))
    return f"::{_COMMAND[diagnostic.severity]} {stated}::{_escaped(said)}\n"


def _escaped(text: str) -> str:
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
