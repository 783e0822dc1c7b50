"""An amendment as a document: what is seen, what is considered, its articles, its effects.

A kind of change has its place in `_ORDER` and its article in `_article`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, assert_never

from cpps_cli.diagnostics import Place
from cpps_cli.engine.dependencies import value_in
from cpps_cli.i18n.catalogue import N_, _, paragraphs
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import axis_title, heading, sheet_name
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    AdaptContract,
    Add,
    Amendment,
    Contract,
    Exclude,
    Indicator,
    IndicatorChange,
    Merge,
    Period,
    Renumber,
    Take,
)
from cpps_cli.model.fields import NUMBERED_FIELDS
from cpps_cli.model.operation import KINDS, Operation, SheetChange, texts_of
from cpps_cli.present.document import (
    Block,
    Fact,
    Facts,
    Items,
    Outline,
    Paragraph,
    Section,
    made_inert,
    plain,
)
from cpps_cli.present.document_kinds import AmendmentContext, BesideParent, OnLocals
from cpps_cli.present.prose import listed, prose
from cpps_cli.present.sections.amendment_effects import beside_parent_section, effects_section
from cpps_cli.present.sections.contract_sheets import text_sections
from cpps_cli.present.sections.indicators import measured_section
from cpps_cli.present.sections.sources import ids_of, source_section
from cpps_cli.present.standing import standing, standing_notices

_ANYWHERE = Place("")  # an article quotes the text, not the line
_ORDER = ("adapt", "renumber", "take", "merge", "exclude", "add")
_WAYS = {
    "set": N_("Under “{field}”, is stated:"),
    "append": N_("Under “{field}”, is added:"),
    "remove": N_("Under “{field}”, is taken out:"),
}
_OF_AN_INDICATOR = {
    "title": N_("title"),
    "unit": N_("unit"),
    "definition": N_("definition"),
    "every": N_("frequency"),
    "target": N_("target"),
    "note": N_("note"),
}
_FIELDS = ("signatories", *TEXT_FIELDS, "term", "window")
Article = tuple[str, tuple[Block, ...]]


def amendment_outline(context: AmendmentContext) -> Outline:
    """What the document says, in the language that is spoken."""
    contract, amendment = context.of.contract, context.amendment
    outline = Outline(
        title=amendment.title,
        subtitle=contract.title,
        language=context.library.language,
        on=amendment.in_force_on,
        front=(*standing_notices(context.library), Facts(tuple(_facts(context)))),
        sections=tuple(_chapters(context)),
        standing=standing(context.library),
    )
    return made_inert(outline)


def _facts(context: AmendmentContext) -> Iterator[Fact]:
    amendment = context.amendment
    signed = period_in_words(amendment.signed_on) if amendment.signed_on else _("not known")
    yield Fact(_("Amends"), (context.of.contract.title,))
    yield Fact(_("Territory"), (context.of.place,))
    yield Fact(_("Deliberation"), ((amendment.deliberation or _("not known")),))
    yield Fact(_("Signed on"), (signed,))
    yield Fact(_("In force from"), (day_in_words(amendment.in_force_on),))
    if amendment.editorial:
        words = _("it changes words, and no commitment")
        yield Fact(_("Scope"), (words,))


def _chapters(context: AmendmentContext) -> Iterator[Section]:
    amendment = context.amendment
    yield Section(_("Whereas"), tuple(_whereas(context)), "considerants")
    yield Section(_("Articles"), tuple(_articles(context)), "articles")
    yield _effect(context)
    if ids := tuple(ids_of(amendment)):
        yield source_section(context.of, ids)


def _effect(context: AmendmentContext) -> Section:
    match context.reach:
        case OnLocals():
            return effects_section(context.of, context.reach)
        case BesideParent():
            return beside_parent_section(context.reach)
        case _:
            assert_never(context.reach)


def _whereas(context: AmendmentContext) -> Iterator[Block]:
    """What the amendment rests on: nothing that is not in it or in its contract."""
    amendment, contract = context.amendment, context.of.contract
    if context.of.derived is not None:
        yield Paragraph(_having_regard_to(context.of.derived.parent))
    yield Paragraph(_having_regard_to(contract))
    for earlier in context.earlier:
        seen = _("Having regard to: {title}").format(title=earlier.title)
        yield Paragraph(f"{seen}.")
    reasons = tuple(_reasons(amendment))
    if reasons:
        yield Paragraph(_("Considering what follows:"))
        yield Items(reasons)
    else:
        yield Paragraph(_("No reason is given."))


def _having_regard_to(contract: Contract) -> str:
    retained = contract.retained("signed_on")
    signed = retained.value if retained else contract.signed_on
    seen = _("Having regard to: {title}").format(title=contract.title)
    if signed is not None:
        seen = _("{seen}, signed: {day}").format(seen=seen, day=period_in_words(signed))
    return f"{seen}."


def _reasons(amendment: Amendment) -> list[str]:
    """The note and the reasons of the amendment, each once, in their words."""
    own = [amendment.contract] if amendment.contract else []
    reasons = [change.reason for change in (*own, *_sheet_changes(amendment))]
    found = [*paragraphs(amendment.note or ""), *filter(None, reasons)]
    return list(dict.fromkeys(found))


# --- its articles


def _articles(context: AmendmentContext) -> Iterator[Section]:
    """Each change as a numbered article, the day it takes force last."""
    for number, (title, blocks) in enumerate(_titled(context), 1):
        words = _("Article {number}: {title}").format(number=number, title=title)
        yield Section(words, blocks, f"article-{number}")


def _titled(context: AmendmentContext) -> Iterator[Article]:
    amendment, before, after = context.amendment, context.before, context.after
    if amendment.contract:
        yield _("the contract itself"), tuple(_texts(amendment.contract, None, before))
    if amendment.axes:
        titles = tuple(axis_title(after, axis.code) for axis in amendment.axes)
        yield _("axes"), (Paragraph(_("The axes become:")), Items(titles))
    for change in _sheet_changes(amendment):
        yield _article(change, before, after)
    words = _("This amendment holds from {day}.").format(day=day_in_words(amendment.in_force_on))
    yield _("day from which it holds"), (Paragraph(words),)


def _sheet_changes(amendment: Amendment) -> Iterator[SheetChange]:
    """The changes of sheets, kind by kind; fails where a kind has no place among the others."""
    for kind in sorted(KINDS, key=_ORDER.index):
        yield from getattr(amendment, kind)


def _article(change: SheetChange, before: Contract, after: Contract) -> Article:
    """Words one change; a sheet is named as it was, a new one as it comes to be."""
    blocks: tuple[Block, ...]
    match change:
        case Adapt(sheet=code):
            title, of = _("{sheet}, changed"), before
            blocks = (*_texts(change, code, before), *_placed(change, after))
        case Renumber(sheet=code):
            title, of = _("{sheet}, moved"), before
            blocks = (*_placed(change, after), Paragraph(_("Its text does not change.")))
        case Take(sheet=code):  # by a local contract, from its parent
            title, of = _("{sheet}, taken up"), after
            taken = after.sheet(code)
            is_held = taken is not None and taken.status == "documented"
            words = _("It is taken up from the parent, word for word.")
            first = Paragraph(words if is_held else _("It is taken up from the parent."))
            blocks = (first, *_placed(change, after), *_whole(taken))
        case Merge(code=code):
            title, of = _("{sheet}, made of several"), after
            names = Items(tuple(_named(before, merged) for merged in change.sheets))
            blocks = (Paragraph(_("It takes the place of:")), names, *_whole(after.sheet(code)))
        case Exclude(sheet=code):
            title, of = _("{sheet}, repealed"), before
            blocks = tuple(_repealed(change))
        case Add(code=code):
            title, of = _("{sheet}, added"), after
            words = _("It is added to: {axis}.").format(axis=axis_title(after, change.axis))
            blocks = (Paragraph(words), *_whole(after.sheet(code) or change))
        case _:
            assert_never(change)
    return title.format(sheet=_named(of, code)), blocks


def _named(contract: Contract, code: str) -> str:
    sheet = contract.sheet(code)
    return _("sheet {name}").format(name=sheet_name(sheet) if sheet else code)


def _whole(sheet: ActionSheet | None) -> tuple[Section, ...]:
    return tuple(text_sections(sheet, {})) if sheet else ()


def _placed(change: Adapt | Renumber | Take, after: Contract) -> Iterator[Paragraph]:
    if change.number:
        yield Paragraph(_("It takes the number {number}.").format(number=change.number))
    if change.axis:
        yield Paragraph(_("It stands in: {axis}.").format(axis=axis_title(after, change.axis)))


def _repealed(change: Exclude) -> Iterator[Paragraph]:
    yield Paragraph(_("It is repealed."))
    for pattern, stated in (
        (_("Decided by: {body}."), change.decided_by),
        (_("Decided on: {day}."), change.decided_on),
        (_("To look at again on: {day}."), change.review_on),
    ):
        if stated:
            words = day_in_words(stated) if isinstance(stated, date) else stated
            yield Paragraph(pattern.format(body=words, day=words))


def _texts(change: Adapt | AdaptContract, code: str | None, before: Contract) -> Iterator[Block]:
    """What takes the place of what, then what is put into lists, and taken out of them."""
    for text in sorted(texts_of(change, _ANYWHERE, ()), key=_order):
        field, way = str(text.field), str(text.way)
        if field == "indicators":
            yield from _indicators(text, before.sheet(code or ""))
            continue
        former = value_in(before, (code, field)) if way == "set" else None
        if former in (None, ()):
            yield from _headed(_(_WAYS[way]), field, text.value)
        else:
            yield from _replaced(heading(field), field, former, text.value)


def _indicators(text: Operation, sheet: ActionSheet | None) -> Iterator[Block]:
    """What changes in each indicator that is named, word by word; a new one as a whole."""
    known = {item.code: item for item in sheet.indicators} if sheet else {}
    if text.way == "remove":
        gone = tuple(known[code].title if code in known else code for code in text.value)
        yield from _headed(_(_WAYS["remove"]), "indicators", gone)
        return
    for change in text.value:
        if before := known.get(change.code):
            yield from _indicator(before, change)
        else:
            yield Paragraph(_(_WAYS["append"]).format(field=heading("indicators")))
            yield measured_section(change.of(None))


def _indicator(before: Indicator, change: IndicatorChange) -> Iterator[Block]:
    for name, label in _OF_AN_INDICATOR.items():
        former, value = getattr(before, name), getattr(change, name)
        if value is None or value == former:
            continue
        words = _("{field}, “{title}”, {part}")
        field = words.format(field=heading("indicators"), title=before.title, part=_(label))
        if former is None:
            yield Paragraph(_(_WAYS["set"]).format(field=field))
            yield from _quoted(name, value)
        else:
            yield from _replaced(field, name, former, value)
    if change.values:
        yield measured_section(change.of(before))


def _order(text: Operation) -> tuple[int, int]:
    return list(_WAYS).index(str(text.way)), _FIELDS.index(str(text.field))


def _replaced(title: str, field: str, former: Any, value: Any) -> Iterator[Block]:
    """What takes the place of a value, under the title of its field."""
    yield Paragraph(_("Under “{field}”, is replaced:").format(field=title))
    yield from _quoted(field, former)
    if value in (None, ()):
        yield Paragraph(_("Nothing takes its place."))
    else:
        yield Paragraph(_("by:"))
        yield from _quoted(field, value)


def _headed(words: str, field: str, value: Any) -> Iterator[Block]:
    """A sentence that names a field, then a value of it."""
    yield Paragraph(words.format(field=heading(field)))
    yield from _quoted(field, value)


def _quoted(field: str, value: Any) -> Iterator[Block]:
    match value:
        case Period():
            yield _in_marks(period_in_words(value))
        case tuple():
            items = tuple(listed(str(item)) for item in value)
            yield Items(items, numbered=field in NUMBERED_FIELDS)
        case _:
            for block in prose(str(value)):
                yield _in_marks(plain(block.text)) if isinstance(block, Paragraph) else block


def _in_marks(words: str) -> Paragraph:
    return Paragraph(_("“{text}”").format(text=words))
