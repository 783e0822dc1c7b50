"""The first tab: which contract this is, and what must be known before the tables are used."""

from collections.abc import Iterable, Iterator

from cpps_cli.export.around import passed_over_in_words
from cpps_cli.export.contract.front import front_blocks, period_text
from cpps_cli.export.contract.notes import told_of_contract
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.outline import Block, Column, Fact, Facts, Notice, plain
from cpps_cli.export.workbook.tab import Row, Tab
from cpps_cli.words.catalogue import _, capital
from cpps_cli.words.phrases import FIELD
from cpps_cli.words.plain import paragraphs


def about_tab(dossier: Dossier, passed_over: tuple[str, ...]) -> Tab:
    """What stands on the title page of a document, and the local contracts that are not told of."""
    columns = (Column(_("Matter")), Column(_("What is known of it"), wide=True))
    rows = (
        (_("Contract"), dossier.contract.title),
        (_("Place"), dossier.place),
        *_told(front_blocks(dossier)),
        *_fact(_fact_of_window(dossier)),
        *((_("Governance"), line) for line in dossier.contract.governance),
        *((_("Note"), part) for part in paragraphs(dossier.contract.note or "")),
        *_sources(dossier),
        *_passed_over(passed_over),
    )
    return Tab(_("Contract"), columns, rows, "")


def provenance_tabs(dossier: Dossier) -> Iterator[Tab]:
    """Where each value of the contract itself comes from; no tab where that is not asked for."""
    columns = (
        Column(_("Field"), wide=True),
        Column(_("Value"), wide=True),
        Column(_("Where it comes from"), wide=True),
    )
    if dossier.locate is not None:
        yield Tab(_("Provenance"), columns, tuple(told_of_contract(dossier)), "")


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


def _fact_of_window(dossier: Dossier) -> Fact:
    return Fact(capital(_(FIELD["window"])), (period_text(dossier, "window"),))


def _sources(dossier: Dossier) -> Iterator[Row]:
    if dossier.contract.sources:
        yield _("Sources"), ", ".join(dossier.contract.sources)


def _passed_over(places: tuple[str, ...]) -> Iterator[Row]:
    if places:
        yield _("Passed over"), passed_over_in_words(places)
