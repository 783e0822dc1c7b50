"""An amendment as a document: what is seen, what is considered, its articles, its effects."""

from collections.abc import Iterator
from typing import assert_never

from cpps_cli.export.amendment.articles import articles
from cpps_cli.export.amendment.beside_parent import beside_parent_section
from cpps_cli.export.amendment.effects import effects_section
from cpps_cli.export.contract.cited import ids_of, source_section
from cpps_cli.export.contract.front import fictional_notices
from cpps_cli.export.inert import made_inert
from cpps_cli.export.outline import (
    Block,
    Fact,
    Facts,
    Item,
    Items,
    Outline,
    Paragraph,
    Section,
    said,
)
from cpps_cli.export.subject import AmendmentDossier, BesideParent, OnLocals
from cpps_cli.model import Amendment, Contract
from cpps_cli.words.catalogue import _
from cpps_cli.words.dates import day_in_words, period_in_words
from cpps_cli.words.plain import paragraphs


def amendment_outline(dossier: AmendmentDossier) -> Outline:
    """What the document says, in the language that is spoken."""
    contract, amendment = dossier.of.contract, dossier.amendment
    outline = Outline(
        title=amendment.title,
        subtitle=contract.title,
        language=dossier.library.language,
        on=amendment.in_force_on,
        front=(*fictional_notices(dossier.library), Facts(tuple(_facts(dossier)))),
        sections=tuple(_chapters(dossier)),
    )
    return made_inert(outline)


def _facts(dossier: AmendmentDossier) -> Iterator[Fact]:
    amendment = dossier.amendment
    signed = period_in_words(amendment.signed_on) if amendment.signed_on else _("not known")
    yield Fact(_("Amends"), (said(dossier.of.contract.title),))
    yield Fact(_("Territory"), (said(dossier.of.place),))
    yield Fact(_("Deliberation"), (said(amendment.deliberation or _("not known")),))
    yield Fact(_("Signed on"), (said(signed),))
    yield Fact(_("In force from"), (said(day_in_words(amendment.in_force_on)),))
    if amendment.editorial:
        words = _("it changes words, and no commitment")
        yield Fact(_("Scope"), (said(words),))


def _chapters(dossier: AmendmentDossier) -> Iterator[Section]:
    amendment = dossier.amendment
    yield Section(_("Whereas"), tuple(_whereas(dossier)), "considerants")
    yield Section(_("Articles"), tuple(articles(dossier)), "articles")
    yield _effect(dossier)
    if ids := tuple(ids_of(amendment)):
        yield source_section(dossier.of, ids)


def _effect(dossier: AmendmentDossier) -> Section:
    match dossier.reach:
        case OnLocals():
            return effects_section(dossier.of, dossier.reach)
        case BesideParent():
            return beside_parent_section(dossier.reach)
        case _:
            assert_never(dossier.reach)


def _whereas(dossier: AmendmentDossier) -> Iterator[Block]:
    """What the amendment rests on: nothing that is not in it or in its contract."""
    amendment, contract = dossier.amendment, dossier.of.contract
    if dossier.of.derived is not None:
        yield Paragraph(said(_having_regard_to(dossier.of.derived.parent)))
    yield Paragraph(said(_having_regard_to(contract)))
    for earlier in dossier.earlier:
        seen = _("Having regard to: {title}").format(title=earlier.title)
        yield Paragraph(said(f"{seen}."))
    reasons = tuple(Item(said(reason)) for reason in _reasons(amendment))
    if reasons:
        yield Paragraph(said(_("Considering what follows:")))
        yield Items(reasons)
    else:
        yield Paragraph(said(_("No reason is given.")))


def _having_regard_to(contract: Contract) -> str:
    held = contract.held("signed_on")
    signed = held.value if held else contract.signed_on
    seen = _("Having regard to: {title}").format(title=contract.title)
    if signed is not None:
        seen = _("{seen}, signed: {day}").format(seen=seen, day=period_in_words(signed))
    return f"{seen}."


def _reasons(amendment: Amendment) -> list[str]:
    """The note and the reasons of the amendment, each once, in their words."""
    own = [amendment.contract] if amendment.contract else []
    of_sheets = (
        amendment.adapt,
        amendment.renumber,
        amendment.take,
        amendment.merge,
        amendment.exclude,
    )
    reasons = [
        *(change.reason for change in own),
        *(change.reason for changes in of_sheets for change in changes),
        *(change.reason for change in amendment.add),
    ]
    found = [*paragraphs(amendment.note or ""), *filter(None, reasons)]
    return list(dict.fromkeys(found))
