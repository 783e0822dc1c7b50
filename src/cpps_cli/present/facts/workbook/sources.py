"""What the rows of the other tabs rest on: what sources disagree on, then the sources."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import claim_in_words, matter_in_words, sheet_name
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.text import in_reading_order
from cpps_cli.model import ActionSheet, Claim
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    events_of,
    programmes_told,
)
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab
from cpps_cli.present.sections.sources import ids_of


def disputes_tab(context: DocumentContext, sheets: tuple[ActionSheet, ...]) -> Tab:
    """A row for each side of a dispute; those that are retained first."""
    columns = (
        Column(_("About"), wide=True),
        Column(_("Matter"), wide=True),
        Column(_("Retained")),
        Column(_("What is said"), wide=True),
    )
    contract = context.contract
    of_contract = () if context.sheet else _rows(contract.label, contract.claims)
    of_sheets = (row for item in sheets for row in _rows(sheet_name(item), item.claims))
    programmes = programmes_told(context)
    of_programmes = (row for item in programmes for row in _rows(item.title, item.claims))
    empty = _("Sources disagree on nothing that is held here.")
    return Tab(_("Disputes"), columns, (*of_contract, *of_sheets, *of_programmes), empty)


def sources_tab(context: DocumentContext, sheets: tuple[ActionSheet, ...]) -> Tab:
    """Each source that the tables cite, once."""
    columns = (
        Column(_("Id")),
        Column(_("Title"), wide=True),
        Column(_("Dated")),
        Column(_("First day")),
        Column(_("Last day")),
        Column(_("Address"), wide=True),
        Column(_("Note"), wide=True),
    )
    of_dates = (name for event in events_of(context) for name in event.sources)
    beside = (amendments_in_force(context), programmes_told(context))
    told = (context.contract.replace(sheets=sheets), *beside)
    ids = in_reading_order((*ids_of(told), *of_dates))
    rows = tuple(_source(context, name) for name in ids)
    return Tab(_("Sources"), columns, rows, _("No source is cited."))


def _rows(about: str, claims: tuple[Claim, ...]) -> Iterator[Row]:
    for dispute in disputes_of(claims):
        for claim in sorted(dispute.claims, key=lambda item: not item.retained):
            retained = _("Yes") if claim.retained else _("No")
            words = claim_in_words(dispute, claim)
            yield about, capital(matter_in_words(dispute)), retained, words


def _source(context: DocumentContext, name: str) -> Row:
    source = context.sources.get(name)
    if source is None:
        return name, _("not described in this library"), None, None, None, None, None
    dated = source.dated
    return (
        name,
        source.title,
        period_in_words(dated) if dated else _("undated"),
        dated.first if dated else None,
        dated.last if dated else None,
        source.address,
        source.note,
    )
