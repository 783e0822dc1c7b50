"""Stages edits of a library, has it judged as it would be, then writes file after file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_edit import EditFailed
from cpps_cli.library.toml_edits import with_edits
from cpps_cli.library.toml_read import BOM, Parsed, parse
from cpps_cli.library.write import (
    NotWritten,
    alone_in,
    cannot_write,
    clear_leftovers,
    refuse_links_out,
    system_errors_named,
    written_beside,
)
from cpps_cli.model import LibraryReader
from cpps_cli.model.edit import Edit

Judge = Callable[[LibraryReader], Iterable[Diagnostic]]
"""Finds what is wrong across a library; the faults of its single files are the reader's."""


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file's other text, and the bytes it is the text of."""

    file: str
    before: bytes
    text: str


class EditedFolder(LibraryFolder):
    """Reads the library as it would be once the edits are written."""

    def __init__(self, root: Path, edits: Iterable[FileEdit]) -> None:
        super().__init__(root)
        self._edited = {edit.file: edit.text for edit in edits}

    def _read(self, file: str) -> Parsed:
        edited = self._edited.get(file)
        return super()._read(file) if edited is None else parse(file, edited.encode())


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is left as it is: what would be wrong in it, or the key that has no room."""

    file: str
    faults: tuple[Diagnostic, ...] = ()
    no_room_for: Place | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """The files that were written, those that are left as they are, and what ended the writing."""

    files: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    refused: NotWritten | None = None

    def then(self, later: "Committed") -> "Committed":
        """Joins what was written later to what was written first."""
        files = tuple(dict.fromkeys((*self.files, *later.files)))
        return Committed(files, later.left, later.refused)


@dataclass(frozen=True)
class Transaction:
    """The edits that are staged on a library; each step gives another transaction."""

    folder: LibraryFolder
    edits: tuple[FileEdit, ...] = ()

    @cached_property
    def after(self) -> EditedFolder:
        """The library as it would be."""
        return EditedFolder(self.folder.root, self.edits)

    def stage(self, file: str, edits: Iterable[Edit]) -> "Transaction":
        """Adds the edits of one file.

        Raises `EditFailed`, or `NotWritten` where the file is not the one that the folder read, or
        can no longer be read.
        """
        path = self.folder.root / file
        before = _bytes_of(path)
        mark = BOM if before.startswith(BOM) else b""
        text = self.folder.text(file)
        if before.removeprefix(mark) != text.encode():
            raise NotWritten(path, "changed")
        edit = FileEdit(file, before, mark.decode() + with_edits(text, edits))
        return Transaction(self.folder, (*self.edits, edit))

    def new_errors(self, judge: Judge) -> list[Diagnostic]:
        """Finds the errors that the edits bring: what was wrong before is none of theirs."""
        before = _errors(self.folder, judge)
        return [item for item in _errors(self.after, judge) if item not in before]

    def commit(self) -> Committed:
        """Writes the files one after the other, each whole, up to the first that is refused."""
        root, written = self.folder.root, tuple(edit.file for edit in self.edits)
        for files, edit in enumerate(self.edits):
            path = root / edit.file
            try:
                refuse_links_out(root, path)
                replace_if_unchanged(path, edit.before, edit.text)
            except NotWritten as refused:
                return Committed(written[:files], refused=refused)
        return Committed(written)


def replace_if_unchanged(path: Path, before: bytes, text: str) -> None:
    """Replaces a file, provided that it still holds `before` at the last moment."""
    body = text.encode()
    clear_leftovers(path.parent)
    with system_errors_named(path), written_beside(path, body) as fresh, alone_in(path.parent):
        try:
            now = path.read_bytes()
        except FileNotFoundError:
            raise NotWritten(path, "changed") from None
        if now != before:
            raise NotWritten(path, "changed")
        fresh.replace(path)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotWritten(path, "changed") from None
    except OSError as refused:
        raise cannot_write(path, refused) from refused


def _errors(folder: LibraryFolder, judge: Judge) -> list[Diagnostic]:
    found = list(judge(folder))
    return [item for item in (*folder.faults, *found) if item.severity == "error"]


@dataclass(frozen=True, slots=True)
class EditGroup:
    """The edits of files that are written, or left, together; `judge` looks at these files."""

    edits: Mapping[str, tuple[Edit, ...]]
    judge: Judge


def commit_groups(folder: LibraryFolder, groups: Iterable[EditGroup]) -> Committed:
    """Writes groups of edits, all staged before the first file is written."""
    staged, left = Transaction(folder), list[Left]()
    try:
        for group in groups:
            found = _staged(folder, group)
            if isinstance(found, Left):
                left.append(found)
            else:
                staged = Transaction(folder, (*staged.edits, *found.edits))
    except NotWritten as refused:
        return Committed(refused=refused)
    return replace(staged.commit(), left=tuple(left))


def _staged(folder: LibraryFolder, group: EditGroup) -> Transaction | Left:
    staged = Transaction(folder)
    for file, edits in group.edits.items():
        try:
            staged = staged.stage(file, edits)
        except EditFailed as failed:
            return Left(file, no_room_for=Place(file, failed.path))
    if not group.edits:
        return staged
    faults = tuple(item for item in staged.new_errors(group.judge) if item.file in group.edits)
    return Left(faults[0].file, faults) if faults else staged
