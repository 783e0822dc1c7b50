"""One action sheet for scripts: its JSON, and its csv, a line for each item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NotRequired, TypedDict

from cpps_cli.engine.lookup import Origins
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Basis,
    Contract,
    Derived,
    DerivedSheet,
    LeftOut,
    Origin,
    Source,
)
from cpps_cli.model.derived import LeftOutOrigin
from cpps_cli.model.programme import Programme
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.answer import Cell, Column, Table
from cpps_cli.present.sections.action_sheets import ListedSheet, listed_sheet
from cpps_cli.present.sections.disputes import DisputeDocument, dispute_document
from cpps_cli.present.sections.indicators import IndicatorDocument, indicator_document
from cpps_cli.present.sections.programmes import (
    ProgrammeDocument,
    cited_by_programme,
    programme_document,
)
from cpps_cli.present.sections.provenance import Told, ValueDocument, value_documents
from cpps_cli.present.sections.sources import SourceDocument, source_documents

SCHEMA: Final = "cpps.action-sheet/1"
_UNMEASURED: tuple[Cell, ...] = (None,) * 5


class SheetDocument(ListedSheet):
    """A sheet with all that is held of it; `unknown` names the headings of which nothing is."""

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
    unknown: list[str]
    note: str | None
    disputes: list[DisputeDocument]


class ParentSheetDocument(TypedDict):
    """A sheet of the parent; `number` and `title` are null where unknown."""

    code: str
    number: str | None
    title: str | None


# `from` is a word of Python, so this one is written as a call.
LocalDocument = TypedDict(
    "LocalDocument",
    {
        "parent": str,
        "basis": Basis,
        "origin": Origin | LeftOutOrigin,
        "from": list[ParentSheetDocument] | None,
        "own_fields": list[str] | None,
        "link_inferred": bool,
        "to_reread": bool,
        "amended_by": list[str],
        "reason": str | None,
        "decided_by": str | None,
        "decided_on": str | None,
        "review_on": str | None,
        "sources": list[str],
        "note": str | None,
    },
)


class ActionSheetDocument(TypedDict):
    """One sheet. `version`: the amendment whose text it is, or `signed`.

    `sheet` is null where the local contract does not hold it: `local` then says what became of
    the parent's sheet. The version is then its parent's. `provenance`: where each value comes
    from, on request.
    """

    schema: Literal["cpps.action-sheet/1"]
    contract: str
    title: str
    territory: str
    version: str
    sheet: SheetDocument | None
    local: LocalDocument | None
    programmes: list[ProgrammeDocument]
    sources: dict[str, SourceDocument]
    provenance: NotRequired[list[ValueDocument]]


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """What a sheet is shown with; `programmes` and their links are those of the parent contract.

    `told`: where its values come from, where that is asked.
    """

    parent: Contract
    version: str
    programmes: tuple[Programme, ...]
    sources: Mapping[str, Source]
    told: Told | None = None


def sheet_answer_document(
    contract: Contract,
    sheet: ActionSheet | None,
    local: LocalDocument | None,
    beside: ThreeWay,
    cited: list[str],
) -> ActionSheetDocument:
    """The whole document."""
    document: ActionSheetDocument = {
        "schema": SCHEMA,
        "contract": contract.id,
        "title": contract.title,
        "territory": contract.territory,
        "version": beside.version,
        "sheet": _sheet_document(contract, sheet) if sheet else None,
        "local": local,
        "programmes": [programme_document(item, beside.parent) for item in beside.programmes],
        "sources": source_documents([*cited, *cited_by_programmes(beside)], beside.sources),
    }
    if beside.told is None:
        return document
    values = value_documents(beside.told.accounts, beside.told.locate)
    return {**document, "provenance": values}


def _sheet_document(contract: Contract, sheet: ActionSheet) -> SheetDocument:
    return {
        **listed_sheet(contract, sheet),
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
        "unknown": list(unknown_fields(sheet)),
        "note": sheet.note,
        "disputes": [dispute_document(item) for item in disputes_of(sheet.claims)],
    }


def unknown_fields(sheet: ActionSheet) -> tuple[str, ...]:
    """The fields of which nothing is held."""
    return tuple(field for field in TEXT_FIELDS if not getattr(sheet, field))


def local_document(origins: Origins) -> LocalDocument:
    """How a local contract came by a sheet, or by none."""
    derived, item = origins.derived, origins.item
    left = item if isinstance(item, LeftOut) else None
    kept = item if isinstance(item, DerivedSheet) else None
    answers = kept.answers if kept else (item.sheet.code,)
    return {
        "parent": derived.parent.id,
        "basis": derived.basis,
        "origin": item.origin,
        "from": None if answers is None else [_parent_sheet(derived, code) for code in answers],
        "own_fields": list(origins.own_fields),
        "link_inferred": kept.link_inferred if kept else False,
        "to_reread": kept.to_reread if kept else False,
        "amended_by": list(origins.amended_by),
        "reason": origins.reason,
        "decided_by": left.decided_by if left else None,
        "decided_on": left.decided_on.isoformat() if left and left.decided_on else None,
        "review_on": left.review_on.isoformat() if left and left.review_on else None,
        "sources": list(origins.sources),
        "note": origins.note,
    }


def _parent_sheet(derived: Derived, code: str) -> ParentSheetDocument:
    parent = derived.parent.sheet(code)
    return {
        "code": code,
        "number": parent.number if parent else None,
        "title": parent.title if parent else None,
    }


def cited_by_programmes(beside: ThreeWay) -> list[str]:
    """The ids of the sources of the programmes reported."""
    return [name for programme in beside.programmes for name in cited_by_programme(programme)]


def exported_sheet(
    contract: Contract, sheet: ActionSheet | None, local: LocalDocument | None
) -> Table:
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
            marks = (str(item.at_least).lower(), str(item.about).lower())
            sources = " ".join(item.sources)
            yield (*head, item.period.written, item.value, *marks, unit, sources)


def _exported_origin(local: LocalDocument) -> Iterator[tuple[Cell, ...]]:
    sources = " ".join(local["sources"])
    yield ("origin", None, local["origin"], *_UNMEASURED, sources)
    for rank, parent in enumerate(local["from"] or (), 1):
        yield ("from", rank, parent["code"], *_UNMEASURED, sources)
    if local["reason"]:
        yield ("reason", None, local["reason"], *_UNMEASURED, sources)
