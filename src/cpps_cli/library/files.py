"""The files of a library: what stands in its folders, what is out of place, what is read of each.

What is wrong with a file is collected in `faults`; nothing is raised for what a user wrote.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpps_cli.diagnostics import N_, CppsError, Diagnostic, Place, Span, Word, no_such
from cpps_cli.library.toml_read import Parsed, limit_of, parse
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
    local_folder,
)

if TYPE_CHECKING:
    from cpps_cli.library.toml_positions import Places

# The folders of a contract, and what the name of a file in each of them looks like.
SHAPE_OF_NAME = {SHEETS: CODE, AMENDMENTS: CODE, LOCAL: TERRITORY}


def entries(folder: Path) -> list[Path]:
    """Lists what stands in a folder, by name, hidden things apart; () where it is none."""
    if not folder.is_dir():
        return []
    try:
        found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as wrong:
        raise unreadable(folder, wrong) from None
    return [entry for entry in found if not entry.name.startswith(".")]


def names_of_files(folder: Path) -> list[str]:
    """Lists the names, without suffix, of the TOML files in a folder, in their order."""
    try:
        found = sorted(os.listdir(folder))  # noqa: PTH208 - a path for each costs as much as a file
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as wrong:
        raise unreadable(folder, wrong) from None
    return [name[:-5] for name in found if name.endswith(".toml") and not name.startswith(".")]


def bytes_of(path: str, limit: int) -> bytes:
    """Reads a file, one byte past `limit` at most; raises `OSError`."""
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


_REFUSES = N_("the system refuses to open it")
_REASONS: dict[type[OSError], str] = {
    PermissionError: N_("permission denied"),
    FileNotFoundError: N_("it does not exist"),
    IsADirectoryError: N_("it is a folder, not a file"),
    NotADirectoryError: N_("it is not a folder"),
}


def unreadable(path: Path, wrong: OSError) -> CppsError:
    """Makes the dead end of a folder that cannot be read."""
    return CppsError("`{path}` cannot be read: {reason}", path=str(path), reason=_reason(wrong))


def _reason(wrong: OSError) -> Word:
    return Word(_REASONS.get(type(wrong), _REFUSES))


class LibraryFiles:
    """Reads the files in a folder. Each is read once at most, unless it is let go of."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Diagnostic] = []
        self._parsed: dict[str, Parsed] = {}
        self._nouns: dict[str, Any] = {}
        self._places: dict[str, Places] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._let_go: set[str] = set()

    def names_in(self, contract_id: str, kind: str) -> tuple[str, ...]:
        """Lists the names, without suffix, of the files of one kind: no file is opened."""
        folder = f"{contract_id}/{kind}"
        if folder not in self._names:
            named = names_of_files(self.root / folder)
            shape = re.compile(SHAPE_OF_NAME[kind])
            self._names[folder] = tuple(name for name in named if shape.match(name))
        return self._names[folder]

    def has(self, file: str) -> bool:
        """Whether a file of that name is there."""
        return is_file(self.path_of(file))

    def path_of(self, file: str) -> Path:
        """Finds where a file is."""
        return self.root / file

    def text(self, file: str) -> str:
        """Reads the text of a file as the user wrote it, "" where it has none."""
        return self._parse(file).text if self.has(file) else ""

    def locate(self, where: Place | Span) -> Span:
        """Finds where a place stands in its file: the nearest thing that is written there."""
        if isinstance(where, Span):
            return where
        if where.file not in self._places:
            from cpps_cli.library.toml_positions import Places

            valid = self.has(where.file) and self._parse(where.file).is_toml
            self._places[where.file] = Places(where.file, self.text(where.file), valid=valid)
        return self._places[where.file].span(where)

    @contextmanager
    def passing(self, contract_id: str) -> Iterator[list[Diagnostic]]:
        """Forgets the local texts of a contract once they were used, so that a nation can pass.

        What is wrong with the files that are read meanwhile is put in the list at the end, and
        nowhere else. One that is read again later is not told to be wrong a second time.
        """
        before, found = len(self.faults), list[Diagnostic]()
        yield found
        found.extend(self.faults[before:])
        del self.faults[before:]
        for kept in (self._nouns, self._parsed, self._places, self._names):
            for file in [file for file in kept if file.startswith(local_folder(contract_id, ""))]:
                del kept[file]
                self._let_go.add(file)

    def _parse(self, file: str) -> Parsed:
        if file not in self._parsed:
            with self._reported_once(file):
                parsed = self._read(file)
                self._parsed[file] = parsed
                self.faults.extend(parsed.diagnostics)
        return self._parsed[file]

    @contextmanager
    def _reported_once(self, file: str) -> Iterator[None]:
        """Drops what is wrong with a file that was let go of: it was reported before."""
        before = len(self.faults)
        yield
        if file in self._let_go:
            del self.faults[before:]

    def _read(self, file: str) -> Parsed:
        try:
            raw = bytes_of(str(self.path_of(file)), limit_of(file))
        except OSError as wrong:
            values: dict[str, Any] = {"reason": _reason(wrong)}
            return Parsed(file, "", None, (Diagnostic("CP001", Place(file), values),))
        return parse(file, raw)


# --- what is not read, and what is missing: a sheet saved under a wrong name, for one

_KNOWN = {MANIFEST, SOURCES, TERRITORIES, SCHEMAS}
_OF_A_CONTRACT = (CONTRACT, PROGRAMMES, CORRESPONDENCE)


def misplaced(root: Path) -> Iterator[Diagnostic]:
    """Reports each thing that is out of place."""
    for entry in entries(root):
        if entry.name in _KNOWN:
            continue
        if entry.is_dir():
            yield from _in_contract(entry)
        elif entry.suffix == ".toml":
            yield Diagnostic("CP011", Place(entry.name), no_such(entry.name, _KNOWN))


def headless(root: Path) -> Iterator[Diagnostic]:
    """Reports each folder that holds texts of a contract, and not the contract."""
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
    """Judges the folder of a local contract: its amendments, and nothing else of ours."""
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
