"""Coverage as scripts read it: its JSON, and its csv, a line for each sheet and territory."""

from datetime import date
from typing import Final, Literal, TypedDict

from cpps_cli.engine.coverage import Coverage, Fate, LocalCoverage, LocalSheet, Outcome
from cpps_cli.engine.left_out import Counted
from cpps_cli.model import ActionSheet, Basis, Contract, Origin
from cpps_cli.present.document import Cell, Column, Table

SCHEMA: Final = "cpps.coverage/1"


class Totals(TypedDict):
    """Outcomes by state; adds up to all of them."""

    inherited: int
    adapted: int
    merged: int
    excluded: int
    not_taken_up: int
    unknown: int
    no_text: int


class CoveredSheet(TypedDict):
    """A sheet of the parent; `totals` counts the local contracts by what they made of it."""

    number: str | None
    code: str
    title: str | None
    axis: int | None
    axis_code: str | None
    totals: Totals


class ReasonDocument(TypedDict):
    """Why, and which text of the local contract says so: `signed`, or an amendment of its own."""

    version: str
    reason: str


class OutcomeDocument(TypedDict):
    """What became of a sheet of the parent in a local contract.

    `no_text`: no local text is known, so that nothing was decided; it would inherit the sheet.
    `local_sheets` are the codes of those that answer it. `reasons` are all those given, in the
    order of the texts; `reason` is the last.
    """

    sheet: str
    state: Fate
    local_sheets: list[str]
    to_reread: bool
    link_inferred: bool
    reason: str | None
    reasons: list[ReasonDocument]
    decided_by: str | None
    decided_on: str | None
    review_on: str | None


# `from` is a word of Python, so this one is written as a call.
LocalSheetDocument = TypedDict(
    "LocalSheetDocument",
    {
        "number": str | None,
        "code": str,
        "title": str | None,
        "origin": Origin,
        "from": list[str] | None,
        "link_inferred": bool,
        "to_reread": bool,
    },
)


class LocalCoverageDocument(TypedDict):
    """A local contract, both ways: each sheet of the parent, and each of its own sheets."""

    contract: str
    territory: str
    name: str
    basis: Basis
    to_reread: bool
    not_signed_before: str | None
    totals: Totals
    sheets: list[OutcomeDocument]
    local_sheets: list[LocalSheetDocument]


class CoverageDocument(TypedDict):
    """What became of each sheet of the parent in each of its local contracts.

    `passed_over`: territories of which a file is at fault, so that nothing is said of them.
    """

    schema: Literal["cpps.coverage/1"]
    contract: str
    parent_version: str
    on: str | None
    sheets: list[CoveredSheet]
    contracts: list[LocalCoverageDocument]
    passed_over: list[str]
    totals: Totals


def coverage_document(found: Coverage) -> CoverageDocument:
    """The JSON of a coverage."""
    document = counted_document(found)
    return {**document, "contracts": [local_document(place) for place in found.places]}


def counted_document(found: Coverage | Counted) -> CoverageDocument:
    """The same without any of the local contracts, which are only counted."""
    return {
        "schema": SCHEMA,
        "contract": found.parent.id,
        "parent_version": found.version,
        "on": iso(found.on),
        "sheets": [
            covered_sheet(found.parent, sheet, found.totals_of(sheet.code))
            for sheet in found.sheets
        ],
        "contracts": [],
        "passed_over": list(found.passed_over),
        "totals": _totals(found.totals()),
    }


def covered_sheet(parent: Contract, sheet: ActionSheet, totals: dict[Fate, int]) -> CoveredSheet:
    """A sheet of the parent as it stands in documents."""
    axis = parent.axis(sheet.axis)
    return {
        "number": sheet.number,
        "code": sheet.code,
        "title": sheet.title,
        "axis": axis.number if axis else None,
        "axis_code": sheet.axis,
        "totals": _totals(totals),
    }


def outcome_document(outcome: Outcome) -> OutcomeDocument:
    """What became of a sheet, as it stands in documents."""
    return {
        "sheet": outcome.sheet,
        "state": outcome.fate,
        "local_sheets": list(outcome.held_by),
        "to_reread": outcome.to_reread,
        "link_inferred": outcome.link_inferred,
        "reason": outcome.reason,
        "reasons": [{"version": name, "reason": why} for name, why in outcome.reasons],
        "decided_by": outcome.decided_by,
        "decided_on": iso(outcome.decided_on),
        "review_on": iso(outcome.review_on),
    }


def iso(day: date | None) -> str | None:
    """A day as documents write it."""
    return day.isoformat() if day else None


def exported_coverage(found: Coverage) -> Table:
    """A line for each sheet of the parent in each territory."""
    return exported_outcomes(
        [(sheet, place) for sheet in found.sheets for place in found.places], found.parent
    )


def exported_outcomes(pairs: list[tuple[ActionSheet, LocalCoverage]], parent: Contract) -> Table:
    """A line for each of these pairs."""
    keys = ("parent", "sheet", "number", "title", "territory", "name", "state", "local_sheets")
    more = ("to_reread", "link_inferred", "reason", "decided_by", "decided_on", "review_on")
    rows: list[tuple[Cell, ...]] = []
    for sheet, place in pairs:
        item = outcome_document(place.outcomes[sheet.code])
        head = (parent.id, sheet.code, sheet.number, sheet.title)
        marks = (str(item["to_reread"]).lower(), str(item["link_inferred"]).lower())
        decision = (item["reason"], item["decided_by"], item["decided_on"], item["review_on"])
        where = (place.territory.code, place.territory.label)
        state = (item["state"], " ".join(item["local_sheets"]))
        rows.append((*head, *where, *state, *marks, *decision))
    return Table(tuple(Column(key, key) for key in (*keys, *more)), tuple(rows))


def local_document(place: LocalCoverage) -> LocalCoverageDocument:
    """A local contract as it stands in documents."""
    return {
        "contract": place.contract,
        "territory": place.territory.code,
        "name": place.territory.name,
        "basis": place.basis,
        "to_reread": place.to_reread,
        "not_signed_before": iso(place.not_signed_before),
        "totals": _totals(place.totals()),
        "sheets": [outcome_document(item) for item in place.outcomes.values()],
        "local_sheets": [_local_sheet(item) for item in place.sheets],
    }


def _local_sheet(item: LocalSheet) -> LocalSheetDocument:
    return {
        "number": item.number,
        "code": item.code,
        "title": item.title,
        "origin": item.origin,
        "from": None if item.answers is None else list(item.answers),
        "link_inferred": item.link_inferred,
        "to_reread": item.to_reread,
    }


def _totals(count: dict[Fate, int]) -> Totals:
    return {
        "inherited": count["inherited"],
        "adapted": count["adapted"],
        "merged": count["merged"],
        "excluded": count["excluded"],
        "not_taken_up": count["not_taken_up"],
        "unknown": count["unknown"],
        "no_text": count["no_text"],
    }
