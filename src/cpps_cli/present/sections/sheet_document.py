"""One action sheet for scripts: its JSON, and its csv, a line for each item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cpps_cli.engine.lookup import Origins
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract, DerivedSheet, Origin, Source
from cpps_cli.model.beside import Programme
from cpps_cli.model.derived import LeftOutOrigin
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.present.sections.action_sheets import LISTED
from cpps_cli.present.sections.disputes import DISPUTE
from cpps_cli.present.sections.indicators import INDICATOR
from cpps_cli.present.sections.programmes import PROGRAMME, cited_by_programme, programme_document
from cpps_cli.present.sections.provenance import VALUE, Told
from cpps_cli.present.sections.sources import SOURCE, cited_sources
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Maybe, Named, Part, Shape, cell

_UNMEASURED: tuple[Cell, ...] = (None,) * 5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sheet is shown with; `programmes` and their links are those of the parent contract.

    `told`: where its values come from, where that is asked.
    """

    parent: Contract
    version: str
    programmes: tuple[Programme, ...]
    sources: Mapping[str, Source]
    told: Told | None = None


def unknown_fields(sheet: ActionSheet) -> tuple[str, ...]:
    """The fields of which nothing is held."""
    return tuple(field for field in TEXT_FIELDS if not getattr(sheet, field))


def _answered(origins: Origins) -> tuple[str, ...] | None:
    """The codes of the parent's sheets that it answers; None where that is not known."""
    item = origins.item
    return item.answers if isinstance(item, DerivedSheet) else (item.sheet.code,)


def _name(code: str, origins: Origins, field: str) -> str | None:
    """The number or the title of a sheet of the parent, where it is held."""
    name: str | None = getattr(origins.derived.parent_sheet(code), field, None)
    return name


def _kept(origins: Origins, mark: str) -> bool:
    """Whether the local sheet has a mark; none of what is left out has."""
    item = origins.item
    return isinstance(item, DerivedSheet) and bool(getattr(item, mark))


# Json with the contract.
_SHEET = Shape(
    "SheetDocument",
    ActionSheet,
    "A sheet with all that is held of it; `unknown` names the headings of which nothing is.",
    Part(LISTED),
    *(field for field in TEXT_FIELDS if field not in ("title", "indicators")),
    Key("indicators", Many(INDICATOR)),
    Key("unknown", list[str], unknown_fields),
    "note",
    Key("disputes", Many(DISPUTE), lambda sheet: disputes_of(sheet.claims)),
)
# Json with its origins.
_PARENT_SHEET = Shape(
    "ParentSheetDocument",
    str,
    "A sheet of the parent; `number` and `title` are null where unknown.",
    Key("code", str, str),
    Key("number", str | None, in_context=lambda code, origins: _name(code, origins, "number")),
    Key("title", str | None, in_context=lambda code, origins: _name(code, origins, "title")),
)
# Json with itself.
LOCAL = Shape(
    "LocalDocument",
    Origins,
    "",
    "parent=derived.parent.id basis=derived.basis",
    Key("origin", Origin | LeftOutOrigin, "item.origin"),
    Key("from", Maybe(Many(_PARENT_SHEET)), _answered),
    Key("own_fields", list[str] | None),
    Key("link_inferred", bool, lambda origins: _kept(origins, "link_inferred")),
    Key("to_reread", bool, lambda origins: _kept(origins, "to_reread")),
    "amended_by reason",
    Key("decided_by", str | None, lambda origins: getattr(origins.item, "decided_by", None)),
    Key("decided_on", date | None, lambda origins: getattr(origins.item, "decided_on", None)),
    Key("review_on", date | None, lambda origins: getattr(origins.item, "review_on", None)),
    "sources note",
)
_ACTION_SHEET = Shape(
    "ActionSheetDocument",
    Contract,
    """One sheet. `version`: the amendment whose text it is, or `signed`.

    `sheet` is null where the local contract does not hold it: `local` then says what became of
    the parent's sheet. The version is then its parent's. `provenance`: where each value comes
    from, on request.
    """,
    "contract=id title territory",
    Key("version", str, GIVEN),
    Key("sheet", Maybe(_SHEET), GIVEN),
    Key("local", Maybe(LOCAL), GIVEN),
    Key("programmes", Many(PROGRAMME), GIVEN),
    Key("sources", Named(SOURCE), GIVEN),
    Key("provenance?", Many(VALUE)),
    schema="cpps.action-sheet/1",
)


def sheet_answer_document(
    contract: Contract,
    sheet: ActionSheet | None,
    local: Json | None,
    beside: Surroundings,
    cited: list[str],
) -> Json:
    """The JSON of a sheet, with all that is shown beside it."""
    document = _ACTION_SHEET.write(
        contract,
        version=beside.version,
        sheet=_SHEET.write(sheet, contract) if sheet else None,
        local=local,
        programmes=[programme_document(item, beside.parent) for item in beside.programmes],
        sources=cited_sources([*cited, *cited_by_programmes(beside)], beside.sources),
    )
    if beside.told is None:
        return document
    return {**document, "provenance": VALUE.write_all(beside.told.accounts, beside.told.locate)}


def cited_by_programmes(beside: Surroundings) -> list[str]:
    """The ids of the sources of the programmes reported."""
    return [name for programme in beside.programmes for name in cited_by_programme(programme)]


def exported_sheet(contract: Contract, sheet: ActionSheet | None, local: Json | None) -> Table:
    """A line for each item that is held; those of a series have a period and a value."""
    keys = ("contract", "sheet", "field", "rank", "text")
    more = ("period", "value", "at_least", "about", "unit", "sources")
    rows: list[tuple[Cell, ...]] = []
    if sheet is not None:
        rows.extend((sheet.code, *row) for row in _exported_fields(sheet))
    if local is not None:
        codes = [parent["code"] for parent in local["from"] or ()]
        rows.extend((sheet.code if sheet else codes[0], *row) for row in _exported_origin(local))
    columns = tuple(Column(key, key) for key in (*keys, *more))
    return Table(columns, tuple((contract.id, *row) for row in rows))


def _exported_fields(sheet: ActionSheet) -> Iterator[tuple[Cell, ...]]:
    sources = " ".join(sheet.sources)
    for field, text in (("number", sheet.number), ("axis", sheet.axis), ("status", sheet.status)):
        yield (field, None, text, *_UNMEASURED, sources)
    for field in TEXT_FIELDS:
        value = getattr(sheet, field)
        if field == "indicators":
            yield from _exported_indicators(sheet)
        elif isinstance(value, tuple):
            for rank, item in enumerate(value, 1):
                yield (field, rank, item, *_UNMEASURED, sources)
        elif value is not None:
            yield (field, None, value.strip(), *_UNMEASURED, sources)


def _exported_indicators(sheet: ActionSheet) -> Iterator[tuple[Cell, ...]]:
    for rank, indicator in enumerate(sheet.indicators, 1):
        head, unit = ("indicators", rank, indicator.title), indicator.unit
        if not indicator.values:
            yield (*head, None, None, None, None, unit, None)
        for item in indicator.values:
            marks = (cell(item.at_least), cell(item.about))
            yield (*head, cell(item.period), item.value, *marks, unit, cell(item.sources))


def _exported_origin(local: Json) -> Iterator[tuple[Cell, ...]]:
    sources = " ".join(local["sources"])
    yield ("origin", None, local["origin"], *_UNMEASURED, sources)
    for rank, parent in enumerate(local["from"] or (), 1):
        yield ("from", rank, parent["code"], *_UNMEASURED, sources)
    if local["reason"]:
        yield ("reason", None, local["reason"], *_UNMEASURED, sources)
