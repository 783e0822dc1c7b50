"""Files as they would be: read and checked before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_edits import with_edits
from cpps_cli.library.toml_read import BOM, Parsed, parse
from cpps_cli.library.write import (
    ChangedMeanwhile,
    NotWritten,
    cannot_write,
    refuse_links_out,
    replace_if_unchanged,
)
from cpps_cli.model.edit import Edit


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file's other text, and the bytes it is the text of."""

    file: str
    before: bytes
    text: str


def edited_file(folder: LibraryFolder, file: str, edits: Iterable[Edit]) -> FileEdit:
    """The file after the edits.

    Raises `EditFailed`, `ChangedMeanwhile` where the file is not the one that `folder` read, or
    `CannotWrite` where it can no longer be read.
    """
    path = folder.root / file
    before = _bytes_of(path)
    mark = BOM if before.startswith(BOM) else b""
    text = folder.text(file)
    if before.removeprefix(mark) != text.encode():
        raise ChangedMeanwhile(path)
    return FileEdit(file, before, mark.decode() + with_edits(text, edits))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ChangedMeanwhile(path) from None
    except OSError as refused:
        raise cannot_write(path, refused) from refused


class EditedFolder(LibraryFolder):
    """The library as it would be once the edits are written."""

    def __init__(self, root: Path, edits: Iterable[FileEdit]) -> None:
        super().__init__(root)
        self._edited = {edit.file: edit.text for edit in edits}

    def _read(self, file: str) -> Parsed:
        edited = self._edited.get(file)
        return super()._read(file) if edited is None else parse(file, edited.encode())


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, and what refused the next one."""

    files: int
    refused: NotWritten | None = None


def write_edits(root: Path, edits: Iterable[FileEdit]) -> Written:
    """Writes the files one after the other, each whole, up to the first that is refused."""
    files = 0
    for edit in edits:
        path = root / edit.file
        try:
            refuse_links_out(root, path)
            replace_if_unchanged(path, edit.before, edit.text)
        except NotWritten as refused:
            return Written(files, refused)
        files += 1
    return Written(files)
