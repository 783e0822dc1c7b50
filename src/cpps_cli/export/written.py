"""A document in one of the formats, as bytes: nothing is opened here, nothing decided."""

from dataclasses import dataclass
from typing import assert_never

from cpps_cli.export.contract.outlined import contract_outline
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.formats import Format
from cpps_cli.export.outline import Outline
from cpps_cli.words.catalogue import speaking


@dataclass(frozen=True, slots=True)
class Folder:
    """A document made of several files, by name."""

    files: tuple[tuple[str, bytes], ...]


Written = bytes | Folder


def written(dossier: Dossier, format: Format) -> Written:
    """The document, in the language of its contract whatever the screen speaks.

    The same dossier gives the same bytes. Raises `CppsError` where the library that a format needs
    is not installed. A format that writes tables takes the dossier instead of its outline.
    """
    with speaking(dossier.library.language):
        match format:
            case "html":
                from cpps_cli.export.to_html import html

                return html(outline_of(dossier))
            case "markdown":
                from cpps_cli.export.to_markdown import markdown

                return markdown(outline_of(dossier))
            case _:
                assert_never(format)


def outline_of(dossier: Dossier) -> Outline:
    """What the document says; call it while its language is spoken."""
    return contract_outline(dossier)
