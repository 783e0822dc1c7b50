"""The status of a contract on a day: its window, the end of its term, the stage of its life."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from cpps_cli.engine import Parent
from cpps_cli.model import Contract, Milestone, MilestoneKind, Overlay, Period, Retained


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
    when = milestone.when
    return when is not None and when.last <= on


def past(milestones: Iterable[Milestone], on: date) -> frozenset[MilestoneKind]:
    """Finds which milestones had happened on that day; a concertation, once it began."""
    return frozenset(
        item.kind
        for item in milestones
        if has_happened(item, on)
        or (item.kind == "in_concertation" and item.on is not None and item.on.first <= on)
    )


# What, where it is on record without a date, holds all the same from the contract's beginning.
_HOLDS_UNDATED: frozenset[MilestoneKind] = frozenset(
    {"amended", "renegotiated", "extended", "replaced", "terminated"}
)


def undated(milestones: Iterable[Milestone]) -> tuple[MilestoneKind, ...]:
    """Lists the kinds of the milestones that are on record without a date."""
    return tuple(dict.fromkeys(item.kind for item in milestones if item.when is None))


State = Literal[
    "overdue", "due", "upcoming", "unknown", "none_planned", "lapsed", "over", "renegotiated"
]
STATES: tuple[State, ...] = get_args(State)


def state_on(
    on: date,
    window: Period | None,
    term_ends: date | None,
    *,
    renegotiated: bool,
    over: bool = False,
) -> State:
    """Finds the state on that day. `term_ends` is None where the term's end is not known.

    `over`: it was replaced or terminated by then.
    """
    if renegotiated:
        return "renegotiated"
    if over:
        return "over"
    if window is None:
        return "unknown"
    if term_ends is not None and on > term_ends:
        return "lapsed"
    if on < window.first:
        return "upcoming"
    return "due" if on <= window.last else "overdue"


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


ExpiryState = Literal[
    "unknown", "not_begun", "running", "prolonged", "expired", "replaced", "terminated"
]
OVER: frozenset[ExpiryState] = frozenset({"replaced", "terminated"})


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
    """`prolonged_from`: the first term, where an amendment moved its end to a later day;
    `shortened_from`, to an earlier one. `successor`: the contract that replaces it, where that
    one is signed or has begun.
    """

    state: ExpiryState
    prolonged_from: Period | None = None
    shortened_from: Period | None = None
    successor: Successor | None = None


def expiry_on(
    on: date,
    term: Period | None,
    past: AbstractSet[MilestoneKind],
    first_term: Period | None,
    successor: Successor | None,
) -> Expiry:
    """Finds how the end of a term stands on a day; `past` is what had happened by then.

    `first_term`: the term before any amendment.
    """
    moved = first_term is not None and term is not None and first_term.last < term.last
    cut = first_term is not None and term is not None and term.last < first_term.last
    state = _state(on, term, past, moved=moved)
    if "replaced" in past or (successor is not None and successor.has_begun(on)):
        state = "replaced"
    elif "terminated" in past or (cut and state == "expired"):
        state = "terminated"
    return Expiry(
        state,
        prolonged_from=first_term if moved else None,
        shortened_from=first_term if cut else None,
        successor=successor,
    )


def _state(
    on: date, term: Period | None, past: AbstractSet[MilestoneKind], *, moved: bool
) -> ExpiryState:
    if term is None:
        return "unknown"
    if on < term.first:
        return "not_begun"
    if on <= term.last:
        return "running"
    # A prolongation whose text is held has already moved the term.
    return "prolonged" if "extended" in past and not moved else "expired"


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
    "terminated",
]


def stage_of(
    on: date,
    past: AbstractSet[MilestoneKind],
    begins: Period | None,
    window: State,
    expiry: Expiry,
) -> Stage:
    """Finds the stage of a contract on a day: the first one that holds.

    `past`: what had happened by that day; `begins` is None where only its parent's dates are known.
    """
    has_begun = begins is not None and begins.first <= on
    first = expiry.prolonged_from
    # It holds only because its first term was prolonged.
    runs_on = expiry.state == "prolonged" or (first is not None and on > first.last)
    stages: dict[Stage, bool] = {
        "replaced": expiry.state == "replaced",
        "terminated": expiry.state == "terminated",
        "expired": expiry.state == "expired",
        "extended": has_begun and runs_on,
        "in_renegotiation": has_begun and window == "due",
        "renegotiated": has_begun and window == "renegotiated",
        "amended": has_begun and "amended" in past,
        "in_force": has_begun or "in_force" in past,
        "signed": "signed" in past,
        "validated": "validated" in past,
        "presented": "presented" in past,
        "in_concertation": "in_concertation" in past,
        "drafted": "drafted" in past,
    }
    return next((stage for stage, holds in stages.items() if holds), "unknown")


@dataclass(frozen=True, slots=True)
class Background:
    """The facts besides the text of the day.

    `inherited` names which of term and window are the parent's; `reading` is the one asked for;
    `first_term` the term before any amendment; `milestones` those of a local text that is not
    signed yet on the day; `parent` and `overlay` the texts that hold, with all their amendments.
    `parent_is_over`: its term is that of a parent that was replaced or terminated by the day;
    `no_window`: the sources say that no renegotiation is planned; `moved_on`: since when an
    amendment has moved the term.
    """

    inherited: tuple[str, ...] = ()
    reading: str | None = None
    first_term: Period | None = None
    successor: Successor | None = None
    is_amended: bool = False
    milestones: tuple[Milestone, ...] | None = None
    parent: Parent | None = None
    overlay: Overlay | None = None
    parent_is_over: bool = False
    no_window: bool = False
    moved_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContractStatus:
    """A contract on a day. `days`: until the window opens (upcoming), until its last day (due: 0
    on it), since it closed (overdue), else None. `term_days`: until the last day of the term,
    below zero once it is over, None where no term is known.
    """

    contract: Contract
    state: State
    days: int | None
    window: Retained[Any] | None
    term: Retained[Any] | None
    term_days: int | None
    window_inherited: bool = False
    term_inherited: bool = False
    stage: Stage = "unknown"
    expiry: Expiry = Expiry("unknown")
    background: Background = Background()

    @property
    def disputed(self) -> bool:
        """Whether sources disagree on the window or the term."""
        return any(held.disputed for held in (self.window, self.term) if held)

    @property
    def undated(self) -> tuple[MilestoneKind, ...]:
        """What is on record of it without a date."""
        return undated(_milestones(self.contract, self.background))

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be renegotiated: replaced, terminated or run out."""
        ended = self.expiry.state in (*OVER, "expired")
        return ended or self.background.parent_is_over or self.state == "lapsed"

    @property
    def is_missed(self) -> bool:
        """Whether a window was closed without renegotiation, or a term over without successor."""
        return self.state in ("overdue", "lapsed") or self.expiry.state == "expired"


def status_of(
    contract: Contract, on: date, *, background: Background | None = None
) -> ContractStatus:
    """Computes where a contract stands on a day."""
    known = background or Background()
    window = contract.retained("window", known.reading)
    term = contract.retained("term", known.reading)
    done = _done(contract, known, on)
    expiry = expiry_on(on, term.value if term else None, done, known.first_term, known.successor)
    if expiry.state == "expired" and _extended_again(contract, known, on):
        expiry = replace(expiry, state="prolonged")
    ends = None if term is None else term.value.last
    state = state_on(
        on,
        None if window is None else window.value,
        None if expiry.state == "prolonged" else ends,
        renegotiated="renegotiated" in done,
        over=expiry.state in OVER or known.parent_is_over,
    )
    if state == "unknown" and known.no_window:
        state = "none_planned"
    own_start = contract.begins_on() if _has_own_start(contract, known, done) else None
    return ContractStatus(
        contract,
        state,
        days_in(state, window.value, on) if window else None,
        window,
        term,
        None if ends is None else (ends - on).days,
        window_inherited=window is not None and "window" in known.inherited,
        term_inherited=term is not None and "term" in known.inherited,
        stage=stage_of(on, done, own_start, state, expiry),
        expiry=expiry,
        background=known,
    )


def _milestones(contract: Contract, known: Background) -> tuple[Milestone, ...]:
    return contract.milestones if known.milestones is None else known.milestones


def _done(contract: Contract, known: Background, on: date) -> frozenset[MilestoneKind]:
    """Finds what had happened by that day; what has no date, once the contract has begun."""
    milestones = _milestones(contract, known)
    done = past(milestones, on)
    begins = contract.begins_on()
    if begins is None or begins.first <= on:
        done |= _HOLDS_UNDATED.intersection(undated(milestones))
    return done | {"amended"} if known.is_amended else done


def _extended_again(contract: Contract, known: Background, on: date) -> bool:
    """Whether a prolongation is on record that came after the one that moved the term."""
    if known.moved_on is None or known.first_term is None:
        return False
    since = max(known.moved_on, known.first_term.last)
    return any(
        item.kind == "extended" and has_happened(item, on) and item.on and item.on.first > since
        for item in _milestones(contract, known)
    )


def _has_own_start(contract: Contract, known: Background, done: frozenset[Any]) -> bool:
    """Whether something of its own says that it has begun: not only the term of its parent.

    Where a signature is on record, the term alone does not say so before it.
    """
    signed = any(item.kind == "signed" for item in contract.milestones)
    if signed and "signed" not in done:
        return False
    return "term" not in known.inherited or signed or "in_force" in done
