"""The annex of a parent contract: the programmes that sources report, set apart from its text."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import claim_in_words, matter_in_words, sheet_name
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.model import Contract
from cpps_cli.model.programme import Fact as ReportedFact
from cpps_cli.model.programme import Programme, SheetLink
from cpps_cli.model.sources import Dispute, disputes_of
from cpps_cli.present.document import (
    Block,
    Fact,
    Facts,
    Items,
    Link,
    Notice,
    Paragraph,
    Section,
    Text,
)
from cpps_cli.present.document_context import DocumentContext, programmes_told
from cpps_cli.present.sections.contract.cited import cited, ids_text
from cpps_cli.present.sections.contract.headings import heading
from cpps_cli.present.sections.contract.indicators import indicator_section
from cpps_cli.present.sections.contract.sheets import sheet_anchor


def programmes_section(context: DocumentContext) -> Iterator[Section]:
    """What is reported beside the contract; nothing where nothing is."""
    told = programmes_told(context)
    if told:
        words = _(
            "This is what sources report. These are not the words of the contract: "
            "nothing here is a commitment."
        )
        notice = Notice("state", _("Annex"), words)
        sections = (_section(context.contract, item) for item in told)
        title = _("Annex: programmes that sources report")
        yield Section(title, (notice, *sections), "dispositifs")


def _section(contract: Contract, programme: Programme) -> Section:
    return Section(programme.title, tuple(_blocks(contract, programme)), _anchor(programme))


def _anchor(programme: Programme) -> str:
    return f"dispositif-{programme.code}"


def _blocks(contract: Contract, programme: Programme) -> Iterator[Block]:
    disputes = disputes_of(programme.claims)
    for dispute in disputes:
        matter = f"{capital(matter_in_words(dispute))}."
        yield Notice("disputed", _("Disputed"), matter)
    if facts := tuple(_facts(contract, programme)):
        yield Facts(facts)
    if reported := tuple(map(_reported, programme.facts)):
        yield Items(reported)
    yield from (Paragraph(part) for part in paragraphs(programme.note or ""))
    if sources := cited(programme.sources):
        yield Paragraph(sources)
    yield from (indicator_section(item, None) for item in programme.indicators)
    yield from map(_disagreement, disputes)


def _facts(contract: Contract, programme: Programme) -> Iterator[Fact]:
    if programme.partners:
        yield Fact(heading("partners"), programme.partners)
    if programme.sheets:
        yield Fact(
            _("Linked sheets"),
            tuple(_linked(contract, link) for link in programme.sheets),
        )


def _linked(contract: Contract, link: SheetLink) -> Text:
    sheet = contract.sheet(link.sheet)
    name = Link(sheet_name(sheet), f"#{sheet_anchor(sheet)}") if sheet else link.sheet
    inferred = _(" (link read by us, stated in no source)") if link.inferred else ""
    return tuple(filter(None, (name, inferred, link.note and f". {link.note}")))


def _reported(fact: ReportedFact) -> Text:
    words = fact.words
    if fact.period:
        pattern = _("{period}: {words}")
        words = capital(pattern.format(period=period_in_words(fact.period), words=words))
    return (f"{words} (", *ids_text(fact.sources), ")") if fact.sources else words


def _disagreement(dispute: Dispute) -> Section:
    matter = _("Sources disagree: {matter}").format(matter=matter_in_words(dispute))
    ordered = sorted(dispute.claims, key=lambda claim: not claim.retained)
    items = tuple(claim_in_words(dispute, claim) for claim in ordered)
    return Section(matter, (Items(items),))
