"""What is wrong with a library as it would be, and is not wrong now."""

from collections.abc import Iterable

from cpps_cli.check.library import check_library
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.store.edited import EditedFolder
from cpps_cli.store.folder import LibraryFolder


def new_errors(folder: LibraryFolder, edited: EditedFolder) -> list[Diagnostic]:
    """The errors that the edits bring: what was wrong before is none of theirs."""
    before = list(_errors(folder))
    return [item for item in _errors(edited) if item not in before]


def _errors(folder: LibraryFolder) -> Iterable[Diagnostic]:
    found = list(check_library(folder))
    return [item for item in (*folder.faults, *found) if item.severity == "error"]
