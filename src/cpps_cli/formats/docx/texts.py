"""Texts as runs of words, links and signs of notes."""

from collections.abc import Iterator

from cpps_cli.formats.docx.elements import Element, run
from cpps_cli.formats.docx.references import References
from cpps_cli.present.document import Cell, Link
from cpps_cli.present.document import runs as runs_of


def runs(text: Cell, references: References) -> Iterator[Element]:
    """The words of a text, its links where they stand."""
    for part in runs_of(text):
        if isinstance(part, Link):
            yield references.link(part.to, run(part.text, "Hyperlink"))
        else:
            yield run(part)


def noted(text: Cell, note: str | None, references: References) -> Iterator[Element]:
    """The same, with the sign of the footnote that says where it comes from."""
    yield from runs(text, references)
    if note:
        yield references.note(note)
