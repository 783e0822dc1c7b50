"""The check of a whole library, contract by contract: none is kept once it is judged."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from cpps_cli.check.contract import check_contract, check_programmes
from cpps_cli.check.index import Index
from cpps_cli.check.local import check_local
from cpps_cli.check.nouns import check_noun
from cpps_cli.derive import Parent, amendment_file
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.model import Amendment, Contract, Library, Overlay, Programme, Source, Territory


class Reading(Protocol):
    """What the check asks of who reads the library."""

    @property
    def library(self) -> Library | None: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def territories(self) -> Mapping[str, Territory]: ...
    def contract_ids(self) -> tuple[str, ...]: ...
    def contract(self, contract_id: str) -> Contract | None: ...
    def amendments(self, contract_id: str) -> tuple[Amendment, ...]: ...
    def overlay_codes(self, contract_id: str) -> tuple[str, ...]: ...
    def overlay(self, contract_id: str, territory: str) -> Overlay | None: ...
    def programmes(self, contract_id: str) -> tuple[Programme, ...]: ...
    def misplaced(self) -> Iterable[Diagnostic]: ...


def check_library(reading: Reading) -> Iterator[Diagnostic]:
    """Everything that is wrong across a library; the faults of single files are the reader's."""
    yield from reading.misplaced()
    ids = reading.contract_ids()
    index = Index(frozenset(reading.sources), frozenset(reading.territories), frozenset(ids))
    yield from _library(reading, index)
    for contract_id in ids:
        yield from _contract(reading, contract_id, index)


def _library(reading: Reading, index: Index) -> Iterator[Diagnostic]:
    library = reading.library
    if library is not None and library.contract not in index.contracts:
        values: dict[str, Any] = {"name": library.contract}
        values |= nearest(library.contract, index.contracts)
        yield Diagnostic("CP205", Place("library.toml", ("contract",)), values)
    yield from _territories(reading.territories, index)


def _territories(territories: Mapping[str, Territory], index: Index) -> Iterator[Diagnostic]:
    owner: dict[str, str] = {}
    for code, territory in territories.items():
        place = Place("territories.toml", ("territories", code))
        yield from check_noun(territory, place, index)
        for position, part in enumerate(territory.made_of):
            if part not in index.territories:
                values: dict[str, Any] = {"name": part, **nearest(part, index.territories)}
                yield Diagnostic("CP202", place.at("made_of", position), values)
        for name in sorted(territory.names):
            if other := owner.get(name):
                values = {"name": name, "territory": code, "other": other}
                yield Diagnostic("CP211", place.at("also"), values)
            owner.setdefault(name, code)


def _contract(reading: Reading, contract_id: str, index: Index) -> Iterator[Diagnostic]:
    contract = reading.contract(contract_id)
    if contract is None:
        # Their own shape is worth saying, even if nothing can be derived.
        for code in reading.overlay_codes(contract_id):
            reading.overlay(contract_id, code)
        return
    yield from check_contract(contract, index)
    yield from _cycle(contract, reading)
    yield from check_programmes(reading.programmes(contract_id), contract, index)
    amendments = reading.amendments(contract_id)
    for amendment in amendments:
        place = Place(amendment_file(contract_id, amendment.id))
        yield from check_noun(amendment, place, index)
    parent = Parent(contract, amendments)
    for text in parent.texts:
        yield from text.faults
    for code in reading.overlay_codes(contract_id):
        overlay = reading.overlay(contract_id, code)
        if overlay is not None:
            yield from check_local(overlay, parent, reading.territories.get(code), index)


def _cycle(contract: Contract, reading: Reading) -> Iterator[Diagnostic]:
    seen, before = {contract.id}, contract.replaces
    known = reading.contract_ids()
    while before in known and before not in seen:
        seen.add(before)
        head = reading.contract(before)
        before = head.replaces if head else None
    if before == contract.id:
        place = Place(f"{contract.id}/contract.toml", ("replaces",))
        yield Diagnostic("CP216", place, {"name": contract.id, "key": "replaces"})
