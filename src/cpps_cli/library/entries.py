"""Lists what stands in the folders of a library, and what is out of place there.

Only names are looked at; `bytes_of` alone opens a file.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cpps_cli.diagnostics import N_, CppsError, Diagnostic, Place, Word, nearest
from cpps_cli.library.validate import CODE, SHAPES, TERRITORY, slug
from cpps_cli.model.paths import (
    AMENDMENTS,
    CONTRACT,
    CORRESPONDENCE,
    LOCAL,
    MANIFEST,
    PROGRAMMES,
    SCHEMAS,
    SHEETS,
    SOURCES,
    TERRITORIES,
)

# The folders of a contract, and what the name of a file in each of them looks like.
SHAPE_OF_NAME = {SHEETS: CODE, AMENDMENTS: CODE, LOCAL: TERRITORY}


def entries(folder: Path) -> list[Path]:
    """What stands in a folder, by name, hidden things apart; () where it is none."""
    if not folder.is_dir():
        return []
    try:
        found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as wrong:
        raise unreadable(folder, wrong) from None
    return [entry for entry in found if not entry.name.startswith(".")]


def names_of_files(folder: Path) -> list[str]:
    """The names, without suffix, of the TOML files in a folder, in their order."""
    try:
        found = sorted(os.listdir(folder))  # noqa: PTH208 - a path for each costs as much as a file
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as wrong:
        raise unreadable(folder, wrong) from None
    return [name[:-5] for name in found if name.endswith(".toml") and not name.startswith(".")]


def bytes_of(path: str, limit: int) -> bytes:
    """What a file holds, one byte past `limit` at most; raises `OSError`."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - as above
        # A folder, or a pipe that would make us wait for ever.
        raise IsADirectoryError
    with open(path, "rb") as stream:  # noqa: PTH123 - as above
        return stream.read(limit + 1)


def is_file(path: Path) -> bool:
    """Whether an ordinary file is there; raises `CppsError` where we may not look."""
    try:
        return path.is_file()
    except OSError as wrong:
        raise unreadable(path, wrong) from None


def reason(wrong: OSError) -> str:
    """Why the system refused, in words of ours."""
    match wrong:
        case PermissionError():
            return N_("permission denied")
        case FileNotFoundError():
            return N_("it does not exist")
        case IsADirectoryError():
            return N_("it is a folder, not a file")
        case NotADirectoryError():
            return N_("it is not a folder")
        case _:
            return N_("the system refuses to open it")


def unreadable(path: Path, wrong: OSError) -> CppsError:
    """The dead end of a folder that cannot be read."""
    return CppsError(
        "`{path}` cannot be read: {reason}", path=str(path), reason=Word(reason(wrong))
    )


# --- what is not read, and what is missing: a sheet saved under a wrong name, for one

_KNOWN = {MANIFEST, SOURCES, TERRITORIES, SCHEMAS}
_OF_A_CONTRACT = (CONTRACT, PROGRAMMES, CORRESPONDENCE)


def misplaced(root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each thing that is out of place."""
    for entry in entries(root):
        if entry.name in _KNOWN:
            continue
        if entry.is_dir():
            yield from _in_contract(entry)
        elif entry.suffix == ".toml":
            values: dict[str, Any] = {"name": entry.name, **nearest(entry.name, _KNOWN)}
            yield Diagnostic("CP011", Place(entry.name), values)


def headless(root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each folder that holds texts of a contract, and not the contract."""
    for entry in entries(root):
        if entry.is_dir() and entry.name not in _KNOWN and not is_file(entry / CONTRACT):
            yield from _in_contract(entry)


def _in_contract(folder: Path) -> Iterator[Diagnostic]:
    if not is_file(folder / CONTRACT):
        if any(folder.rglob("*.toml")):
            values: dict[str, Any] = {"folder": folder.name, "name": CONTRACT}
            yield Diagnostic("CP012", Place(folder.name), values)
        return
    if not re.match(CODE, folder.name):
        yield _bad_name(folder.name, folder.name, CODE)
    for entry in entries(folder):
        if entry.is_dir() and entry.name in SHAPE_OF_NAME:
            yield from _in_kind(entry, f"{folder.name}/{entry.name}")
        elif entry.name not in _OF_A_CONTRACT and _looks_like_ours(entry):
            yield Diagnostic("CP011", Place(f"{folder.name}/{entry.name}"), {"name": entry.name})


def _in_kind(folder: Path, prefix: str) -> Iterator[Diagnostic]:
    shape = SHAPE_OF_NAME[folder.name]
    for entry in entries(folder):
        file = f"{prefix}/{entry.name}"
        if folder.name == LOCAL and entry.is_dir():
            yield from _beside_local(entry, file)
        elif entry.suffix != ".toml":
            yield Diagnostic("CP011", Place(file), {"name": entry.name})
        elif not re.match(shape, entry.stem):
            yield _bad_name(file, entry.stem, shape)


def _beside_local(folder: Path, prefix: str) -> Iterator[Diagnostic]:
    """What stands in the folder of a local contract: its amendments, and nothing else of ours."""
    text = f"{folder.name}.toml"
    if not is_file(folder.with_name(text)):
        if any(folder.rglob("*.toml")):
            values: dict[str, Any] = {"folder": prefix, "name": f"{LOCAL}/{text}"}
            yield Diagnostic("CP012", Place(prefix), values)
        return
    for entry in entries(folder):
        if entry.is_dir() and entry.name == AMENDMENTS:
            yield from _in_kind(entry, f"{prefix}/{entry.name}")
        elif _looks_like_ours(entry):
            yield Diagnostic("CP011", Place(f"{prefix}/{entry.name}"), {"name": entry.name})


def _looks_like_ours(entry: Path) -> bool:
    """Whether a stray file may be a misnamed one of ours; notes and documents may lie about."""
    return any(entry.rglob("*.toml")) if entry.is_dir() else ".toml" in entry.name.lower()


def _bad_name(file: str, name: str, shape: str) -> Diagnostic:
    values: dict[str, Any] = {"name": name, "shape": Word(SHAPES[shape])}
    return Diagnostic("CP013", Place(file), {**values, "proposal": slug(name) or "code"})
