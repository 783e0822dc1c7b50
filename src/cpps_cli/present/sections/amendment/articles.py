"""The articles of an amendment: what is replaced, added, taken out, repealed, and by what."""

from collections.abc import Iterable, Iterator
from typing import Any

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import axis_title, sheet_name
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.model import Adapt, Add, Contract, Exclude, Merge, Renumber, Take
from cpps_cli.model.change import AdaptContract
from cpps_cli.present.document import Block, Item, Items, Paragraph, Section
from cpps_cli.present.document_kinds import AmendmentContext
from cpps_cli.present.sections.amendment.passages import replaced, text_sections, value_blocks

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
        yield _("the contract itself"), tuple(_of_contract(amendment.contract, before))
    if amendment.axes:
        titles = tuple(Item(axis_title(after, axis.code)) for axis in amendment.axes)
        yield _("axes"), (Paragraph(_("The axes become:")), Items(titles))
    for adapt in amendment.adapt:
        title = _("{sheet}, changed").format(sheet=_named(before, adapt.sheet))
        yield title, tuple(_adapted(adapt, before, after))
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


def _of_contract(change: AdaptContract, before: Contract) -> Iterator[Block]:
    stated = change.set.model_fields_set if change.set else frozenset()
    for field in _in_order(type(change.set) if change.set else None, stated):
        held = before.held(field)
        yield from replaced(field, held.value if held else None, getattr(change.set, field))
    yield from _items(change)


def _adapted(change: Adapt, before: Contract, after: Contract) -> Iterator[Block]:
    sheet = before.sheet(change.sheet)
    stated = change.set.model_fields_set if change.set else frozenset()
    for field in _in_order(type(change.set) if change.set else None, stated):
        yield from replaced(field, getattr(sheet, field, None), getattr(change.set, field))
    yield from _items(change)
    yield from _placed(change, after)


def _items(change: Adapt | AdaptContract) -> Iterator[Block]:
    """What is put into lists, and taken out of them."""
    for part, words in (
        (change.append, _("Under “{field}”, is added:")),
        (change.remove, _("Under “{field}”, is taken out:")),
    ):
        for field in _in_order(type(part) if part else None, part.model_fields_set if part else ()):
            yield from value_blocks(words, field, getattr(part, field))


def _in_order(noun: Any, stated: Iterable[str]) -> Iterator[str]:
    return (field for field in (noun.model_fields if noun else ()) if field in set(stated))


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
    names = tuple(Item(_named(before, code)) for code in change.sheets)
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
