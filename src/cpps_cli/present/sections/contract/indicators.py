"""An indicator: what is counted, how, and the figures with their words."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import amount_in_words, measure_in_words
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.model import Indicator, IndicatorValue
from cpps_cli.present.document import Block, Column, Paragraph, Section, Table, Text
from cpps_cli.present.sections.contract.cited import ids_text


def indicator_section(indicator: Indicator, note: str | None) -> Section:
    """An indicator under its title."""
    return Section(indicator.title, tuple(_blocks(indicator, note)))


def _blocks(indicator: Indicator, note: str | None) -> Iterator[Block]:
    yield Paragraph(measure_in_words(indicator), note)
    yield from (Paragraph(part) for part in paragraphs(indicator.note or ""))
    if not indicator.values:
        yield Paragraph(_("No value is held."))
        return
    columns = (
        Column("period", _("Period")),
        Column("value", _("Value")),
        Column("in_words", _("In words"), wide=True),
        Column("sources", _("Sources")),
    )
    ordered = sorted(indicator.values, key=lambda item: (item.period.first, item.period.last))
    caption = _("What was measured: {title}").format(title=indicator.title)
    yield Table(columns, tuple(map(_row, ordered)), caption=caption)


def _row(item: IndicatorValue) -> tuple[Text, ...]:
    counted = item.definition and _("Counted: {text}.").format(text=item.definition.rstrip("."))
    return (
        period_in_words(item.period),
        amount_in_words(item),
        (" ".join(filter(None, [item.words, counted])) or "–"),
        ids_text(item.sources),
    )
