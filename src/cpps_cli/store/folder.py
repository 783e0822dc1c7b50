"""A library on disk, read piece by piece: each question opens only the files that it needs.

What is wrong with a file is collected in `faults`; nothing is raised for what a user wrote.
This module knows which file holds what; it never judges what the nouns mean together (`check`)
and never changes a file (`files`, `edit`).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from cpps_cli.diagnostics import N_, CppsError, Diagnostic, KeyPath, Place, Span, Word, nearest
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Library,
    Overlay,
    Programme,
    ProgrammesFile,
    Source,
    SourcesFile,
    Territory,
    in_order,
)
from cpps_cli.model.snapshot import Snapshot
from cpps_cli.store.columns import Columns
from cpps_cli.store.finding import MANIFEST, TERRITORIES
from cpps_cli.store.parsing import LIMIT_BYTES, Parsed, parse
from cpps_cli.store.positions import Extent, Position, scan
from cpps_cli.store.validation import (
    CODE,
    SHAPES,
    kind_of,
    named_by_file,
    slug,
    stated_twice,
    validate,
)

N = TypeVar("N", bound=BaseModel)

SOURCES = "sources.toml"
CONTRACT = "contract.toml"
PROGRAMMES = "programmes.toml"
SCHEMAS = "schemas"
_TERRITORY = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
_NAMES = {"sheets": CODE, "amendments": CODE, "local": _TERRITORY}


class LibraryFolder:
    """The library in a folder. Each file is read once at most."""

    snapshot: Snapshot | None = None

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Diagnostic] = []
        self._parsed: dict[str, Parsed] = {}
        self._nouns: dict[str, Any] = {}
        self._positions: dict[str, dict[KeyPath, Position]] = {}
        self._columns: dict[str, Columns] = {}

    # --- the nouns

    @property
    def library(self) -> Library | None:
        """What the library is."""
        return self._noun(MANIFEST, Library)

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources by id."""
        found = self._noun(SOURCES, SourcesFile, optional=True)
        return found.sources if found else {}

    @property
    def territories(self) -> Mapping[str, Territory]:
        """The territories by code."""
        if TERRITORIES not in self._nouns:
            self._nouns[TERRITORIES] = dict(self._read_territories())
        known: Mapping[str, Territory] = self._nouns[TERRITORIES]
        return known

    def contract_ids(self) -> tuple[str, ...]:
        """The ids of the parent contracts, in the order of their names."""
        return tuple(entry.name for entry in self._entries(self.root) if is_file(entry / CONTRACT))

    def contract_head(self, contract_id: str) -> Contract | None:
        """A parent contract without its sheets: enough for its parties, dates and claims."""
        return self._noun(f"{contract_id}/{CONTRACT}", Contract, id=contract_id)

    def contract(self, contract_id: str) -> Contract | None:
        """A parent contract as it was signed, with its sheets in order."""
        head = self.contract_head(contract_id)
        sheets = [
            self._noun(f"{contract_id}/sheets/{code}.toml", ActionSheet, code=code)
            for code in self.names_in(contract_id, "sheets")
        ]
        if head is None:
            return None
        found = tuple(sheet.settled() for sheet in sheets if sheet is not None)
        return head.with_sheets(in_order(found, head.axes))

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        """The amendments of a parent contract, in the order of their days in force."""
        found = [
            self._noun(f"{contract_id}/amendments/{name}.toml", Amendment, id=name)
            for name in self.names_in(contract_id, "amendments")
        ]
        kept = [amendment for amendment in found if amendment is not None]
        return tuple(sorted(kept, key=lambda item: (item.in_force_on, item.id)))

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        """The territories for which a local text is held."""
        return self.names_in(contract_id, "local")

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        """The local text for a territory; None where none is held, or where it is faulty."""
        file = overlay_file(contract_id, territory)
        return self._noun(file, Overlay, optional=True, parent=contract_id, territory=territory)

    def programmes(self, contract_id: str) -> tuple[Programme, ...]:
        """The programmes that sources report for a contract."""
        found = self._noun(f"{contract_id}/{PROGRAMMES}", ProgrammesFile, optional=True)
        return found.programmes if found else ()

    # --- the names, also of what cannot be read: one fault is not to become many

    def source_ids(self) -> frozenset[str] | None:
        """The ids of the sources; None where their file cannot be read."""
        return self._keys(SOURCES, "sources")

    def territory_codes(self) -> frozenset[str] | None:
        """The codes of the territories; None where their file cannot be read."""
        return self._keys(TERRITORIES, "territories")

    def sheet_codes(self, contract_id: str) -> frozenset[str]:
        """The codes of the sheets that have a file."""
        return frozenset(self.names_in(contract_id, "sheets"))

    def amendment_ids(self, contract_id: str) -> frozenset[str]:
        """The ids of the amendments that have a file."""
        return frozenset(self.names_in(contract_id, "amendments"))

    def _keys(self, file: str, key: str) -> frozenset[str] | None:
        if not self.has(file):
            return frozenset()
        table = self._parse(file).table
        entries = None if table is None else table.get(key, {})
        return frozenset(entries) if isinstance(entries, dict) else None

    # --- the files

    def names_in(self, contract_id: str, kind: str) -> tuple[str, ...]:
        """The names, without suffix, of the files of one kind: no file is opened."""
        folder = self.root / contract_id / kind
        names = [
            entry.stem
            for entry in self._entries(folder)
            if entry.suffix == ".toml" and re.match(_NAMES[kind], entry.stem)
        ]
        return tuple(names)

    def has(self, file: str) -> bool:
        """Whether a file of that name is there."""
        return is_file(self.path_of(file))

    def path_of(self, file: str) -> Path:
        """Where a file is."""
        return self.root / file

    def misplaced(self) -> Iterator[Diagnostic]:
        """What stands in the folder and is not read, and what is missing from it."""
        known = {MANIFEST, SOURCES, TERRITORIES, SCHEMAS}
        for entry in self._entries(self.root):
            if entry.is_dir() and entry.name not in known:
                yield from self._misplaced_in_contract(entry)
            elif entry.suffix == ".toml" and entry.name not in known:
                values: dict[str, Any] = {"name": entry.name, **nearest(entry.name, known)}
                yield Diagnostic("CP011", Place(entry.name), values)
            elif entry.suffix == ".toml" and not entry.is_file():
                self._parse(entry.name)  # which says why it cannot be read

    def _misplaced_in_contract(self, folder: Path) -> Iterator[Diagnostic]:
        if not is_file(folder / CONTRACT):
            if any(folder.rglob("*.toml")):
                values: dict[str, Any] = {"folder": folder.name, "name": CONTRACT}
                yield Diagnostic("CP012", Place(folder.name), values)
            return
        if not re.match(CODE, folder.name):
            yield _bad_name(folder.name, folder.name, CODE)
        for entry in self._entries(folder):
            if entry.is_dir() and entry.name in _NAMES:
                yield from self._misplaced_in_kind(entry, f"{folder.name}/{entry.name}")
            elif entry.name not in (CONTRACT, PROGRAMMES) and _looks_like_ours(entry):
                file = f"{folder.name}/{entry.name}"
                yield Diagnostic("CP011", Place(file), {"name": entry.name})

    def _misplaced_in_kind(self, folder: Path, prefix: str) -> Iterator[Diagnostic]:
        shape = _NAMES[folder.name]
        for entry in self._entries(folder):
            file = f"{prefix}/{entry.name}"
            if entry.suffix != ".toml":
                yield Diagnostic("CP011", Place(file), {"name": entry.name})
            elif not re.match(shape, entry.stem):
                yield _bad_name(file, entry.stem, shape)

    @staticmethod
    def _entries(folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        try:
            entries = sorted(folder.iterdir())
        except OSError as wrong:
            raise unreadable(folder, wrong) from None
        return [entry for entry in entries if not entry.name.startswith(".")]

    # --- positions

    def text(self, file: str) -> str:
        """The text of a file as the user wrote it, "" where it has none."""
        return self._parse(file).text if self.has(file) else ""

    def locate(self, where: Place | Span) -> Span:
        """Where a place stands in its file: the nearest thing that is written there."""
        if isinstance(where, Span):
            return where
        text = self.text(where.file)
        extent = self._extent(where, text)
        if extent is None:
            return Span(where.file, 1, 1, 1, 1)
        if where.file not in self._columns:
            self._columns[where.file] = Columns(text)
        columns = self._columns[where.file]
        start, end = columns.at(extent.start), columns.at(extent.end)
        return Span(where.file, *start, *end)

    def _extent(self, where: Place, text: str) -> Extent | None:
        positions = self._scan(where.file, text)
        path, part = where.path, where.part
        while path:
            position = positions.get(path)
            if position is not None:
                chosen = position.value if part == "value" and not position.is_headed else None
                if extent := chosen or position.key or position.value:
                    return extent
            path, part = path[:-1], "key"
        return None

    def _scan(self, file: str, text: str) -> dict[KeyPath, Position]:
        if file not in self._positions:
            valid = self.has(file) and self._parse(file).is_toml
            self._positions[file] = scan(text) if valid else {}
        return self._positions[file]

    # --- reading

    def _noun(
        self, file: str, noun: type[N], *, optional: bool = False, **from_name: str
    ) -> N | None:
        if file not in self._nouns:
            missing = optional and not self.has(file)
            self._nouns[file] = None if missing else self._read_noun(file, noun, from_name)
        found: N | None = self._nouns[file]
        return found

    def _read_noun(self, file: str, noun: type[N], from_name: dict[str, str]) -> N | None:
        table = self._parse(file).table
        return None if table is None else self._validate(noun, table, from_name, Place(file))

    def _validate(
        self, noun: type[N], table: dict[str, Any], from_name: dict[str, str], place: Place
    ) -> N | None:
        twice = named_by_file(noun, table, place)
        said = {item.values["key"] for item in twice}
        written = {key: value for key, value in table.items() if key not in said}
        found, faults = validate(noun, {**written, **from_name}, place)
        self.faults.extend((*twice, *faults))
        if found is not None:
            self.faults.extend(stated_twice(found, place))
        return None if twice else found

    def _read_territories(self) -> Iterator[tuple[str, Territory]]:
        if not self.has(TERRITORIES):
            return
        table = self._parse(TERRITORIES).table or {}
        place = Place(TERRITORIES)
        for key in table.keys() - {"territories"}:
            self.faults.append(Diagnostic("CP101", place.at(key).key(), {"key": key}))
        entries = table.get("territories", {})
        if not isinstance(entries, dict):
            self.faults.append(_not_a_table(place.at("territories"), entries))
            entries = {}
        for code, entry in entries.items():
            at = place.at("territories", code)
            if not isinstance(entry, dict):
                self.faults.append(_not_a_table(at, entry))
            elif found := self._validate(Territory, entry, {"code": code}, at):
                yield code, found

    def _parse(self, file: str) -> Parsed:
        if file not in self._parsed:
            parsed = self._read(file)
            self._parsed[file] = parsed
            self.faults.extend(parsed.diagnostics)
        return self._parsed[file]

    def _read(self, file: str) -> Parsed:
        path = self.path_of(file)
        try:
            if path.exists() and not path.is_file():
                # A folder, or a pipe that would make us wait for ever.
                raise IsADirectoryError
            with path.open("rb") as stream:
                raw = stream.read(LIMIT_BYTES + 1)
        except OSError as wrong:
            values: dict[str, Any] = {"reason": Word(reason(wrong))}
            return Parsed(file, "", None, (Diagnostic("CP001", Place(file), values),))
        return parse(file, raw)


def is_file(path: Path) -> bool:
    """Whether a file is there; raises `CppsError` where we may not look."""
    try:
        return path.is_file()
    except OSError as wrong:
        raise unreadable(path, wrong) from None


def _looks_like_ours(entry: Path) -> bool:
    """Whether a stray file may be a misnamed one of ours; notes and documents may lie about."""
    return any(entry.rglob("*.toml")) if entry.is_dir() else ".toml" in entry.name.lower()


def overlay_file(contract_id: str, territory: str) -> str:
    """The file that holds the local text for a territory."""
    return f"{contract_id}/local/{territory}.toml"


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


def _bad_name(file: str, name: str, shape: str) -> Diagnostic:
    values: dict[str, Any] = {"name": name, "shape": Word(SHAPES[shape])}
    return Diagnostic("CP013", Place(file), {**values, "proposal": slug(name) or "code"})


def _not_a_table(place: Place, value: object) -> Diagnostic:
    key = str(place.path[-1])
    expected = Word(N_("a table"))
    return Diagnostic(
        "CP103", place, {"key": key, "found": Word(kind_of(value)), "expected": expected}
    )
