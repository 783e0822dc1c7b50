"""Indicators: what is measured, and the series of what was found."""

from cpps_cli.i18n.catalogue import _, paragraphs
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import figure_in_words
from cpps_cli.model import Indicator, IndicatorValue
from cpps_cli.present.document import Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.sources import linked_ids
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
    """Shows an indicator in a list of things: what is measured, then its values, oldest first."""
    title = _("Indicator: {title}").format(title=indicator.title)
    blocks: list[Block] = [Paragraph(_measure_in_words(indicator))]
    if indicator.note:
        blocks.append(Paragraph(indicator.note, quiet=True))
    if indicator.values:
        series = _series(indicator)
        filled = {series.columns[at].key for row in series.rows for at in series.shown if row[at]}
        blocks.append(series._replace(hidden=frozenset({"words", "sources"} - filled)))
    else:
        blocks.append(Paragraph(_("No value is held."), quiet=True))
    return Section(title, tuple(blocks))


def measured_section(indicator: Indicator, note: str | None = None) -> Section:
    """Puts an indicator under its title in a document; `note` says where it comes from."""
    blocks: list[Block] = [Paragraph(_measure_in_words(indicator), note)]
    blocks += [Paragraph(part) for part in paragraphs(indicator.note or "")]
    if indicator.values:
        series, caption = _series(indicator), _("What was measured: {title}")
        rows = tuple(tuple(cell or "–" for cell in row) for row in series.rows)
        blocks.append(series._replace(rows=rows, caption=caption.format(title=indicator.title)))
    else:
        blocks.append(Paragraph(_("No value is held.")))
    return Section(indicator.title, tuple(blocks))


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
    return Table(columns, tuple(map(_row, ordered)))


def _row(item: IndicatorValue) -> tuple[Cell, ...]:
    counted = item.definition and _("Counted: {text}.").format(text=item.definition.rstrip("."))
    return (
        period_in_words(item.period),
        amount_in_words(item),
        " ".join(filter(None, [item.words, counted])),
        linked_ids(item.sources),
    )


def _measure_in_words(indicator: Indicator) -> str:
    """Says its unit, what exactly is counted, how often, and what is aimed at."""
    parts = (
        (_("Unit: {text}."), indicator.unit),
        (_("Definition: {text}."), indicator.definition),
        (_("Measured: {text}."), indicator.every),
        (_("Target: {text}."), indicator.target),
    )
    return " ".join(pattern.format(text=text.rstrip(".")) for pattern, text in parts if text)


def amount_in_words(item: IndicatorValue) -> str:
    """Writes « plus de 300 », "about 50", "131"; a dash where only words are known."""
    if item.value is None:
        return "–"
    figure = figure_in_words(item.value)
    if item.at_least:
        return _("more than {figure}").format(figure=figure)
    return _("about {figure}").format(figure=figure) if item.about else figure
