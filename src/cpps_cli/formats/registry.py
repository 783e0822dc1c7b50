"""Every format there is, by kind, and its writer, loaded where it is asked for.

A new one is a module here, its name in the `Literal` of its kind, and a `case` where the writers of
its kind are chosen; one of documents has its line in `FORMATS` besides.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never, get_args

from cpps_cli.diagnostics import N_, CppsError

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.formats.diagnostics import Lines
    from cpps_cli.formats.records import Dialect
    from cpps_cli.present.document import Answer, Outline
    from cpps_cli.present.facts import Workbook
    from cpps_cli.present.facts.published import Package

AnswerFormat = Literal["table", "json", "csv", "markdown"]
CalendarFormat = Literal[AnswerFormat, "ics"]
FaultFormat = Literal["full", "concise", "json", "github", "sarif"]
TextFormat = Literal["docx", "html", "markdown", "pdf"]
DocumentFormat = Literal["datapackage", TextFormat, "xlsx"]
ExportFormat = Literal[DocumentFormat, "csv", "parquet"]
Target = Literal["screen or file", "file", "folder"]


class Format(NamedTuple):
    """The place that documents of a format are written to, and the suffix of their files."""

    to: Target
    suffix: str = ""


FORMATS: dict[DocumentFormat, Format] = {
    "datapackage": Format("folder"),
    "docx": Format("file", ".docx"),
    "html": Format("screen or file", ".html"),
    "markdown": Format("screen or file", ".md"),
    "pdf": Format("file", ".pdf"),
    "xlsx": Format("file", ".xlsx"),
}
DOCUMENTS: tuple[DocumentFormat, ...] = get_args(DocumentFormat)
_ALSO: dict[str, DocumentFormat] = {".htm": "html", ".markdown": "markdown"}


Files = tuple[tuple[str, bytes], ...]
Content = bytes | Files
"""A document in one file, or in several by their names."""


def format_of(path: PurePath) -> DocumentFormat | None:
    """Finds the format of documents that a file's suffix names."""
    suffix = path.suffix.lower()
    named = {known.suffix: name for name, known in FORMATS.items() if known.suffix}
    return named.get(suffix) or _ALSO.get(suffix)


def answer_text(answer: "Answer", format: AnswerFormat, dialect: "Dialect" = "plain") -> str:
    """Writes an answer, ready for standard output."""
    match format:
        case "table":
            # Rich is loaded for people only: scripts that ask for JSON do not pay for it.
            from cpps_cli.formats.terminal import in_terminal

            return in_terminal(answer.section)
        case "json":
            from cpps_cli.formats.records import json_text

            return json_text(answer.document)
        case "csv":
            from cpps_cli.formats.records import as_csv

            return as_csv(answer.table, dialect)
        case "markdown":
            from cpps_cli.formats.markdown import section_text

            return section_text(answer.section)
        case _:
            assert_never(format)


def in_parts(
    empty: "Answer",
    key: str,
    texts: Iterable[str],
    format: AnswerFormat,
    dialect: "Dialect" = "plain",
) -> Iterator[str]:
    """Writes an answer of many things as JSON or csv, as they come; `empty` has none of them.

    Each text is an item of the list of that key in JSON, or rows of csv.
    """
    if format == "json":
        from cpps_cli.formats.records import json_around

        yield from json_around(empty.document, key, texts)
    else:
        from cpps_cli.formats.records import as_csv

        yield as_csv(empty.table, dialect)
        yield from texts


def document_bytes(outline: "Outline", format: TextFormat) -> bytes:
    """Writes a document: the same outline gives the same bytes.

    Raises `CppsError` where the library that a format needs is not installed.
    """
    match format:
        case "docx":
            from cpps_cli.formats.docx import docx

            return docx(outline)
        case "html":
            from cpps_cli.formats.html import html

            return html(outline)
        case "markdown":
            from cpps_cli.formats.markdown import markdown

            return markdown(outline)
        case "pdf":
            from cpps_cli.formats.pdf import pdf

            return pdf(outline)
        case _:
            assert_never(format)


def open_data(package: "Package") -> Files:
    """Writes tables as open data, with what describes them."""
    from cpps_cli.formats.datapackage import datapackage

    return datapackage(package)


def workbook_bytes(workbook: "Workbook") -> bytes:
    """Writes tables as a workbook; raises `CppsError` as a document does."""
    from cpps_cli.formats.xlsx import xlsx

    return xlsx(workbook)


class Manner(NamedTuple):
    """How people are told what a check found: all of it, or errors with the rest counted.

    `known` is how much the library has acknowledged, which is not told.
    """

    whole: bool = False
    known: int = 0


def fault_report(
    found: "Iterable[Diagnostic]",
    lines: "Lines",
    format: FaultFormat,
    manner: Manner = Manner(),  # noqa: B008 (it never changes)
) -> str:
    """Writes all that a check found, ready for standard output."""
    from cpps_cli.formats.diagnostics import placed

    items = placed(found, lines)
    match format:
        case "full":
            from cpps_cli.formats.diagnostics.full import full_report

            return full_report(items, lines, whole=manner.whole, known=manner.known)
        case "concise":
            from cpps_cli.formats.diagnostics.full import concise_report

            return concise_report(items, lines, manner.known)
        case "json":
            from cpps_cli.formats.diagnostics.pipelines import as_json

            return as_json(items, lines)
        case "github":
            from cpps_cli.formats.diagnostics.pipelines import as_github

            return as_github(items, lines)
        case "sarif":
            from cpps_cli.formats.diagnostics.pipelines import as_sarif

            return as_sarif(items, lines)
        case _:
            assert_never(format)


@contextmanager
def needed(library: str, extra: str = "documents") -> Iterator[None]:
    """Turns a library that is not installed into one sentence; import it inside.

    `extra` is the one of our package that brings it.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        from cpps_cli.formats.installation import command_for

        command = command_for(extra)
        here = N_("install it where cpps is installed: `{command}`")
        ask = N_("ask whoever installed cpps for its extra `{extra}`")
        raise CppsError(
            "this format needs `{library}`, which is not installed",
            help=here if command else ask,
            library=library,
            extra=extra,
            command=command or "",
        ) from missing
