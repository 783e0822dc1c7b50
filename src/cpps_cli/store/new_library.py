"""A library made for its user: a copy of one that comes with the tool, or the frame of a new one.

The folder appears whole or not at all: it is built under another name, then takes its own.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
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
    _refuse_taken(target)
    inside = target.is_dir()
    fresh = (target if inside else target.parent) / f".{secrets.token_hex(8)}.tmp"
    try:
        fresh.mkdir()
        _fill(fresh, texts)
        if inside:
            _move_up(fresh, target)
        else:
            fresh.rename(target)
    except CannotWrite as refused:
        raise CannotWrite(target, refused.reason) from refused
    except OSError as refused:
        if refused.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise _taken(target) from refused
        raise cannot_write(target, refused) from refused
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return _contract(LibraryFolder(target))


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _refuse_taken(target: Path) -> None:
    if os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir())):
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


def _refuse_present(place: Path) -> None:
    """Something came into the empty folder meanwhile: a rename would overwrite it."""
    if os.path.lexists(place):
        raise _taken(place.parent)


def _fill(folder: Path, texts: Texts) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_new(folder / name, text)


def _move_up(fresh: Path, target: Path) -> None:
    """Everything in `fresh` to `target`, what makes it a library last; or nothing."""
    moved: list[Path] = []
    try:
        for entry in sorted(fresh.iterdir(), key=lambda entry: entry.name == MANIFEST):
            place = target / entry.name
            _refuse_present(place)
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
