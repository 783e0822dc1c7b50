"""What a table would fill, what it contradicts, and what is wrong with it."""

from collections.abc import Iterator

from cpps_cli.check.filling import Cell, FaultKind, Filling, HeldBy, TableFault
from cpps_cli.check.sheet_import import CheckFault, Import
from cpps_cli.i18n.catalogue import N_, _, filled, message, n_, remedy, suggestion
from cpps_cli.i18n.labels import FIELD
from cpps_cli.library.transaction import Committed
from cpps_cli.model import Contract
from cpps_cli.model.paths import SOURCES
from cpps_cli.present.document import Answer, Block, Column, Paragraph, Section, Table
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Shape, csv_table

_FAULTS: dict[FaultKind, str] = {
    "unknown_column": N_("there is no column `{name}`"),
    "column_twice": N_("the column `{name}` stands twice"),
    "surplus": N_("a cell stands to the right of the last column: `{value}`"),
    "no_sheet_named": N_("the row names no sheet: neither `code` nor `number`"),
    "unknown_sheet": N_("there is no sheet `{name}`"),
    "unknown_number": N_("no sheet has the number {number}: name it by its `code`"),
    "two_rows": N_("the sheet `{name}` is in row {other} already"),
    "axes_disagree": N_("`axis` says {axis}, `axis_code` says {axis_code}"),
    "unknown_axis": N_("there is no axis `{name}`"),
    "from_amendment": N_("the sheet `{name}` comes from an amendment: change it there"),
    "not_editable": N_("`{field}` cannot be changed without losing a comment in {file}"),
}
_HELD_BY: dict[HeldBy, str] = {
    "sheet": "",
    "claims": N_("its sources disagree: change its claims by hand"),
    "amendment": N_("an amendment says so: change it there"),
}
_FIELDS = {**FIELD, "sources": N_("sources"), "code": N_("code")}
_SEPARATORS = {";": N_("semicolons"), ",": N_("commas"), "\t": N_("tabs")}


_CELL = Shape(
    "ImportedCell",
    Cell,
    "A field of a sheet; `held_by` says where in the library the other value of a conflict is.",
    "field outcome table library held_by",
)
_SHEET = Shape(
    "ImportedSheet",
    Filling,
    "A row that is about a sheet.",
    "row code=sheet.code",
    Key("fields", Many(_CELL), "cells"),
)
_FAULT = Shape(
    "ImportFault",
    dict[str, str],
    "Why nothing is written; `kind` is a word of ours or the code of a diagnostic.",
    *(Key("row", int | None), Key("column", str | None)),
    "kind message",
)
_SUMMARY = Shape(
    "ImportSummary",
    dict[str, int],
    "How many sheets would be filled, and what stands against it.",
    "to_fill same conflicts faults",
)
_IMPORT = Shape(
    "ImportDocument",
    Import,
    "What a table would fill or has filled; `written` counts the sheets that were written.",
    Key("contract", str, GIVEN),
    Key("encoding", str, "table.encoding"),
    "separator=table.separator",
    Key("written", int, GIVEN),
    Key("sheets", Many(_SHEET), "fillings"),
    *(Key("faults", Many(_FAULT), GIVEN), Key("summary", _SUMMARY, GIVEN)),
    schema="cpps.import-sheets/1",
)


def import_answer(contract: Contract, found: Import, written: Committed | None) -> Answer:
    """The report of an import; `written` is None where nothing was to be written."""
    document = _IMPORT.write(
        found,
        contract=contract.id,
        written=_sheets_in(written),
        faults=[_fault(fault) for fault in found.faults],
        summary={
            "to_fill": found.to_fill,
            "same": sum(
                not filling.fields("fill", "replace", "conflict") for filling in found.fillings
            ),
            "conflicts": found.conflicts,
            "faults": len(found.faults),
        },
    )
    blocks: tuple[Block, ...] = (
        *_part(_("To fill"), _to_fill(found)),
        *_part(_("The library says otherwise"), _conflicts(found)),
        *_part(_("Wrong in the table"), _wrong(document["faults"])),
        *_footer(document, written),
    )
    title = _("Sheets for {contract}").format(contract=contract.label)
    return Answer(Section(title, blocks), _exported(document), document)


def _fault(fault: TableFault | CheckFault) -> Json:
    match fault:
        case TableFault():
            kind: str = fault.kind
            words = (filled(_FAULTS[fault.kind], fault.values), suggestion(fault.values))
        case CheckFault():
            kind = fault.diagnostic.code
            place = "" if fault.row else fault.diagnostic.file
            words = (message(fault.diagnostic), place or remedy(fault.diagnostic))
    text = _("; ").join(filter(None, words))
    return {"row": fault.row, "column": fault.column, "kind": kind, "message": text}


def _part(title: str, table: Table) -> list[Section]:
    return [Section(title, (table,))] if table.rows else []


def _to_fill(found: Import) -> Table:
    columns = (
        *_row_and_sheet(),
        Column("field", _("Field")),
        Column("library", _("Library"), wide=True),
        Column("table", _("Table"), wide=True),
    )
    rows = tuple(
        (filling.row, filling.sheet.code, _(_FIELDS[cell.field]), _kept(cell), _short(cell.table))
        for filling in found.fillings
        for cell in filling.fields("fill", "replace")
    )
    return Table(columns, rows)


def _row_and_sheet() -> tuple[Column, Column]:
    return Column("row", _("Row"), right=True), Column("code", _("Sheet"), wide=True)


def _conflicts(found: Import) -> Table:
    columns = (
        *_row_and_sheet(),
        Column("field", _("Field")),
        Column("library", _("Library"), wide=True),
        Column("table", _("Table"), wide=True),
    )
    rows = tuple(
        (filling.row, filling.sheet.code, _(_FIELDS[cell.field]), _kept(cell), _short(cell.table))
        for filling in found.fillings
        for cell in filling.fields("conflict")
    )
    return Table(columns, rows)


def _kept(cell: Cell) -> str:
    why = _(_HELD_BY[cell.held_by])
    value = "–" if cell.library is None else _short(cell.library)
    return f"{value} ({why})" if why else value


def _short(value: str | tuple[str, ...]) -> str:
    """The beginning of a long text: enough to recognise it."""
    text = " / ".join(value) if isinstance(value, tuple) else " ".join(value.split())
    return text if len(text) <= 120 else text[:119] + "…"


def _wrong(faults: list[Json]) -> Table:
    columns = (
        Column("row", _("Row"), right=True),
        Column("column", _("Column")),
        Column("message", _("What is wrong"), wide=True),
    )
    rows = tuple((fault["row"] or "–", fault["column"], fault["message"]) for fault in faults)
    return Table(columns, rows)


def _exported(document: Json) -> Table:
    """A line for each cell, then for each fault; `outcome` is its kind."""
    empty = dict.fromkeys(("code", "library", "table", "message"))
    cells = (
        {
            **cell,
            **{key: _text(cell[key]) for key in ("library", "table")},
            "row": sheet["row"],
            "code": sheet["code"],
            "message": _(_HELD_BY[cell["held_by"]]),
        }
        for sheet in document["sheets"]
        for cell in sheet["fields"]
    )
    faults = (
        {**empty, **fault, "field": fault["column"], "outcome": fault["kind"]}
        for fault in document["faults"]
    )
    return csv_table("row code field outcome library table message", (*cells, *faults))


def _text(value: str | tuple[str, ...] | None) -> str | None:
    return "\n".join(value) if isinstance(value, tuple) else value


def _footer(document: Json, written: Committed | None) -> Iterator[Paragraph]:
    to_fill, same, conflicts, faults = document["summary"].values()
    counts = (
        n_("{count} sheet to fill", "{count} sheets to fill", to_fill).format(count=to_fill),
        n_("{count} unchanged", "{count} unchanged", same).format(count=same),
        n_("{count} conflict", "{count} conflicts", conflicts).format(count=conflicts),
        n_("{count} fault", "{count} faults", faults).format(count=faults),
    )
    yield Paragraph(f"{', '.join(counts)}.")
    yield Paragraph(_what_now(document["summary"], written))
    separator: str = document["separator"]
    read = _("The table was read as {encoding}, separated by {separator}.").format(
        encoding=document["encoding"], separator=_(_SEPARATORS.get(separator, separator))
    )
    yield Paragraph(read, quiet=True)


def _sheets_in(written: Committed | None) -> int:
    return sum(file != SOURCES for file in written.files) if written else 0


def _what_now(summary: dict[str, int], written: Committed | None) -> str:
    count = _sheets_in(written)
    if written and written.refused:
        partly = _("{count} of {total} sheets written: run it again to go on.")
        return partly.format(count=count, total=summary["to_fill"])
    if count:
        return n_("{count} sheet written.", "{count} sheets written.", count).format(count=count)
    if summary["faults"]:
        return _("Nothing was written: mend the table first.")
    if summary["conflicts"]:
        return _(
            "Nothing was written: clear these cells, or overwrite the library with `--replace`."
        )
    if summary["to_fill"]:
        return _("Nothing was written: `--apply --source ID` writes it, and what it comes from.")
    return _("The library says all of this already.")
