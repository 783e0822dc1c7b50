"""The contracts of a library, as scripts read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypedDict

from cpps_cli.model import Basis, Contract, Period, Territory
from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.schedule import State
from cpps_cli.schedule.catalogue import CatalogueEntry

SCHEMA: Final = "cpps.contracts/1"


_STATED = ("title", "signed_on", "term", "window", "announced_sheets", "pages")


class SignedDocument(TypedDict):
    """When it was signed: `on`, or `no_later_than` where the day itself is not known."""

    on: str | None
    no_later_than: str | None


class SpanDocument(TypedDict):
    """The days of a term; `written` is the period as the sources give it."""

    starts_on: str
    ends_on: str
    inherited: bool
    written: str


class SheetCounts(TypedDict):
    """How many sheets are listed, have a title, have their text; and how many are announced."""

    listed: int
    titled: int
    documented: int
    announced: int | None


class TerritoryCounts(TypedDict):
    """For how many territories a contract is derived, with and without a local text held."""

    all: int
    with_text: int
    without_text: int


class ContractDocument(TypedDict):
    """A contract of the library; `basis` and `parent` are those of a local one.

    `reading`: that of the sources which its term and window rest on, where these disagree.
    """

    id: str
    title: str
    short_title: str | None
    territory: str
    parent: str | None
    replaces: str | None
    signed: SignedDocument | None
    not_signed_before: str | None
    term: SpanDocument | None
    basis: Basis | None
    sheets: SheetCounts
    state: State
    local_territories: TerritoryCounts | None
    disputed: list[str]
    reading: str | None
    sources: list[str]


class ContractsDocument(TypedDict):
    """`spoken_of`: the contract that verbs speak of; `current`: that of the day asked."""

    schema: Literal["cpps.contracts/1"]
    on: str
    spoken_of: str | None
    current: str | None
    contracts: list[ContractDocument]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands beside the list: the day, the contract of the verbs, the one of the day."""

    on: date
    spoken_of: str | None
    current: Contract | None
    places: Mapping[str, Territory]


def contract_document(item: CatalogueEntry) -> ContractDocument:
    """A contract as it stands in documents."""
    contract, unsigned = item.contract, item.not_signed_before
    return {
        "id": contract.id,
        "title": contract.title,
        "short_title": contract.short_title,
        "territory": contract.territory,
        "parent": contract.parent,
        "replaces": contract.replaces,
        "signed": _signed(contract),
        "not_signed_before": unsigned.isoformat() if unsigned else None,
        "term": _term(item),
        "basis": item.derived.basis if item.derived else None,
        "sheets": sheet_counts(contract),
        "state": item.status.state,
        "local_territories": territory_counts(item),
        "disputed": [name for name in _STATED if is_disputed(contract, name)],
        "reading": contract.reading_used,
        "sources": list(contract.sources),
    }


def is_disputed(contract: Contract, field: str) -> bool:
    """Whether sources disagree on a field of a contract."""
    held = contract.retained(field)
    return held is not None and held.disputed


def _signed(contract: Contract) -> SignedDocument | None:
    held = contract.retained("signed_on")
    if held is not None:
        return {"on": held.value.written, "no_later_than": None}
    latest = no_later_than(contract)
    return {"on": None, "no_later_than": latest.written} if latest else None


def no_later_than(contract: Contract) -> Period | None:
    """By when it was signed for certain, where the day itself is not known."""
    return next((item.no_later_than for item in contract.milestones if item.kind == "signed"), None)


def _term(item: CatalogueEntry) -> SpanDocument | None:
    held = item.status.term
    if held is None:
        return None
    return {
        "starts_on": held.value.first.isoformat(),
        "ends_on": held.value.last.isoformat(),
        "inherited": item.status.term_inherited,
        "written": held.value.written,
    }


def sheet_counts(contract: Contract) -> SheetCounts:
    """How many sheets a contract has, and how far they are known."""
    held = contract.retained("announced_sheets")
    return {
        "listed": len(contract.sheets),
        "titled": sum(sheet.title is not None for sheet in contract.sheets),
        "documented": sum(sheet.status == "documented" for sheet in contract.sheets),
        "announced": held.value if held else None,
    }


def territory_counts(item: CatalogueEntry) -> TerritoryCounts | None:
    """How many territories have a local text; None of a local contract."""
    total = len(item.contract.local_territories)
    if item.derived is not None or not total:
        return None
    return {
        "all": total,
        "with_text": total - item.without_text,
        "without_text": item.without_text,
    }


def exported_contracts(documents: list[ContractDocument], shelf: Shelf) -> Table:
    """A line for each contract."""
    keys = ("id", "title", "territory", "parent", "replaces", "spoken_of", "current")
    more = ("signed_on", "signed_no_later_than", "starts_on", "ends_on", "term_inherited", "basis")
    counts = ("sheets_listed", "sheets_titled", "sheets_documented", "sheets_announced")
    last = ("state", "territories", "territories_without_text", "disputed", "sources", "reading")
    columns = tuple(Column(key, key) for key in (*keys, *more, *counts, *last))
    return Table(columns, tuple(_exported_row(item, shelf) for item in documents))


def _exported_row(item: ContractDocument, shelf: Shelf) -> tuple[Cell, ...]:
    signed, term, local = item["signed"], item["term"], item["local_territories"]
    current = shelf.current.id if shelf.current else None
    return (
        item["id"],
        item["title"],
        item["territory"],
        item["parent"],
        item["replaces"],
        str(item["id"] == shelf.spoken_of).lower(),
        str(item["id"] == current).lower(),
        signed and signed["on"],
        signed and signed["no_later_than"],
        term and term["starts_on"],
        term and term["ends_on"],
        str(term["inherited"]).lower() if term else None,
        item["basis"],
        *(item["sheets"][key] for key in ("listed", "titled", "documented", "announced")),
        item["state"],
        local and local["all"],
        local and local["without_text"],
        " ".join(item["disputed"]),
        " ".join(item["sources"]),
        item["reading"],
    )
