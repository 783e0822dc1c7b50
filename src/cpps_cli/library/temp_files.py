"""Locks a folder for one writer at a time, and removes what a killed run left half made."""

import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

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


_SHAPE = re.compile(r"\.[0-9a-f]{16}\.tmp")


def unfinished_name() -> str:
    """Makes a name for an unfinished file: hidden, and like no other."""
    return f".{secrets.token_hex(8)}.tmp"


if sys.platform == "win32":

    @contextmanager
    def hold(path: Path) -> Iterator[bool]:
        """Holds nothing, as nothing is cleared up here."""
        yield True

    def clear_leftovers(folder: Path) -> None:
        """Leaves all where it is: here nobody can tell what is still being made."""

else:
    import fcntl

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
                if _SHAPE.fullmatch(path.name):
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
