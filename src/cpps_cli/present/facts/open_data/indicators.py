"""What is measured to follow the sheets up, and what was measured."""

from collections.abc import Iterator

from cpps_cli.model import Indicator, IndicatorValue
from cpps_cli.present.facts.open_data.contracts import period_columns, period_values
from cpps_cli.present.facts.open_data.scope import Scope, part_id
from cpps_cli.present.facts.open_data.sheets import OF_SHEET
from cpps_cli.present.facts.open_data.table import (
    Column,
    Reference,
    Row,
    Table,
    identity,
    link,
    of_model,
    position,
)

_FIELDS = ("code", "title", "unit", "definition", "every", "target", "note")


def indicators_table(scope: Scope) -> Table:
    """The indicators of the sheets, in their order."""
    columns = (
        identity("the id of the indicator"),
        link("sheet", "the id of the sheet"),
        position("its place in the sheet"),
        *indicator_columns(),
    )
    rows = tuple(
        (id, sheet, place, *indicator_values(item)) for id, sheet, place, item in _indicators(scope)
    )
    description = "what is measured to follow the sheets up"
    return Table("indicators", description, columns, ("id",), (OF_SHEET,), rows)


def values_table(scope: Scope) -> Table:
    """What was measured, period by period."""
    columns = (
        identity("the id of the value"),
        link("indicator", "the id of the indicator"),
        *measured_columns(),
    )
    rows = tuple((id, indicator, *measured(item)) for id, indicator, item in values(scope))
    references = (Reference("indicator", "indicators"),)
    return Table("indicator_values", "what was measured", columns, ("id",), references, rows)


def indicator_columns() -> Iterator[Column]:
    """The columns of what is measured, whatever it is an indicator of."""
    return (of_model(Indicator, field) for field in _FIELDS)


def indicator_values(item: Indicator) -> Row:
    """An indicator under those columns."""
    return tuple(getattr(item, field) for field in _FIELDS)


def measured_columns() -> Iterator[Column]:
    """The columns of a figure."""
    yield from period_columns("period", "when it was measured", "first_on", "last_on")
    yield of_model(IndicatorValue, "value", "number")
    yield of_model(IndicatorValue, "at_least", "boolean")
    yield of_model(IndicatorValue, "about", "boolean")
    yield of_model(IndicatorValue, "words")
    yield of_model(IndicatorValue, "definition")


def measured(item: IndicatorValue) -> Row:
    """A figure under those columns."""
    days = period_values(item.period)
    return (*days, item.value, item.at_least, item.about, item.words, item.definition)


def values(scope: Scope) -> Iterator[tuple[str, str, IndicatorValue]]:
    """Every value with its id and that of its indicator."""
    for indicator, _sheet, _place, item in _indicators(scope):
        for number, value in enumerate(item.values, 1):
            yield f"{indicator}-{number}", indicator, value


def _indicators(scope: Scope) -> Iterator[tuple[str, str, int, Indicator]]:
    """By their place, not by their code: sheets that were merged may have one code twice."""
    for told, sheet in scope.sheets():
        id = part_id(told.contract, sheet.code)
        for place, item in enumerate(sheet.indicators, 1):
            yield f"{id}#indicator-{place}", id, place, item
