"""The life of a contract: who steers it, what happened to it, what is planned."""

from collections.abc import Iterator

from cpps_cli.export.around import amendments_in_force
from cpps_cli.export.contract.cited import cited, ids_text
from cpps_cli.export.contract.front import period_text
from cpps_cli.export.contract.notes import told_of_contract
from cpps_cli.export.contract.state import milestones_met
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.outline import (
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
from cpps_cli.model import Amendment, Milestone
from cpps_cli.words.catalogue import _, capital
from cpps_cli.words.dates import day_in_words, period_in_words
from cpps_cli.words.phrases import FIELD, MILESTONE, disputed_in_words
from cpps_cli.words.plain import paragraphs


def steering_section(dossier: Dossier) -> Section:
    """Who steers it, its milestones, its window, and what its keepers say of the text."""
    milestones = tuple(_milestones(milestones_met(dossier.contract, dossier.on)))
    blocks = (
        _governance(dossier),
        Section(_("Milestones"), milestones, "etapes"),
        *_amendments(dossier),
        Section(_("The text"), tuple(_the_text(dossier)), "texte-du-contrat"),
        *_provenance(dossier),
    )
    return Section(_("Governance and milestones"), blocks, "pilotage")


def _governance(dossier: Dossier) -> Section:
    title = _("Governance")
    if not dossier.contract.governance:
        words = _("Nothing is held of who steers it.")
        return Section(title, (Notice("unknown", _("Not known"), said(words)),), "gouvernance")
    items = tuple(Item(said(line)) for line in dossier.contract.governance)
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


def _amendments(dossier: Dossier) -> Iterator[Section]:
    """Those that the text of the day holds; nothing where there is none."""
    held = amendments_in_force(dossier)
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


def _the_text(dossier: Dossier) -> Iterator[Block]:
    contract = dossier.contract
    yield Facts(tuple(_facts(dossier)))
    for words in (contract.amendments_without_text, contract.note):
        yield from (Paragraph(said(part)) for part in paragraphs(words or ""))
    if sources := cited(contract.sources):
        yield Paragraph(sources)


def _provenance(dossier: Dossier) -> Iterator[Section]:
    """Where its title, its term, its parties come from; nothing where that is not asked for."""
    rows = tuple(tuple(map(said, told)) for told in told_of_contract(dossier))
    if rows:
        columns = (
            Column(_("Field"), wide=True),
            Column(_("Value"), wide=True),
            Column(_("Where it comes from"), wide=True),
        )
        title = _("Where the contract itself comes from")
        table = Table(_("Each value of the contract itself, with its origin"), columns, rows)
        yield Section(title, (table,), "provenance")


def _facts(dossier: Dossier) -> Iterator[Fact]:
    contract = dossier.contract
    yield Fact(capital(_(FIELD["window"])), (period_text(dossier, "window"),))
    for field in ("announced_sheets", "pages", "signed_on"):
        held = contract.held(field)
        if held is not None:
            value = str(held.value) if isinstance(held.value, int) else period_in_words(held.value)
            dispute = disputed_in_words(contract, field)
            words = f"{value} ({dispute})" if dispute else value
            yield Fact(capital(_(FIELD[field])), (said(words),))
