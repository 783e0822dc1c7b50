"""A document in one of the formats, as bytes: nothing is opened here, nothing decided."""

from dataclasses import dataclass
from typing import assert_never

from cpps_cli.export.formats import Format
from cpps_cli.export.subject import Subject, contract_of, language_of, outline_of
from cpps_cli.words.catalogue import speaking


@dataclass(frozen=True, slots=True)
class Folder:
    """A document made of several files, by name."""

    files: tuple[tuple[str, bytes], ...]


Written = bytes | Folder


def written(subject: Subject, format: Format) -> Written:
    """The document, in the language of its contract whatever the screen speaks.

    The same subject gives the same bytes. Raises `CppsError` where the library that a format needs
    is not installed. A format that writes tables takes `contract_of(subject)`, not its outline.
    """
    with speaking(language_of(subject)):
        match format:
            case "datapackage":
                from cpps_cli.export.to_datapackage import datapackage

                return Folder(datapackage(contract_of(subject)))
            case "docx":
                from cpps_cli.export.to_docx import docx

                return docx(outline_of(subject))
            case "html":
                from cpps_cli.export.to_html import html

                return html(outline_of(subject))
            case "markdown":
                from cpps_cli.export.to_markdown import markdown

                return markdown(outline_of(subject))
            case "pdf":
                from cpps_cli.export.to_pdf import pdf

                return pdf(outline_of(subject))
            case "xlsx":
                from cpps_cli.export.to_xlsx import xlsx

                return xlsx(contract_of(subject))
            case _:
                assert_never(format)
