"""Texts as runs of words, links and signs of notes."""

from collections.abc import Iterator

from cpps_cli.formats.docx.elements import Element, run
from cpps_cli.formats.docx.references import References
from cpps_cli.present.document import Link, Text


def runs(text: Text, references: References) -> Iterator[Element]:
    """The words of a text, its links where they stand."""
    for part in text:
        if isinstance(part, Link):
            yield references.link(part.to, run(part.text, "Hyperlink"))
        else:
            yield run(part)


def noted(text: Text, note: str | None, references: References) -> Iterator[Element]:
    """The same, with the sign of the footnote that says where it comes from."""
    yield from runs(text, references)
    if note:
        yield references.note(note)
