"""The life of a contract, as scripts read it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypedDict

from cpps_cli.engine.history import Entry, History, LocalHistory, Reason
from cpps_cli.model import Basis, Milestone, MilestoneKind, Source
from cpps_cli.present.document import Column, Table
from cpps_cli.present.sections.change_document import (
    ChangesDocument,
    Row,
    change_rows,
    changes_document,
    row_columns,
)
from cpps_cli.present.sections.sources import SourceDocument, source_documents

SCHEMA: Final = "cpps.history/1"
SCHEMA_LOCAL: Final = "cpps.local-history/1"


class ReasonDocument(TypedDict):
    """Why `sheets` change; why the contract itself does where it names none.

    `editorial`: that change touches no commitment, only words.
    """

    sheets: list[str]
    reason: str | None
    decided_by: str | None
    decided_on: str | None
    editorial: bool


class AmendmentDocument(ChangesDocument):
    """An amendment and what it changed. `in_force`: on the day asked."""

    id: str
    title: str
    deliberation: str | None
    signed_on: str | None
    in_force_on: str
    in_force: bool
    editorial: bool
    reasons: list[ReasonDocument]
    sources: list[str]


class SheetLifeDocument(TypedDict):
    """The one sheet asked for: whether it stands in the signed text, and in that of the day."""

    code: str
    number: str | None
    title: str | None
    signed: bool
    in_force: bool


class MilestoneDocument(TypedDict):
    """What happened to a contract; `on` and `no_later_than` are periods as written."""

    kind: MilestoneKind
    on: str | None
    no_later_than: str | None
    body: str | None
    sources: list[str]


class HistoryDocument(TypedDict):
    """A contract, or one `sheet` of it, amendment by amendment, those to come included."""

    schema: Literal["cpps.history/1"]
    contract: str
    title: str
    on: str
    version: str
    signed_on: str | None
    amendments_without_text: str | None
    sheet: SheetLifeDocument | None
    amendments: list[AmendmentDocument]
    sources: dict[str, SourceDocument]


class LocalHistoryDocument(TypedDict):
    """A local contract beside its parent. `written_for`: the parent's version then.

    `unread`: ids of the parent's amendments in force that came afterwards. `version`: the last of
    its own amendments in force, or `signed`, null where no text is known; `own_amendments`: what
    each of them changed.
    """

    schema: Literal["cpps.local-history/1"]
    contract: str
    title: str
    territory: str
    basis: Basis
    parent: str
    on: str
    version: str | None
    written_for: str | None
    parent_version: str
    unread: list[str]
    milestones: list[MilestoneDocument]
    sheet: SheetLifeDocument | None
    own_amendments: list[AmendmentDocument]
    amendments: list[AmendmentDocument]
    sources: dict[str, SourceDocument]


def history_document(found: History, sources: Mapping[str, Source]) -> HistoryDocument:
    """The life of a parent contract, or of a sheet of it."""
    signed = found.signed.retained("signed_on")
    day = signed.value if signed else found.signed.signed_on
    return {
        "schema": SCHEMA,
        "contract": found.signed.id,
        "title": found.signed.title,
        "on": found.on.isoformat(),
        "version": found.now.version,
        "signed_on": day.written if day else None,
        "amendments_without_text": found.signed.amendments_without_text,
        "sheet": _sheet(found),
        "amendments": [_amendment(entry, found) for entry in found.entries],
        "sources": source_documents(cited(found), sources),
    }


def local_history_document(
    found: LocalHistory, sources: Mapping[str, Source]
) -> LocalHistoryDocument:
    """The life of a local contract, beside that of its parent."""
    derived, parent = found.derived, found.parent
    milestones = derived.contract.milestones
    names = [*cited(parent), *cited_by_local(found)]
    return {
        "schema": SCHEMA_LOCAL,
        "contract": derived.contract.id,
        "title": derived.contract.title,
        "territory": derived.contract.territory,
        "basis": derived.basis,
        "parent": derived.parent.id,
        "on": parent.on.isoformat(),
        "version": derived.version if derived.overlay else None,
        "written_for": derived.overlay.parent_version if derived.overlay else None,
        "parent_version": derived.parent_version,
        "unread": sorted(found.unread),
        "milestones": [_milestone(item) for item in milestones],
        "sheet": _sheet(parent),
        "own_amendments": [_amendment(entry, parent) for entry in found.own],
        "amendments": [_amendment(entry, parent) for entry in parent.entries],
        "sources": source_documents(names, sources),
    }


def cited(found: History) -> list[str]:
    """The ids of the sources of its amendments."""
    return [name for entry in found.entries for name in entry.amendment.sources]


def cited_by_local(found: LocalHistory) -> list[str]:
    """The ids of the sources of what happened to a local contract."""
    milestones = [name for item in found.derived.contract.milestones for name in item.sources]
    return [*milestones, *(name for entry in found.own for name in entry.amendment.sources)]


def exported_history(document: HistoryDocument) -> Table:
    """A line for each thing that an amendment changed."""
    return _exported(_of_contract(document["contract"], _amendment_rows(document["amendments"])))


def exported_local_history(document: LocalHistoryDocument) -> Table:
    """A line for each thing that happened, or that an amendment changed."""
    own = (*_milestone_rows(document["milestones"]), *_amendment_rows(document["own_amendments"]))
    of_parent = _of_contract(document["parent"], _amendment_rows(document["amendments"]))
    return _exported((*_of_contract(document["contract"], own), *of_parent))


def _exported(rows: Iterable[Row]) -> Table:
    columns = row_columns("date", "amendment", "editorial")
    return Table((*columns, Column("contract", "contract")), tuple(rows))


def _of_contract(contract: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with the contract to which it happened."""
    yield from ((*row, contract) for row in rows)


def _milestone_rows(milestones: list[MilestoneDocument]) -> Iterator[Row]:
    for item in milestones:
        day = item["on"] or item["no_later_than"]
        nothing = (None,) * 4
        yield (day, None, None, "milestone", None, None, item["body"], item["kind"], *nothing)


def _amendment_rows(amendments: list[AmendmentDocument]) -> Iterator[Row]:
    for item in amendments:
        head = (item["in_force_on"], item["id"], str(item["editorial"]).lower())
        yield from ((*head, *row) for row in change_rows(item))


def _amendment(entry: Entry, found: History) -> AmendmentDocument:
    amendment = entry.amendment
    return {
        "id": amendment.id,
        "title": amendment.title,
        "deliberation": amendment.deliberation,
        "signed_on": amendment.signed_on.written if amendment.signed_on else None,
        "in_force_on": amendment.in_force_on.isoformat(),
        "in_force": amendment.in_force_on <= found.on,
        "editorial": amendment.editorial,
        **changes_document(entry.differences),
        "reasons": [_reason(item) for item in entry.reasons],
        "sources": list(amendment.sources),
    }


def _reason(item: Reason) -> ReasonDocument:
    return {
        "sheets": list(item.sheets),
        "reason": item.words,
        "decided_by": item.decided_by,
        "decided_on": item.decided_on.isoformat() if item.decided_on else None,
        "editorial": item.editorial,
    }


def _sheet(found: History) -> SheetLifeDocument | None:
    if found.sheet is None:
        return None
    return {
        "code": found.sheet.code,
        "number": found.sheet.number,
        "title": found.sheet.title,
        "signed": found.signed.sheet(found.sheet.code) is not None,
        "in_force": found.now.contract.sheet(found.sheet.code) is not None,
    }


def _milestone(item: Milestone) -> MilestoneDocument:
    return {
        "kind": item.kind,
        "on": item.on.written if item.on else None,
        "no_later_than": item.no_later_than.written if item.no_later_than else None,
        "body": item.body,
        "sources": list(item.sources),
    }
