"""One action sheet for scripts: its JSON, and its csv, a line for each item."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cpps_cli.engine.lookup import Origins
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract, DerivedSheet, Origin, Source
from cpps_cli.model.beside import Programme
from cpps_cli.model.derived import LeftOutOrigin
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document import Column, Table
from cpps_cli.present.sections.action_sheets import LISTED
from cpps_cli.present.sections.disputes import DISPUTE
from cpps_cli.present.sections.indicators import INDICATOR
from cpps_cli.present.sections.programmes import PROGRAMME, cited_by_programme, programme_document
from cpps_cli.present.sections.provenance import VALUE, Told
from cpps_cli.present.sections.sources import SOURCE, cited_sources
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Maybe, Named, Part, Shape, cell


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


def _sources_of(sheet: ActionSheet) -> dict[str, list[str]]:
    """The sources of each field that holds something; none where all rest on those of the whole."""
    held = (name for name in ("number", "axis", *TEXT_FIELDS) if getattr(sheet, name))
    found = {name: list(sheet.sources_for(name)) for name in held}
    return found if any(names != list(sheet.sources) for names in found.values()) else {}


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
    Key("sources_of", Named(list[str]), _sources_of),
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


_COLUMNS = (
    "contract sheet field rank text period value at_least about unit sources code words target"
)


def exported_sheet(document: Json) -> Table:
    """A line for each thing that is told of a sheet; figures have a period and a value."""
    sheet, local = document["sheet"], document["local"]
    of_parent = [item["code"] for item in (local or {}).get("from") or ()]
    head = {"contract": document["contract"], "sheet": sheet["code"] if sheet else of_parent[0]}
    told = (
        *(_of_sheet(sheet) if sheet else ()),
        *(_of_origin(local) if local else ()),
        *(row for item in document["programmes"] for row in _of_programme(item)),
    )
    keys = _COLUMNS.split()
    rows = (tuple(cell({**head, **row}.get(key)) for key in keys) for row in told)
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))


def _of_sheet(sheet: Json) -> Iterator[Json]:
    for field, key in (("number", "number"), ("axis", "axis_code"), ("status", "status")):
        yield {"field": field, "text": sheet[key], **_sources(sheet, field)}
    for field in TEXT_FIELDS:
        value, sources = sheet[field], _sources(sheet, field)
        if field == "indicators":
            yield from _of_indicators(field, value)
        elif isinstance(value, str):
            yield {"field": field, "text": value.strip(), **sources}
        else:
            yield from _ranked(field, ((item, sources) for item in value or ()))
    for field in ("inferred", "uncertain", "cut", "unknown"):
        yield from _ranked(field, ((item, {}) for item in sheet[field]))
    if sheet["note"]:
        yield {"field": "note", "text": sheet["note"]}
    claims = (claim for dispute in sheet["disputes"] for claim in dispute["claims"])
    yield from _ranked("dispute", ((_claimed(item), item) for item in claims))


def _ranked(field: str, items: Iterable[tuple[Any, Json]]) -> Iterator[Json]:
    """A line for each item of a list, with its place in it; `more` are other columns."""
    for rank, (text, more) in enumerate(items, 1):
        yield {**more, "field": field, "rank": rank, "text": text}


def _claimed(claim: Json) -> str:
    said = "; ".join(f"{key}: {value}" for key, value in (claim["says"] or {}).items())
    return " – ".join(filter(None, (said, claim["words"], claim["why"])))


def _of_programme(programme: Json) -> Iterator[Json]:
    """What sources report beside the contract."""
    partners = "; ".join(programme["partners"])
    words = "; ".join(filter(None, (partners, programme["note"])))
    yield {**programme, "field": "programme", "text": programme["title"], "words": words}
    links = ((link["code"], {"words": link["note"]}) for link in programme["sheets"])
    yield from _ranked("programme_sheets", links)
    yield from _ranked("programme_facts", ((item["words"], item) for item in programme["facts"]))
    yield from _of_indicators("programme_indicators", programme["indicators"])


def _of_indicators(field: str, indicators: list[Json]) -> Iterator[Json]:
    for rank, item in enumerate(indicators, 1):
        words = "; ".join(filter(None, (item[key] for key in ("definition", "every", "note"))))
        head = {"field": field, "rank": rank, "text": item["title"]}
        head |= {key: item[key] for key in ("unit", "code", "target")}
        if not item["values"]:
            yield {**head, "words": words}
        for value in item["values"]:
            told = "; ".join(filter(None, (value["words"], value["definition"], words)))
            yield {**value, **head, "words": told}


def _sources(sheet: Json, field: str) -> Json:
    return {"sources": sheet["sources_of"].get(field, sheet["sources"])}


def _of_origin(local: Json) -> Iterator[Json]:
    sources = {"sources": local["sources"]}
    yield {"field": "origin", "text": local["origin"], **sources}
    parents = local["from"] or ()
    yield from _ranked("from", ((item["code"], sources) for item in parents))
    for key in ("number", "title"):
        yield from _ranked(f"from_{key}", ((item[key], {}) for item in parents))
    if local["reason"]:
        yield {"field": "reason", "text": local["reason"], **sources}
    for field in ("basis", "link_inferred", "to_reread", "decided_by", "decided_on", "review_on"):
        if local[field] is not None:
            yield {"field": field, "text": local[field]}
    for field in ("own_fields", "amended_by"):
        yield from _ranked(field, ((item, {}) for item in local[field] or ()))
    if local["note"]:
        yield {"field": "note_of_change", "text": local["note"]}
