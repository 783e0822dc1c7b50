"""What sources report of programmes: a row for each fact and figure, none of them a contract's."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import matter_in_words, sheet_name
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.model import Contract, Indicator, IndicatorValue, Period
from cpps_cli.model.programme import Fact, Programme
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import DocumentContext, programmes_told
from cpps_cli.present.facts.workbook.indicators import how_exact
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab


def programmes_tab(context: DocumentContext) -> Tab:
    """Reported beside the contract; a local contract has none of its own."""
    columns = (
        Column(_("Programme"), wide=True),
        Column(_("Linked sheets"), wide=True),
        Column(_("Partners"), wide=True),
        Column(_("Period")),
        Column(_("First day")),
        Column(_("Last day")),
        Column(_("What is said"), wide=True),
        Column(_("Indicator"), wide=True),
        Column(_("Value")),
        Column(_("How exact")),
        Column(_("Unit")),
        Column(_("To be known"), wide=True),
        Column(_("Sources")),
    )
    told = programmes_told(context)
    rows = tuple(row for item in told for row in _rows(context.contract, item))
    empty = _("What sources report of programmes is told with the parent contract.")
    if context.derived is None:
        empty = _("No programme is reported for this contract.")
    return Tab(_("Reported programmes"), columns, rows, empty)


def _rows(contract: Contract, programme: Programme) -> Iterator[Row]:
    """A row for the programme itself, then those of what is said and counted of it."""
    head = (programme.title, _links(contract, programme), ", ".join(programme.partners) or None)
    known = " ".join(_to_be_known(programme)) or None
    yield (*head, *(None,) * 8, known, ", ".join(programme.sources) or None)
    for fact in programme.facts:
        yield (*head, *_days(fact.period), *_of_fact(fact))
    for indicator in programme.indicators:
        for value in sorted(
            indicator.values, key=lambda item: (item.period.first, item.period.last)
        ):
            yield (*head, *_days(value.period), *_of_value(indicator, value))


def _links(contract: Contract, programme: Programme) -> str | None:
    sheets = ((link.sheet, contract.sheet(link.sheet)) for link in programme.sheets)
    return "; ".join(sheet_name(sheet) if sheet else code for code, sheet in sheets) or None


def _to_be_known(programme: Programme) -> Iterator[str]:
    if any(link.inferred for link in programme.sheets):
        yield _("Link to the sheet inferred: read by us, stated in no source") + "."
    for dispute in disputes_of(programme.claims):
        yield _("Disputed: {matter}.").format(matter=matter_in_words(dispute))
    if programme.note:
        yield _("Note: {text}").format(text=programme.note)


def _days(period: Period | None) -> Row:
    if period is None:
        return None, None, None
    return period_in_words(period), period.first, period.last


def _of_fact(fact: Fact) -> Row:
    return fact.words, None, None, None, None, None, ", ".join(fact.sources) or None


def _of_value(indicator: Indicator, value: IndicatorValue) -> Row:
    return (
        value.words,
        indicator.title,
        value.value,
        how_exact(value),
        indicator.unit,
        value.definition or indicator.definition,
        ", ".join(value.sources) or None,
    )
