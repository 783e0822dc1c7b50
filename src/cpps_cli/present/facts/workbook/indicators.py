"""What is measured: a row for each value, and one for an indicator of which none is held."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.model import ActionSheet, Indicator, IndicatorValue
from cpps_cli.present.document_context import DocumentContext, sheets_told
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab


def indicators_tab(context: DocumentContext) -> Tab:
    """Figures as figures, with the words without which they say little."""
    columns = (
        Column(_("No.")),
        Column(_("Sheet"), wide=True),
        Column(_("Indicator"), wide=True),
        Column(_("Unit")),
        Column(_("Period")),
        Column(_("First day")),
        Column(_("Last day")),
        Column(_("Value")),
        Column(_("How exact")),
        Column(_("In words"), wide=True),
        Column(_("What is counted"), wide=True),
        Column(_("Measured")),
        Column(_("Target"), wide=True),
        Column(_("Sources")),
        Column(_("Note"), wide=True),
    )
    rows = tuple(
        row
        for sheet in sheets_told(context)
        for indicator in sheet.indicators
        for row in _rows(sheet, indicator)
    )
    return Tab(_("Indicators"), columns, rows, _("No indicator is held."))


def _rows(sheet: ActionSheet, indicator: Indicator) -> Iterator[Row]:
    ordered = sorted(indicator.values, key=lambda item: (item.period.first, item.period.last))
    for item in ordered or (None,):
        yield (
            sheet.number,
            sheet.title or sheet_name(sheet),
            indicator.title,
            indicator.unit,
            *(_measured(item) if item else (_("No value is held."), None, None, None, None, None)),
            (item and item.definition) or indicator.definition,
            indicator.every,
            indicator.target,
            (item and ", ".join(item.sources)) or None,
            indicator.note,
        )


def _measured(item: IndicatorValue) -> Row:
    return (
        period_in_words(item.period),
        item.period.first,
        item.period.last,
        item.value,
        how_exact(item),
        item.words,
    )


def how_exact(item: IndicatorValue) -> str | None:
    """What a figure is short of being exact; None where it is."""
    if item.value is None:
        return _("in words only")
    if item.at_least:
        return _("more than")
    return _("about") if item.about else None
