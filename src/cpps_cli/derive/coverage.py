"""Coverage: what became of each sheet of the parent in each local contract, and the other way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from cpps_cli.derive.derivation import Derivation, Parent
from cpps_cli.derive.lookup import local_origins
from cpps_cli.diagnostics import Diagnostic
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

Fate = Literal["inherited", "adapted", "merged", "excluded", "not_taken_up", "unknown", "no_text"]
FATES: tuple[Fate, ...] = get_args(Fate)
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
        return _totals(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sheets of a parent asked for × its local contracts.

    `passed_over` are the codes of the territories of which a file is at fault.
    """

    parent: Contract
    version: str
    on: date | None
    sheets: tuple[ActionSheet, ...]
    places: tuple[LocalCoverage, ...]
    passed_over: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it speaks of every local contract, those passed over apart."""
        asked = len(self.places) + len(self.passed_over)
        return asked == len(self.parent.local_territories)

    def of_sheet(self, code: str) -> "Coverage":
        """The same for one sheet of the parent, and the local sheets that answer it."""
        sheets = tuple(sheet for sheet in self.sheets if sheet.code == code)
        places = tuple(
            replace(
                place,
                outcomes={code: place.outcomes[code]},
                sheets=tuple(item for item in place.sheets if code in (item.answers or ())),
            )
            for place in self.places
        )
        return replace(self, sheets=sheets, places=places)

    def totals(self) -> dict[Fate, int]:
        """How often each fate was met; it adds up to the sheets times the local contracts."""
        return _totals(outcome for place in self.places for outcome in place.outcomes.values())

    def totals_of(self, code: str) -> dict[Fate, int]:
        """In how many local contracts a sheet met each fate; it adds up to all of them."""
        return _totals(place.outcomes[code] for place in self.places)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A decision to leave a sheet of the parent out of a local contract."""

    sheet: ActionSheet
    place: LocalCoverage
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SheetLeftOut:
    """A sheet of the parent with those who left it out, and those who did not take it up."""

    sheet: ActionSheet
    exclusions: tuple[Exclusion, ...]
    not_taken_up: tuple[LocalCoverage, ...]


def coverage(
    parent: Parent, found: Iterable[tuple[Derivation, Territory]], wanted: Sequence[str]
) -> Coverage:
    """What became of the parent's sheets in the local contracts, read one after the other.

    `wanted` are the codes of the territories asked for. A local contract whose changes are at
    fault is passed over like one that cannot be read: what it would show is not to be relied on.
    """
    contract = parent.now.contract
    places: list[LocalCoverage] = []
    faults: list[Diagnostic] = []
    for derivation, territory in found:
        faults.extend(derivation.faults)
        if is_sound(derivation):
            places.append(covered(derivation.derived, territory))
    shown = {place.territory.code for place in places}
    return Coverage(
        contract,
        parent.now.version,
        parent.on,
        contract.sheets,
        tuple(places),
        tuple(code for code in wanted if code not in shown),
        tuple(faults),
    )


def is_sound(derivation: Derivation) -> bool:
    """Whether no change of a local text is at fault."""
    return not any(fault.severity == "error" for fault in derivation.faults)


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
    for sheet in derived.parent.sheets:
        if derived.basis == "no_text":
            yield Outcome(sheet.code, "no_text")
        elif sheet.code in answering:
            yield _taken(derived, sheet.code, answering[sheet.code])
        else:
            yield _left(left_out[sheet.code])


def left_out_most(found: Coverage) -> tuple[SheetLeftOut, ...]:
    """The sheets left out somewhere: first by how many left them out, then did not take them up."""
    rows = [
        SheetLeftOut(sheet, _exclusions_of(found, sheet), _not_taken_up(found, sheet))
        for sheet in found.sheets
    ]
    concerned = [row for row in rows if row.exclusions or row.not_taken_up]
    concerned.sort(key=lambda row: (-len(row.exclusions), -len(row.not_taken_up)))
    return tuple(concerned)


def exclusions(found: Coverage) -> tuple[Exclusion, ...]:
    """Every decision to leave a sheet out, in the order of the sheets."""
    return tuple(item for sheet in found.sheets for item in _exclusions_of(found, sheet))


def exclusions_to_review(found: Coverage, on: date, within: int) -> tuple[Exclusion, ...]:
    """The exclusions to look at again on `on`, or up to `within` days later; the oldest first."""
    due = [
        (item.outcome.review_on, item)
        for item in exclusions(found)
        if item.outcome.review_on is not None and (item.outcome.review_on - on).days <= within
    ]
    return tuple(item for _day, item in sorted(due, key=lambda pair: pair[0]))


def _exclusions_of(found: Coverage, sheet: ActionSheet) -> tuple[Exclusion, ...]:
    places = [(place, place.outcomes[sheet.code]) for place in found.places]
    return tuple(
        Exclusion(sheet, place, outcome) for place, outcome in places if outcome.fate == "excluded"
    )


def _not_taken_up(found: Coverage, sheet: ActionSheet) -> tuple[LocalCoverage, ...]:
    return tuple(
        place for place in found.places if place.outcomes[sheet.code].fate == "not_taken_up"
    )


def _totals(found: Iterable[Outcome]) -> dict[Fate, int]:
    fates = [outcome.fate for outcome in found]
    return {fate: fates.count(fate) for fate in FATES}


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
