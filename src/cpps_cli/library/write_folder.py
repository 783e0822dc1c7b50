"""Writes files that belong together into a folder: documents, tables, a whole new library."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Literal

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.write import (
    NotWritten,
    alone_in,
    cannot_write,
    clear_leftovers,
    hold,
    refuse_links_out,
    refuse_no_file,
    system_errors_named,
    take_name,
    unfinished_name,
    write_new,
    written_beside,
)
from cpps_cli.model import Contract
from cpps_cli.model.paths import MANIFEST

Outcome = Literal["written", "same", "kept"]
Files = tuple[tuple[str, bytes], ...]
Texts = Mapping[str, str]


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
        there = next(path for path in above if os.path.lexists(path))
        raise NotWritten(there, "no_folder") from None
    except OSError as error:
        full = cannot_write(folder, error).reason == "full"
        raise NotWritten(folder, "full" if full else "permission") from error


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
            with system_errors_named(path):
                fresh.append((ready.enter_context(written_beside(path, body)), path))
        with system_errors_named(last):
            if len(files) > 1 and (force or holds(last, described)):
                last.unlink(missing_ok=True)
        for made, path in fresh:
            with system_errors_named(path):
                take_name(made, path, force=force)


def take_away(path: Path) -> None:
    """Removes a file that is to be written anew, once what it speaks of is."""
    with system_errors_named(path):
        if path.is_symlink():
            raise NotWritten(path, "link")
        path.unlink(missing_ok=True)


def holds(path: Path, content: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        if path.is_symlink() or path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except OSError:
        return False


# --- a new library


def make_library(target: Path, texts: Texts) -> Contract:
    """Makes a library at `target`, and reads the contract that its verbs speak of.

    Raises `CppsError` where `target` is not free, `NotWritten` where the system refuses. A folder
    that exists and is empty stays the same folder: somebody may stand in it.
    """
    beside = target if target.is_dir() else target.parent
    clear_leftovers(beside)
    _refuse_taken(target, texts)
    try:
        with _unfinished_folder(beside) as fresh:
            _fill(fresh, texts)
            if beside == target:
                _move_up(fresh, target, texts)
            else:
                fresh.rename(target)
    except NotWritten as refused:
        raise NotWritten(target, refused.reason) from refused
    except OSError as refused:
        if refused.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise _taken(target) from refused
        raise cannot_write(target, refused) from refused
    return _contract_made(LibraryFolder(target))


@contextmanager
def _unfinished_folder(beside: Path) -> Iterator[Path]:
    """Opens a folder to fill, held so that nobody takes it for a leftover."""
    ours = False
    while not ours:
        fresh = beside / unfinished_name()
        try:
            fresh.mkdir()
            with hold(fresh) as ours:
                if ours:
                    yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _refuse_taken(target: Path, texts: Texts) -> None:
    if os.path.lexists(target) and not (target.is_dir() and _is_begun(target, texts)):
        raise _taken(target)
    for outer in target.resolve().parents:
        if (outer / MANIFEST).is_file():
            raise CppsError(
                "`{path}` is inside the library `{outer}`",
                help=N_("name a folder beside it"),
                path=str(target),
                outer=str(outer),
            )


def _taken(target: Path) -> CppsError:
    return CppsError(
        "`{path}` exists already and is not an empty folder: nothing was written",
        help=N_("name a folder that does not exist yet"),
        path=str(target),
    )


def _is_begun(target: Path, texts: Texts) -> bool:
    """Whether a folder is empty, or holds no more than a run that was killed had moved into it."""
    # What makes it a library is moved last.
    return all(entry.name != MANIFEST and _is_whole(entry, texts) for entry in target.iterdir())


def _is_whole(entry: Path, texts: Texts) -> bool:
    """Whether something in the new library is there already, to the byte."""
    wanted = {
        entry.parent / name: text.encode()
        for name, text in texts.items()
        if name.partition("/")[0] == entry.name
    }
    below = [entry, *entry.rglob("*")]
    there = {path for path in below if path.is_symlink() or not path.is_dir()}
    whole = there == wanted.keys() and all(holds(path, body) for path, body in wanted.items())
    return bool(wanted) and whole


def _fill(folder: Path, texts: Texts) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_new(folder / name, text)


def _move_up(fresh: Path, target: Path, texts: Texts) -> None:
    """Everything in `fresh` to `target`, what makes it a library last; or nothing."""
    moved: list[Path] = []
    try:
        for entry in sorted(fresh.iterdir(), key=lambda entry: entry.name == MANIFEST):
            place = target / entry.name
            if not _is_there(place, texts):
                moved.append(place)
                entry.rename(place)
    except BaseException:
        for place in moved:
            with suppress(FileNotFoundError):
                place.rename(fresh / place.name)
        raise


def _is_there(place: Path, texts: Texts) -> bool:
    """Whether a run before moved it there; refuses to overwrite what came meanwhile."""
    there = os.path.lexists(place)
    if there and not _is_whole(place, texts):
        raise _taken(place.parent)
    return there


def _contract_made(folder: LibraryFolder) -> Contract:
    library = folder.library
    contract = folder.contract(library.contract) if library else None
    if contract is None:
        raise AssertionError(f"a new library that cannot be read: {folder.faults}")
    return contract
