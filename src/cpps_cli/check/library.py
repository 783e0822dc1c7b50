"""The check of a whole library, contract by contract: none is kept once it is judged."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from cpps_cli.check.contract import (
    check_amended,
    check_changes,
    check_contract,
    check_links,
    check_programmes,
    repeated_codes,
    same_numbers,
    sheet_axis,
)
from cpps_cli.check.dates import check_in_force, check_replaced, signature_of
from cpps_cli.check.local import Ground, check_local, check_overlay, own_faults, unread
from cpps_cli.check.nouns import Index, check_noun, known_territory
from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, no_such
from cpps_cli.engine import Parent
from cpps_cli.model import ActionSheet, Contract, LibraryReader, Source, Territory
from cpps_cli.model.paths import (
    AMENDMENTS,
    MANIFEST,
    SNAPSHOT,
    SOURCES,
    TERRITORIES,
    amendment_file,
    contract_file,
    local_amendment_file,
    local_file,
)

if TYPE_CHECKING:
    from cpps_cli.model.beside import Programme
    from cpps_cli.model.snapshot import Snapshot

_LEFT_OUT = Word(N_("left out here"))


def check_library(reader: LibraryReader, on: date | None = None) -> Iterator[Diagnostic]:
    """Judges a whole library; the faults of single files are the reader's.

    What local texts have to read again is as of the day; as of the last text where none is given.
    """
    if reader.snapshot is not None:
        yield from check_snapshot(reader.snapshot)
        return
    index = index_of(reader)
    yield from check_common(reader, index)
    for contract_id in reader.contract_ids():
        ground, found = check_parent(reader, contract_id, index, on)
        yield from found
        yield from check_locals(reader, ground, reader.overlay_codes(contract_id))


def _library(reader: LibraryReader, index: Index) -> Iterator[Diagnostic]:
    library = reader.library
    if library is not None and library.contract not in index.contracts:
        values = no_such(library.contract, index.contracts)
        yield Diagnostic("CP205", Place(MANIFEST, ("contract",)), values)
    if library is not None and not (library.fictional or library.reconstruction):
        yield from _reconstructed(reader)


def _reconstructed(reader: LibraryReader) -> Iterator[Diagnostic]:
    """Finds sheets that no office wrote so, in a library that does not say it is a reconstruction.

    A sheet of which a source only says that it exists has no title; a draft has no source yet.
    """
    contracts = filter(None, map(reader.contract, reader.contract_ids()))
    doubtful = [
        sheet.code
        for contract in contracts
        for sheet in contract.sheets
        if sheet.inferred or sheet.cut or (sheet.title is None and sheet.sources)
    ]
    if doubtful:
        values: dict[str, Any] = {"count": len(doubtful), "name": doubtful[0]}
        yield Diagnostic("CP226", Place(MANIFEST), values)


def _sources(sources: Mapping[str, Source], index: Index) -> Iterator[Diagnostic]:
    for code, source in sources.items():
        yield from check_noun(source, Place(SOURCES, ("sources", code)), index)


def _territories(territories: Mapping[str, Territory], index: Index) -> Iterator[Diagnostic]:
    owner: dict[str, str] = {}
    for code, territory in territories.items():
        place = Place(TERRITORIES, ("territories", code))
        yield from check_noun(territory, place, index)
        for position, part in enumerate(territory.made_of):
            yield from known_territory(part, place.at("made_of", position), index)
        for name, at in _names(territory, place):
            if (other := owner.setdefault(name.casefold(), code)) != code:
                values = {"name": name, "territory": code, "other": other}
                yield Diagnostic("CP211", at, values)


def _names(territory: Territory, place: Place) -> Iterator[tuple[str, Place]]:
    """Lists the words by which it may be asked for, and where they are written."""
    yield territory.code, place.key()
    yield territory.name, place.at("name")
    if territory.short_name:
        yield territory.short_name, place.at("short_name")
    for position, name in enumerate(territory.also):
        yield name, place.at("also", position)


def check_common(reader: LibraryReader, index: Index) -> Iterator[Diagnostic]:
    """Judges what all the contracts share, and what is in no place of its own."""
    yield from reader.misplaced()
    yield from _library(reader, index)
    yield from _sources(reader.sources, index)
    yield from _territories(reader.territories, index)


def check_parent(
    reader: LibraryReader, contract_id: str, index: Index, on: date | None
) -> tuple[Ground, list[Diagnostic]]:
    """Judges a parent contract; gives the ground on which its local ones are judged."""
    contract = reader.contract(contract_id)
    programmes, amendments = reader.programmes(contract_id), reader.amendments(contract_id)
    reader.correspondence(contract_id)
    if contract is None:
        # The shape of its other files is the reader's; more cannot be said.
        return Ground(contract_id, index, is_known=False), []
    missing = unread(contract, reader)
    found = [*own_faults(_judged(contract, programmes, reader, index), missing)]
    parent = Parent(contract, amendments)
    signature = signature_of(contract, Place(contract_file(contract_id)))
    for amendment in amendments:
        file = amendment_file(contract_id, amendment.id)
        found += check_changes(amendment, file, index)
        found += check_links(amendment, file)
        found += check_in_force(amendment, file, signature)
    if len(amendments) < len(reader.names_in(contract_id, AMENDMENTS)):
        return Ground(contract_id, index), found
    found += own_faults(check_amended(parent), missing)
    found += _passage(reader, parent, index)
    today = parent if on is None else Parent(contract, amendments, on)
    return Ground(contract_id, index, today, missing), found


def check_locals(
    reader: LibraryReader, ground: Ground, codes: Iterable[str]
) -> Iterator[Diagnostic]:
    """Judges the local contracts of these territories, one after the other."""
    for code in codes:
        overlay = reader.overlay(ground.contract_id, code)
        if not ground.is_known:
            continue
        yield from _files_of_local(reader, ground.contract_id, code, ground.index)
        territory = reader.territories.get(code)
        if overlay is not None and territory is not None and ground.parent is not None:
            yield from own_faults(check_local(overlay, ground.parent, territory), ground.missing)


def correspondence_faults(reader: LibraryReader, successor: Parent) -> Iterator[Diagnostic]:
    """Judges the correspondence of one contract, the others apart."""
    yield from _passage(reader, successor, index_of(reader))


def index_of(reader: LibraryReader) -> Index:
    """Collects the names that the files of a library may refer to."""
    ids = frozenset(reader.contract_ids())
    return Index(reader.source_ids(), reader.territory_codes(), ids)


def _passage(reader: LibraryReader, successor: Parent, index: Index) -> Iterator[Diagnostic]:
    """Judges the correspondence of a contract with the one that it replaces."""
    contract = successor.now.contract
    correspondence = reader.correspondence(contract.id)
    if correspondence is None:
        return
    from cpps_cli.check.correspondence import check_correspondence, check_former

    yield from check_former(correspondence, index.contracts, _line(contract, reader))
    former_id = correspondence.former
    signed = reader.contract(former_id) if former_id in index.contracts else None
    amendments = reader.amendments(former_id)
    complete = len(amendments) == len(reader.names_in(former_id, AMENDMENTS))
    former = Parent(signed, amendments) if signed and complete else None
    found = check_correspondence(correspondence, successor, former, index)
    signed_texts = filter(None, (successor.texts[0].contract, signed))
    missing = frozenset[str]().union(*(unread(text, reader) for text in signed_texts))
    yield from own_faults(found, missing)


def _files_of_local(
    reader: LibraryReader, contract_id: str, code: str, index: Index
) -> Iterator[Diagnostic]:
    """Judges each file of a local contract alone."""
    signed = reader.signed_overlay(contract_id, code)
    if signed is None:
        return
    yield from check_overlay(signed, index)
    signature = signature_of(signed, Place(local_file(signed)))
    for amendment in reader.local_amendments(contract_id, code):
        file = local_amendment_file(signed, amendment.id)
        yield from check_changes(amendment, file, index)
        yield from check_in_force(amendment, file, signature)


def _judged(
    contract: Contract, programmes: "tuple[Programme, ...]", reader: LibraryReader, index: Index
) -> Iterator[Diagnostic]:
    yield from check_contract(contract, index)
    yield from _cycle(contract, reader)
    yield from _replaced(contract, reader)
    yield from check_programmes(programmes, contract, index)


def _replaced(contract: Contract, reader: LibraryReader) -> Iterator[Diagnostic]:
    if any(milestone.kind == "replaced" for milestone in contract.milestones):
        others = [reader.contract(name) for name in reader.contract_ids()]
        known = [other for other in others if other is not None]
        # One that cannot be read may be the one that replaces it.
        if len(known) == len(others):
            yield from check_replaced(contract, known, Place(contract_file(contract.id)))


def _line(contract: Contract, reader: LibraryReader) -> tuple[str, ...]:
    """Lists the contracts that a contract replaces; itself at last in a circle."""
    seen, before = [contract.id], contract.replaces
    known = reader.contract_ids()
    while before in known and before not in seen:
        seen.append(before)
        head = reader.contract(before)
        before = head.replaces if head else None
    return (*seen[1:], *filter(None, [before]))


def _cycle(contract: Contract, reader: LibraryReader) -> Iterator[Diagnostic]:
    line = _line(contract, reader)
    # A circle is one fault, whichever of its contracts it is entered by.
    if line and line[-1] == contract.id == min(line):
        place = Place(contract_file(contract.id), ("replaces",))
        yield Diagnostic("CP216", place, {"name": contract.id, "key": "replaces"})


def check_snapshot(snapshot: "Snapshot") -> Iterator[Diagnostic]:
    """Judges a snapshot, which stands alone: all that it names is in it."""
    place = Place(SNAPSHOT)
    known = frozenset(snapshot.territories)
    index = Index(frozenset(snapshot.sources), known, frozenset({snapshot.snapshot.parent}))
    yield from check_noun(snapshot, place, index)
    yield from repeated_codes(snapshot.contract.axes, place.at("contract", "axes"))
    at = place.at("contract", "territory")
    yield from known_territory(snapshot.contract.territory, at, index)
    yield from _snapshot_sheets(snapshot, place)
    yield from _left_out(snapshot, place)


def _snapshot_sheets(snapshot: "Snapshot", place: Place) -> Iterator[Diagnostic]:
    yield from repeated_codes(snapshot.sheets, place.at("sheets"))
    first: dict[str, ActionSheet] = {}
    numbered: dict[str, Place] = {}
    for position, sheet in enumerate(snapshot.sheets):
        at = place.at("sheets", position)
        yield from sheet_axis(sheet, snapshot.contract, at)
        yield from repeated_codes(sheet.indicators, at.at("indicators"))
        if sheet.code not in first:  # a sheet written twice is one fault
            first[sheet.code], numbered[sheet.code] = sheet, at.at("number")
    yield from same_numbers(tuple(first.values()), numbered)


def _left_out(snapshot: "Snapshot", place: Place) -> Iterator[Diagnostic]:
    """Requires a sheet of the parent to be left out once, and answered by none."""
    yield from repeated_codes(snapshot.left_out, place.at("left_out"))
    left_out = {
        item.code: place.at("left_out", position, "code")
        for position, item in reversed(list(enumerate(snapshot.left_out)))
    }
    for position, sheet in enumerate(snapshot.sheets):
        for answer, code in enumerate(sheet.answers or ()):
            if code in left_out:
                at = place.at("sheets", position, "answers", answer)
                related = (Related(left_out[code], _LEFT_OUT),)
                yield Diagnostic("CP403", at, {"name": code}, related)
