"""A comparison as scripts read it: its JSON, and its csv, a line for each value or item."""

from collections.abc import Iterator

from cpps_cli.engine.compare import Comparison, Side, items_of, marked_items
from cpps_cli.model import TEXT_FIELDS, Indicator
from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.present.sections.coverage_document import OUTCOME
from cpps_cli.present.sections.indicators import INDICATOR
from cpps_cli.present.shapes import Key, Many, Maybe, Part, Shape

# Of a sheet beside the axis in which it stands.
_COMPARED = Shape(
    "ComparedSheet",
    Comparison,
    "What a sheet says, field by field; `axis` is the code of the axis it stands in there.",
    "code=sheet.code number=sheet.number axis=sheet.axis axis_title=axis?.title",
    *(f"{field}=sheet.{field}" for field in TEXT_FIELDS if field != "indicators"),
    Key("indicators", Many(INDICATOR), "sheet.indicators"),
)
_SIDE = Shape(
    "SideDocument",
    Side,
    """What one local contract makes of it; `local_sheet` is null where it holds none.

    `answers`: all the parent's sheets that the local sheet answers, several where it is merged.
    `differing`: the fields in which it does not say what the parent says.
    """,
    Part(OUTCOME, "outcome"),
    "contract territory=territory.code basis answers differing",
    Key("local_sheet", Maybe(_COMPARED), lambda side: side if side.sheet else None),
)
COMPARISON = Shape(
    "ComparisonDocument",
    Comparison,
    """A sheet of the parent beside what each local contract makes of it.

    `differing`: the fields in which at least one local sheet does not say what the parent says.
    """,
    "contract=parent.id parent_version=version",
    Key("sheet", _COMPARED, lambda found: found),
    "differing",
    Key("sides", Many(_SIDE)),
    "passed_over",
    schema="cpps.comparison/1",
)


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
        for item in marked_items(field, before, after):
            yield (*head, field, item.mark, _flat(item.value), None)


def _flat(value: str | Indicator) -> str:
    return value.title if isinstance(value, Indicator) else value.strip()
