"""The stage of its life in which a contract is on a day, its window, and the end of its term."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cpps_cli.model import Contract, Milestone, MilestoneKind, Period


def current_generation(contracts: Iterable[Contract], on: date) -> Contract | None:
    """Finds the parent contract that began last; None before the first."""
    begun = {
        (begin.first, contract.id): contract
        for contract in contracts
        if (begin := contract.begins_on()) and begin.first <= on
    }
    return begun[max(begun)] if begun else None


def successor(contract: Contract, contracts: Iterable[Contract]) -> Contract | None:
    """Finds the contract that replaces this one."""
    return next((other for other in contracts if other.replaces == contract.id), None)


def has_happened(milestone: Milestone, on: date) -> bool:
    """Whether it had happened on that day. One dated to a month or a year had on its last day."""
    when = milestone.on or milestone.no_later_than
    return when is not None and when.last <= on


def past(milestones: Iterable[Milestone], on: date) -> frozenset[MilestoneKind]:
    """Finds which milestones had happened on that day; a concertation, once it began."""
    return frozenset(
        item.kind
        for item in milestones
        if has_happened(item, on)
        or (item.kind == "in_concertation" and item.on is not None and item.on.first <= on)
    )


State = Literal["overdue", "due", "upcoming", "unknown", "lapsed", "renegotiated"]
STATES: tuple[State, ...] = ("overdue", "due", "upcoming", "unknown", "lapsed", "renegotiated")


def state_on(
    on: date, window: Period | None, term_ends: date | None, *, renegotiated: bool
) -> State:
    """Finds the state on that day. `term_ends` is None where the term's end is not known."""
    if renegotiated:
        return "renegotiated"
    if window is None:
        return "unknown"
    if on < window.first:
        return "upcoming"
    if on <= window.last:
        return "due"
    return "lapsed" if term_ends is not None and on > term_ends else "overdue"


def days_in(state: State, window: Period | None, on: date) -> int | None:
    """Counts days until it opens (upcoming), to its last day (due), since then (overdue)."""
    if window is None:
        return None
    match state:
        case "upcoming":
            return (window.first - on).days
        case "due":
            return (window.last - on).days
        case "overdue":
            return (on - window.last).days
        case _:
            return None


ExpiryState = Literal["unknown", "not_begun", "running", "prolonged", "expired", "replaced"]


@dataclass(frozen=True, slots=True)
class Successor:
    """A contract that replaces another; `signed` and `begins` as far as they are known."""

    id: str
    label: str
    signed: Period | None
    begins: Period | None

    def has_begun(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.begins is not None and self.begins.first <= on


@dataclass(frozen=True, slots=True)
class Expiry:
    """`prolonged_from`: the first term, where an amendment moved its end. `successor`: the
    contract that replaces it, where that one is signed or has begun.
    """

    state: ExpiryState
    prolonged_from: Period | None = None
    successor: Successor | None = None


def expiry_on(
    on: date,
    term: Period | None,
    *,
    past: AbstractSet[MilestoneKind] = frozenset(),
    prolonged_from: Period | None = None,
    successor: Successor | None = None,
) -> Expiry:
    """Finds how the end of a term stands on a day; `past` is what had happened by then."""
    state = _state(on, term, past, prolonged_from, successor)
    return Expiry(state, prolonged_from, successor)


def _state(
    on: date,
    term: Period | None,
    past: AbstractSet[MilestoneKind],
    prolonged_from: Period | None,
    successor: Successor | None,
) -> ExpiryState:
    if "replaced" in past or (successor is not None and successor.has_begun(on)):
        return "replaced"
    if term is None:
        return "unknown"
    if on < term.first:
        return "not_begun"
    if on <= term.last:
        return "running"
    # A prolongation whose text is held has already moved the term.
    return "prolonged" if "extended" in past and prolonged_from is None else "expired"


Stage = Literal[
    "unknown",
    "drafted",
    "in_concertation",
    "presented",
    "validated",
    "signed",
    "in_force",
    "amended",
    "in_renegotiation",
    "renegotiated",
    "extended",
    "expired",
    "replaced",
]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What a stage is derived from. `begins` is None where only its parent's dates are known.

    `past`: what had happened by that day. `is_amended`: an amendment of its own text is in force.
    """

    on: date
    past: AbstractSet[MilestoneKind]
    begins: Period | None
    window: State
    expiry: Expiry
    is_amended: bool = False

    @property
    def has_begun(self) -> bool:
        """Whether its text holds on that day, for certain."""
        return self.begins is not None and self.begins.first <= self.on

    @property
    def runs_on(self) -> bool:
        """Whether it holds only because its first term was prolonged."""
        first = self.expiry.prolonged_from
        return self.expiry.state == "prolonged" or (first is not None and self.on > first.last)


_RULES: tuple[tuple[Stage, Callable[[Lifecycle], bool]], ...] = (
    ("replaced", lambda facts: facts.expiry.state == "replaced"),
    ("expired", lambda facts: facts.expiry.state == "expired"),
    ("extended", lambda facts: facts.has_begun and facts.runs_on),
    ("in_renegotiation", lambda facts: facts.has_begun and facts.window == "due"),
    ("renegotiated", lambda facts: facts.has_begun and facts.window == "renegotiated"),
    (
        "amended",
        lambda facts: facts.has_begun and (facts.is_amended or "amended" in facts.past),
    ),
    ("in_force", lambda facts: facts.has_begun or "in_force" in facts.past),
    ("signed", lambda facts: "signed" in facts.past),
    ("validated", lambda facts: "validated" in facts.past),
    ("presented", lambda facts: "presented" in facts.past),
    ("in_concertation", lambda facts: "in_concertation" in facts.past),
    ("drafted", lambda facts: "drafted" in facts.past),
)
STAGES: tuple[Stage, ...] = (*(stage for stage, _ in _RULES), "unknown")


def stage_of(lifecycle: Lifecycle) -> Stage:
    """Finds the stage of a contract: that of the first rule that holds."""
    return next((stage for stage, holds in _RULES if holds(lifecycle)), "unknown")
