"""The page: A4, the title of the document above, its number below."""

from docx.document import Document
from docx.section import Section
from docx.shared import Mm

from cpps_cli.formats.docx.elements import Element, field, paragraph, run, shortened, tab
from cpps_cli.present.document import Outline

TEXT_WIDTH = 9070  # in twentieths of a point: 160 mm
_LONGEST_TITLE = 100  # of what goes above each page, so that it stays one line or two


def set_page(document: Document, outline: Outline) -> None:
    """Gives the document its page; a title page, where it has a summary, stays without number."""
    section = document.sections[0]
    _measure(section)
    section.different_first_page_header_footer = True
    title = run(shortened(outline.title, _LONGEST_TITLE))
    section.header.part.element[:] = [paragraph("Header", title)]
    section.footer.part.element[:] = [_number()]
    section.first_page_header.part.element[:] = [paragraph("Header")]
    first = paragraph("Footer") if outline.contents else _number()
    section.first_page_footer.part.element[:] = [first]


def _number() -> Element:
    return paragraph("Footer", tab(), field("PAGE", "1"), run(" / "), field("NUMPAGES", "1"))


def _measure(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
