"""Diagnostics as one JSON document, for scripts."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, TypedDict

from cpps_cli.diagnostics import Severity, Span
from cpps_cli.formats.diagnostics.excerpt import Lines, Placed, is_whole_file, shown_path
from cpps_cli.present.sentences import message, related_label, remedy


class PlaceDocument(TypedDict):
    """Lines and columns from 1, the end excluded; null where the file as a whole is meant."""

    file: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


class RelatedDocument(PlaceDocument):
    """A second place, and what stands there."""

    message: str


class DiagnosticDocument(PlaceDocument):
    """One fault. `help` is null where nothing general can be advised."""

    code: str
    severity: Severity
    message: str
    help: str | None
    related: list[RelatedDocument]


class CountDocument(TypedDict):
    """How many there are of each severity."""

    errors: int
    warnings: int
    notes: int


class CheckDocument(TypedDict):
    """Everything that `cpps check` found in a library."""

    schema: Literal["cpps.check/1"]
    library: str
    diagnostics: list[DiagnosticDocument]
    summary: CountDocument


def as_json(items: Iterable[Placed], lines: Lines) -> str:
    """The document as text."""
    from cpps_cli.formats.json import json_text

    return json_text(check_document(list(items), lines))


def check_document(items: list[Placed], lines: Lines) -> CheckDocument:
    """The document of a whole check."""
    return {
        "schema": "cpps.check/1",
        "library": shown_path(lines, ""),
        "diagnostics": [_diagnostic(item, lines) for item in items],
        "summary": counted(items),
    }


def counted(items: Iterable[Placed]) -> CountDocument:
    """How many there are of each severity."""
    count = Counter(item.diagnostic.severity for item in items)
    return {"errors": count["error"], "warnings": count["warning"], "notes": count["note"]}


def _diagnostic(item: Placed, lines: Lines) -> DiagnosticDocument:
    diagnostic = item.diagnostic
    seconds = zip(diagnostic.related, item.related, strict=True)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": message(diagnostic),
        "help": remedy(diagnostic) or None,
        **_place(item.span, lines),
        "related": [
            {"message": related_label(related.label), **_place(span, lines)}
            for related, span in seconds
        ],
    }


def _place(span: Span, lines: Lines) -> PlaceDocument:
    whole = is_whole_file(span)
    return {
        "file": shown_path(lines, span.file),
        "line": None if whole else span.line,
        "column": None if whole else span.column,
        "end_line": None if whole else span.end_line,
        "end_column": None if whole else span.end_column,
    }
