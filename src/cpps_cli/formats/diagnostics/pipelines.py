"""Faults for machines: JSON, annotations of GitHub, SARIF."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cpps_cli import __version__
from cpps_cli.diagnostics import Code, Span
from cpps_cli.diagnostics.codes import CODES
from cpps_cli.formats.diagnostics import Lines, Placed, index_of, is_whole_file, line_of, shown_path
from cpps_cli.formats.records import json_text
from cpps_cli.i18n.catalogue import _, inert, language, message, related_label, remedy
from cpps_cli.present.sections.faults import CHECK, Located, Second, Spot


def as_json(items: Iterable[Placed], lines: Lines) -> str:
    """The document as text."""
    located = [_located(item, lines) for item in items]
    return json_text(CHECK.write(located, library=shown_path(lines, "")))


def _located(item: Placed, lines: Lines) -> Located:
    labels = (related_label(related.label) for related in item.diagnostic.related)
    seconds = zip(labels, item.related, strict=True)
    related = tuple(Second(label, _spot(span, lines)) for label, span in seconds)
    return Located(item.diagnostic, _spot(item.span, lines), related)


def _spot(span: Span, lines: Lines) -> Spot:
    return Spot(shown_path(lines, span.file), None if is_whole_file(span) else span)


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
    words = "\n".join(filter(None, (message(diagnostic), remedy(diagnostic))))
    return f"::{_COMMAND[diagnostic.severity]} {stated}::{_escaped(words)}\n"


def _escaped(text: str) -> str:
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(items: Iterable[Placed], lines: Lines) -> str:
    """The log of one run as text."""
    found = list(items)
    codes = sorted({item.diagnostic.code for item in found})
    driver = {
        "name": "cpps",
        "semanticVersion": __version__,
        "language": language(),
        "rules": [_rule(CODES[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, lines, codes) for item in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log)


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.id,
        "shortDescription": {"text": _(code.title)},
        "fullDescription": {"text": _(code.why)},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(item: Placed, lines: Lines, codes: list[str]) -> dict[str, Any]:
    diagnostic = item.diagnostic
    words = ". ".join(filter(None, (message(diagnostic), remedy(diagnostic))))
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity,
        "message": {"text": words},
        "locations": [_location(item.span, lines)],
    }
    seconds = zip(diagnostic.related, item.related, strict=True)
    related = [
        {**_location(span, lines), "message": {"text": related_label(second.label)}}
        for second, span in seconds
    ]
    return {**result, "relatedLocations": related} if related else result


def _location(span: Span, lines: Lines) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(shown_path(lines, span.file))}}
    if not is_whole_file(span):
        text = lines.text(span.file)
        place["region"] = {
            "startLine": span.line,
            "startColumn": _code_point(text, span.line, span.column),
            "endLine": span.end_line,
            "endColumn": _code_point(text, span.end_line, span.end_column),
        }
    return {"physicalLocation": place}


def _code_point(text: str, line: int, column: int) -> int:
    """Our columns do not count accents that are stored apart; those of SARIF do."""
    return index_of(line_of(text, line) or "", column) + 1 if column > 1 else 1


def _uri(path: str) -> str:
    shown = Path(path)
    return shown.as_uri() if shown.is_absolute() else quote(shown.as_posix())
