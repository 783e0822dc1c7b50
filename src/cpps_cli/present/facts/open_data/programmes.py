"""What sources report of programmes: tables of their own, as none of it is a contract's word."""

from collections.abc import Iterator

from cpps_cli.model import Indicator, IndicatorValue
from cpps_cli.model.programme import Fact, Programme, SheetLink
from cpps_cli.present.facts.open_data.contracts import OF_CONTRACT, period_columns, period_values
from cpps_cli.present.facts.open_data.indicators import (
    indicator_columns,
    indicator_values,
    measured,
    measured_columns,
)
from cpps_cli.present.facts.open_data.scope import Scope, part_id, programme_id
from cpps_cli.present.facts.open_data.sheets import OF_SHEET
from cpps_cli.present.facts.open_data.table import (
    Column,
    Reference,
    Table,
    claimed,
    identity,
    link,
    of_model,
    position,
)

_OF_PROGRAMME = Reference("programme", "programmes")


def programmes_table(scope: Scope) -> Table:
    """The programmes reported for the parent; where sources disagree, with what is retained."""
    columns = (
        identity("the id of the programme"),
        link("contract", "the id of the contract for which it is reported"),
        *(of_model(Programme, field) for field in ("code", "title", "note")),
    )
    rows = tuple(
        (programme_id(scope, item), scope.parent.id, item.code, item.title, item.note)
        for item in scope.programmes
    )
    description = "programmes that sources report: they are not the words of a contract"
    return Table("programmes", description, columns, ("id",), (OF_CONTRACT,), rows)


def programme_partners_table(scope: Scope) -> Table:
    """Who takes part in each."""
    columns = (
        link("programme", "the id of the programme"),
        position("its place in the list of the programme"),
        Column("words", "the office or association", required=True),
    )
    rows = tuple(
        (programme_id(scope, item), place, words)
        for item in scope.programmes
        for place, words in enumerate(item.partners, 1)
    )
    key = ("programme", "position")
    description = "partners of programmes"
    return Table("programme_partners", description, columns, key, (_OF_PROGRAMME,), rows)


def programme_sheets_table(scope: Scope) -> Table:
    """The action sheets to which each seems to belong."""
    columns = (
        link("programme", "the id of the programme"),
        link("sheet", "the id of the sheet"),
        claimed("inferred", "whether the link is read by us, stated in no source"),
        of_model(SheetLink, "note"),
    )
    held = {sheet.code for sheet in scope.parent.sheets}
    rows = tuple(
        (programme_id(scope, item), part_id(scope.parent, to.sheet), to.inferred, to.note)
        for item in scope.programmes
        for to in item.sheets
        if to.sheet in held  # one that is repealed since, or not added yet, has no row
    )
    key, references = ("programme", "sheet"), (_OF_PROGRAMME, OF_SHEET)
    description = "action sheets to which programmes seem to belong"
    return Table("programme_sheets", description, columns, key, references, rows)


def programme_facts_table(scope: Scope) -> Table:
    """What sources say of each, period by period."""
    columns = (
        identity("the id of the fact"),
        link("programme", "the id of the programme"),
        *period_columns("period", "when it was so", "first_on", "last_on"),
        of_model(Fact, "words"),
    )
    rows = tuple(
        (id, programme, *period_values(fact.period), fact.words)
        for id, programme, fact in programme_facts(scope)
    )
    description = "what sources say of programmes"
    return Table("programme_facts", description, columns, ("id",), (_OF_PROGRAMME,), rows)


def programme_indicators_table(scope: Scope) -> Table:
    """What was counted of each."""
    columns = (
        identity("the id of the indicator"),
        link("programme", "the id of the programme"),
        position("its place in the programme"),
        *indicator_columns(),
    )
    rows = tuple(
        (id, programme, place, *indicator_values(item))
        for id, programme, place, item in _indicators(scope)
    )
    description = "what sources count of programmes"
    return Table("programme_indicators", description, columns, ("id",), (_OF_PROGRAMME,), rows)


def programme_values_table(scope: Scope) -> Table:
    """The figures, period by period."""
    columns = (
        identity("the id of the value"),
        link("indicator", "the id of the indicator"),
        *measured_columns(),
    )
    rows = tuple(
        (id, indicator, *measured(item)) for id, indicator, item in programme_values(scope)
    )
    references = (Reference("indicator", "programme_indicators"),)
    description = "figures that sources give of programmes"
    return Table("programme_values", description, columns, ("id",), references, rows)


def programme_facts(scope: Scope) -> Iterator[tuple[str, str, Fact]]:
    """Every fact with its id and that of its programme."""
    for programme in scope.programmes:
        id = programme_id(scope, programme)
        for number, fact in enumerate(programme.facts, 1):
            yield f"{id}#fact-{number}", id, fact


def programme_values(scope: Scope) -> Iterator[tuple[str, str, IndicatorValue]]:
    """Every figure with its id and that of its indicator."""
    for indicator, _programme, _place, item in _indicators(scope):
        for number, value in enumerate(item.values, 1):
            yield f"{indicator}-{number}", indicator, value


def _indicators(scope: Scope) -> Iterator[tuple[str, str, int, Indicator]]:
    for programme in scope.programmes:
        id = programme_id(scope, programme)
        for place, item in enumerate(programme.indicators, 1):
            yield f"{id}#indicator-{place}", id, place, item
