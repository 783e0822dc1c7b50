"""Coverage: what became of each sheet of the parent in each local contract, and the other way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, get_args

from cpps_cli.engine.derive import Derivation, Parent
from cpps_cli.engine.lookup import local_origins
from cpps_cli.model import (
    SIGNED,
    ActionSheet,
    Basis,
    Contract,
    Derived,
    DerivedSheet,
    LeftOut,
    Origin,
    Territory,
)

# since_signature: the parent has added it since, and the signed text does not follow its parent.
Fate = Literal[
    "inherited",
    "adapted",
    "merged",
    "excluded",
    "not_taken_up",
    "unknown",
    "since_signature",
    "no_text",
]
FATES: tuple[Fate, ...] = get_args(Fate)
NONE: Mapping[Fate, int] = dict.fromkeys(FATES, 0)
# An added sheet answers none of the parent's, or we cannot tell which.
TAKEN: Mapping[Origin, Fate] = {"inherited": "inherited", "adapted": "adapted", "merged": "merged"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sheet of the parent in one local contract.

    `held_by` are the codes of the local sheets that answer it. Where no local text is known there
    are none: what would be inherited was decided by nobody. `reasons` are those of the local text
    and of its amendments, each with the version; `reason` is the last of them.
    """

    sheet: str
    fate: Fate
    held_by: tuple[str, ...] = ()
    to_reread: bool = False
    link_inferred: bool = False
    reasons: tuple[tuple[str, str], ...] = ()
    decided_by: str | None = None
    decided_on: date | None = None
    review_on: date | None = None

    @property
    def reason(self) -> str | None:
        """The last reason that was given."""
        return self.reasons[-1][1] if self.reasons else None


@dataclass(frozen=True, slots=True)
class LocalSheet:
    """A sheet of a local contract, and the sheets of the parent that it answers.

    `answers` is () where it answers none, None where that is not known.
    """

    code: str
    number: str | None
    title: str | None
    origin: Origin
    answers: tuple[str, ...] | None
    link_inferred: bool = False
    to_reread: bool = False


@dataclass(frozen=True, slots=True)
class LocalCoverage:
    """One local contract: `outcomes` by the codes of the parent's sheets, in their order."""

    territory: Territory
    contract: str
    basis: Basis
    to_reread: bool
    not_signed_before: date | None
    outcomes: Mapping[str, Outcome]
    sheets: tuple[LocalSheet, ...]

    def totals(self) -> dict[Fate, int]:
        """How many of the parent's sheets met each fate; it adds up to all of them."""
        fates = [outcome.fate for outcome in self.outcomes.values()]
        return {fate: fates.count(fate) for fate in FATES}

    def of_sheet(self, code: str) -> "LocalCoverage":
        """The same for one sheet of the parent, and the local sheets that answer it."""
        answering = tuple(item for item in self.sheets if code in (item.answers or ()))
        told = {key: outcome for key, outcome in self.outcomes.items() if key == code}
        return replace(self, outcomes=told, sheets=answering)

    def of_left_out(self) -> "LocalCoverage":
        """The same for the sheets that are left out, and for links that have to be spoken of."""
        told = {
            code: outcome
            for code, outcome in self.outcomes.items()
            if outcome.fate in ("excluded", "not_taken_up") or outcome.link_inferred
        }
        return replace(self, outcomes=told, sheets=())


@dataclass(slots=True)
class Tally:
    """How many local contracts there are, and of how many something is to be said.

    `fates` are counted by the codes of the parent's sheets; `added` are local sheets.
    """

    places: int = 0
    known: int = 0
    partial: int = 0
    to_reread: int = 0
    inferred: int = 0
    added: int = 0
    fates: dict[str, dict[Fate, int]] = field(default_factory=dict)

    def count(self, place: LocalCoverage) -> None:
        """Counts one local contract more."""
        self.places += 1
        self.known += place.basis != "no_text"
        self.partial += place.basis == "partial"
        self.to_reread += place.to_reread
        self.inferred += any(item.link_inferred for item in place.outcomes.values())
        self.added += sum(item.origin == "added" for item in place.sheets)
        for code, outcome in place.outcomes.items():
            self._of(code)[outcome.fate] += 1

    def add(self, other: "Tally") -> None:
        """Adds what was counted of others."""
        self.places += other.places
        self.known += other.known
        self.partial += other.partial
        self.to_reread += other.to_reread
        self.inferred += other.inferred
        self.added += other.added
        for code, counts in other.fates.items():
            sums = self._of(code)
            for fate in FATES:
                sums[fate] += counts[fate]

    def _of(self, code: str) -> dict[Fate, int]:
        if code not in self.fates:
            self.fates[code] = dict(NONE)
        return self.fates[code]


@dataclass(frozen=True, slots=True)
class Portion:
    """The codes of some local contracts, what is counted of them, and those that are kept."""

    codes: tuple[str, ...]
    tally: Tally
    places: tuple[LocalCoverage, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sheets of a parent asked for × its local contracts.

    `places` are those of which more is asked than the tally counts. `passed_over` are the codes of
    the territories of which a file is at fault.
    """

    parent: Contract
    version: str
    on: date | None
    sheets: tuple[ActionSheet, ...]
    places: tuple[LocalCoverage, ...]
    passed_over: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)

    @property
    def is_whole(self) -> bool:
        """Whether it speaks of every local contract, those passed over apart."""
        asked = len(self.places) + len(self.passed_over)
        return asked == len(self.parent.local_territories)

    @property
    def is_of_all_sheets(self) -> bool:
        """Whether it speaks of every sheet of the parent, and so of those added beside them."""
        return len(self.sheets) == len(self.parent.sheets)

    def totals(self) -> dict[Fate, int]:
        """How often each fate was met; it adds up to the sheets times the local contracts."""
        counts = [self.totals_of(sheet.code) for sheet in self.sheets]
        return {fate: sum(count[fate] for count in counts) for fate in FATES}

    def totals_of(self, code: str) -> dict[Fate, int]:
        """In how many local contracts a sheet met each fate; it adds up to all of them."""
        return dict(self.tally.fates.get(code, NONE))


def portion(
    found: Iterable[tuple[Derivation, Territory]],
    sheet: ActionSheet | None = None,
    kept: Callable[[LocalCoverage], LocalCoverage | None] = lambda place: place,
) -> Portion:
    """What became of the parent's sheets, or of one of them, in some local contracts.

    Each is counted whole, and what `kept` makes of it stays, before the next is derived. A local
    contract whose changes are at fault is passed over like one that cannot be read: what it would
    show is not to be relied on.
    """
    codes, tally, places = list[str](), Tally(), list[LocalCoverage]()
    for derivation, territory in found:
        if not derivation.is_sound:
            continue
        place = covered(derivation.derived, territory)
        place = place if sheet is None else place.of_sheet(sheet.code)
        codes.append(territory.code)
        tally.count(place)
        if (some := kept(place)) is not None:
            places.append(some)
    return Portion(tuple(codes), tally, tuple(places))


def coverage(
    parent: Parent, portions: Iterable[Portion], wanted: Sequence[str], *sheets: ActionSheet
) -> Coverage:
    """The portions together; `wanted` are the codes of the territories asked for.

    Without `sheets`, all those of the parent are.
    """
    codes, tally, places = set[str](), Tally(), list[LocalCoverage]()
    for some in portions:
        codes.update(some.codes)
        tally.add(some.tally)
        places += some.places
    contract = parent.now.contract
    return Coverage(
        contract,
        parent.now.version,
        parent.on,
        sheets or contract.sheets,
        tuple(places),
        tuple(code for code in wanted if code not in codes),
        tally,
    )


def covered(derived: Derived, territory: Territory) -> LocalCoverage:
    """What became of each sheet of the parent in one local contract."""
    known = derived.basis != "no_text"
    return LocalCoverage(
        territory,
        derived.contract.id,
        derived.basis,
        derived.to_reread,
        derived.not_signed_before,
        {item.sheet: item for item in outcomes(derived)},
        tuple(_local_sheet(item) for item in derived.sheets) if known else (),
    )


def outcomes(derived: Derived) -> Iterator[Outcome]:
    """What became of each sheet of the parent, each once, in the parent's order."""
    answering: dict[str, list[DerivedSheet]] = {}
    for item in derived.sheets:
        for code in item.answers or ():
            answering.setdefault(code, []).append(item)
    left_out = {item.sheet.code: item for item in derived.left_out}
    for sheet in derived.parent_of_day.sheets:
        if derived.basis == "no_text":
            yield Outcome(sheet.code, "no_text")
        elif sheet.code in answering:
            yield _taken(derived, sheet.code, answering[sheet.code])
        elif sheet.code in left_out:
            yield _left(left_out[sheet.code])
        else:
            yield Outcome(sheet.code, "since_signature")


def _taken(derived: Derived, code: str, items: list[DerivedSheet]) -> Outcome:
    first = items[0]
    return Outcome(
        code,
        TAKEN[first.origin],
        tuple(item.sheet.code for item in items),
        to_reread=any(item.to_reread for item in items),
        link_inferred=any(item.link_inferred for item in items),
        reasons=local_origins(derived, first).reasons,
    )


def _left(item: LeftOut) -> Outcome:
    return Outcome(
        item.sheet.code,
        item.origin,
        to_reread=item.to_reread,
        reasons=((item.repealed_by or SIGNED, item.reason),) if item.reason else (),
        decided_by=item.decided_by,
        decided_on=item.decided_on,
        review_on=item.review_on,
    )


def _local_sheet(item: DerivedSheet) -> LocalSheet:
    sheet = item.sheet
    return LocalSheet(
        sheet.code,
        sheet.number,
        sheet.title,
        item.origin,
        item.answers,
        item.link_inferred,
        item.to_reread,
    )
