"""The first tab: which contract this is, and what must be known before the tables are used."""

from collections.abc import Iterable, Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import FIELD
from cpps_cli.i18n.text import paragraphs
from cpps_cli.present.document import Block, Fact, Facts, Notice, plain
from cpps_cli.present.document_context import DocumentContext, passed_over_in_words
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab
from cpps_cli.present.sections.contract_front import front_blocks, period_text
from cpps_cli.present.sections.contract_origin import told_of_contract


def about_tab(context: DocumentContext, passed_over: tuple[str, ...]) -> Tab:
    """What stands on the title page of a document, and the local contracts that are not told of."""
    columns = (Column(_("Matter")), Column(_("What is known of it"), wide=True))
    rows = (
        (_("Contract"), context.contract.title),
        (_("Place"), context.place),
        *_told(front_blocks(context)),
        *_fact(_fact_of_window(context)),
        *((_("Governance"), line) for line in context.contract.governance),
        *((_("Note"), part) for part in paragraphs(context.contract.note or "")),
        *_sources(context),
        *_passed_over(passed_over),
    )
    return Tab(_("Contract"), columns, rows, "")


def provenance_tabs(context: DocumentContext) -> Iterator[Tab]:
    """Where each value of the contract itself comes from; no tab where that is not asked for."""
    columns = (
        Column(_("Field"), wide=True),
        Column(_("Value"), wide=True),
        Column(_("Where it comes from"), wide=True),
    )
    if context.locate is not None:
        yield Tab(_("Provenance"), columns, tuple(told_of_contract(context)), "")


def _told(blocks: Iterable[Block]) -> Iterator[Row]:
    for block in blocks:
        match block:
            case Notice():
                yield block.label, plain(block.text)
            case Facts():
                for fact in block.facts:
                    yield from _fact(fact)
            case _:
                raise TypeError(type(block))


def _fact(fact: Fact) -> Iterator[Row]:
    yield from ((fact.term, plain(text)) for text in fact.texts)


def _fact_of_window(context: DocumentContext) -> Fact:
    return Fact(capital(_(FIELD["window"])), (period_text(context, "window"),))


def _sources(context: DocumentContext) -> Iterator[Row]:
    if context.contract.sources:
        yield _("Sources"), ", ".join(context.contract.sources)


def _passed_over(places: tuple[str, ...]) -> Iterator[Row]:
    if places:
        yield _("Passed over"), passed_over_in_words(places)
