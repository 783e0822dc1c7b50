"""Edits of local texts, proved before anything is written.

Each file is read as it would be, and checked beside its parent as it is usually: where something
would be wrong that is not wrong now, the file is left as it is, and what stands against it is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cpps_cli.check.local import check_local
from cpps_cli.derive import Parent, overlay_file
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.model import Overlay, Territory
from cpps_cli.model.edit import Edit
from cpps_cli.store.edit import EditFailed
from cpps_cli.store.edited import EditedFolder, FileEdit, edited_file
from cpps_cli.store.folder import LibraryFolder


@dataclass(frozen=True, slots=True)
class Wanted:
    """The edits of one local text."""

    overlay: Overlay
    territory: Territory
    edits: tuple[Edit, ...]


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
    """The edits of several files; raises `ChangedMeanwhile` where one is not what was read."""
    edits: list[FileEdit] = []
    left: list[Left] = []
    for item in wanted:
        found = _one(folder, parent, item) if item.edits else None
        if isinstance(found, FileEdit):
            edits.append(found)
        elif found is not None:
            left.append(found)
    return Adoption(tuple(edits), tuple(left))


def _one(folder: LibraryFolder, parent: Parent, wanted: Wanted) -> FileEdit | Left:
    file = overlay_file(wanted.overlay)
    try:
        edit = edited_file(folder, file, wanted.edits)
    except EditFailed as failed:
        return Left(file, no_room_for=Place(file, failed.path))
    before = _errors(folder, parent, wanted)
    after = _errors(EditedFolder(folder.root, [edit]), parent, wanted)
    faults = tuple(item for item in after if item not in before)
    return Left(file, faults) if faults else edit


def _errors(reading: LibraryFolder, parent: Parent, wanted: Wanted) -> list[Diagnostic]:
    overlay = reading.overlay(wanted.overlay.parent, wanted.overlay.territory)
    found = list(reading.faults)
    if overlay is not None:
        found.extend(check_local(overlay, parent, wanted.territory))
    file = overlay_file(wanted.overlay)
    return [item for item in found if item.severity == "error" and item.file == file]
