"""The check of a whole library, contract by contract: none is kept once it is judged."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from cpps_cli.check.context import Ground, Index, follows_from, unread
from cpps_cli.check.contract import check_amended, check_amendment, check_contract, check_programmes
from cpps_cli.check.dates import check_in_force, check_replaced, signature_of
from cpps_cli.check.local import check_local, check_overlay
from cpps_cli.check.nouns import check_noun
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.engine import Parent, amendment_file, local_amendment_file, local_file
from cpps_cli.model import Amendment, Contract, Library, Overlay, Source, Territory

if TYPE_CHECKING:
    from cpps_cli.model.correspondence import Correspondence
    from cpps_cli.model.programme import Programme
    from cpps_cli.model.snapshot import Snapshot


class Reading(Protocol):
    """What the check asks of who reads the library."""

    snapshot: "Snapshot | None"

    @property
    def library(self) -> Library | None: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def territories(self) -> Mapping[str, Territory]: ...
    def source_ids(self) -> frozenset[str] | None: ...
    def territory_codes(self) -> frozenset[str] | None: ...
    def contract_ids(self) -> tuple[str, ...]: ...
    def contract(self, contract_id: str) -> Contract | None: ...
    def sheet_codes(self, contract_id: str) -> frozenset[str]: ...
    def amendments(self, contract_id: str) -> tuple[Amendment, ...]: ...
    def amendment_ids(self, contract_id: str) -> frozenset[str]: ...
    def overlay_codes(self, contract_id: str) -> tuple[str, ...]: ...
    def overlay(self, contract_id: str, territory: str) -> Overlay | None: ...
    def signed_overlay(self, contract_id: str, territory: str) -> Overlay | None: ...
    def local_amendments(self, contract_id: str, territory: str) -> tuple[Amendment, ...]: ...
    def programmes(self, contract_id: str) -> "tuple[Programme, ...]": ...
    def correspondence(self, contract_id: str) -> "Correspondence | None": ...
    def misplaced(self) -> Iterable[Diagnostic]: ...


def check_library(reading: Reading, on: date | None = None) -> Iterator[Diagnostic]:
    """Everything that is wrong across a library; the faults of single files are the reader's.

    What local texts have to read again is as of the day; as of the last text where none is given.
    """
    if reading.snapshot is not None:
        from cpps_cli.check.snapshot import check_snapshot

        yield from check_snapshot(reading.snapshot)
        return
    index = index_of(reading)
    yield from check_common(reading, index)
    for contract_id in reading.contract_ids():
        ground, found = check_parent(reading, contract_id, index, on)
        yield from found
        yield from check_locals(reading, ground, reading.overlay_codes(contract_id))


def is_at_fault(found: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a library with these diagnostics fails its check."""
    grave = {"error", "warning"} if strict else {"error"}
    return any(item.severity in grave for item in found)


def _library(reading: Reading, index: Index) -> Iterator[Diagnostic]:
    library = reading.library
    if library is not None and library.contract not in index.contracts:
        values: dict[str, Any] = {"name": library.contract}
        values |= nearest(library.contract, index.contracts)
        yield Diagnostic("CP205", Place("library.toml", ("contract",)), values)


def _sources(sources: Mapping[str, Source], index: Index) -> Iterator[Diagnostic]:
    for code, source in sources.items():
        yield from check_noun(source, Place("sources.toml", ("sources", code)), index)


def _territories(territories: Mapping[str, Territory], index: Index) -> Iterator[Diagnostic]:
    owner: dict[str, str] = {}
    for code, territory in territories.items():
        place = Place("territories.toml", ("territories", code))
        yield from check_noun(territory, place, index)
        for position, part in enumerate(territory.made_of):
            if index.lacks_territory(part):
                values: dict[str, Any] = {"name": part, **nearest(part, index.territories or ())}
                yield Diagnostic("CP202", place.at("made_of", position), values)
        for name, at in _names(territory, place):
            if (other := owner.setdefault(name.casefold(), code)) != code:
                values = {"name": name, "territory": code, "other": other}
                yield Diagnostic("CP211", at, values)


def _names(territory: Territory, place: Place) -> Iterator[tuple[str, Place]]:
    """Every word by which it may be asked for, where it is written."""
    yield territory.code, place.key()
    yield territory.name, place.at("name")
    if territory.short_name:
        yield territory.short_name, place.at("short_name")
    for position, name in enumerate(territory.also):
        yield name, place.at("also", position)


def check_common(reading: Reading, index: Index) -> Iterator[Diagnostic]:
    """What is wrong with what all the contracts share, and with what is in no place of its own."""
    yield from reading.misplaced()
    yield from _library(reading, index)
    yield from _sources(reading.sources, index)
    yield from _territories(reading.territories, index)


def check_parent(
    reading: Reading, contract_id: str, index: Index, on: date | None
) -> tuple[Ground, list[Diagnostic]]:
    """What is wrong with a parent contract, and what its local ones are to be judged on."""
    contract = reading.contract(contract_id)
    programmes, amendments = reading.programmes(contract_id), reading.amendments(contract_id)
    reading.correspondence(contract_id)
    if contract is None:
        # The shape of its other files is the reader's; more cannot be said.
        return Ground(contract_id, index, is_known=False), []
    missing = unread(contract, reading)
    validated = _judged(contract, programmes, reading, index)
    found = [item for item in validated if not follows_from(missing, item)]
    parent = Parent(contract, amendments)
    signature = signature_of(contract, Place(f"{contract_id}/contract.toml"))
    for amendment in amendments:
        file = amendment_file(contract_id, amendment.id)
        found += check_amendment(amendment, file, index)
        found += check_in_force(amendment, file, signature)
    if len(amendments) < len(reading.amendment_ids(contract_id)):
        return Ground(contract_id, index), found
    found += [item for item in check_amended(parent) if not follows_from(missing, item)]
    found += _passage(reading, parent, index)
    today = parent if on is None else Parent(contract, amendments, on)
    return Ground(contract_id, index, today, missing), found


def check_locals(reading: Reading, ground: Ground, codes: Iterable[str]) -> Iterator[Diagnostic]:
    """What is wrong with the local contracts of these territories, one after the other."""
    for code in codes:
        overlay = reading.overlay(ground.contract_id, code)
        if not ground.is_known:
            continue
        yield from _files_of_local(reading, ground.contract_id, code, ground.index)
        territory = reading.territories.get(code)
        if overlay is not None and territory is not None and ground.parent is not None:
            local = check_local(overlay, ground.parent, territory)
            yield from (item for item in local if not follows_from(ground.missing, item))


def correspondence_faults(reading: Reading, successor: Parent) -> Iterator[Diagnostic]:
    """What is wrong with the correspondence of one contract, the others apart."""
    yield from _passage(reading, successor, index_of(reading))


def index_of(reading: Reading) -> Index:
    """The names that the files of a library may refer to."""
    ids = frozenset(reading.contract_ids())
    return Index(reading.source_ids(), reading.territory_codes(), ids)


def _passage(reading: Reading, successor: Parent, index: Index) -> Iterator[Diagnostic]:
    """What is wrong with the correspondence of a contract with the one that it replaces."""
    contract = successor.now.contract
    correspondence = reading.correspondence(contract.id)
    if correspondence is None:
        return
    from cpps_cli.check.correspondence import check_correspondence, check_former

    yield from check_former(correspondence, index.contracts, _line(contract, reading))
    former_id = correspondence.former
    signed = reading.contract(former_id) if former_id in index.contracts else None
    amendments = reading.amendments(former_id)
    complete = len(amendments) == len(reading.amendment_ids(former_id))
    former = Parent(signed, amendments) if signed and complete else None
    found = check_correspondence(correspondence, successor, former, index)
    signed_texts = filter(None, (successor.texts[0].contract, signed))
    missing = frozenset[str]().union(*(unread(text, reading) for text in signed_texts))
    yield from (item for item in found if not follows_from(missing, item))


def _files_of_local(
    reading: Reading, contract_id: str, code: str, index: Index
) -> Iterator[Diagnostic]:
    """What is wrong with each file of a local contract alone."""
    signed = reading.signed_overlay(contract_id, code)
    if signed is None:
        return
    yield from check_overlay(signed, index)
    signature = signature_of(signed, Place(local_file(signed)))
    for amendment in reading.local_amendments(contract_id, code):
        file = local_amendment_file(signed, amendment.id)
        yield from check_amendment(amendment, file, index)
        yield from check_in_force(amendment, file, signature)


def _judged(
    contract: Contract, programmes: "tuple[Programme, ...]", reading: Reading, index: Index
) -> Iterator[Diagnostic]:
    yield from check_contract(contract, index)
    yield from _cycle(contract, reading)
    yield from _replaced(contract, reading)
    yield from check_programmes(programmes, contract, index)


def _replaced(contract: Contract, reading: Reading) -> Iterator[Diagnostic]:
    if any(milestone.kind == "replaced" for milestone in contract.milestones):
        others = [reading.contract(name) for name in reading.contract_ids()]
        known = [other for other in others if other is not None]
        # One that cannot be read may be the one that replaces it.
        if len(known) == len(others):
            yield from check_replaced(contract, known, Place(f"{contract.id}/contract.toml"))


def _line(contract: Contract, reading: Reading) -> tuple[str, ...]:
    """The contracts that a contract replaces, one after the other; itself at last in a circle."""
    seen, before = [contract.id], contract.replaces
    known = reading.contract_ids()
    while before in known and before not in seen:
        seen.append(before)
        head = reading.contract(before)
        before = head.replaces if head else None
    return (*seen[1:], *filter(None, [before]))


def _cycle(contract: Contract, reading: Reading) -> Iterator[Diagnostic]:
    line = _line(contract, reading)
    # A circle is one fault, whichever of its contracts it is entered by.
    if line and line[-1] == contract.id == min(line):
        place = Place(f"{contract.id}/contract.toml", ("replaces",))
        yield Diagnostic("CP216", place, {"name": contract.id, "key": "replaces"})
