"""What is on disk after a write, and after one that could not be done."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cpps_cli.library import write as files
from cpps_cli.library.transaction import replace_if_unchanged
from cpps_cli.library.write import NotWritten, new_file, write_new

OLD = "titre = « ancien »\r\n"
NEW = "titre = « été »\r\nfin\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "recidive.toml"
    path.write_bytes(OLD.encode())
    return path


def holds_only(folder: Path, **texts: str) -> bool:
    found = {entry.name: entry.read_bytes().decode() for entry in folder.iterdir()}
    return found == {f"{name}.toml": text for name, text in texts.items()}


def overwrite(path: Path) -> None:
    write_new(path, NEW, force=True)


def rewrite_bit_by_bit(path: Path) -> None:
    with new_file(path, force=True) as write:
        for line in NEW.splitlines(keepends=True):
            write(line.encode())


def update(path: Path) -> None:
    replace_if_unchanged(path, OLD.encode(), NEW)


def fails_with(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def test_new_file_holds_the_text_with_its_newlines(tmp_path: Path) -> None:
    write_new(tmp_path / "a.toml", NEW)
    assert holds_only(tmp_path, a=NEW)


def test_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_new(tmp_path / "a.toml", NEW)
    assert (tmp_path / "a.toml").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_existing_file_is_not_overwritten(sheet: Path) -> None:
    with pytest.raises(NotWritten, match="'exists'") as caught:
        write_new(sheet, NEW)
    assert caught.value.path == sheet
    assert holds_only(sheet.parent, recidive=OLD)


@pytest.mark.parametrize("links", [True, False])
def test_file_that_appears_during_the_write_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    target = tmp_path / "a.toml"
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", fails_with(OSError(errno.EPERM, "no links")))
    monkeypatch.setattr(os, "fsync", lambda _: target.write_text(OLD, newline=""))
    with pytest.raises(NotWritten, match="'exists'"):
        write_new(target, NEW)
    assert holds_only(tmp_path, a=OLD)


@pytest.mark.parametrize("error", [OSError(errno.ENOTSUP, "no links"), NotImplementedError()])
def test_new_file_is_written_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", fails_with(error))
    write_new(tmp_path / "a.toml", NEW)
    assert holds_only(tmp_path, a=NEW)


def test_held_name_is_given_back_when_the_write_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", fails_with(OSError(errno.EPERM, "no links")))
    monkeypatch.setattr(Path, "replace", fails_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_new(tmp_path / "a.toml", NEW)
    assert holds_only(tmp_path)


@pytest.mark.parametrize("write", [overwrite, rewrite_bit_by_bit, update])
def test_replaced_file_keeps_its_mode(sheet: Path, write: Callable[[Path], None]) -> None:
    sheet.chmod(0o640)
    write(sheet)
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o640
    assert holds_only(sheet.parent, recidive=NEW)


@pytest.mark.parametrize("write", [overwrite, rewrite_bit_by_bit])
def test_private_text_is_never_readable_by_others(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    sheet.chmod(0o600)
    modes = []
    monkeypatch.setattr(os, "fsync", lambda file: modes.append(os.fstat(file).st_mode & 0o777))
    write(sheet)
    assert modes == [0o600]


def test_file_written_bit_by_bit_has_its_name_at_the_end_only(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.toml") as write:
        for line in NEW.splitlines(keepends=True):
            write(line.encode())
            [beside] = tmp_path.iterdir()
            assert beside.name.endswith(".tmp")
            assert beside.read_bytes().endswith(line.encode())
    assert holds_only(tmp_path, a=NEW)


def test_existing_file_is_refused_before_anything_is_made(sheet: Path) -> None:
    with pytest.raises(NotWritten, match="'exists'"), new_file(sheet):
        pytest.fail("the work was begun")
    assert holds_only(sheet.parent, recidive=OLD)


def write_and_then(then: Callable[[], object], path: Path, *, force: bool = False) -> None:
    with new_file(path, force=force) as write:
        write(NEW.encode())
        then()


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.EIO, "not of this file")])
def test_what_ends_the_work_leaves_nothing_and_is_not_renamed(
    sheet: Path, error: BaseException, force: bool
) -> None:
    target = sheet if force else sheet.with_name("other.toml")
    with pytest.raises(type(error)) as caught:
        write_and_then(fails_with(error), target, force=force)
    assert caught.value is error
    assert holds_only(sheet.parent, recidive=OLD)


def test_file_that_appears_while_the_bits_are_made_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "a.toml"
    with pytest.raises(NotWritten, match="'exists'"):
        write_and_then(lambda: target.write_text(OLD, newline=""), target)
    assert holds_only(tmp_path, a=OLD)


def test_other_runs_leave_alone_what_is_written_bit_by_bit(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.toml") as write:
        write(NEW.encode())
        write_new(tmp_path / "b.toml", OLD)
    assert holds_only(tmp_path, a=NEW, b=OLD)


@pytest.mark.parametrize("write", [write_new, overwrite, update])
@pytest.mark.parametrize("leads_to", ["recidive.toml", "nowhere"])
def test_symbolic_link_is_neither_followed_nor_replaced(
    sheet: Path, write: Callable[..., None], leads_to: str
) -> None:
    link = sheet.parent / "folder" / "link.toml"
    link.parent.mkdir()
    link.symlink_to(sheet.parent / leads_to)
    with pytest.raises(NotWritten, match="'link'"):
        write(link, *([NEW] if write is write_new else []))
    assert link.is_symlink()
    assert sheet.read_bytes() == OLD.encode()
    assert list(link.parent.iterdir()) == [link]


def test_file_changed_meanwhile_is_not_overwritten(
    sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: sheet.write_text("autre\n"))
    with pytest.raises(NotWritten, match="'changed'") as caught:
        update(sheet)
    assert caught.value.path == sheet
    assert holds_only(sheet.parent, recidive="autre\n")


def test_file_removed_meanwhile_is_not_written_again(sheet: Path) -> None:
    sheet.unlink()
    with pytest.raises(NotWritten, match="'changed'"):
        update(sheet)
    assert holds_only(sheet.parent)


@pytest.mark.parametrize("write", [overwrite, rewrite_bit_by_bit, update])
@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full"), MemoryError()]
)
def test_failure_at_any_step_leaves_the_old_file_alone(
    sheet: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path], None],
    step: str,
    error: BaseException,
) -> None:
    monkeypatch.setattr(os if step == "fsync" else Path, step, fails_with(error))
    with pytest.raises((KeyboardInterrupt, MemoryError, NotWritten)):
        write(sheet)
    assert holds_only(sheet.parent, recidive=OLD)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.EIO, "broken")])
def test_failed_new_file_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(os, "fsync", fails_with(error))
    with pytest.raises((KeyboardInterrupt, NotWritten)):
        write_new(tmp_path / "a.toml", NEW)
    assert holds_only(tmp_path)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "permission"),
        (errno.EPERM, "permission"),
        (errno.EROFS, "permission"),
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EIO, "other"),
    ],
)
def test_refusal_of_the_system_is_named(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    monkeypatch.setattr(os, "fsync", fails_with(OSError(number, "refused")))
    with pytest.raises(NotWritten) as caught:
        overwrite(sheet)
    assert (caught.value.path, caught.value.reason) == (sheet, reason)


@pytest.mark.parametrize("path", ["absent/a.toml", "recidive.toml/a.toml"])
def test_missing_folder_is_named(sheet: Path, path: str) -> None:
    with pytest.raises(NotWritten) as caught:
        write_new(sheet.parent / path, NEW)
    assert caught.value.reason == "missing_folder"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_not_a_file_is_not_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    if kind == "pipe" and hasattr(os, "mkfifo"):
        os.mkfifo(target)
    else:
        target.mkdir()
    for write in (overwrite, lambda path: write_new(path, NEW)):
        with pytest.raises(NotWritten, match="'no_file'"):
            write(target)
    assert list(tmp_path.iterdir()) == [target]


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A folder with room for 64 KB; None where one cannot be mounted."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder]
        try:
            mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        except OSError:
            mounted = False
        try:
            yield Path(folder) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", folder], check=True)


def test_full_disk_leaves_the_old_file_alone(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk() as disk:
        target = (disk or sheet.parent) / sheet.name
        target.write_bytes(OLD.encode())
        if disk is None:
            monkeypatch.setattr(os, "fsync", fails_with(OSError(errno.ENOSPC, "full")))
        with pytest.raises(NotWritten) as caught:
            write_new(target, NEW * 10_000, force=True)
        assert caught.value.reason == "full"
        assert holds_only(target.parent, recidive=OLD)


def test_full_disk_is_told_at_the_bit_that_finds_no_room() -> None:
    def fill(path: Path) -> None:
        with new_file(path) as write:
            for _bit in range(100):
                write(b"x" * 4096)
                written.append(1)

    written: list[int] = []
    with small_disk() as disk:
        if disk is not None:  # else the rounds of `tools/break_writes.py` limit the size of files
            with pytest.raises(NotWritten) as caught:
                fill(disk / "a.toml")
            assert (caught.value.reason, len(written) < 17) == ("full", True)
            assert holds_only(disk)


AS_SOMEBODY = """
import os
import sys
from pathlib import Path
from cpps_cli.library.transaction import replace_if_unchanged
from cpps_cli.library.write import NotWritten, write_new
folder = Path(sys.argv[1])
# Only now, once all is imported: the Python that root runs may be closed to others.
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for write in (
    lambda: write_new(folder / "closed" / "new.toml", "x"),
    lambda: write_new(folder / "closed" / "old.toml", "x", force=True),
    lambda: replace_if_unchanged(folder / "closed" / "old.toml", b"old", "x"),
    lambda: write_new(folder / "open" / "locked.toml", "x", force=True),
    lambda: replace_if_unchanged(folder / "open" / "secret.toml", b"old", "x"),
    lambda: write_new(folder / "open" / "locked.toml", "x"),
    lambda: write_new(folder / "open" / "mine.toml", "x"),
):
    try:
        write()
        print("written")
    except NotWritten as error:
        print(error.reason)
"""


def test_permission_is_asked_of_the_folder_and_of_the_file() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for path, mode in {"closed/old": 0o444, "open/locked": 0o444, "open/secret": 0o000}.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / f"{path}.toml").write_text("old")
            (folder / f"{path}.toml").chmod(mode)
        (folder / "closed").chmod(0o555)
        (folder / "open").chmod(0o777)
        source = Path(files.__file__).parents[2]
        command = [sys.executable, "-c", AS_SOMEBODY, name]
        ran = subprocess.run(
            command, env={"PYTHONPATH": str(source)}, capture_output=True, text=True, check=True
        )
        names = sorted(path.name for path in folder.rglob("*.*"))
        (folder / "closed").chmod(0o755)
    assert ran.stdout.split() == ["permission"] * 5 + ["exists", "written"]
    assert names == ["locked.toml", "mine.toml", "old.toml", "secret.toml"]
