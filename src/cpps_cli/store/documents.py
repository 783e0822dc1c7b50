"""Documents put in a folder, one file after the other: each is whole, or not there.

What is there already with the same bytes is left alone, so that a run that was interrupted is ended
by running it again.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from cpps_cli.store.files import CannotWrite, TargetExists, refuse_links_out, write_new
from cpps_cli.store.leftovers import clear_leftovers

Outcome = Literal["written", "same", "kept"]


def put_all(folder: Path, files: Iterable[tuple[str, bytes]], *, force: bool) -> dict[str, Outcome]:
    """Writes files, each named from the folder, as they come; says what became of each."""
    make_folder(folder)
    outcomes: dict[str, Outcome] = {}
    for name, content in files:
        refuse_links_out(folder, folder / name)
        make_folder((folder / name).parent)
        outcomes[name] = put(folder / name, content, force=force)
    return outcomes


def make_folder(folder: Path) -> None:
    """The folder, made where it does not exist; raises `NotWritten`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise TargetExists(folder) from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise CannotWrite(folder, "full" if full else "permission") from error


def put(path: Path, content: bytes, *, force: bool) -> Outcome:
    """Writes a file, unless it says the same already. `kept`: it says something else, and stays."""
    if _holds(path, content):
        # Maybe of a run that was killed when it had just put it there.
        clear_leftovers(path.parent)
        return "same"
    if not force and os.path.lexists(path) and not path.is_symlink():
        return "kept"
    write_new(path, content, force=force)
    return "written"


def _holds(path: Path, content: bytes) -> bool:
    try:
        if path.is_symlink() or path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except OSError:
        return False


def others(folder: Path, suffix: str, names: Iterable[str]) -> tuple[str, ...]:
    """The files below a folder that have the suffix, and none of these names."""
    known = set(names)
    found = (path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}"))
    return tuple(sorted(name for name in found if name not in known))
