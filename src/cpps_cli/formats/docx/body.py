"""The text of a document, block by block."""

from collections.abc import Iterator
from itertools import islice
from typing import assert_never

from cpps_cli.formats.chart import lines_of
from cpps_cli.formats.docx.elements import Element, paragraph, run, w
from cpps_cli.formats.docx.references import References, bookmark, noted, runs
from cpps_cli.formats.docx.styles import CONTENTS, HEADINGS, NOTICES
from cpps_cli.formats.docx.tables import table
from cpps_cli.i18n.catalogue import _
from cpps_cli.present.document import (
    Block,
    Chart,
    Extract,
    Fact,
    Facts,
    Items,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    item_of,
    summary,
)


def body(outline: Outline, references: References) -> Iterator[Element]:
    """The title page, the summary, then the sections."""
    yield paragraph("Title", run(outline.title))
    yield paragraph("Subtitle", run(outline.subtitle))
    yield from _blocks(outline.front, 1, references)
    sections = _blocks(outline.sections, 1, references)
    if outline.contents:
        yield contents(outline, references)
        yield from _on_new_page(sections)
    yield from sections
    # Word wants a paragraph after a table, even where nothing more is said.
    yield paragraph("TableEnd")


def _on_new_page(written: Iterator[Element]) -> Iterator[Element]:
    """The first of what comes next, told to begin a page."""
    for first in islice(written, 1):
        after_style = 1
        first[0].insert(after_style, w("pageBreakBefore"))
        yield first


def _blocks(
    blocks: tuple[Block, ...] | tuple[Section, ...], level: int, references: References
) -> Iterator[Element]:
    for block in blocks:
        yield from _block(block, level, references)


def _block(block: Block, level: int, references: References) -> Iterator[Element]:
    match block:
        case Section():
            yield _heading(block, level, references)
            yield from _blocks(block.blocks, level + 1, references)
        case Paragraph():
            yield paragraph("BodyText", *noted(block.text, block.note, references))
        case Items():
            yield from _items(block, references)
        case Facts():
            for fact in block.facts:
                yield from _fact(fact, references)
        case Notice():
            label = run(f"{block.label}.", "Strong")
            yield paragraph(NOTICES[block.kind], label, run(" "), *runs(block.text, references))
        case Table():
            yield from table(block, references)
        case Chart() | Extract():
            yield from (paragraph("BodyText", run(line)) for line in lines_of(block))
        case _:
            assert_never(block)


def _heading(section: Section, level: int, references: References) -> Element:
    """Chapters are headings 1 of Word: the title of the document has a style of its own."""
    words: tuple[Element, ...] = (run(section.title),)
    if section.anchor:
        words = references.place(bookmark(section.anchor), *words)
    return paragraph(HEADINGS[min(level, len(HEADINGS)) - 1], *words)


def _items(block: Items, references: References) -> Iterator[Element]:
    number = references.list_from_one() if block.numbered else None
    for item in map(item_of, block.items):
        words = noted(item.text, item.note, references)
        if number is None:
            yield paragraph("ListBullet", *words)
        else:
            yield _numbered(number, *words)


def _numbered(number: int, *words: Element) -> Element:
    """An item of one list among those that share a style: the list says where counting begins."""
    made = paragraph("ListNumber", *words)
    made[0].append(w("numPr", w("ilvl", val=0), w("numId", val=number)))
    return made


def _fact(fact: Fact, references: References) -> Iterator[Element]:
    yield paragraph("FactName", run(fact.term))
    for text in fact.texts:
        yield paragraph("FactValue", *runs(text, references))


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
