"""The contracts of a library: its generations and the local contracts whose text is held."""

from datetime import date

from cpps_cli.model import Contract, Period
from cpps_cli.render.answer import Answer, Block, Cell, Column, Heading, Paragraph, Table
from cpps_cli.render.views.contracts_document import (
    SCHEMA,
    ContractsDocument,
    Shelf,
    contract_document,
    exported_contracts,
    is_disputed,
    no_later_than,
    sheet_counts,
    territory_counts,
)
from cpps_cli.render.views.readings import readings_used
from cpps_cli.schedule.inventory import Listed
from cpps_cli.words.catalogue import _
from cpps_cli.words.dates import day_in_words, period_in_words, short_day
from cpps_cli.words.phrases import STATE


def contracts(listed: list[Listed], shelf: Shelf) -> Answer:
    """Every contract, each generation followed by its local contracts."""
    documents = [contract_document(item) for item in listed]
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
    return Answer(tuple(blocks), exported_contracts(documents, shelf), document)


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
    return "*" if is_disputed(contract, field) else ""


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
    latest = no_later_than(contract)
    return f"≤ {_in_short(latest)}" if latest else "–"


def _in_short(period: Period) -> str:
    return short_day(period.first) if period.precision == "day" else period_in_words(period)


def _sheets_in_short(item: Listed) -> str:
    if item.not_signed_before is not None:
        return "–"
    counts = sheet_counts(item.contract)
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
    counts = territory_counts(item)
    if counts is None:
        return ""
    said = _("{contract}: no local text is known for {count} of its {total} territories.")
    label = item.contract.label
    return said.format(contract=label, count=counts["without_text"], total=counts["all"])
