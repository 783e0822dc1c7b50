"""Stages edits of a library and judges it as it would be, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cpps_cli.check.filling import Fault, Filling, Texts, fillings
from cpps_cli.check.library import check_library
from cpps_cli.check.local import check_local
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine import Parent
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.spreadsheet import Spreadsheet
from cpps_cli.library.toml_edit import EditFailed
from cpps_cli.library.transaction import EditedFolder, FileEdit, edited_file
from cpps_cli.model import Overlay, Territory
from cpps_cli.model.edit import Edit
from cpps_cli.model.paths import sheet_file


def new_errors(folder: LibraryFolder, edited: EditedFolder) -> list[Diagnostic]:
    """The errors that the edits bring: what was wrong before is none of theirs."""
    before = list(_all_errors(folder))
    return [item for item in _all_errors(edited) if item not in before]


def _all_errors(folder: LibraryFolder) -> Iterable[Diagnostic]:
    found = list(check_library(folder))
    return [item for item in (*folder.faults, *found) if item.severity == "error"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The edits of one local text and of its amendments, by file."""

    overlay: Overlay
    territory: Territory
    edits: Mapping[str, tuple[Edit, ...]]


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is left as it is: what would be wrong in it, or the key that has no room."""

    file: str
    faults: tuple[Diagnostic, ...] = ()
    no_room_for: Place | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """The files to write, and those that are left."""

    edits: tuple[FileEdit, ...]
    left: tuple[Left, ...]


def adoption(folder: LibraryFolder, parent: Parent, wanted: Iterable[Wanted]) -> Adoption:
    """The edits of several local texts; the files of one of them are written, or left, together.

    Raises `ChangedMeanwhile` where a file is not what was read.
    """
    edits: list[FileEdit] = []
    left: list[Left] = []
    for item in wanted:
        found = _one(folder, parent, item) if item.edits else []
        if isinstance(found, Left):
            left.append(found)
        else:
            edits.extend(found)
    return Adoption(tuple(edits), tuple(left))


def _one(folder: LibraryFolder, parent: Parent, wanted: Wanted) -> list[FileEdit] | Left:
    edits: list[FileEdit] = []
    for file, changes in wanted.edits.items():
        try:
            edits.append(edited_file(folder, file, changes))
        except EditFailed as failed:
            return Left(file, no_room_for=Place(file, failed.path))
    before = _errors_in(folder, parent, wanted)
    after = _errors_in(EditedFolder(folder.root, edits), parent, wanted)
    faults = tuple(item for item in after if item not in before)
    return Left(faults[0].file, faults) if faults else edits


def _errors_in(reading: LibraryFolder, parent: Parent, wanted: Wanted) -> list[Diagnostic]:
    overlay = reading.overlay(wanted.overlay.parent, wanted.overlay.territory)
    found = list(reading.faults)
    if overlay is not None:
        found.extend(check_local(overlay, parent, wanted.territory))
    return [item for item in found if item.severity == "error" and item.file in wanted.edits]


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
            file = sheet_file(texts.signed.id, filling.sheet.code)
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
    after = new_errors(folder, EditedFolder(folder.root, edits))
    of_rows = [item for item in after if _filling(item, by_file)]
    # A sheet that cannot be read is missing elsewhere: that is the same fault once more.
    for item in of_rows or after:
        filling = _filling(item, by_file)
        yield Refused(filling.row if filling else None, _column(item, filling), item)


def _filling(item: Diagnostic, by_file: dict[str, Filling]) -> Filling | None:
    files = (item.file, *(related.where.file for related in item.related))
    return next((by_file[file] for file in files if file in by_file), None)


def _column(item: Diagnostic, filling: Filling | None) -> str | None:
    path = item.where.path if isinstance(item.where, Place) else ()
    cells = filling.fields("fill", "replace") if filling and path else ()
    return next((cell.column for cell in cells if cell.field == path[0]), None)
