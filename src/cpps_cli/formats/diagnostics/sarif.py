"""Diagnostics as SARIF 2.1.0, which code hosts and editors read (an OASIS standard)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cpps_cli import __version__
from cpps_cli.diagnostics import Code, Span
from cpps_cli.diagnostics.codes import CODES
from cpps_cli.formats.diagnostics.excerpt import (
    Lines,
    Placed,
    index_of,
    is_whole_file,
    line_of,
    shown_path,
)
from cpps_cli.formats.json import json_text
from cpps_cli.i18n.catalogue import _, language
from cpps_cli.present.sections.faults import message, related_label, remedy

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
    said = ". ".join(filter(None, (message(diagnostic), remedy(diagnostic))))
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity,
        "message": {"text": said},
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
