"""The summary: a field that Word can make again, already filled with the titles.

Only Word, when it lays out the pages, knows their numbers. It does not fill them in by itself: the
settings that ask it to open a warning instead, and may leave every number wrong. So the titles are
links, and a line says how to have the numbers; it stands in the field, so that it goes when they
come.
"""

from cpps_cli.formats.docx.elements import Element, paragraph, run, w
from cpps_cli.formats.docx.references import References
from cpps_cli.formats.docx.styles import CONTENTS
from cpps_cli.i18n.catalogue import _
from cpps_cli.present.document import Outline, Section, summary


def contents(outline: Outline, references: References) -> Element:
    """The summary of the document, in the frame where Word shows its button to update it."""
    lines = [_line(references, depth, section) for depth, section in summary(outline)]
    hint = _("Page numbers: right-click on this summary, then update the field.")
    lines.append(paragraph("Hint", run(hint)))
    after_style = 1
    lines[0][after_style:after_style] = _beginning(outline.contents)
    lines[-1].append(_sign("end"))
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    heading = paragraph("TOCHeading", run(_("Contents")))
    return w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *lines))


def _line(references: References, depth: int, section: Section) -> Element:
    words = run(section.title)
    line = references.link(f"#{section.anchor}", words) if section.anchor else words
    return paragraph(CONTENTS[min(depth, len(CONTENTS)) - 1], line)


def _beginning(deepest: int) -> list[Element]:
    instruction = w("instrText")
    instruction.text = f' TOC \\o "1-{deepest}" \\h \\z '
    return [_sign("begin"), w("r", instruction), _sign("separate")]


def _sign(kind: str) -> Element:
    return w("r", w("fldChar", fldCharType=kind))
