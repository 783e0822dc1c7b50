"""The contracts of a library: its generations and the local contracts whose text is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypedDict

from cpps_cli.model import Basis, Contract, Period, Territory
from cpps_cli.render.answer import Answer, Block, Cell, Column, Heading, Paragraph, Table
from cpps_cli.render.views.readings import readings_used
from cpps_cli.schedule import State
from cpps_cli.schedule.inventory import Listed
from cpps_cli.words.catalogue import _
from cpps_cli.words.dates import day_in_words, period_in_words, short_day
from cpps_cli.words.phrases import STATE

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


def contracts(listed: list[Listed], shelf: Shelf) -> Answer:
    """Every contract, each generation followed by its local contracts."""
    documents = [_document(item) for item in listed]
    document: ContractsDocument = {
        "schema": SCHEMA,
        "on": shelf.on.isoformat(),
        "spoken_of": shelf.spoken_of,
        "current": shelf.current.id if shelf.current else None,
        "contracts": documents,
    }
    title = _("Contracts of this library on {day}").format(day=day_in_words(shelf.on))
    blocks: list[Block] = [Heading(title)]
    if listed:
        table = _shown(listed, shelf)
        blocks.extend((table, Paragraph(_legend(table, listed), quiet=True)))
        blocks.extend(_notes(listed, shelf))
    else:
        blocks.append(Paragraph(_("This library holds no contract.")))
    return Answer(tuple(blocks), _exported(documents, shelf), document)


def _document(item: Listed) -> ContractDocument:
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
        "sheets": _sheets(contract),
        "state": item.standing.state,
        "local_territories": _territories(item),
        "disputed": [name for name in _STATED if _is_disputed(contract, name)],
        "reading": contract.reading_used,
        "sources": list(contract.sources),
    }


def _is_disputed(contract: Contract, field: str) -> bool:
    held = contract.held(field)
    return held is not None and held.disputed


def _signed(contract: Contract) -> SignedDocument | None:
    held = contract.held("signed_on")
    if held is not None:
        return {"on": held.value.written, "no_later_than": None}
    latest = _no_later_than(contract)
    return {"on": None, "no_later_than": latest.written} if latest else None


def _no_later_than(contract: Contract) -> Period | None:
    """By when it was signed for certain, where the day itself is not known."""
    return next((item.no_later_than for item in contract.milestones if item.kind == "signed"), None)


def _term(item: Listed) -> SpanDocument | None:
    held = item.standing.term
    if held is None:
        return None
    return {
        "starts_on": held.value.first.isoformat(),
        "ends_on": held.value.last.isoformat(),
        "inherited": item.standing.term_inherited,
        "written": held.value.written,
    }


def _sheets(contract: Contract) -> SheetCounts:
    held = contract.held("announced_sheets")
    return {
        "listed": len(contract.sheets),
        "titled": sum(sheet.title is not None for sheet in contract.sheets),
        "documented": sum(sheet.status == "documented" for sheet in contract.sheets),
        "announced": held.value if held else None,
    }


def _territories(item: Listed) -> TerritoryCounts | None:
    total = len(item.contract.local_territories)
    if item.derived is not None or not total:
        return None
    return {
        "all": total,
        "with_text": total - item.without_text,
        "without_text": item.without_text,
    }


def _shown(listed: list[Listed], shelf: Shelf) -> Table:
    columns = (
        Column("contract", _("Contract"), wide=True),
        Column("signed", _("Signed")),
        Column("term", _("Term")),
        Column("sheets", _("Sheets")),
        Column("state", _("Renegotiation")),
    )
    return Table(columns, tuple(_row(item, shelf) for item in listed))


def _row(item: Listed, shelf: Shelf) -> tuple[Cell, ...]:
    contract, term = item.contract, item.standing.term
    span = f"{term.value.first.year}–{term.value.last.year}" if term else "–"
    return (
        _name(item, shelf),
        _signed_in_short(contract) + _mark(contract, "signed_on"),
        span + _mark(contract, "term"),
        _sheets_in_short(item) + _mark(contract, "announced_sheets"),
        _(STATE[item.standing.state]) + _mark(contract, "window"),
    )


def _mark(contract: Contract, field: str) -> str:
    return "*" if _is_disputed(contract, field) else ""


def _name(item: Listed, shelf: Shelf) -> str:
    contract = item.contract
    unsigned = _("not signed yet") if item.not_signed_before else None
    if item.derived is None:
        arrow = "→ " if contract.id == shelf.spoken_of else ""
        own = ", ".join(filter(None, [contract.id, unsigned]))
        return f"{arrow}{contract.label}\n({own})"
    known = {"no_text": _("no text"), "partial": _("in part"), "full": _("whole text")}
    overlay = item.derived.overlay
    label = (overlay.short_title if overlay else None) or shelf.places[contract.territory].label
    return f"· {label}\n  ({contract.territory}, {unsigned or known[item.derived.basis]})"


def _signed_in_short(contract: Contract) -> str:
    held = contract.held("signed_on")
    if held is not None:
        return _in_short(held.value)
    latest = _no_later_than(contract)
    return f"≤ {_in_short(latest)}" if latest else "–"


def _in_short(period: Period) -> str:
    return short_day(period.first) if period.precision == "day" else period_in_words(period)


def _sheets_in_short(item: Listed) -> str:
    if item.not_signed_before is not None:
        return "–"
    counts = _sheets(item.contract)
    announced = "–" if counts["announced"] is None else counts["announced"]
    return f"{counts['titled']}/{announced}"


def _legend(table: Table, listed: list[Listed]) -> str:
    shown = [str(cell) for row in table.rows for cell in row]
    has_local = any(item.derived for item in listed)
    said = (
        (any(cell.startswith("→ ") for cell in shown), _legend_spoken_of()),
        (any(cell.startswith("≤ ") for cell in shown), _("≤ signed no later than that day.")),
        (True, _("Sheets: those with a title / those announced.")),
        (any(cell.endswith("*") for cell in shown), _("* disputed: see `cpps disputes`.")),
        (has_local, _("· local contract, and what is held of its text.")),
    )
    return "\n".join(sentence for is_needed, sentence in said if is_needed)


def _legend_spoken_of() -> str:
    return _("→ the contract that commands speak of unless `--contract` names another.")


def _notes(listed: list[Listed], shelf: Shelf) -> list[Block]:
    lines = list(readings_used([item.contract for item in listed]))
    lines += [line for item in listed if (line := _without_text(item))]
    if shelf.current is not None:
        lines.append(_current(listed, shelf.current, shelf.on))
    return [Paragraph(line) for line in lines]


def _current(listed: list[Listed], latest: Contract, on: date) -> str:
    """The contract of the day; where its term is over, that it was the last one."""
    terms = [item.contract.held("term") for item in listed if item.contract.id == latest.id]
    is_over = any(term is not None and term.value.last < on for term in terms)
    said = _("Current on {day}: {contract}.")
    if is_over:
        said = _("On {day} no term runs: {contract} was the last, and its term is over.")
    return said.format(day=day_in_words(on), contract=latest.label)


def _without_text(item: Listed) -> str:
    counts = _territories(item)
    if counts is None:
        return ""
    said = _("{contract}: no local text is known for {count} of its {total} territories.")
    label = item.contract.label
    return said.format(contract=label, count=counts["without_text"], total=counts["all"])


def _exported(documents: list[ContractDocument], shelf: Shelf) -> Table:
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
