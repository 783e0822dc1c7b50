"""A comparison as scripts read it: its JSON, and its csv, a line for each value or item."""

from collections.abc import Iterator
from typing import Final, Literal, TypedDict

from cpps_cli.engine.compare import Comparison, Side, items_beside, items_of
from cpps_cli.model import ActionSheet, Axis, Basis, Indicator
from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.present.sections.coverage_document import OutcomeDocument, outcome_document
from cpps_cli.present.sections.indicators import IndicatorDocument, indicator_document

SCHEMA: Final = "cpps.comparison/1"


class ComparedSheet(TypedDict):
    """What a sheet says, field by field; `axis` is the code of the axis it stands in there."""

    code: str
    number: str | None
    axis: str | None
    axis_title: str | None
    title: str | None
    context: str | None
    objectives: list[str]
    audience: list[str]
    places: list[str]
    means: list[str]
    methods: list[str]
    expected_results: list[str]
    lead: str | None
    partners: list[str]
    schedule: list[str]
    indicators: list[IndicatorDocument]


class SideDocument(OutcomeDocument):
    """What one local contract makes of it; `local_sheet` is null where it holds none.

    `answers`: all the parent's sheets that the local sheet answers, several where it is merged.
    `differing`: the fields in which it does not say what the parent says.
    """

    contract: str
    territory: str
    basis: Basis
    answers: list[str]
    differing: list[str]
    local_sheet: ComparedSheet | None


class ComparisonDocument(TypedDict):
    """A sheet of the parent beside what each local contract makes of it.

    `differing`: the fields in which at least one local sheet does not say what the parent says.
    """

    schema: Literal["cpps.comparison/1"]
    contract: str
    parent_version: str
    sheet: ComparedSheet
    differing: list[str]
    sides: list[SideDocument]
    passed_over: list[str]


def comparison_document(found: Comparison) -> ComparisonDocument:
    """The JSON of a comparison; every field is in it."""
    return {
        "schema": SCHEMA,
        "contract": found.parent.id,
        "parent_version": found.version,
        "sheet": _compared(found.sheet, found.axis),
        "differing": list(found.differing),
        "sides": [_side(side) for side in found.sides],
        "passed_over": list(found.passed_over),
    }


def _side(side: Side) -> SideDocument:
    return {
        **outcome_document(side.outcome),
        "contract": side.contract,
        "territory": side.territory.code,
        "basis": side.basis,
        "answers": list(side.answers),
        "differing": list(side.differing),
        "local_sheet": _compared(side.sheet, side.axis) if side.sheet else None,
    }


def _compared(sheet: ActionSheet, axis: Axis | None) -> ComparedSheet:
    return {
        "code": sheet.code,
        "number": sheet.number,
        "axis": sheet.axis,
        "axis_title": axis.title if axis else None,
        "title": sheet.title,
        "context": sheet.context,
        "objectives": list(sheet.objectives),
        "audience": list(sheet.audience),
        "places": list(sheet.places),
        "means": list(sheet.means),
        "methods": list(sheet.methods),
        "expected_results": list(sheet.expected_results),
        "lead": sheet.lead,
        "partners": list(sheet.partners),
        "schedule": list(sheet.schedule),
        "indicators": [indicator_document(item) for item in sheet.indicators],
    }


def exported_comparison(found: Comparison, fields: tuple[str, ...]) -> Table:
    """A line for each contract, then one for each value or item that it has in these fields.

    `mark`: kept (the parent has it too), own (the parent has it not), dropped (only the parent
    has it); none beside the parent's own.
    """
    keys = ("contract", "territory", "state", "sheet", "field", "mark", "text", "reason")
    head = (found.parent.id, found.parent.territory, None, found.sheet.code)
    rows: list[tuple[Cell, ...]] = [(*head, None, None, None, None)]
    for field in fields:
        values = items_of(field, getattr(found.sheet, field))
        rows.extend((*head, field, None, _flat(value), None) for value in values)
    for side in found.sides:
        rows.extend(_exported(found, side, fields))
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))


def _exported(found: Comparison, side: Side, fields: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    code = side.sheet.code if side.sheet else None
    head = (side.contract, side.territory.code, side.outcome.fate, code)
    yield (*head, None, None, None, side.outcome.reason)
    for field in fields if side.sheet else ():
        before, after = getattr(found.sheet, field), getattr(side.sheet, field)
        for item in items_beside(field, before, after):
            yield (*head, field, item.mark, _flat(item.value), None)


def _flat(value: str | Indicator) -> str:
    return value.title if isinstance(value, Indicator) else value.strip()
