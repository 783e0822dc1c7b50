"""A library on disk, read piece by piece: each question opens only the files that it needs.

This module knows which file holds what; it never judges what the nouns mean together (`check`)
and never changes a file (`transaction`).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from cpps_cli.diagnostics import N_, Diagnostic, Place, Word
from cpps_cli.library.files import LibraryFiles, entries, headless, is_file, misplaced
from cpps_cli.library.validate import kind_of, named_by_file, stated_twice, validate
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Library,
    Overlay,
    Source,
    SourcesFile,
    Territory,
    in_order,
)
from cpps_cli.model.paths import (
    AMENDMENTS,
    CONTRACT,
    LOCAL,
    MANIFEST,
    SHEETS,
    SOURCES,
    TERRITORIES,
    amendment_file,
    contract_file,
    correspondence_file,
    local_folder,
    overlay_file,
    programmes_file,
    sheet_file,
)
from cpps_cli.model.sources import with_retained

if TYPE_CHECKING:
    from cpps_cli.model.beside import Correspondence, Programme
    from cpps_cli.model.snapshot import Snapshot

N = TypeVar("N", bound=BaseModel)


class LibraryFolder(LibraryFiles):
    """Reads the library in a folder."""

    snapshot: "Snapshot | None" = None

    # --- the nouns

    @property
    def library(self) -> Library | None:
        """Reads what the library is."""
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
        """Lists the ids of the parent contracts, in the order of their names."""
        return tuple(entry.name for entry in entries(self.root) if is_file(entry / CONTRACT))

    def contract_head(self, contract_id: str) -> Contract | None:
        """Reads a parent contract without its sheets: its parties, dates and claims."""
        return self._noun(contract_file(contract_id), Contract, id=contract_id)

    def contract(self, contract_id: str) -> Contract | None:
        """Reads a parent contract as it was signed, with its sheets in order."""
        head = self.contract_head(contract_id)
        sheets = [
            self._noun(sheet_file(contract_id, code), ActionSheet, code=code)
            for code in self.names_in(contract_id, SHEETS)
        ]
        if head is None:
            return None
        found = tuple(with_retained(sheet) for sheet in sheets if sheet is not None)
        return head.replace(sheets=in_order(found, head.axes))

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        """Reads the amendments of a parent contract, in the order of their days in force."""
        found = [
            self._noun(amendment_file(contract_id, name), Amendment, id=name)
            for name in self.names_in(contract_id, AMENDMENTS)
        ]
        kept = [amendment for amendment in found if amendment is not None]
        return tuple(sorted(kept, key=lambda item: (item.in_force_on, item.id)))

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        """Lists the territories for which a local text is held."""
        return self.names_in(contract_id, LOCAL)

    def signed_overlay(self, contract_id: str, territory: str) -> Overlay | None:
        """Reads the local text for a territory as it was signed, without its amendments."""
        file = overlay_file(contract_id, territory)
        return self._noun(file, Overlay, optional=True, parent=contract_id, territory=territory)

    def local_amendments(self, contract_id: str, territory: str) -> tuple[Amendment, ...]:
        """Reads the amendments of a local contract, in the order of their days in force."""
        return self.amendments(local_folder(contract_id, territory))

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        """Reads the local text for a territory with its amendments.

        None where none is held, or where it is faulty: without one of its amendments, what it
        says today is not known.
        """
        signed = self.signed_overlay(contract_id, territory)
        names = self.names_in(local_folder(contract_id, territory), AMENDMENTS)
        amendments = self.local_amendments(contract_id, territory)
        if signed is None or len(amendments) < len(names):
            return None
        return signed.amended_by(amendments)

    def programmes(self, contract_id: str) -> "tuple[Programme, ...]":
        """Reads the programmes that sources report for a contract."""
        from cpps_cli.model.beside import ProgrammesFile

        found = self._noun(programmes_file(contract_id), ProgrammesFile, optional=True)
        return found.programmes if found else ()

    def correspondence(self, contract_id: str) -> "Correspondence | None":
        """Reads what became, in a contract, of the sheets of the one before.

        None where no file says it, or where that is faulty.
        """
        from cpps_cli.model.beside import Correspondence

        file = correspondence_file(contract_id)
        return self._noun(file, Correspondence, optional=True, contract=contract_id)

    # --- the names, also of what cannot be read: one fault is not to become many

    def source_ids(self) -> frozenset[str] | None:
        """Lists the ids of the sources; None where their file cannot be read."""
        return self._keys(SOURCES, "sources")

    def territory_codes(self) -> frozenset[str] | None:
        """Lists the codes of the territories; None where their file cannot be read."""
        return self._keys(TERRITORIES, "territories")

    def _keys(self, file: str, key: str) -> frozenset[str] | None:
        if not self.has(file):
            return frozenset()
        table = self._parse(file).table
        entries = None if table is None else table.get(key, {})
        return frozenset(entries) if isinstance(entries, dict) else None

    def misplaced(self) -> Iterator[Diagnostic]:
        """Reports what stands in the folder and is not read, and what is missing from it."""
        for name in (MANIFEST, SOURCES, TERRITORIES):
            path = self.path_of(name)
            if path.exists() and not path.is_file():
                self._parse(name)  # which says why it cannot be read
        yield from misplaced(self.root)

    def headless(self) -> Iterator[Diagnostic]:
        """Reports the folders that hold texts of a contract, and not the contract."""
        yield from headless(self.root)

    def _noun(
        self, file: str, noun: type[N], *, optional: bool = False, **from_name: str
    ) -> N | None:
        if file not in self._nouns:
            missing = optional and not self.has(file)
            with self._reported_once(file):
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
        named = {item.values["key"] for item in twice}
        written = {key: value for key, value in table.items() if key not in named}
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


def _not_a_table(place: Place, value: object) -> Diagnostic:
    key = str(place.path[-1])
    expected = Word(N_("a table"))
    return Diagnostic(
        "CP103", place, {"key": key, "found": Word(kind_of(value)), "expected": expected}
    )


def open_library(path: Path) -> LibraryFolder:
    """Opens the library at `path`: a folder, or a snapshot's file."""
    if path.is_file():
        from cpps_cli.library.snapshot import SnapshotFile

        return SnapshotFile(path)
    return LibraryFolder(path)
