"""Files as they would be, and the writing of several."""

from pathlib import Path

import pytest

from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_edit import EditFailed
from cpps_cli.library.transaction import Committed, FileEdit, Transaction
from cpps_cli.library.write import NotWritten
from cpps_cli.model import ActionSheet
from cpps_cli.model.edit import Drop, Edit, Put

CONTRACT = 'title = "Contrat"\nterritory = "T0"\naxes = [{ code = "a" }]\n'
SHEET = 'axis = "a"  # ici\ninferred = ["axis"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> LibraryFolder:
    (tmp_path / "c" / "sheets").mkdir(parents=True)
    (tmp_path / "c" / "contract.toml").write_text(CONTRACT, newline="")
    for code in ("s1", "s2"):
        (tmp_path / "c" / "sheets" / f"{code}.toml").write_text(SHEET, newline="")
    return LibraryFolder(tmp_path)


def sheet(folder: LibraryFolder, code: str) -> ActionSheet:
    contract = folder.contract("c")
    found = contract.sheet(code) if contract else None
    assert found is not None
    return found


def test_edited_library_is_read_as_if_it_were_written(folder: LibraryFolder) -> None:
    edits: list[Edit] = [Put(("title",), "Un"), Drop(("inferred",))]
    after = Transaction(folder).stage("c/sheets/s1.toml", edits).after
    assert (sheet(after, "s1").title, sheet(after, "s1").inferred) == ("Un", ())
    assert sheet(folder, "s1").title is None
    assert sheet(after, "s2").inferred == ("axis",)
    assert (folder.root / "c/sheets/s1.toml").read_text() == SHEET


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_other_byte_stays(folder: LibraryFolder, mark: bytes) -> None:
    path = folder.root / "c/sheets/s1.toml"
    path.write_bytes(mark + SHEET.encode())
    staged = Transaction(folder).stage("c/sheets/s1.toml", [Put(("title",), "Été")])
    assert staged.commit() == Committed(("c/sheets/s1.toml",))
    assert path.read_bytes() == mark + SHEET.encode() + 'title = "Été"\n'.encode()


def test_file_that_changed_since_it_was_read_is_not_edited(folder: LibraryFolder) -> None:
    assert sheet(folder, "s1").title is None
    path = folder.root / "c/sheets/s1.toml"
    path.write_text(f'{SHEET}title = "theirs"\n', newline="")
    with pytest.raises(NotWritten, match="'changed'") as caught:
        Transaction(folder).stage("c/sheets/s1.toml", [Put(("title",), "mine")])
    assert caught.value.path == path


def test_edit_that_would_lose_a_comment_is_refused(folder: LibraryFolder) -> None:
    path = folder.root / "c/sheets/s1.toml"
    path.write_text("means = [ # why\n  { a = 1 } ]\n", newline="")
    with pytest.raises(EditFailed):
        Transaction(folder).stage("c/sheets/s1.toml", [Put(("means",), "text")])


def test_writing_stops_at_the_first_refusal(folder: LibraryFolder) -> None:
    staged = Transaction(folder).stage("c/sheets/s1.toml", [Put(("title",), "Un")])
    stale = FileEdit("c/sheets/s2.toml", b"older", "text\n")
    written = Transaction(folder, (*staged.edits, stale, *staged.edits)).commit()
    assert written.files == ("c/sheets/s1.toml",)
    assert written.refused is not None
    assert written.refused.reason == "changed"
    assert (folder.root / "c/sheets/s2.toml").read_text() == SHEET
