"""The contracts of a library on a day: its generations, their successors and local contracts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine import Parent, local_head_on, local_texts, not_signed_before
from cpps_cli.engine.head import INHERITABLE
from cpps_cli.engine.versions import in_force
from cpps_cli.model import (
    Amendment,
    Contract,
    Derived,
    LibraryReader,
    Overlay,
    Period,
    Territory,
    about_others,
)
from cpps_cli.model.paths import AMENDMENTS, SHEETS
from cpps_cli.schedule.status import (
    OVER,
    Background,
    ContractStatus,
    Successor,
    status_of,
    successor,
)


def successor_on(contract: Contract, contracts: Iterable[Contract], on: date) -> Successor | None:
    """Finds the contract that replaces this one, where it is signed or has begun."""
    other = successor(contract, contracts)
    return None if other is None else as_successor(other, on)


def as_successor(contract: Contract, on: date) -> Successor | None:
    """Makes a contract a successor; None where it is neither signed nor begun."""
    signature = contract.retained("signed_on")
    signed = signature.value if signature and signature.value.first <= on else None
    begins = contract.begins_on()
    if signed is None and (begins is None or begins.first > on):
        return None
    return Successor(contract.id, contract.label, signed, begins)


def statuses(
    parents: Iterable[Contract],
    reader: LibraryReader,
    on: date,
    *,
    reading: str | None = None,
    known: Iterable[Contract] = (),
) -> Iterator[ContractStatus]:
    """Computes where each parent stands, then each of its local contracts, known or not.

    `reading` computes with what that reading says, where a contract has it; `known` are all the
    contracts of the library, among which successors are looked for.
    """
    generations = Generations(tuple(known), reader, on)
    for signed in parents:
        yield parent_status(signed, generations, reading)
        yield from local_statuses(signed, generations, reading)


def parent_status(
    signed: Contract, generations: "Generations", reading: str | None = None
) -> ContractStatus:
    """Computes where a parent contract stands."""
    parent = generations.parent(signed)
    contract, on = parent.now.contract, generations.on
    background = Background(
        reading=reading,
        first_term=_term(parent.texts[0].contract, reading),
        successor=successor_on(contract, generations.known, on),
        is_amended=parent.now is not parent.texts[0],
        parent=parent,
        no_window=contract.no_window,
        moved_on=_moved_on(parent.amendments, on),
    )
    return status_of(contract, on, background=background)


def _moved_on(amendments: Iterable[Amendment], on: date) -> date | None:
    """Finds since when the last amendment that sets a term is in force."""
    begun = in_force(amendments, on)
    setting = (item for item in begun if item.contract and item.contract.set)
    days = (item.in_force_on for item in setting if item.contract.set.term)  # type: ignore[union-attr]
    return max(days, default=None)


def local_statuses(
    signed: Contract,
    generations: "Generations",
    reading: str | None = None,
    codes: Iterable[str] | None = None,
) -> Iterator[ContractStatus]:
    """Computes where the local contracts of its territories stand, or of these only."""
    parent = generations.parent(signed)
    for territory, overlay in local_texts(parent.now.contract, generations.reader, codes):
        yield local_status(parent, overlay, territory, generations, reading)


def local_status(
    parent: Parent,
    overlay: Overlay | None,
    territory: Territory,
    generations: "Generations",
    reading: str | None = None,
) -> ContractStatus:
    """Computes where a local contract stands; `overlay` is None where no text is held."""
    contract, on = parent.now.contract, generations.on
    local, inherited = local_head_on(contract, overlay, territory, on)
    has_own_term = "term" not in inherited and local.retained("term") is not None
    moved_by = overlay.amendments if overlay and has_own_term else parent.amendments
    background = Background(
        inherited,
        reading,
        first_term=_first_term(parent, overlay, territory, reading),
        successor=generations.local_successor(contract, territory),
        is_amended=bool(overlay and in_force(overlay.amendments, on)),
        milestones=overlay.milestones if overlay else (),
        parent=parent,
        overlay=overlay if overlay and not not_signed_before(overlay, on) else None,
        parent_is_over=not has_own_term and generations.is_over(parent, reading),
        no_window=contract.no_window,
        moved_on=_moved_on(moved_by, on),
    )
    return status_of(local, on, background=background)


def status_in(contract: Contract, reader: LibraryReader, on: date) -> ContractStatus:
    """Computes where a contract stands on a day as a library has it."""
    head = reader.contract_head(contract.parent or contract.id)
    found = statuses([head] if head else [], reader, on)
    return next(item for item in found if item.contract.id == contract.id)


def parent_on(signed: Contract, reader: LibraryReader, on: date) -> Parent:
    """Gives a contract with its amendments, on a day.

    Where one of them cannot be read, its dates are not known: it may have moved them.
    """
    if are_amendments_read(signed.id, reader):
        return Parent(signed, reader.amendments(signed.id), on)
    claims = tuple(about_others(signed.claims, INHERITABLE))
    undated = dict.fromkeys(INHERITABLE)
    return Parent(signed.replace(**undated, claims=claims, no_window=False), (), on)


def are_amendments_read(contract_id: str, reader: LibraryReader) -> bool:
    """Whether each file of an amendment of a contract could be read."""
    return len(reader.amendments(contract_id)) >= len(reader.names_in(contract_id, AMENDMENTS))


class Generations:
    """The contracts of a library on a day, and what comes after each."""

    def __init__(self, known: tuple[Contract, ...], reader: LibraryReader, on: date) -> None:
        self.known = known
        self.reader = reader
        self.on = on
        self._parents: dict[str, Parent] = {}
        self._overlay_codes: dict[str, frozenset[str]] = {}
        self._over: dict[tuple[str, str | None], bool] = {}

    def parent(self, signed: Contract) -> Parent:
        """Gives a contract with its amendments, on the day."""
        if signed.id not in self._parents:
            self._parents[signed.id] = parent_on(signed, self.reader, self.on)
        return self._parents[signed.id]

    def is_read(self, signed: Contract) -> bool:
        """Whether every file of the text of a contract could be read."""
        sheets = self.reader.names_in(signed.id, SHEETS)
        return are_amendments_read(signed.id, self.reader) and len(signed.sheets) >= len(sheets)

    def is_over(self, parent: Parent, reading: str | None = None) -> bool:
        """Whether a parent contract was replaced or terminated by the day."""
        signed = parent.texts[0].contract
        if (signed.id, reading) not in self._over:
            state = parent_status(signed, self, reading).expiry.state
            self._over[signed.id, reading] = state in OVER
        return self._over[signed.id, reading]

    def local_successor(self, contract: Contract, territory: Territory) -> Successor | None:
        """Finds the local contract of a later generation that is signed or has begun."""
        later = successor(contract, self.known)
        while later is not None and later.id != contract.id:  # they may replace one another
            if found := self._local(later, territory):
                return found
            later = successor(later, self.known)
        return None

    def _local(self, later: Contract, territory: Territory) -> Successor | None:
        if later.id not in self._overlay_codes:
            self._overlay_codes[later.id] = frozenset(self.reader.overlay_codes(later.id))
        if territory.code not in self._overlay_codes[later.id]:
            return None
        overlay = self.reader.overlay(later.id, territory.code)
        if overlay is None:
            return None
        now = self.parent(later).now.contract
        local, inherited = local_head_on(now, overlay, territory, self.on)
        # What only inherits its dates replaces nothing: a draft, or what is not signed yet.
        own = "term" not in inherited or local.retained("signed_on") is not None
        return as_successor(local, self.on) if own else None


def _first_term(
    parent: Parent, overlay: Overlay | None, territory: Territory, reading: str | None
) -> Period | None:
    """Finds the term that a local contract had when signed, else its parent's."""
    if overlay is None:
        return _term(parent.texts[0].contract, reading)
    dates = [item.on for item in overlay.milestones if item.kind == "signed"]
    signed = next((when.first for when in dates if when is not None), date.min)
    base = parent.text_on(signed).contract
    local, _inherited = local_head_on(base, overlay, territory, signed)
    return _term(local, reading)


def _term(contract: Contract, reading: str | None) -> Period | None:
    term = contract.retained("term", reading)
    return None if term is None else term.value


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A contract and where it stands. `derived` is there for a local contract.

    `without_text`: for how many of its territories no local text is held. `at_fault`: a file that
    its text rests on is at fault, so that its sheets are not known.
    """

    status: ContractStatus
    derived: Derived | None = None
    without_text: int = 0
    not_signed_before: date | None = None
    at_fault: bool = False
    faults: tuple[Diagnostic, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract itself, in its text of the day, with its sheets."""
        return self.derived.contract if self.derived else self.status.contract


def catalogue(
    contracts: Iterable[Contract], reader: LibraryReader, on: date, known: Iterable[Contract] = ()
) -> Iterator[CatalogueEntry]:
    """Lists each generation, the oldest first, followed by its local contracts.

    `known` are all the contracts of the library, among which successors are looked for.
    """
    generations = Generations(tuple(known), reader, on)
    for signed in oldest_first(contracts):
        yield generation_listed(signed, generations)
        yield from locals_listed(signed, generations, reader.overlay_codes(signed.id))


def oldest_first(contracts: Iterable[Contract]) -> list[Contract]:
    """Sorts parent contracts by the day on which they begin."""
    return sorted(contracts, key=_begins)


def generation_listed(signed: Contract, generations: Generations) -> CatalogueEntry:
    """Lists a parent contract, and counts its territories without a text."""
    now = generations.parent(signed).now.contract
    codes = generations.reader.overlay_codes(signed.id)
    return CatalogueEntry(
        parent_status(signed, generations),
        without_text=len(set(now.local_territories) - set(codes)),
        not_signed_before=not_signed_before(signed, generations.on),
        at_fault=not generations.is_read(signed),
    )


def locals_listed(
    signed: Contract, generations: Generations, codes: Iterable[str]
) -> Iterator[CatalogueEntry]:
    """Lists the local contracts of a parent whose text is held, of these territories."""
    reader, parent = generations.reader, generations.parent(signed)
    is_read = generations.is_read(signed)
    for code in codes:
        territory, overlay = reader.territories.get(code), reader.overlay(signed.id, code)
        if territory is not None and overlay is not None:
            entry = _local(parent, overlay, territory, generations)
            # What is wrong beside half a parent is said of the parent, once.
            yield entry if is_read else replace(entry, at_fault=True, faults=())


def _local(
    parent: Parent, overlay: Overlay, territory: Territory, generations: Generations
) -> CatalogueEntry:
    derivation = parent.derive(overlay, territory)
    return CatalogueEntry(
        local_status(parent, overlay, territory, generations),
        derivation.derived,
        not_signed_before=derivation.derived.not_signed_before,
        at_fault=not derivation.is_sound,
        faults=derivation.faults,
    )


def _begins(contract: Contract) -> tuple[bool, date, str]:
    begins = contract.begins_on()
    return (begins is None, begins.first if begins else date.min, contract.id)
