"""A document in one of the formats, as bytes: nothing is opened here, nothing decided."""

from dataclasses import dataclass, replace
from typing import assert_never

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.formats.registry import TABLES, Format
from cpps_cli.i18n.catalogue import speaking
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.document_kinds import (
    AmendmentContext,
    CorrespondenceContext,
    OnLocals,
    Subject,
    contract_of,
    language_of,
    outline_of,
)
from cpps_cli.present.surroundings import faults_of_locals


@dataclass(frozen=True, slots=True)
class Folder:
    """A document made of several files, by name."""

    files: tuple[tuple[str, bytes], ...]


Json = bytes | Folder


def written(subject: Subject, format: Format) -> Json:
    """The document, in the language of its contract whatever the screen speaks.

    The same subject gives the same bytes. Raises `CppsError` where the library that a format needs
    is not installed. A format that writes tables takes `contract_of(subject)`, not its outline.
    """
    with speaking(language_of(subject)):
        match format:
            case "datapackage":
                from cpps_cli.formats.datapackage import datapackage

                return Folder(datapackage(contract_of(subject)))
            case "docx":
                from cpps_cli.formats.docx import docx

                return docx(outline_of(subject))
            case "html":
                from cpps_cli.formats.html import html

                return html(outline_of(subject))
            case "markdown":
                from cpps_cli.formats.markdown import markdown

                return markdown(outline_of(subject))
            case "pdf":
                from cpps_cli.formats.pdf import pdf

                return pdf(outline_of(subject))
            case "xlsx":
                from cpps_cli.formats.xlsx import xlsx

                return xlsx(contract_of(subject))
            case _:
                assert_never(format)


def faults_passed_over(subject: Subject, format: Format) -> tuple[Diagnostic, ...]:
    """What is wrong with the local texts that the document would tell of."""
    match subject:
        case DocumentContext():
            return faults_of_locals(subject) if format in TABLES else ()
        case AmendmentContext(of=of, reach=OnLocals(after=after)):
            return faults_of_locals(replace(of, parent=after))
        case AmendmentContext():
            return ()
        case CorrespondenceContext():
            return faults_of_locals(subject.former)
        case _:
            assert_never(subject)


def is_local(subject: Subject) -> bool:
    """Whether it is about one local contract."""
    of = subject if isinstance(subject, DocumentContext) else subject.of
    return of.derived is not None
