"""Files written whole or not at all.

A text is first written beside its target, then takes its name in one step: who reads meanwhile,
or after a power cut, finds the old file or the new one. It follows no symbolic link at the target,
nor one that leaves the library. It never reads TOML and never words an error: an exception carries
the path and the kind.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from cpps_cli.library.temp_files import alone_in, clear_leftovers, hold, unfinished_name

Reason = Literal["permission", "full", "missing_folder", "other"]
Write = Callable[[bytes], None]

_REASONS: dict[int, Reason] = {
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.EROFS: "permission",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENOENT: "missing_folder",
    errno.ENOTDIR: "missing_folder",
}


class NotWritten(Exception):  # noqa: N818 - says what happened, as the verbs speak of it
    """The target is as it was before."""

    def __init__(self, path: Path, *details: object) -> None:
        super().__init__(path, *details)
        self.path = path


class TargetExists(NotWritten):
    """Something has this name already, and overwriting was not asked for."""


class NotAFile(NotWritten):
    """A folder, or a device such as /dev/null, has this name."""


class NotAFolder(NotWritten):
    """Something that is no folder stands where one is to be."""


class TargetIsLink(NotWritten):
    """The name is a symbolic link: what it leads to may be anywhere."""


class ChangedMeanwhile(NotWritten):
    """The file is no longer what was read: another program changed or removed it."""


class CannotWrite(NotWritten):
    """The system refused, for a reason that a person can act on (or "other")."""

    def __init__(self, path: Path, reason: Reason) -> None:
        super().__init__(path, reason)
        self.reason = reason


def write_new(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Writes a file, newlines as they are; one that exists is replaced only by `force`."""
    body = content.encode() if isinstance(content, str) else content
    with new_file(path, force=force) as write:
        write(body)


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[Write]:
    """Writes a file bit by bit, for a content that is too long to be held.

    It takes its name where the block ends well, and is gone where it does not; one that exists is
    replaced only by `force`, which is looked at before the first bit.
    """
    clear_leftovers(path.parent)
    with ExitStack() as closing:
        with _system_errors_named(path):
            refuse_no_file(path)
            if not force and os.path.lexists(path) and not path.is_symlink():
                raise TargetExists(path)
            fresh, file = closing.enter_context(_begun_beside(path))
        # What goes wrong in the block itself is not said to be the fault of this file.
        yield partial(_write, path, file)
        with _system_errors_named(path):
            _finish(file)
            _take_name(fresh, path, force=force)


def replace_if_unchanged(path: Path, before: bytes, text: str) -> None:
    """Replaces a file, provided that it still holds `before` at the last moment."""
    body = text.encode()
    clear_leftovers(path.parent)
    with _system_errors_named(path), _written_beside(path, body) as fresh, alone_in(path.parent):
        try:
            now = path.read_bytes()
        except FileNotFoundError:
            raise ChangedMeanwhile(path) from None
        if now != before:
            raise ChangedMeanwhile(path)
        fresh.replace(path)


def write_together(files: Sequence[tuple[Path, bytes]], *, force: bool = False) -> None:
    """Writes several files of one folder, all ready before the first takes its name.

    The last describes the others: it goes before one of them changes, and comes back after all. Who
    finds it, finds what it describes. Without `force` each name must be free, or that of the last
    hold what it is to hold.
    """
    last, described = files[-1]
    clear_leftovers(last.parent)
    with ExitStack() as ready:
        fresh = []
        for path, body in files:
            with _system_errors_named(path):
                fresh.append((ready.enter_context(_written_beside(path, body)), path))
        with _system_errors_named(last):
            if len(files) > 1 and (force or holds(last, described)):
                last.unlink(missing_ok=True)
        for made, path in fresh:
            with _system_errors_named(path):
                _take_name(made, path, force=force)


def refuse_no_file(path: Path) -> None:
    """Raises `NotAFile` where something stands there that no file may take the place of."""
    with suppress(FileNotFoundError, NotADirectoryError):
        found = path.lstat().st_mode
        if not (stat.S_ISREG(found) or stat.S_ISLNK(found)):
            raise NotAFile(path)


def take_away(path: Path) -> None:
    """Removes a file that is to be written anew, once what it speaks of is."""
    with _system_errors_named(path):
        if path.is_symlink():
            raise TargetIsLink(path)
        path.unlink(missing_ok=True)


def holds(path: Path, content: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        if path.is_symlink() or path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except OSError:
        return False


def refuse_links_out(root: Path, path: Path) -> None:
    """Raises `TargetIsLink` where a folder between `root` and `path` is a link that leaves `root`.

    Whoever names `root` means what is in it, and not what a link in it leads to.
    """
    with _system_errors_named(path):
        for above in reversed(path.relative_to(root).parents):
            folder = root / above
            leaves = not folder.resolve().is_relative_to(root.resolve())
            if leaves and folder.is_symlink():
                raise TargetIsLink(folder)


@contextmanager
def _system_errors_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def _written_beside(path: Path, body: bytes) -> Iterator[Path]:
    """Writes a file in the target's folder, with the target's mode; gone afterwards."""
    with _begun_beside(path) as (fresh, file):
        file.write(body)
        _finish(file)
        yield fresh


@contextmanager
def _begun_beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Opens an empty one, to be written."""
    mode = _mode(path)
    with _fresh_file(path) as (fresh, file):
        if mode is not None:
            # Before a byte is in it: a private text is not readable by others for a moment.
            fresh.chmod(mode)
        yield fresh, file


def _write(path: Path, file: BinaryIO, content: bytes) -> None:
    with _system_errors_named(path):
        file.write(content)
        # A full disk is told at once, and no process that is begun meanwhile has a copy of it.
        file.flush()


def _finish(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


@contextmanager
def _fresh_file(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Opens an empty file beside the target, held so that nobody takes it for a leftover."""
    ours = False
    while not ours:
        fresh = path.with_name(unfinished_name())
        file = fresh.open("xb")
        try:
            with hold(fresh) as ours:
                if ours:
                    yield fresh, file
        finally:
            with suppress(OSError):  # of what could not be written, said already
                file.close()
            # A file that was put in its place is worth more than a clean folder.
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    """Finds the permissions to keep; None where there is no file yet."""
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found):
        raise TargetIsLink(path)
    if not stat.S_ISREG(found):
        raise NotAFile(path)
    if not os.access(path, os.W_OK):
        # Windows refuses to replace a read-only file; elsewhere only the folder would matter.
        raise CannotWrite(path, "permission")
    return stat.S_IMODE(found)


def _take_name(fresh: Path, path: Path, *, force: bool) -> None:
    if force:
        fresh.replace(path)
    else:
        _take_free_name(fresh, path)


def _take_free_name(fresh: Path, path: Path) -> None:
    """Takes a name that nothing has, so that two who try at once do not both succeed."""
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        raise TargetExists(path) from None
    except (OSError, NotImplementedError):
        # No hard links here (FAT, some network drives): hold the name with an empty file.
        _hold_then_replace(fresh, path)


def _hold_then_replace(fresh: Path, path: Path) -> None:
    try:
        path.open("xb").close()
    except FileExistsError:
        raise TargetExists(path) from None
    try:
        fresh.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def cannot_write(path: Path, refused: OSError) -> CannotWrite:
    """Names the file that was not written, and why the system refused."""
    return CannotWrite(path, refusal(refused))


def refusal(refused: OSError) -> Reason:
    """Finds the reason for which the system refused."""
    return _REASONS.get(refused.errno or 0, "other")
