"""The life of a contract: who steers it, what happened to it, what is planned."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import FIELD, MILESTONE, disputed_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.model import Amendment, Milestone
from cpps_cli.present.document import (
    Block,
    Column,
    Fact,
    Facts,
    Item,
    Items,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
    said,
)
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.sections.contract.cited import cited, ids_text
from cpps_cli.present.sections.contract.front import period_text
from cpps_cli.present.sections.contract.notes import told_of_contract
from cpps_cli.present.sections.contract.state import milestones_met
from cpps_cli.present.surroundings import amendments_in_force


def steering_section(context: DocumentContext) -> Section:
    """Who steers it, its milestones, its window, and what its keepers say of the text."""
    milestones = tuple(_milestones(milestones_met(context.contract, context.on)))
    blocks = (
        _governance(context),
        Section(_("Milestones"), milestones, "etapes"),
        *_amendments(context),
        Section(_("The text"), tuple(_the_text(context)), "texte-du-contrat"),
        *_provenance(context),
    )
    return Section(_("Governance and milestones"), blocks, "pilotage")


def _governance(context: DocumentContext) -> Section:
    title = _("Governance")
    if not context.contract.governance:
        words = _("Nothing is held of who steers it.")
        return Section(title, (Notice("unknown", _("Not known"), said(words)),), "gouvernance")
    items = tuple(Item(said(line)) for line in context.contract.governance)
    return Section(title, (Items(items),), "gouvernance")


def _milestones(milestones: tuple[Milestone, ...]) -> Iterator[Block]:
    if not milestones:
        yield Notice("unknown", _("Not known"), said(_("No milestone is held.")))
        return
    columns = (
        Column(_("Milestone")),
        Column(_("When")),
        Column(_("Before whom, and what is to be known"), wide=True),
        Column(_("Sources")),
    )
    yield Table(_("What happened, and when"), columns, tuple(map(_milestone, milestones)))


def _milestone(item: Milestone) -> tuple[Text, ...]:
    if item.on:
        when = period_in_words(item.on)
    elif item.no_later_than:
        when = _("no later than {day}").format(day=period_in_words(item.no_later_than))
    else:
        when = _("not known")
    inferred = _("The day is inferred: stated in no source.") if item.inferred else None
    beside = " ".join(filter(None, [item.body and f"{item.body}.", inferred, item.note]))
    return (
        said(capital(_(MILESTONE[item.kind]))),
        said(when),
        said(beside or "–"),
        ids_text(item.sources),
    )


def _amendments(context: DocumentContext) -> Iterator[Section]:
    """Those that the text of the day holds; nothing where there is none."""
    held = amendments_in_force(context)
    if not held:
        return
    columns = (
        Column(_("Amendment"), wide=True),
        Column(_("Deliberation")),
        Column(_("Signed on")),
        Column(_("In force from")),
        Column(_("Sources")),
    )
    table = Table(_("Amendments that this text holds"), columns, tuple(map(_amendment, held)))
    yield Section(_("Amendments"), (table,), "avenants")


def _amendment(item: Amendment) -> tuple[Text, ...]:
    return (
        said(item.title),
        said(item.deliberation or "–"),
        said(period_in_words(item.signed_on) if item.signed_on else _("not known")),
        said(day_in_words(item.in_force_on)),
        ids_text(item.sources),
    )


def _the_text(context: DocumentContext) -> Iterator[Block]:
    contract = context.contract
    yield Facts(tuple(_facts(context)))
    for words in (contract.amendments_without_text, contract.note):
        yield from (Paragraph(said(part)) for part in paragraphs(words or ""))
    if sources := cited(contract.sources):
        yield Paragraph(sources)


def _provenance(context: DocumentContext) -> Iterator[Section]:
    """Where its title, its term, its parties come from; nothing where that is not asked for."""
    rows = tuple(tuple(map(said, told)) for told in told_of_contract(context))
    if rows:
        columns = (
            Column(_("Field"), wide=True),
            Column(_("Value"), wide=True),
            Column(_("Where it comes from"), wide=True),
        )
        title = _("Where the contract itself comes from")
        table = Table(_("Each value of the contract itself, with its origin"), columns, rows)
        yield Section(title, (table,), "provenance")


def _facts(context: DocumentContext) -> Iterator[Fact]:
    contract = context.contract
    yield Fact(capital(_(FIELD["window"])), (period_text(context, "window"),))
    for field in ("announced_sheets", "pages", "signed_on"):
        held = contract.retained(field)
        if held is not None:
            value = str(held.value) if isinstance(held.value, int) else period_in_words(held.value)
            dispute = disputed_in_words(contract, field)
            words = f"{value} ({dispute})" if dispute else value
            yield Fact(capital(_(FIELD[field])), (said(words),))
