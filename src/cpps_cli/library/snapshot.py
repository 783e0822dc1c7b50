"""A derived contract in one file: written to be sent, read back like a library of one contract."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_format import laid_out, plain_table, plain_value
from cpps_cli.library.validate import validate
from cpps_cli.model import Contract, Derived, DerivedSheet, LeftOut, Library, Source, Territory
from cpps_cli.model.paths import SNAPSHOT
from cpps_cli.model.snapshot import Snapshot
from cpps_cli.model.sources import with_retained

HEADER = (
    "# A contract derived by cpps: `cpps check` and `cpps list-actions --data` read this file.\n"
)


def snapshot_text(
    derived: Derived,
    territory: Territory,
    sources: Mapping[str, Source],
    on: date | None,
    *,
    reconstruction: bool = False,
) -> str:
    """Writes a snapshot; only the sources that it names go with it.

    `reconstruction`: what its library is, and the file says on.
    """
    contract = plain_table(derived.contract)
    sheets = [_sheet(item) for item in derived.sheets]
    left_out = [_left_out(item) for item in derived.left_out]
    named = _sources_in([contract, sheets, plain_table(territory)])
    table: dict[str, Any] = {
        "format": 1,
        "snapshot": {**_head(derived, on), **({"reconstruction": True} if reconstruction else {})},
        "contract": contract,
        "sheets": sheets,
        "left_out": left_out,
        "since_signature": [
            {name: value for name, value in item._asdict().items() if value}
            for item in derived.since_signature
        ],
        "territories": {territory.code: _alone(territory)},
        "sources": {name: plain_table(sources[name]) for name in sources if name in named},
    }
    return HEADER + laid_out({name: value for name, value in table.items() if value})


def _alone(territory: Territory) -> dict[str, Any]:
    """Writes a territory without those it is made of, which are not in the file."""
    return {name: value for name, value in plain_table(territory).items() if name != "made_of"}


def _head(derived: Derived, on: date | None) -> dict[str, Any]:
    head = {
        "id": derived.contract.id,
        "parent": derived.parent.id,
        "parent_version": derived.parent_version,
        "parent_fingerprint": derived.parent_fingerprint,
        "basis": derived.basis,
    }
    if derived.overlay is not None:
        head["version"] = derived.version
        if derived.overlay.signed_on is not None:
            head["follows"] = derived.overlay.follows
    return head if on is None else {**head, "on": on}


def _sheet(item: DerivedSheet) -> dict[str, Any]:
    claimed = {field for claim in item.sheet.claims for field in claim.statement()}
    table: dict[str, Any] = {"code": item.sheet.code, "origin": item.origin}
    if item.answers is not None:
        table["answers"] = list(item.answers)
    if item.link_inferred:
        table["link_inferred"] = True
    stated = plain_table(item.sheet)
    return table | {name: value for name, value in stated.items() if name not in claimed}


def _left_out(item: LeftOut) -> dict[str, Any]:
    fields = ("reason", "decided_by", "decided_on", "review_on")
    table = {
        "code": item.sheet.code,
        "number": item.sheet.number,
        "title": item.sheet.title,
        "origin": item.origin,
        **{name: getattr(item, name) for name in fields},
    }
    return {name: plain_value(value) for name, value in table.items() if value is not None}


def _sources_in(value: Any) -> set[str]:
    found: set[str] = set()
    match value:
        case dict():
            found.update(value.get("sources", ()), *value.get("sources_of", {}).values())
            for item in value.values():
                found |= _sources_in(item)
        case list():
            for item in value:
                found |= _sources_in(item)
        case _:
            return found
    return found


class SnapshotFile(LibraryFolder):
    """A library that is one file and holds one contract."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.snapshot = self._snapshot()

    @property
    def library(self) -> Library | None:
        """Says that the library is the one contract."""
        if self.snapshot is None:
            return None
        # Its id has a slash, which the name of a folder has not: nothing is to be validated here.
        title, contract = self.snapshot.contract.title, self.snapshot.contract.id
        said = self.snapshot.snapshot.reconstruction
        return Library.model_construct(
            format=1, title=title, contract=contract, reconstruction=said
        )

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources that the contract names."""
        return self.snapshot.sources if self.snapshot else {}

    @property
    def territories(self) -> Mapping[str, Territory]:
        """The territory of the contract."""
        return self.snapshot.territories if self.snapshot else {}

    def contract_ids(self) -> tuple[str, ...]:
        """Gives the id of the one contract."""
        return (self.snapshot.contract.id,) if self.snapshot else ()

    def contract_head(self, contract_id: str) -> Contract | None:
        """Gives the one contract."""
        return self.contract(contract_id)

    def contract(self, contract_id: str) -> Contract | None:
        """Gives the one contract, with its sheets in the order of the file."""
        if self.snapshot is None:
            return None
        sheets = tuple(with_retained(sheet) for sheet in self.snapshot.sheets)
        return self.snapshot.contract.replace(sheets=sheets)

    def names_in(self, contract_id: str, kind: str) -> tuple[str, ...]:
        """Lists nothing: no file stands beside it."""
        return ()

    def misplaced(self) -> Iterator[Diagnostic]:
        """Reports nothing: no file stands beside it."""
        return iter(())

    def has(self, file: str) -> bool:
        """Whether that is the file."""
        return file == SNAPSHOT

    def path_of(self, file: str) -> Path:
        """Finds where the file is."""
        return self.root

    def _snapshot(self) -> Snapshot | None:
        table = self._parse(SNAPSHOT).table
        if table is None:
            return None
        found, faults = validate(Snapshot, _with_names(table), Place(SNAPSHOT))
        self.faults.extend(faults)
        return found


def _with_names(table: dict[str, Any]) -> dict[str, Any]:
    """Adds to the table what, in a library, would follow from the names of files."""
    head, contract, places = (table.get(name) for name in ("snapshot", "contract", "territories"))
    named = dict(table)
    if isinstance(head, dict) and isinstance(contract, dict):
        named["contract"] = {**contract, "id": head.get("id"), "parent": head.get("parent")}
    if isinstance(places, dict):
        named["territories"] = {
            code: {**entry, "code": code} if isinstance(entry, dict) else entry
            for code, entry in places.items()
        }
    return named
