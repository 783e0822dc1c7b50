"""Stages what a table fills, with its source, and collects what stands against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cpps_cli.check.filling import Filling, TableFault, fillings
from cpps_cli.check.library import check_library
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine import Parent
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.spreadsheet import Spreadsheet
from cpps_cli.library.toml_edit import EditFailed
from cpps_cli.library.transaction import Transaction
from cpps_cli.model.edit import Put
from cpps_cli.model.paths import SOURCES, sheet_file


class NamedSource(NamedTuple):
    """The source of a table, by its id; `described`: what it is, where the library has it not."""

    id: str
    described: dict[str, str]


@dataclass(frozen=True, slots=True)
class CheckFault:
    """Something that `cpps check` would find wrong; `row` is None where no row says it."""

    row: int | None
    column: str | None
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Import:
    """The changes of a table to the sheets of a contract, and everything against them."""

    table: Spreadsheet
    fillings: tuple[Filling, ...]
    faults: tuple[TableFault | CheckFault, ...]
    staged: Transaction

    @property
    def conflicts(self) -> int:
        """Counts the cells that the library contradicts."""
        return sum(len(filling.fields("conflict")) for filling in self.fillings)

    @property
    def to_fill(self) -> int:
        """Counts the sheets that are written."""
        return sum(edit.file != SOURCES for edit in self.staged.edits)

    @property
    def needs_source(self) -> bool:
        """Whether a row states anything and names no source for it."""
        return any(item.values and not item.sources for item in self.fillings)

    @property
    def is_sound(self) -> bool:
        """Whether it may be written."""
        return not self.faults and not self.conflicts


def proposed_import(
    folder: LibraryFolder,
    table: Spreadsheet,
    parent: Parent,
    source: NamedSource | None = None,
    *,
    replace: bool = False,
) -> Import:
    """Stages a table, and the source of what it states where the library does not have it yet.

    Raises `NotWritten` where a file is not what was read.
    """
    found, faults = fillings(table, parent, replace=replace)
    staged = Transaction(folder)
    id = source.id if source else None
    if source and source.described and any(filling.values for filling in found):
        # First: a sheet that is written names no source that is not there yet.
        staged = staged.stage(SOURCES, _description(source))
    by_file: dict[str, Filling] = {}
    for filling in found:
        if edits := filling.edits(id):
            file = sheet_file(parent.now.contract.id, filling.sheet.code)
            by_file[file] = filling
            try:
                staged = staged.stage(file, edits)
            except EditFailed as failed:
                values = {"field": str(failed.path[0]), "file": file}
                faults.append(TableFault("not_editable", filling.row, None, values))
    every: list[TableFault | CheckFault] = [*faults]
    every += _refused(staged, by_file) if staged.edits else ()
    every.sort(key=lambda fault: (fault.row or 0, fault.column or ""))
    return Import(table, tuple(found), tuple(every), staged)


def _description(source: NamedSource) -> list[Put]:
    return [Put(("sources", source.id, key), text) for key, text in source.described.items()]


def _refused(staged: Transaction, by_file: dict[str, Filling]) -> Iterator[CheckFault]:
    after = staged.new_errors(check_library)
    of_rows = [item for item in after if _filling(item, by_file)]
    # A sheet that cannot be read is missing elsewhere: that is the same fault once more.
    for item in of_rows or after:
        filling = _filling(item, by_file)
        yield CheckFault(filling.row if filling else None, _column(item, filling), item)


def _filling(item: Diagnostic, by_file: dict[str, Filling]) -> Filling | None:
    files = (item.file, *(related.where.file for related in item.related))
    return next((by_file[file] for file in files if file in by_file), None)


def _column(item: Diagnostic, filling: Filling | None) -> str | None:
    path = item.where.path if isinstance(item.where, Place) else ()
    cells = filling.fields("fill", "replace") if filling and path else ()
    return next((cell.column for cell in cells if cell.field == path[0]), None)
