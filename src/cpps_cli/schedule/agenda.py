"""The dates of contracts: their windows and terms, and exclusions to be looked at again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from cpps_cli.engine import Parent, local_head_on, local_texts, not_signed_before
from cpps_cli.engine.versions import in_force
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Exclude,
    LibraryReader,
    Milestone,
    MilestoneKind,
    Overlay,
    Retained,
)
from cpps_cli.schedule.generations import parent_on
from cpps_cli.schedule.status import has_happened, successor


def to_look_at_again(texts: Iterable[Overlay | Amendment]) -> tuple[tuple[date, Exclude], ...]:
    """Finds the exclusions of these texts, the oldest first, that have a day of review.

    One whose sheet a later text takes up or adds again, or leaves out anew, is no longer there.
    """
    excluded: dict[str, Exclude] = {}
    for text in texts:
        for code in (*(take.sheet for take in text.take), *(add.code for add in text.add)):
            excluded.pop(code, None)
        excluded |= {change.sheet: change for change in text.exclude}
    return tuple((item.review_on, item) for item in excluded.values() if item.review_on is not None)


EventKind = Literal["window_opens", "window_closes", "term_ends", "review"]
DatedKind = Literal["window_opens", "window_closes", "term_ends"]
FIELD: Mapping[DatedKind, str] = {
    "window_opens": "window",
    "window_closes": "window",
    "term_ends": "term",
}
# What, once it is on record, leaves nothing to be reminded of.
SETTLED_BY: Mapping[DatedKind, tuple[MilestoneKind, ...]] = {
    "window_opens": ("renegotiated", "replaced", "terminated"),
    "window_closes": ("renegotiated", "replaced", "terminated"),
    "term_ends": ("replaced", "terminated"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A contract that a date concerns; `settled` is what is on record that settles it.

    `over`: it has another contract in its place, or its term has ended when the date comes.
    """

    contract: Contract
    settled: Milestone | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The number of facts on record that an event rests on, and their last day.

    Both come from the library, never from a clock, and neither goes down while things are added:
    a calendar tells by them which of two versions of an event is the later one.
    """

    facts: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Event:
    """A date of a contract.

    `parties`: the contract whose date it is, then the local contracts that have it from there.
    `period` is the window or the term it comes from, `change` the exclusion to look at again,
    which leaves out `sheet` (None where no text has it any more). `library` is a name of that
    from which it comes, which no other has.
    """

    kind: EventKind
    on: date
    parties: tuple[Party, ...]
    record: Record
    period: Retained[Any] | None = None
    inherited: bool = False
    inferred: bool = False
    change: Exclude | None = None
    sheet: ActionSheet | None = None
    library: str = ""

    @property
    def contract(self) -> Contract:
        """The contract whose date it is."""
        return self.parties[0].contract

    @property
    def uid(self) -> str:
        """Its identity: the same on every machine, in every run, and when its day changes."""
        root = (self.contract.parent or self.contract.id, self.contract.territory)
        named = (self.kind.replace("_", "-"), *([self.change.sheet] if self.change else []))
        return ".".join((*root, *named)) + "@" + ".".join(filter(None, (self.library, "cpps")))

    @property
    def computed(self) -> bool:
        """Whether no source gives the day: it is the first or the last of a longer period."""
        if self.period is None:
            return False
        first, last = self.period.value.ends
        return bool((first if self.kind == "window_opens" else last).precision != "day")

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that state it."""
        if self.period is not None:
            return self.period.sources
        return self.change.sources if self.change else ()

    @property
    def disputed(self) -> bool:
        """Whether sources disagree on it."""
        return self.period is not None and self.period.disputed

    @property
    def settled(self) -> bool:
        """Whether what settles it is on record, of each of its contracts."""
        return all(party.settled for party in self.parties)

    @property
    def is_open(self) -> bool:
        """Whether something is left to do about it, by one of its contracts at least."""
        return any(not party.settled and not party.over for party in self.parties)

    @property
    def void(self) -> bool:
        """Whether it no longer applies: its contracts are over, and nothing else settles it."""
        return not self.is_open and not self.settled


def agenda(
    parents: Iterable[Contract], reader: LibraryReader, on: date, territory: str | None = None
) -> tuple[Event, ...]:
    """Every date of these contracts, past ones too, in their order; only those of one territory
    where it is named. `on` says which texts and milestones there are by then.
    """
    found: dict[str, Event] = {}
    known_as = _known_as(reader)
    known = tuple(filter(None, map(reader.contract_head, reader.contract_ids())))
    for signed in parents:
        if territory in (None, *signed.local_territories):
            dates = _Dates(parent_on(signed, reader, on), reader, on, known)
            named = (replace(item, library=known_as) for item in dates.of(territory))
            found |= {event.uid: event for event in named}
    return tuple(sorted(found.values(), key=lambda event: (event.on, event.uid)))


def _known_as(reader: LibraryReader) -> str:
    """A name of a library that no other has, as far as it can be told; "" of none.

    Without an id of its own it is known by its words that change least: its title, and the place of
    the contract that it speaks of.
    """
    library = reader.library
    if library is None:
        return ""
    if library.id:
        return library.id
    head = reader.contract_head(library.contract)
    place = reader.territories.get(head.territory) if head else None
    words = f"{library.title}\n{place.name if place else ''}"
    return sha256(words.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Local:
    """A local contract on the day. `overlay` is its text, with all of its amendments.

    `texts`: the text as it was signed, then the amendments in force; none until it is signed.
    """

    contract: Contract
    inherited: tuple[str, ...]
    overlay: Overlay | None
    texts: tuple[Overlay | Amendment, ...]

    def is_inferred(self, field: str) -> bool:
        """Whether the period that it states itself is read by us, stated in no source."""
        changes = (text.contract for text in self.texts)
        stating = [item for item in changes if item and item.set and getattr(item.set, field)]
        return bool(stating) and field in stating[-1].inferred


class _Dates:
    """The dates of a parent contract and of its local contracts, on a day."""

    def __init__(
        self, parent: Parent, reader: LibraryReader, on: date, known: tuple[Contract, ...]
    ) -> None:
        self.parent = parent
        self.known = known
        self.on = on
        now = parent.now.contract
        self.locals = [
            _Local(*local_head_on(now, overlay, territory, on), overlay, _texts_on(overlay, on))
            for territory, overlay in local_texts(now, reader)
        ]

    def of(self, territory: str | None) -> Iterator[Event]:
        """Lists the events of the city, or of one territory."""
        if territory is None:
            yield from self._of_city()
        else:
            for local in self.locals:
                if local.contract.territory == territory:
                    yield from self._of_local(local)

    def _of_city(self) -> Iterator[Event]:
        head = self.parent.now.contract
        record = self._record(*self.locals)
        for kind, field in FIELD.items():
            sharing = [local.contract for local in self.locals if field in local.inherited]
            yield from self._dated(kind, (head, *sharing), record)
            for local in self.locals:
                if field not in local.inherited:
                    yield from self._own(kind, local)
        yield from self._reviews(_in_order(self.parent.amendments, self.on), head, record)
        for local in self.locals:
            yield from self._reviews(local.texts, local.contract, self._record(local))

    def _of_local(self, local: _Local) -> Iterator[Event]:
        for kind in FIELD:
            yield from self._own(kind, local)
        yield from self._reviews(local.texts, local.contract, self._record(local))

    def _own(self, kind: DatedKind, local: _Local) -> Iterator[Event]:
        field = FIELD[kind]
        inherited, inferred = field in local.inherited, local.is_inferred(field)
        for event in self._dated(kind, (local.contract,), self._record(local)):
            yield replace(event, inherited=inherited, inferred=inferred)

    def _dated(
        self, kind: DatedKind, contracts: tuple[Contract, ...], record: Record
    ) -> Iterator[Event]:
        period = contracts[0].retained(FIELD[kind])
        if period is not None:
            day = period.value.first if kind == "window_opens" else period.value.last
            yield Event(
                kind, day, tuple(self._party(item, kind, day) for item in contracts), record, period
            )

    def _party(self, contract: Contract, kind: DatedKind, day: date) -> Party:
        term = contract.retained("term")
        extended = self._recorded(contract, ("extended",)) is not None
        ended = kind != "term_ends" and term is not None and term.value.last < day and not extended
        return Party(contract, self._settled(contract, kind), ended or self._is_replaced(contract))

    def _settled(self, contract: Contract, kind: DatedKind) -> Milestone | None:
        """Finds what settles a date: on record of the contract, or the end of its parent."""
        if found := self._recorded(contract, SETTLED_BY[kind]):
            return found
        head = self.parent.now.contract
        if contract.parent is None or not self._shares_term(contract):
            return None
        return self._recorded(head, SETTLED_BY["term_ends"])

    def _recorded(self, contract: Contract, kinds: tuple[MilestoneKind, ...]) -> Milestone | None:
        recorded = (item for item in contract.milestones if item.kind in kinds)
        return next(
            (item for item in recorded if item.when is None or has_happened(item, self.on)), None
        )

    def _shares_term(self, local: Contract) -> bool:
        """Whether a local contract ends with its parent."""
        return bool(local.value("term") in (None, self.parent.now.contract.value("term")))

    def _is_replaced(self, contract: Contract) -> bool:
        """Whether a later contract of the library holds in its place on the day."""
        head = self.parent.now.contract
        if contract.parent is not None and not self._shares_term(contract):
            return False
        later = successor(head, self.known)
        begins = later.begins_on() if later else None
        return begins is not None and begins.first <= self.on

    def _reviews(
        self, texts: tuple[Overlay | Amendment, ...], contract: Contract, record: Record
    ) -> Iterator[Event]:
        for day, change in to_look_at_again(texts):
            sheet = self._sheet(change.sheet, texts)
            yield Event("review", day, (Party(contract),), record, change=change, sheet=sheet)

    def _sheet(self, code: str, texts: tuple[Overlay | Amendment, ...]) -> ActionSheet | None:
        """Finds a sheet as a text of the parent has it, or as these texts add it."""
        theirs = (text.contract.sheet(code) for text in self.parent.texts)
        own = (add for text in texts for add in text.add if add.code == code)
        return next(filter(None, (*theirs, *own)), None)

    def _record(self, *concerned: _Local) -> Record:
        """Counts what is on record of the parent and of these local contracts, whatever the day."""
        signed, overlays = self.parent.texts[0].contract, [local.overlay for local in concerned]
        texts: list[Contract | Overlay] = [signed, *filter(None, overlays)]
        amendments = [*self.parent.amendments]
        amendments += [item for text in filter(None, overlays) for item in text.amendments]
        milestones = [item for text in texts for item in text.milestones]
        begins = signed.begins_on()
        days = [begins.first] if begins else []
        days += [item.in_force_on for item in amendments]
        periods = (item.on or item.no_later_than for item in milestones)
        days += [period.first for period in periods if period]
        facts = len(texts) + len(amendments) + len(milestones)
        facts += sum(len(text.claims) for text in texts)
        return Record(facts, max(days, default=date(1970, 1, 1)))


def _texts_on(overlay: Overlay | None, on: date) -> tuple[Overlay | Amendment, ...]:
    if overlay is None or not_signed_before(overlay, on) is not None:
        return ()
    return (overlay, *_in_order(overlay.amendments, on))


def _in_order(amendments: Iterable[Amendment], on: date) -> tuple[Amendment, ...]:
    """Lists those in force on a day, the oldest first."""
    return tuple(sorted(in_force(amendments, on), key=lambda item: item.in_force_on))
