"""The articles of an amendment: what is replaced, added, taken out, repealed, and by what."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine.dependencies import value_in
from cpps_cli.i18n.catalogue import _, paragraphs
from cpps_cli.i18n.contract_labels import axis_title, heading, sheet_name
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    AdaptContract,
    Add,
    Contract,
    Exclude,
    Indicator,
    Merge,
    Period,
    Renumber,
    Take,
)
from cpps_cli.model.fields import NUMBERED_FIELDS
from cpps_cli.model.operation import Operation, texts_of
from cpps_cli.present.document import Block, Items, Paragraph, Section
from cpps_cli.present.document_kinds import AmendmentContext
from cpps_cli.present.sections.contract_sheets import text_sections as sections_with_notes

_ANYWHERE = Place("")  # an article quotes the text, not the line
_WAYS = ("set", "append", "remove")
_FIELDS = ("signatories", *TEXT_FIELDS, "term", "window")
Article = tuple[str, tuple[Block, ...]]


def articles(context: AmendmentContext) -> Iterator[Section]:
    """Each change as a numbered article, the day it takes force last."""
    for number, (title, blocks) in enumerate((*_changes(context), _in_force(context)), 1):
        heading = _("Article {number}: {title}").format(number=number, title=title)
        yield Section(heading, blocks, f"article-{number}")


def _changes(context: AmendmentContext) -> Iterator[Article]:
    amendment = context.amendment
    before, after = context.before, context.after
    if amendment.contract:
        yield _("the contract itself"), tuple(_texts(amendment.contract, None, before))
    if amendment.axes:
        titles = tuple(axis_title(after, axis.code) for axis in amendment.axes)
        yield _("axes"), (Paragraph(_("The axes become:")), Items(titles))
    for adapt in amendment.adapt:
        title = _("{sheet}, changed").format(sheet=_named(before, adapt.sheet))
        yield title, (*_texts(adapt, adapt.sheet, before), *_placed(adapt, after))
    for renumber in amendment.renumber:
        yield _renumbered(renumber, before, after)
    for take in amendment.take:
        yield _taken(take, after)
    for merge in amendment.merge:
        yield _merged(merge, before, after)
    for exclude in amendment.exclude:
        yield _repealed(exclude, before)
    for add in amendment.add:
        yield _added(add, after)


def _named(contract: Contract, code: str) -> str:
    sheet = contract.sheet(code)
    name = sheet_name(sheet) if sheet else code
    return _("sheet {name}").format(name=name)


def _texts(change: Adapt | AdaptContract, code: str | None, before: Contract) -> Iterator[Block]:
    """What takes the place of what, then what is put into lists, and taken out of them."""
    for text in sorted(texts_of(change, _ANYWHERE, ()), key=_order):
        field = str(text.field)
        match text.way:
            case "set":
                yield from replaced(field, value_in(before, (code, field)), text.value)
            case "append":
                yield from value_blocks(_("Under “{field}”, is added:"), field, text.value)
            case _:
                yield from value_blocks(_("Under “{field}”, is taken out:"), field, text.value)


def _order(text: Operation) -> tuple[int, int]:
    return _WAYS.index(str(text.way)), _FIELDS.index(str(text.field))


def _placed(change: Adapt | Renumber | Take, after: Contract) -> Iterator[Block]:
    if change.number:
        words = _("It takes the number {number}.").format(number=change.number)
        yield Paragraph(words)
    if change.axis:
        words = _("It stands in: {axis}.").format(axis=axis_title(after, change.axis))
        yield Paragraph(words)


def _renumbered(change: Renumber, before: Contract, after: Contract) -> Article:
    title = _("{sheet}, moved").format(sheet=_named(before, change.sheet))
    return title, (*_placed(change, after), Paragraph(_("Its text does not change.")))


def _taken(change: Take, after: Contract) -> Article:
    """Of a local contract: a sheet that it did not have, as its parent has it."""
    sheet = after.sheet(change.sheet)
    first = Paragraph(_("It is taken up from the parent, word for word."))
    title = _("{sheet}, taken up").format(sheet=_named(after, change.sheet))
    return title, (first, *_placed(change, after), *(text_sections(sheet) if sheet else ()))


def _merged(change: Merge, before: Contract, after: Contract) -> Article:
    names = tuple(_named(before, code) for code in change.sheets)
    sheet = after.sheet(change.code)
    title = _("{sheet}, made of several").format(sheet=_named(after, change.code))
    first = Paragraph(_("It takes the place of:"))
    return title, (first, Items(names), *(text_sections(sheet) if sheet else ()))


def _repealed(change: Exclude, before: Contract) -> Article:
    name = _named(before, change.sheet)
    blocks = [Paragraph(_("It is repealed."))]
    if change.decided_by:
        blocks.append(Paragraph(_("Decided by: {body}.").format(body=change.decided_by)))
    if change.decided_on:
        day = day_in_words(change.decided_on)
        blocks.append(Paragraph(_("Decided on: {day}.").format(day=day)))
    if change.review_on:
        day = day_in_words(change.review_on)
        blocks.append(Paragraph(_("To look at again on: {day}.").format(day=day)))
    return _("{sheet}, repealed").format(sheet=name), tuple(blocks)


def _added(change: Add, after: Contract) -> Article:
    words = _("It is added to: {axis}.").format(axis=axis_title(after, change.axis))
    title = _("{sheet}, added").format(sheet=_named(after, change.code))
    return title, (Paragraph(words), *text_sections(after.sheet(change.code) or change))


def _in_force(context: AmendmentContext) -> Article:
    day = day_in_words(context.amendment.in_force_on)
    words = _("This amendment holds from {day}.").format(day=day)
    return _("day from which it holds"), (Paragraph(words),)


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
