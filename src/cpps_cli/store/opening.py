"""A library wherever it is: in a folder, or in the one file of a snapshot."""

from pathlib import Path

from cpps_cli.store.folder import LibraryFolder


def open_library(path: Path) -> LibraryFolder:
    """The library at `path`: a folder, or a snapshot's file."""
    if path.is_file():
        from cpps_cli.store.snapshot import SnapshotFile

        return SnapshotFile(path)
    return LibraryFolder(path)
