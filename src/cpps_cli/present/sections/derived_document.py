"""A local contract as scripts read it: its JSON and its csv."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NotRequired, TypedDict

from cpps_cli.model import Basis, Derived, DerivedSheet, LeftOut, Milestone, Origin, Status
from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.present.sections.provenance import Locate, ValueDocument, value_documents

if TYPE_CHECKING:
    from cpps_cli.engine.provenance import FieldProvenance

SCHEMA: Final = "cpps.derived-contract/1"
SCHEMA_ALL: Final = "cpps.derived-contracts/1"


class DerivedMilestone(TypedDict):
    """Something that happened to it; `on` and `no_later_than` as written, null where unknown."""

    kind: str
    on: str | None
    no_later_than: str | None
    body: str | None
    inferred: bool
    sources: list[str]


class DerivedHead(TypedDict):
    """Which contract it is, and which text of the parent it comes from.

    `inherited` names which of the term and the window are the parent's. Signatories and partners
    are empty where nobody can say who signed. `version`: the last of its own amendments in force,
    or `signed`; null where no text is known. `reading`: that of the sources which the term and the
    window rest on, null where none is named or they do not disagree. `provenance`: where each of
    its own values comes from, on request.
    """

    id: str
    territory: str
    title: str
    basis: Basis
    version: str | None
    parent: str
    parent_version: str
    parent_fingerprint: str
    to_reread: bool
    not_signed_before: str | None
    term: str | None
    window: str | None
    reading: str | None
    inherited: list[str]
    signatories: list[str]
    partners: list[str]
    milestones: list[DerivedMilestone]
    note: str | None
    provenance: NotRequired[list[ValueDocument]]


# `from` is a word of Python, so this one is written as a call.
DerivedSheetDocument = TypedDict(
    "DerivedSheetDocument",
    {
        "number": str | None,
        "code": str,
        "title": str | None,
        "axis": int | None,
        "axis_code": str | None,
        "status": Status,
        "origin": Origin,
        "from": list[str] | None,
        "link_inferred": bool,
        "to_reread": bool,
        "sources": list[str],
        "provenance": NotRequired[list[ValueDocument]],
    },
)


class LeftOutDocument(TypedDict):
    """A sheet of the parent that the local contract does not hold.

    `repealed_by`: the amendment of its own that took it out, null where none did.
    """

    number: str | None
    code: str
    title: str | None
    origin: Literal["excluded", "not_taken_up", "unknown"]
    to_reread: bool
    reason: str | None
    decided_by: str | None
    decided_on: str | None
    review_on: str | None
    repealed_by: str | None


class Summary(TypedDict):
    """Local sheets by origin."""

    inherited: int
    adapted: int
    merged: int
    added: int


class ParentSummary(TypedDict):
    """The parent's sheets by what became of them; adds up to all of them."""

    taken: int
    excluded: int
    not_taken_up: int
    unknown: int


class DerivedDocument(TypedDict):
    """A local contract: its sheets, what is left out, and the two counts."""

    schema: Literal["cpps.derived-contract/1"]
    contract: DerivedHead
    announced: int | None
    sheets: list[DerivedSheetDocument]
    left_out: list[LeftOutDocument]
    summary: Summary
    parent_summary: ParentSummary


class DerivedContractsDocument(TypedDict):
    """All the local contracts of a parent."""

    schema: Literal["cpps.derived-contracts/1"]
    parent: str
    contracts: list[DerivedDocument]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where each value of a local contract comes from: of the contract itself, and sheet by sheet,
    by code.
    """

    contract: "tuple[FieldProvenance, ...]"
    sheets: "Mapping[str, tuple[FieldProvenance, ...]]"
    locate: Locate = field(repr=False)


def with_provenance(document: DerivedDocument, provenance: Provenance) -> DerivedDocument:
    """The JSON of a local contract that says of each value where it comes from."""
    locate = provenance.locate
    sheets: list[DerivedSheetDocument] = [
        {**sheet, "provenance": value_documents(provenance.sheets[sheet["code"]], locate)}
        for sheet in document["sheets"]
    ]
    values = value_documents(provenance.contract, locate)
    contract: DerivedHead = {**document["contract"], "provenance": values}
    return {**document, "contract": contract, "sheets": sheets}


def derived_document(derived: Derived) -> DerivedDocument:
    """The JSON of a local contract."""
    held = derived.contract.retained("announced_sheets")
    unsigned = derived.not_signed_before
    return {
        "schema": SCHEMA,
        "contract": {
            "id": derived.contract.id,
            "territory": derived.contract.territory,
            "title": derived.contract.title,
            "basis": derived.basis,
            "version": None if derived.overlay is None else derived.version,
            "parent": derived.parent.id,
            "parent_version": derived.parent_version,
            "parent_fingerprint": derived.parent_fingerprint,
            "to_reread": derived.to_reread,
            "not_signed_before": unsigned.isoformat() if unsigned else None,
            "term": _written(derived, "term"),
            "window": _written(derived, "window"),
            "reading": derived.contract.reading_used,
            "inherited": list(derived.inherited),
            "signatories": list(derived.contract.signatories),
            "partners": list(derived.contract.partners),
            "milestones": [_milestone(item) for item in derived.contract.milestones],
            "note": derived.overlay.note if derived.overlay else None,
        },
        "announced": held.value if held else None,
        "sheets": [_sheet(derived, item) for item in derived.sheets],
        "left_out": [_left(item) for item in derived.left_out],
        "summary": {
            "inherited": _count(derived, "inherited"),
            "adapted": _count(derived, "adapted"),
            "merged": _count(derived, "merged"),
            "added": _count(derived, "added"),
        },
        "parent_summary": _parent_summary(derived),
    }


def _written(derived: Derived, field: str) -> str | None:
    held = derived.contract.retained(field)
    return None if held is None else str(held.value)


def _milestone(item: Milestone) -> DerivedMilestone:
    return {
        "kind": item.kind,
        "on": str(item.on) if item.on else None,
        "no_later_than": str(item.no_later_than) if item.no_later_than else None,
        "body": item.body,
        "inferred": item.inferred,
        "sources": list(item.sources),
    }


def _sheet(derived: Derived, item: DerivedSheet) -> DerivedSheetDocument:
    axis = derived.contract.axis(item.sheet.axis)
    return {
        "number": item.sheet.number,
        "code": item.sheet.code,
        "title": item.sheet.title,
        "axis": axis.number if axis else None,
        "axis_code": item.sheet.axis,
        "status": item.sheet.status,
        "origin": item.origin,
        "from": None if item.answers is None else list(item.answers),
        "link_inferred": item.link_inferred,
        "to_reread": item.to_reread,
        "sources": list(item.sheet.sources),
    }


def _left(item: LeftOut) -> LeftOutDocument:
    return {
        "number": item.sheet.number,
        "code": item.sheet.code,
        "title": item.sheet.title,
        "origin": item.origin,
        "to_reread": item.to_reread,
        "reason": item.reason,
        "decided_by": item.decided_by,
        "decided_on": item.decided_on.isoformat() if item.decided_on else None,
        "review_on": item.review_on.isoformat() if item.review_on else None,
        "repealed_by": item.repealed_by,
    }


def _count(derived: Derived, origin: Origin) -> int:
    return derived.summary()[origin]


def _parent_summary(derived: Derived) -> ParentSummary:
    fates = derived.parent_summary()
    return {
        "taken": fates["taken"],
        "excluded": fates["excluded"],
        "not_taken_up": fates["not_taken_up"],
        "unknown": fates["unknown"],
    }


def exported(documents: list[DerivedDocument]) -> Table:
    keys = ("contract", "territory", "basis", "number", "code", "title", "axis")
    more = ("origin", "from", "link_inferred", "reason", "sources")
    rows: list[tuple[Cell, ...]] = []
    for document in documents:
        contract = document["contract"]
        head = (contract["id"], contract["territory"], contract["basis"])
        for sheet in document["sheets"]:
            parents = sheet["from"]
            answers = "?" if parents is None else " ".join(parents)
            names = (sheet["number"], sheet["code"], sheet["title"], sheet["axis"])
            sources = " ".join(sheet["sources"])
            inferred = str(sheet["link_inferred"]).lower()
            rows.append((*head, *names, sheet["origin"], answers, inferred, None, sources))
        for left in document["left_out"]:
            named = (left["number"], left["code"], left["title"], None)
            fate = (left["origin"], left["code"], None, left["reason"], None)
            rows.append((*head, *named, *fate))
    return Table(tuple(Column(key, key) for key in (*keys, *more)), tuple(rows))
