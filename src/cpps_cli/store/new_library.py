"""A library made for its user: a copy of one that comes with the tool, or the frame of a new one.

The folder appears whole or not at all: it is built under another name, then takes its own.
"""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, assert_never

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.model import Contract
from cpps_cli.store.commented import Say
from cpps_cli.store.empty_library import empty_library
from cpps_cli.store.entries import SCHEMAS
from cpps_cli.store.files import CannotWrite, write_new
from cpps_cli.store.finding import MANIFEST, bundled
from cpps_cli.store.folder import LibraryFolder
from cpps_cli.store.leftovers import clear_leftovers, held, unfinished_name
from cpps_cli.store.refused import cannot_write
from cpps_cli.store.schemas import FILE_KINDS, file_schema, schema_text

Kind = Literal["paris", "exemple", "empty"]
Texts = Mapping[str, str]


def library_texts(kind: Kind, language: str, say: Say) -> Texts:
    """The files of a new library: their texts by their names."""
    schemas = {f"{SCHEMAS}/{file.name}.json": schema_text(file_schema(file)) for file in FILE_KINDS}
    match kind:
        case "paris" | "exemple":
            root = bundled(kind)
            names = (path.relative_to(root) for path in sorted(root.rglob("*.toml")))
            return schemas | {name.as_posix(): _text(root / name) for name in names}
        case "empty":
            return schemas | empty_library(language, say)
        case _:
            assert_never(kind)


def make_library(target: Path, texts: Texts) -> Contract:
    """The contract that the verbs speak of in the library that is now at `target`.

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
    except CannotWrite as refused:
        raise CannotWrite(target, refused.reason) from refused
    except OSError as refused:
        if refused.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise _taken(target) from refused
        raise cannot_write(target, refused) from refused
    return _contract(LibraryFolder(target))


@contextmanager
def _unfinished_folder(beside: Path) -> Iterator[Path]:
    """A folder to fill, held so that nobody takes it for a leftover; gone afterwards."""
    ours = False
    while not ours:
        fresh = beside / unfinished_name()
        try:
            fresh.mkdir()
            with held(fresh) as ours:
                if ours:
                    yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _text(path: Path) -> str:
    return path.read_bytes().decode()


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
    return all(
        entry.name != MANIFEST and _is_whole(entry, texts)  # which is moved last
        for entry in target.iterdir()
    )


def _is_whole(entry: Path, texts: Texts) -> bool:
    """Whether something in the new library is there already, to the byte."""
    wanted = {
        entry.parent / name: text.encode()
        for name, text in texts.items()
        if name.partition("/")[0] == entry.name
    }
    below = [entry, *entry.rglob("*")]
    there = {path for path in below if path.is_symlink() or not path.is_dir()}
    return (
        bool(wanted)
        and there == wanted.keys()
        and all(not path.is_symlink() and path.read_bytes() == wanted[path] for path in wanted)
    )


def _refuse_another(place: Path, texts: Texts) -> None:
    """What came into the folder meanwhile is not overwritten; what a run before moved stays."""
    if not _is_whole(place, texts):
        raise _taken(place.parent)


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
            if os.path.lexists(place):
                _refuse_another(place, texts)
                continue
            moved.append(place)
            entry.rename(place)
    except BaseException:
        for place in moved:
            with suppress(FileNotFoundError):
                place.rename(fresh / place.name)
        raise


def _contract(folder: LibraryFolder) -> Contract:
    library = folder.library
    contract = folder.contract(library.contract) if library else None
    if contract is None:
        raise AssertionError(f"a new library that cannot be read: {folder.faults}")
    return contract
