"""Indicators: what is measured, and the series of what was found."""

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import amount_in_words, measure_in_words
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.model import Indicator, IndicatorValue
from cpps_cli.present.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.shapes import Key, Many, Shape

_VALUE = Shape(
    "IndicatorValueDocument",
    IndicatorValue,
    "`at_least`: the source says more than this; `about`: it gives a round figure.",
    "period starts_on=period.first ends_on=period.last",
    "value at_least about words definition sources",
)
INDICATOR = Shape(
    "IndicatorDocument",
    Indicator,
    "What is measured, in which unit, how often, and its values.",
    "code title unit definition every target note",
    Key("values", Many(_VALUE)),
)


def indicator_section(indicator: Indicator) -> Section:
    """What is measured, then its values, the oldest first."""
    title = _("Indicator: {title}").format(title=indicator.title)
    blocks: list[Block] = [Paragraph(measure_in_words(indicator))]
    if indicator.note:
        blocks.append(Paragraph(indicator.note, quiet=True))
    if indicator.values:
        blocks.append(_series(indicator))
    else:
        blocks.append(Paragraph(_("No value is held."), quiet=True))
    return Section(title, tuple(blocks))


def cited_by_indicator(indicator: Indicator) -> list[str]:
    """The ids of the sources of its values."""
    return [name for item in indicator.values for name in item.sources]


def _series(indicator: Indicator) -> Table:
    columns = (
        Column("period", _("Period")),
        Column("value", _("Value")),
        Column("words", _("In words"), wide=True),
        Column("sources", _("Sources")),
    )
    ordered = sorted(indicator.values, key=lambda item: (item.period.first, item.period.last))
    rows = tuple(_row(item) for item in ordered)
    filled = {column.key for row in rows for column, cell in zip(columns, row, strict=True) if cell}
    return Table(columns, rows, hidden=frozenset({"words", "sources"} - filled))


def _row(item: IndicatorValue) -> tuple[Cell, ...]:
    counted = item.definition and _("Counted: {text}.").format(text=item.definition.rstrip("."))
    return (
        period_in_words(item.period),
        amount_in_words(item),
        " ".join(filter(None, [item.words, counted])),
        ", ".join(item.sources),
    )
