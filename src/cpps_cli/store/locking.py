"""One writer at a time in a folder: who compares a file and replaces it is alone while doing so.

The lock is held by the system for the process: one that crashes leaves none behind, and no file of
ours lies about in the library. It is never held while a person is thinking.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
