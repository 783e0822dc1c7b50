"""The life of a contract: who steers it, what happened to it, what is planned."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital, paragraphs
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import FIELD, MILESTONE, disputed_in_words
from cpps_cli.model import Amendment, Milestone
from cpps_cli.present.document import (
    Block,
    Column,
    Fact,
    Facts,
    Items,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
)
from cpps_cli.present.document_context import DocumentContext, amendments_in_force
from cpps_cli.present.sections.contract_front import milestones_met, period_text
from cpps_cli.present.sections.contract_sheets import told_of_contract
from cpps_cli.present.sections.sources import ids_text, sources_text


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
        return Section(title, (Notice("unknown", _("Not known"), words),), "gouvernance")
    return Section(title, (Items(context.contract.governance),), "gouvernance")


def _milestones(milestones: tuple[Milestone, ...]) -> Iterator[Block]:
    if not milestones:
        yield Notice("unknown", _("Not known"), _("No milestone is held."))
        return
    columns = (
        Column("milestone", _("Milestone")),
        Column("when", _("When")),
        Column(
            "before_whom",
            _("Before whom, and what is to be known"),
            wide=True,
        ),
        Column("sources", _("Sources")),
    )
    yield Table(columns, tuple(map(_milestone, milestones)), caption=_("What happened, and when"))


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
        capital(_(MILESTONE[item.kind])),
        when,
        (beside or "–"),
        ids_text(item.sources),
    )


def _amendments(context: DocumentContext) -> Iterator[Section]:
    """Those that the text of the day holds; nothing where there is none."""
    held = amendments_in_force(context)
    if not held:
        return
    columns = (
        Column("amendment", _("Amendment"), wide=True),
        Column("deliberation", _("Deliberation")),
        Column("signed_on", _("Signed on")),
        Column("in_force_from", _("In force from")),
        Column("sources", _("Sources")),
    )
    table = Table(
        columns, tuple(map(_amendment, held)), caption=_("Amendments that this text holds")
    )
    yield Section(_("Amendments"), (table,), "avenants")


def _amendment(item: Amendment) -> tuple[Text, ...]:
    return (
        item.title,
        (item.deliberation or "–"),
        (period_in_words(item.signed_on) if item.signed_on else _("not known")),
        day_in_words(item.in_force_on),
        ids_text(item.sources),
    )


def _the_text(context: DocumentContext) -> Iterator[Block]:
    contract = context.contract
    yield Facts(tuple(_facts(context)))
    for words in (contract.amendments_without_text, contract.note):
        yield from (Paragraph(part) for part in paragraphs(words or ""))
    if sources := sources_text(contract.sources):
        yield Paragraph(sources)


def _provenance(context: DocumentContext) -> Iterator[Section]:
    """Where its title, its term, its parties come from; nothing where that is not asked for."""
    rows = tuple(told for told in told_of_contract(context))
    if rows:
        columns = (
            Column("field", _("Field"), wide=True),
            Column("value", _("Value"), wide=True),
            Column("where_it_comes_from", _("Where it comes from"), wide=True),
        )
        title = _("Where the contract itself comes from")
        table = Table(
            columns, rows, caption=_("Each value of the contract itself, with its origin")
        )
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
            yield Fact(capital(_(FIELD[field])), (words,))
