"""The contracts of a library: its generations and the local contracts whose text is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import day_in_words, period_in_words, short_day
from cpps_cli.i18n.labels import STATE
from cpps_cli.model import Contract, Period, Territory
from cpps_cli.present.document import Answer, Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.reckoning import readings_used
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Maybe, Shape, csv_table
from cpps_cli.schedule.generations import CatalogueEntry
from cpps_cli.schedule.status import ContractStatus


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands beside the list: the day, the contract of the verbs, the one of the day."""

    on: date
    spoken_of: str | None
    current: Contract | None
    places: Mapping[str, Territory]


def _territory_counts(item: CatalogueEntry) -> dict[str, int] | None:
    """How many territories have a local text; None of a local contract."""
    total = len(item.contract.local_territories)
    if item.derived is not None or not total:
        return None
    return {
        "all": total,
        "with_text": total - item.without_text,
        "without_text": item.without_text,
    }


_STATED = ("title", "signed_on", "term", "window", "announced_sheets", "pages")
_SIGNED = Shape(
    "SignedDocument",
    dict[str, Period | None],
    "When it was signed: `on`, or `no_later_than` where the day itself is not known.",
    "on no_later_than",
)
_SPAN = Shape(
    "SpanDocument",
    ContractStatus,
    "The days of a term; `written` is the period as the sources give it.",
    *(Key("starts_on", date, "term.value.first"), Key("ends_on", date, "term.value.last")),
    "inherited=term_inherited",
    Key("written", str, "term.value"),
)
_SHEETS = Shape(
    "SheetCounts",
    dict[str, int],
    "How many sheets are listed, have a title, have their text; and how many are announced.",
    "listed titled documented",
    Key("announced", int | None),
)
_TERRITORIES = Shape(
    "TerritoryCounts",
    dict[str, int],
    "For how many territories a contract is derived, with and without a local text held.",
    "all with_text without_text",
)
CONTRACT = Shape(
    "ContractDocument",
    CatalogueEntry,
    """A contract of the library; `basis` and `parent` are those of a local one.

    `reading`: that of the sources which its term and window rest on, where these disagree.
    `at_fault`: a file that its text rests on is at fault; `sheets` is then null.
    """,
    "id=contract.id title=contract.title short_title=contract.short_title",
    "territory=contract.territory parent=contract.parent replaces=contract.replaces",
    Key("signed", Maybe(_SIGNED), lambda item: _signed(item.contract)),
    "not_signed_before",
    Key("term", Maybe(_SPAN), lambda item: item.status if item.status.term else None),
    "basis=derived?.basis",
    Key(
        "sheets",
        Maybe(_SHEETS),
        lambda item: None if item.at_fault else _sheet_counts(item.contract),
    ),
    "at_fault state=status.state",
    Key("local_territories", Maybe(_TERRITORIES), _territory_counts),
    Key(
        "disputed",
        list[str],
        lambda item: [name for name in _STATED if _is_disputed(item.contract, name)],
    ),
    "reading=contract.reading_used sources=contract.sources",
)
_CONTRACTS = Shape(
    "ContractsDocument",
    Shelf,
    "`spoken_of`: the contract that verbs speak of; `current`: that of the day asked.",
    "on spoken_of current=current?.id",
    Key("contracts", Many(CONTRACT), GIVEN),
    schema="cpps.contracts/1",
)
_COLUMNS = (
    "id title territory parent replaces spoken_of current "
    "signed_on=signed.on signed_no_later_than=signed.no_later_than "
    "starts_on=term.starts_on ends_on=term.ends_on term_inherited=term.inherited basis "
    "sheets_listed=sheets.listed sheets_titled=sheets.titled "
    "sheets_documented=sheets.documented sheets_announced=sheets.announced "
    "at_fault state territories=local_territories.all "
    "territories_without_text=local_territories.without_text disputed sources reading "
    "short_title term=term.written"
)


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of one contract; `note`: what is to be said of it underneath."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    is_local: bool
    ends_on: date | None
    reading_used: str | None
    note: str


def line_of(item: CatalogueEntry, shelf: Shelf) -> Line:
    """One contract among many."""
    contract = item.contract
    term = contract.retained("term")
    return Line(
        contract.id,
        contract.label,
        _cells(item, shelf),
        item.derived is not None,
        term.value.last if term else None,
        contract.reading_used,
        _without_text(item),
    )


def contracts(lines: list[Line], shelf: Shelf, documents: list[Json]) -> Answer:
    """Every contract, each generation followed by its local ones; the documents are its JSON and
    csv.
    """
    document = _CONTRACTS.write(shelf, contracts=documents)
    title = _("Contracts of this library on {day}").format(day=day_in_words(shelf.on))
    blocks: list[Block] = []
    if lines:
        blocks.extend((_shown(lines), Paragraph(_legend(lines), quiet=True)))
        blocks.extend(_notes(lines, shelf))
    else:
        blocks.append(Paragraph(_("This library holds no contract.")))
    section = Section(title, tuple(blocks))
    return Answer(section, exported_contracts(documents, shelf), document)


def _shown(lines: list[Line]) -> Table:
    columns = (
        Column("contract", _("Contract"), wide=True),
        Column("signed", _("Signed")),
        Column("term", _("Term")),
        Column("sheets", _("Sheets")),
        Column("state", _("Renegotiation")),
    )
    return Table(columns, tuple(line.cells for line in lines))


def _cells(item: CatalogueEntry, shelf: Shelf) -> tuple[Cell, ...]:
    contract, term = item.contract, item.status.term
    span = f"{term.value.first.year}–{term.value.last.year}" if term else "–"
    return (
        _name(item, shelf),
        _signed_in_short(contract) + _mark(contract, "signed_on"),
        span + _mark(contract, "term"),
        _sheets_in_short(item) + _mark(contract, "announced_sheets"),
        _(STATE[item.status.state]) + _mark(contract, "window"),
    )


def _mark(contract: Contract, field: str) -> str:
    return "*" if _is_disputed(contract, field) else ""


def _name(item: CatalogueEntry, shelf: Shelf) -> str:
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
    held = contract.retained("signed_on")
    if held is not None:
        return _in_short(held.value)
    latest = _no_later_than(contract)
    return f"≤ {_in_short(latest)}" if latest else "–"


def _in_short(period: Period) -> str:
    return short_day(period.first) if period.precision == "day" else period_in_words(period)


def _sheets_in_short(item: CatalogueEntry) -> str:
    if item.not_signed_before is not None:
        return "–"
    if item.at_fault:
        return "?"
    counts = _sheet_counts(item.contract)
    announced = "–" if counts["announced"] is None else counts["announced"]
    return f"{counts['titled']}/{announced}"


def _legend(lines: list[Line]) -> str:
    shown = {str(cell) for line in lines for cell in line.cells}
    has_local = any(line.is_local for line in lines)
    said = (
        (any(cell.startswith("→ ") for cell in shown), _legend_spoken_of()),
        (any(cell.startswith("≤ ") for cell in shown), _("≤ signed no later than that day.")),
        (True, _("Sheets: those with a title / those announced.")),
        ("?" in shown, _("? not known: a file that the text rests on is at fault.")),
        (any(cell.endswith("*") for cell in shown), _("* disputed: see `cpps disputes`.")),
        (has_local, _("· local contract, and what is held of its text.")),
    )
    return "\n".join(sentence for is_needed, sentence in said if is_needed)


def _legend_spoken_of() -> str:
    return _("→ the contract that commands speak of unless `--contract` names another.")


def _notes(lines: list[Line], shelf: Shelf) -> list[Block]:
    said = [
        *readings_used((line.label, line.reading_used) for line in lines),
        *(line.note for line in lines if line.note),
    ]
    if shelf.current is not None:
        said.append(_current(lines, shelf.current, shelf.on))
    return [Paragraph(line) for line in said]


def _current(lines: list[Line], latest: Contract, on: date) -> str:
    """The contract of the day; where its term is over, that it was the last one."""
    ends = [line.ends_on for line in lines if line.id == latest.id]
    said = _("Current on {day}: {contract}.")
    if any(day is not None and day < on for day in ends):
        said = _("On {day} no term runs: {contract} was the last, and its term is over.")
    return said.format(day=day_in_words(on), contract=latest.label)


def _without_text(item: CatalogueEntry) -> str:
    counts = _territory_counts(item)
    if counts is None or not counts["without_text"]:
        return ""
    said = _("{contract}: no local text is known for {count} of its {total} territories.")
    label = item.contract.label
    return said.format(contract=label, count=counts["without_text"], total=counts["all"])


# --- for scripts


def exported_contracts(documents: list[Json], shelf: Shelf) -> Table:
    """A line for each contract."""
    current = shelf.current.id if shelf.current else None
    marked = (
        {**item, "spoken_of": item["id"] == shelf.spoken_of, "current": item["id"] == current}
        for item in documents
    )
    return csv_table(_COLUMNS, marked)


def _signed(contract: Contract) -> dict[str, Period | None] | None:
    if held := contract.retained("signed_on"):
        return {"on": held.value, "no_later_than": None}
    latest = _no_later_than(contract)
    return {"on": None, "no_later_than": latest} if latest else None


def _no_later_than(contract: Contract) -> Period | None:
    """By when it was signed for certain, where the day itself is not known."""
    return next((item.no_later_than for item in contract.milestones if item.kind == "signed"), None)


def _sheet_counts(contract: Contract) -> dict[str, int | None]:
    """How many sheets a contract has, and how far they are known."""
    held = contract.retained("announced_sheets")
    return {
        "listed": len(contract.sheets),
        "titled": sum(sheet.title is not None for sheet in contract.sheets),
        "documented": sum(sheet.status == "documented" for sheet in contract.sheets),
        "announced": held.value if held else None,
    }


def _is_disputed(contract: Contract, field: str) -> bool:
    """Whether sources disagree on a field of a contract."""
    held = contract.retained(field)
    return held is not None and held.disputed
