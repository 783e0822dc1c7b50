"""Passages of a text as an article quotes them: what stood there, what stands there from now on."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.model import ActionSheet, Indicator, Period
from cpps_cli.model.fields import NUMBERED_FIELDS
from cpps_cli.present.document import Block, Items, Paragraph, Section
from cpps_cli.present.sections.contract.headings import heading
from cpps_cli.present.sections.contract.sheets import text_sections as sections_with_notes


def replaced(field: str, before: Any, after: Any) -> Iterator[Block]:
    """What is replaced in a field, and by what."""
    if before in (None, ()):
        yield from value_blocks(_("Under “{field}”, is stated:"), field, after)
        return
    yield from value_blocks(_("Under “{field}”, is replaced:"), field, before)
    if after in (None, ()):
        yield Paragraph(_("Nothing takes its place."))
        return
    yield Paragraph(_("by:"))
    yield from _quoted(field, after)


def value_blocks(words: str, field: str, value: Any) -> Iterator[Block]:
    """A sentence that names a field, then what is said of it."""
    yield Paragraph(words.format(field=heading(field)))
    yield from _quoted(field, value)


def text_sections(sheet: ActionSheet) -> tuple[Section, ...]:
    """What a sheet says, heading by heading."""
    return tuple(sections_with_notes(sheet, {}))


def _quoted(field: str, value: Any) -> Iterator[Block]:
    match value:
        case Period():
            yield _in_marks(period_in_words(value))
        case tuple():
            items = tuple(_line(item) for item in value)
            yield Items(items, numbered=field in NUMBERED_FIELDS)
        case _:
            yield from map(_in_marks, paragraphs(str(value)))


def _in_marks(words: str) -> Paragraph:
    return Paragraph(_("“{text}”").format(text=words))


def _line(item: Any) -> str:
    return item.title if isinstance(item, Indicator) else str(item)
