"""Files written whole or not at all.

A text is first written beside its target, then takes its name in one step: who reads meanwhile,
or after a power cut, finds the old file or the new one. What a killed run left half made goes with
the next one. It follows no symbolic link at the target, nor one that leaves the library. It never
reads TOML and never words an error: an exception carries the path and the reason.
"""

import errno
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

Reason = Literal[
    "exists",  # something has this name already, and overwriting was not asked for
    "no_file",  # a folder, or a device such as /dev/null, has this name
    "no_folder",  # something that is no folder stands where one is to be
    "link",  # the name is a symbolic link: what it leads to may be anywhere
    "changed",  # the file is no longer what was read: another program changed or removed it
    "permission",  # the system refused, as for the next ones
    "full",
    "missing_folder",
    "other",
]
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
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.tmp")


class NotWritten(Exception):  # noqa: N818 - says what happened, as the verbs speak of it
    """The target is as it was before, for a reason that a person can act on (or "other")."""

    def __init__(self, path: Path, reason: Reason) -> None:
        super().__init__(path, reason)
        self.path = path
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
        with system_errors_named(path):
            refuse_no_file(path)
            if not force and os.path.lexists(path) and not path.is_symlink():
                raise NotWritten(path, "exists")
            fresh, file = closing.enter_context(_begun_beside(path))
        # What goes wrong in the block itself is not said to be the fault of this file.
        yield partial(_write, path, file)
        with system_errors_named(path):
            _finish(file)
            take_name(fresh, path, force=force)


def refuse_no_file(path: Path) -> None:
    """Raises `NotWritten` where something stands there that no file may take the place of."""
    with suppress(FileNotFoundError, NotADirectoryError):
        found = path.lstat().st_mode
        if not (stat.S_ISREG(found) or stat.S_ISLNK(found)):
            raise NotWritten(path, "no_file")


def refuse_links_out(root: Path, path: Path) -> None:
    """Raises `NotWritten` where a folder between `root` and `path` is a link that leaves `root`.

    Whoever names `root` means what is in it, and not what a link in it leads to.
    """
    with system_errors_named(path):
        for above in reversed(path.relative_to(root).parents):
            folder = root / above
            leaves = not folder.resolve().is_relative_to(root.resolve())
            if leaves and folder.is_symlink():
                raise NotWritten(folder, "link")


@contextmanager
def system_errors_named(path: Path) -> Iterator[None]:
    """Turns what the system refuses meanwhile into `NotWritten` of this file."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def written_beside(path: Path, body: bytes) -> Iterator[Path]:
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
    with system_errors_named(path):
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
        raise NotWritten(path, "link")
    if not stat.S_ISREG(found):
        raise NotWritten(path, "no_file")
    if not os.access(path, os.W_OK):
        # Windows refuses to replace a read-only file; elsewhere only the folder would matter.
        raise NotWritten(path, "permission")
    return stat.S_IMODE(found)


def take_name(fresh: Path, path: Path, *, force: bool) -> None:
    """Gives a file its name: one that nothing has, so that of two at once one fails, or any."""
    if force:
        fresh.replace(path)
        return
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        raise NotWritten(path, "exists") from None
    except (OSError, NotImplementedError):
        # No hard links here (FAT, some network drives): hold the name with an empty file.
        _hold_then_replace(fresh, path)


def _hold_then_replace(fresh: Path, path: Path) -> None:
    try:
        path.open("xb").close()
    except FileExistsError:
        raise NotWritten(path, "exists") from None
    try:
        fresh.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def cannot_write(path: Path, refused: OSError) -> NotWritten:
    """Names the file that was not written, and why the system refused."""
    return NotWritten(path, _REASONS.get(refused.errno or 0, "other"))


# --- one writer at a time in a folder, and what a killed run left there

if sys.platform == "win32":
    import msvcrt
    import tempfile
    from hashlib import sha256

    @contextmanager
    def alone_in(folder: Path) -> Iterator[None]:
        """Waits until no other process writes in the folder (for ten seconds at most)."""
        name = sha256(str(folder.resolve()).casefold().encode()).hexdigest()[:32]
        with (Path(tempfile.gettempdir()) / f"cpps-{name}.lock").open("ab") as file:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

    @contextmanager
    def hold(path: Path) -> Iterator[bool]:
        """Holds nothing, as nothing is cleared up here."""
        yield True

    def clear_leftovers(folder: Path) -> None:
        """Leaves all where it is: here nobody can tell what is still being made."""

else:
    import fcntl

    @contextmanager
    def alone_in(folder: Path) -> Iterator[None]:
        """Waits until no other process writes in the folder."""
        opened = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)

    @contextmanager
    def hold(path: Path) -> Iterator[bool]:
        """Holds a file or a folder; False where somebody who cleared up was faster."""
        with ExitStack() as closing:
            # A disk without locks has none to offer to who clears up, either.
            with suppress(OSError):
                opened = os.open(path, os.O_RDONLY)
                closing.callback(os.close, opened)
                fcntl.flock(opened, fcntl.LOCK_EX)
            yield path.exists()

    def clear_leftovers(folder: Path) -> None:
        """Removes from a folder what a run that was killed left there; never fails."""
        with suppress(OSError):
            for path in folder.iterdir():
                if _UNFINISHED.fullmatch(path.name):
                    _remove_unless_held(path)

    def _remove_unless_held(path: Path) -> None:
        with suppress(OSError):
            # A link is not ours, nor a pipe, which would make us wait.
            opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if stat.S_ISDIR(os.fstat(opened).st_mode):
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()
            finally:
                os.close(opened)


def unfinished_name() -> str:
    """Makes a name for an unfinished file: hidden, and like no other."""
    return f".{secrets.token_hex(8)}.tmp"
