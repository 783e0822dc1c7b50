"""What would become of a library if a table filled its sheets: nothing is written to find out.

The edited files are read as if they were in the library, and the whole is checked as usual:
what is wrong then and is not wrong now is a fault of the table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpps_cli.check.contract import sheet_place
from cpps_cli.check.filling import Fault, Filling, Texts, fillings
from cpps_cli.check.library import check_library
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.store.edit import EditFailed
from cpps_cli.store.edited import EditedFolder, FileEdit, edited_file
from cpps_cli.store.folder import LibraryFolder
from cpps_cli.store.spreadsheet import Spreadsheet


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that `cpps check` would find wrong; `row` is None where no row says it."""

    row: int | None
    column: str | None
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Import:
    """What a table would do to the sheets of a contract, and everything against it."""

    table: Spreadsheet
    fillings: tuple[Filling, ...]
    faults: tuple[Fault | Refused, ...]
    edits: tuple[FileEdit, ...]

    @property
    def conflicts(self) -> int:
        """How many cells the library contradicts."""
        return sum(len(filling.fields("conflict")) for filling in self.fillings)

    @property
    def is_sound(self) -> bool:
        """Whether it may be written."""
        return not self.faults and not self.conflicts


def proposed_import(
    folder: LibraryFolder, table: Spreadsheet, texts: Texts, *, replace: bool = False
) -> Import:
    """The import of a table; raises `ChangedMeanwhile` where a file is no longer what was read."""
    found, faults = fillings(table, texts, replace=replace)
    edits: list[FileEdit] = []
    by_file: dict[str, Filling] = {}
    for filling in found:
        if edits_of_row := filling.edits():
            file = sheet_place(texts.signed.id, filling.sheet.code).file
            try:
                edits.append(edited_file(folder, file, edits_of_row))
            except EditFailed as failed:
                values = {"field": str(failed.path[0]), "file": file}
                faults.append(Fault("not_editable", filling.row, None, values))
            by_file[file] = filling
    refused = list(_refused(folder, edits, by_file)) if edits else []
    every: list[Fault | Refused] = [*faults, *refused]
    ordered = sorted(every, key=lambda fault: (fault.row or 0, fault.column or ""))
    return Import(table, tuple(found), tuple(ordered), tuple(edits))


def _refused(
    folder: LibraryFolder, edits: list[FileEdit], by_file: dict[str, Filling]
) -> Iterator[Refused]:
    before = list(_errors(folder))
    after = [item for item in _errors(EditedFolder(folder.root, edits)) if item not in before]
    of_rows = [item for item in after if _filling(item, by_file)]
    # A sheet that cannot be read is missing elsewhere: that is the same fault once more.
    for item in of_rows or after:
        filling = _filling(item, by_file)
        yield Refused(filling.row if filling else None, _column(item, filling), item)


def _errors(folder: LibraryFolder) -> Iterable[Diagnostic]:
    found = list(check_library(folder))
    return [item for item in (*folder.faults, *found) if item.severity == "error"]


def _filling(item: Diagnostic, by_file: dict[str, Filling]) -> Filling | None:
    files = (item.file, *(related.where.file for related in item.related))
    return next((by_file[file] for file in files if file in by_file), None)


def _column(item: Diagnostic, filling: Filling | None) -> str | None:
    path = item.where.path if isinstance(item.where, Place) else ()
    cells = filling.fields("fill", "replace") if filling and path else ()
    return next((cell.column for cell in cells if cell.field == path[0]), None)
