"""A local contract as scripts read it: its JSON and its csv."""

from typing import Final, Literal, TypedDict

from cpps_cli.model import Basis, Derived, DerivedSheet, LeftOut, Origin, Status
from cpps_cli.render.answer import Cell, Column, Table

SCHEMA: Final = "cpps.derived-contract/1"
SCHEMA_ALL: Final = "cpps.derived-contracts/1"


class DerivedHead(TypedDict):
    """Which contract it is, and which text of the parent it comes from."""

    id: str
    territory: str
    title: str
    basis: Basis
    parent: str
    parent_version: str
    parent_fingerprint: str
    to_reread: bool
    not_signed_before: str | None


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
    },
)


class LeftOutDocument(TypedDict):
    """A sheet of the parent that the local contract does not hold."""

    number: str | None
    code: str
    title: str | None
    origin: Literal["excluded", "not_taken_up", "unknown"]
    reason: str | None
    decided_by: str | None
    decided_on: str | None
    review_on: str | None


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


def derived_document(derived: Derived) -> DerivedDocument:
    """The JSON of a local contract."""
    held = derived.contract.held("announced_sheets")
    unsigned = derived.not_signed_before
    return {
        "schema": SCHEMA,
        "contract": {
            "id": derived.contract.id,
            "territory": derived.contract.territory,
            "title": derived.contract.title,
            "basis": derived.basis,
            "parent": derived.parent.id,
            "parent_version": derived.parent_version,
            "parent_fingerprint": derived.parent_fingerprint,
            "to_reread": derived.to_reread,
            "not_signed_before": unsigned.isoformat() if unsigned else None,
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
        "reason": item.reason,
        "decided_by": item.decided_by,
        "decided_on": item.decided_on.isoformat() if item.decided_on else None,
        "review_on": item.review_on.isoformat() if item.review_on else None,
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
    keys = ("contract", "territory", "number", "code", "title", "axis", "origin", "from", "reason")
    rows: list[tuple[Cell, ...]] = []
    for document in documents:
        head = document["contract"]["id"], document["contract"]["territory"]
        for sheet in document["sheets"]:
            parents = sheet["from"]
            answers = "?" if parents is None else " ".join(parents)
            names = (sheet["number"], sheet["code"], sheet["title"], sheet["axis"])
            rows.append((*head, *names, sheet["origin"], answers, None))
        for left in document["left_out"]:
            named = (left["number"], left["code"], left["title"], None)
            rows.append((*head, *named, left["origin"], left["code"], left["reason"]))
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
