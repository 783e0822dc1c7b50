"""An amendment as a document: what is seen, what is considered, its articles, its effects."""

from collections.abc import Iterator
from typing import assert_never

from cpps_cli.i18n.catalogue import _, paragraphs
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.model import Amendment, Contract
from cpps_cli.present.document import (
    Block,
    Fact,
    Facts,
    Items,
    Outline,
    Paragraph,
    Section,
    made_inert,
)
from cpps_cli.present.document_kinds import AmendmentContext, BesideParent, OnLocals
from cpps_cli.present.sections.amendment_articles import articles
from cpps_cli.present.sections.amendment_effects import beside_parent_section, effects_section
from cpps_cli.present.sections.contract_front import fictional_notices
from cpps_cli.present.sections.sources import ids_of, source_section


def amendment_outline(context: AmendmentContext) -> Outline:
    """What the document says, in the language that is spoken."""
    contract, amendment = context.of.contract, context.amendment
    outline = Outline(
        title=amendment.title,
        subtitle=contract.title,
        language=context.library.language,
        on=amendment.in_force_on,
        front=(*fictional_notices(context.library), Facts(tuple(_facts(context)))),
        sections=tuple(_chapters(context)),
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
    yield Section(_("Articles"), tuple(articles(context)), "articles")
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
    held = contract.retained("signed_on")
    signed = held.value if held else contract.signed_on
    seen = _("Having regard to: {title}").format(title=contract.title)
    if signed is not None:
        seen = _("{seen}, signed: {day}").format(seen=seen, day=period_in_words(signed))
    return f"{seen}."


def _reasons(amendment: Amendment) -> list[str]:
    """The note and the reasons of the amendment, each once, in their words."""
    own = [amendment.contract] if amendment.contract else []
    kinds = ("adapt", "renumber", "take", "merge", "exclude", "add")
    of_sheets = [change for kind in kinds for change in getattr(amendment, kind)]
    reasons = [change.reason for change in (*own, *of_sheets)]
    found = [*paragraphs(amendment.note or ""), *filter(None, reasons)]
    return list(dict.fromkeys(found))
