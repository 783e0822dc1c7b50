"""Writes several files into a folder: each whole, and the one that describes them last."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Literal

from cpps_cli.library.temp_files import alone_in, clear_leftovers
from cpps_cli.library.write import (
    CannotWrite,
    NotAFolder,
    holds,
    refusal,
    refuse_links_out,
    refuse_no_file,
    take_away,
    write_new,
    write_together,
)

Outcome = Literal["written", "same", "kept"]
Files = tuple[tuple[str, bytes], ...]


def put_all(folder: Path, documents: Iterable[Files], *, force: bool) -> dict[str, Outcome]:
    """Writes documents as they come, each of one file, or of several of one folder of which the
    last describes the others; says what became of each file, named from the folder.
    """
    make_folder(folder)
    outcomes: dict[str, Outcome] = {}
    for files in documents:
        within = (folder / files[-1][0]).parent
        refuse_links_out(folder, folder / files[-1][0])
        make_folder(within)
        with alone_if_possible(within):
            outcomes |= _put_document(folder, files, force=force)
    return outcomes


def _put_document(folder: Path, files: Files, *, force: bool) -> dict[str, Outcome]:
    """Writes a document, unless something of it is kept: it would be half of another."""
    found = {name: outcome_of(folder / name, content, force=force) for name, content in files}
    if "kept" in found.values():
        return {name: outcome for name, outcome in found.items() if outcome != "written"}
    if "written" in found.values():
        last, _content = files[-1]
        now = [item for item in files if found[item[0]] == "written" or item[0] == last]
        write_together([(folder / name, content) for name, content in now], force=force)
    else:
        clear_leftovers((folder / files[-1][0]).parent)
    return found


@contextmanager
def alone_if_possible(folder: Path) -> Iterator[None]:
    """Waits until no other run puts documents there; a disk without locks has none to offer."""
    with ExitStack() as closing:
        with suppress(OSError):
            closing.enter_context(alone_in(folder))
        yield


def make_folder(folder: Path) -> None:
    """Makes the folder where it does not exist; raises `NotWritten`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        above = (folder, *folder.parents)
        raise NotAFolder(next(path for path in above if os.path.lexists(path))) from None
    except OSError as error:
        full = refusal(error) == "full"
        raise CannotWrite(folder, "full" if full else "permission") from error


def put(path: Path, content: bytes, *, force: bool) -> Outcome:
    """Writes a file, unless it says the same already. `kept`: it says something else, and stays."""
    outcome = outcome_of(path, content, force=force)
    if outcome == "written":
        write_new(path, content, force=force)
    elif outcome == "same":
        # Maybe of a run that was killed when it had just put it there.
        clear_leftovers(path.parent)
    return outcome


def outcome_of(path: Path, content: bytes, *, force: bool) -> Outcome:
    """Decides what is to become of a file."""
    if holds(path, content):
        return "same"
    refuse_no_file(path)
    if not force and os.path.lexists(path) and not path.is_symlink():
        return "kept"
    return "written"


def put_described(
    folder: Path, files: Iterable[tuple[str, bytes]], descriptor: str, *, force: bool
) -> dict[str, Outcome]:
    """Writes files, each named from the folder, the descriptor last; says what became of each.

    Without `force` the first that says something else is kept, and the others are not written.
    """
    make_folder(folder)
    describes = folder / descriptor
    refuse_no_file(describes)
    outcomes: dict[str, Outcome] = {}
    with alone_if_possible(folder):
        for name, content in files:
            path = folder / name
            refuse_links_out(folder, path)
            make_folder(path.parent)
            outcome = outcome_of(path, content, force=force)
            if outcome == "written" and name != descriptor and os.path.lexists(describes):
                if not force:
                    return {**outcomes, descriptor: "kept"}
                take_away(describes)
            outcomes[name] = put(path, content, force=force)
            if outcome == "kept":
                return outcomes
    return outcomes


def others(folder: Path, suffix: str, names: Iterable[str]) -> tuple[str, ...]:
    """Lists the files below a folder that have the suffix, and none of these names."""
    known = set(names)
    found = (path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}"))
    return tuple(sorted(name for name in found if name not in known))
