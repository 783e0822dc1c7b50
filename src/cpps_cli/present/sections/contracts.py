"""The contracts of a library: its generations and the local contracts whose text is held."""

from dataclasses import dataclass
from datetime import date

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import day_in_words, period_in_words, short_day
from cpps_cli.i18n.labels import STATE
from cpps_cli.model import Contract, Period
from cpps_cli.present.document import (
    Answer,
    Block,
    Cell,
    Column,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.sections.contracts_document import (
    SCHEMA,
    ContractDocument,
    ContractsDocument,
    Shelf,
    exported_contracts,
    is_disputed,
    no_later_than,
    sheet_counts,
    territory_counts,
)
from cpps_cli.present.sections.readings import readings_used
from cpps_cli.schedule.catalogue import CatalogueEntry


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


def contracts(lines: list[Line], shelf: Shelf, documents: list[ContractDocument]) -> Answer:
    """Every contract, each generation followed by its local ones; the documents are its JSON and
    csv.
    """
    document: ContractsDocument = {
        "schema": SCHEMA,
        "on": shelf.on.isoformat(),
        "spoken_of": shelf.spoken_of,
        "current": shelf.current.id if shelf.current else None,
        "contracts": documents,
    }
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
    return "*" if is_disputed(contract, field) else ""


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
    latest = no_later_than(contract)
    return f"≤ {_in_short(latest)}" if latest else "–"


def _in_short(period: Period) -> str:
    return short_day(period.first) if period.precision == "day" else period_in_words(period)


def _sheets_in_short(item: CatalogueEntry) -> str:
    if item.not_signed_before is not None:
        return "–"
    counts = sheet_counts(item.contract)
    announced = "–" if counts["announced"] is None else counts["announced"]
    return f"{counts['titled']}/{announced}"


def _legend(lines: list[Line]) -> str:
    shown = {str(cell) for line in lines for cell in line.cells}
    has_local = any(line.is_local for line in lines)
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


def _notes(lines: list[Line], shelf: Shelf) -> list[Block]:
    said = [*readings_used(lines), *(line.note for line in lines if line.note)]
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
    counts = territory_counts(item)
    if counts is None or not counts["without_text"]:
        return ""
    said = _("{contract}: no local text is known for {count} of its {total} territories.")
    label = item.contract.label
    return said.format(contract=label, count=counts["without_text"], total=counts["all"])
