"""Compares a table with a contract's sheets: what it would fill, where it contradicts them.

Each row is compared with one sheet, field by field. An empty cell says nothing, and what the
library says already is overwritten only where that is asked. Nothing is written here.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cpps_cli.diagnostics import Value as Slot
from cpps_cli.diagnostics import no_such
from cpps_cli.engine import Parent, normalised
from cpps_cli.library.spreadsheet import Row, Spreadsheet
from cpps_cli.model import LIST_FIELDS, TEXT_FIELDS, ActionSheet, Contract
from cpps_cli.model.edit import Drop, Edit, Put
from cpps_cli.model.fields import LINE_FIELDS, PROSE_FIELDS
from cpps_cli.model.sheet import DOUBTS, axis_called

Value = str | tuple[str, ...]
Stated = tuple[str, str, Value]
"""A field that a row states, the column it stands in, and its value."""
PLACES = ("axis", "axis_code")
SOURCED = ("number", "axis", *TEXT_FIELDS)
PASSED_OVER = ("status", *DOUBTS)
TEXTS = (*PROSE_FIELDS[:-1], *LIST_FIELDS, PROSE_FIELDS[-1])  # the lead stands last
COLUMNS = ("number", "code", "title", *PLACES, *PASSED_OVER, "sources", *TEXTS[1:])
HeldBy = Literal["sheet", "claims", "amendment"]
CellOutcome = Literal["fill", "replace", "same", "conflict"]
FaultKind = Literal[
    "unknown_column",
    "column_twice",
    "surplus",
    "no_sheet_named",
    "unknown_sheet",
    "unknown_number",
    "two_rows",
    "axes_disagree",
    "unknown_axis",
    "from_amendment",
    "not_editable",
]


@dataclass(frozen=True, slots=True)
class TableFault:
    """Why a row or a column cannot be taken. `values` fill the sentence of its kind."""

    kind: FaultKind
    row: int
    column: str | None
    values: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Cell:
    """A field as the table says it and as the library holds it, and what follows."""

    field: str
    column: str
    outcome: CellOutcome
    table: Value
    library: Value | None
    held_by: HeldBy = "sheet"


@dataclass(frozen=True, slots=True)
class Filling:
    """The cells of one row, and the sheet that it is about."""

    row: int
    sheet: ActionSheet
    cells: tuple[Cell, ...]

    def fields(self, *outcomes: CellOutcome) -> tuple[Cell, ...]:
        """Lists the cells of these outcomes."""
        return tuple(cell for cell in self.cells if cell.outcome in outcomes)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that the row names and the sheet does not yet: they say what it fills."""
        named = (cell.table for cell in self.fields("fill") if cell.field == "sources")
        return tuple(name for names in named for name in names if name not in self.sheet.cited)

    @property
    def values(self) -> dict[str, Value]:
        """What is to be written, the sources apart."""
        cells = self.fields("fill", "replace")
        return {cell.field: cell.table for cell in cells if cell.field != "sources"}

    def edits(self, source: str | None) -> tuple[Edit, ...]:
        """Lists what to write; a field that is stated is no longer marked as doubtful.

        Its sources are those that the row adds, else the `source` of the table.
        """
        values = self.values
        edits: list[Edit] = [Put((name,), value) for name, value in values.items()]
        for mark in DOUBTS:
            doubtful: tuple[str, ...] = getattr(self.sheet, mark)
            left = tuple(name for name in doubtful if name not in values)
            if left != doubtful:
                edits.append(Put((mark,), left) if left else Drop((mark,)))
        if sources := self.sources or ((source,) if source and values else ()):
            edits += self._sourced(values, sources)
        return tuple(edits)

    def _sourced(self, fields: Collection[str], sources: tuple[str, ...]) -> Iterator[Edit]:
        """The sources are those of the whole sheet where they say all of it, else of the fields."""
        sheet = self.sheet
        others = (name for name in SOURCED if name not in (*fields, *sheet.inferred))
        if not fields or not (sheet.cited or any(getattr(sheet, name) for name in others)):
            yield Put(("sources",), (*sheet.sources, *sources))
            return
        for field in fields:
            if sheet.sources_for(field) != sources:
                yield Put(("sources_of", field), sources)


def fillings(
    table: Spreadsheet, parent: Parent, *, replace: bool = False
) -> tuple[list[Filling], list[TableFault]]:
    """Compares each row with its sheet, and collects every fault of the table."""
    faults = list(_columns(table))
    found: dict[str, Filling] = {}
    for row in table.rows:
        filling, wrong = _row(row, parent, replace=replace)
        faults.extend(wrong)
        if filling and found.setdefault(filling.sheet.code, filling) is not filling:
            code = filling.sheet.code
            values: dict[str, Slot] = {"name": code, "other": found[code].row}
            faults.append(TableFault("two_rows", row.number, None, values))
    return [*found.values()], faults


def _columns(table: Spreadsheet) -> Iterator[TableFault]:
    for position, name in enumerate(table.columns):
        if name in table.columns[:position]:
            yield TableFault("column_twice", 1, name, {"name": name})
        elif name not in COLUMNS and (name or any(row.cells.get("") for row in table.rows)):
            yield TableFault("unknown_column", 1, name, no_such(name, COLUMNS))


def _row(row: Row, parent: Parent, *, replace: bool) -> tuple[Filling | None, list[TableFault]]:
    found = _sheet(row, parent)
    if isinstance(found, TableFault):
        return None, [found]
    faults: list[TableFault] = []
    if row.surplus:
        faults.append(TableFault("surplus", row.number, None, {"value": row.surplus[0]}))
    stated = list(_stated(row))
    axis = _axis(row, parent.now.contract)
    if isinstance(axis, TableFault):
        faults.append(axis)
    elif axis is not None:
        stated.append(axis)
    signed = parent.texts[0].contract.sheet(found)
    now = parent.now.contract.sheet(found)
    current = signed or now
    if current is None:  # its code comes from one of the two
        raise AssertionError(found)
    cells = tuple(_cell(item, current, now or current, replace=replace) for item in stated)
    if signed is None and any(cell.outcome != "same" for cell in cells):
        faults.append(TableFault("from_amendment", row.number, None, {"name": found}))
        cells = ()
    return Filling(row.number, current, cells), faults


def _sheet(row: Row, parent: Parent) -> str | TableFault:
    """Finds the code of the sheet that a row is about."""
    signed, now = parent.texts[0].contract.sheets, parent.now.contract.sheets
    sheets = {sheet.code: sheet for sheet in (*signed, *now)}
    code, number = row.cells.get("code", "").casefold(), _number(row.cells.get("number", ""))
    if code in sheets:
        return code
    if code:
        return TableFault("unknown_sheet", row.number, "code", no_such(code, sheets))
    if not number:
        return TableFault("no_sheet_named", row.number, None, {})
    numbered = next((sheet.code for sheet in now if sheet.number == number), None)
    return numbered or TableFault("unknown_number", row.number, "number", {"number": number})


def _axis(row: Row, contract: Contract) -> Stated | TableFault | None:
    """Finds the axis in which the row places the sheet, by its code."""
    named = {column: row.cells[column] for column in PLACES if row.cells.get(column)}
    codes: set[str] = set()
    for column, word in named.items():
        axis = axis_called(contract, word)
        if axis is None:
            known = [item.code for item in contract.axes]
            return TableFault("unknown_axis", row.number, column, no_such(word, known))
        codes.add(axis.code)
    if len(codes) > 1:
        return TableFault("axes_disagree", row.number, "axis", {**named})
    return ("axis", next(iter(named)), codes.pop()) if codes else None


def _stated(row: Row) -> Iterator[Stated]:
    """Lists the fields that a row states, the place apart."""
    for name in COLUMNS:
        cell = row.cells.get(name, "")
        if not cell or name in ("code", *PLACES, *PASSED_OVER):
            continue
        if name == "number":
            yield name, name, _number(cell)
        elif name == "sources":
            yield name, name, tuple(filter(None, re.split(r"[\s,;]+", cell)))
        elif name in LIST_FIELDS:
            yield name, name, tuple(item.strip() for item in cell.split("\n") if item.strip())
        elif name in LINE_FIELDS:
            yield name, name, " ".join(cell.split())
        else:
            yield name, name, "\n".join(line.rstrip() for line in cell.split("\n"))


def _number(text: str) -> str:
    """`2-1`, as some contracts print it, is `2.1`."""
    return re.sub(r"^(\d+)-(\d+)$", r"\1.\2", text)


def _cell(stated: Stated, signed: ActionSheet, now: ActionSheet, *, replace: bool) -> Cell:
    field, column, table = stated
    current, amended = getattr(signed, field), getattr(now, field)
    if field == "sources":
        # Documents are added to those that are named; none is taken away.
        named = (*current, *(name for name in table if name not in signed.cited))
        outcome: CellOutcome = "same" if named == current else "fill"
        return Cell(field, column, outcome, named or table, current or None)
    if _plain(table) in (_plain(current), _plain(amended)):
        return Cell(field, column, "same", table, current or None)
    if any(field in claim.statement() for claim in signed.claims):
        return Cell(field, column, "conflict", table, current or None, "claims")
    if current != amended:
        return Cell(field, column, "conflict", table, amended or None, "amendment")
    if not current or _completes(table, current, field == "title" and "title" in signed.cut):
        return Cell(field, column, "fill", table, current or None)
    return Cell(field, column, "replace" if replace else "conflict", table, current)


def _completes(table: Value, current: Value, cut: bool) -> bool:
    """Whether a text that was seen only in part goes on as the table says."""
    seen = normalised(str(current)).rstrip("….").rstrip()
    return cut and normalised(str(table)).startswith(seen)


def _plain(value: Value | None) -> Value:
    if value is None:
        return ""
    return normalised(value) if isinstance(value, str) else tuple(map(normalised, value))
