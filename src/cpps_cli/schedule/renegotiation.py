"""Where the mid-term renegotiation of a contract stands on a day.

States (their order is that of urgency):
    overdue       after the window, while the term runs, and no renegotiation on record
    due           in the window, both ends included
    upcoming      before the window
    unknown       no window is known
    lapsed        after the window, and the term is over
    renegotiated  a renegotiation is on record
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from cpps_cli.diagnostics import CppsError
from cpps_cli.model import Contract, Held, Period

State = Literal["overdue", "due", "upcoming", "unknown", "lapsed", "renegotiated"]
STATES: tuple[State, ...] = ("overdue", "due", "upcoming", "unknown", "lapsed", "renegotiated")


@dataclass(frozen=True, slots=True)
class Standing:
    """A contract on a day. `days`: until the window opens (upcoming), until its last day (due: 0
    on it), since it closed (overdue), else None. `term_days`: until the last day of the term,
    below zero once it is over, None where no term is known.
    """

    contract: Contract
    state: State
    days: int | None
    window: Held[Any] | None
    term: Held[Any] | None
    term_days: int | None
    window_inherited: bool = False
    term_inherited: bool = False

    @property
    def disputed(self) -> bool:
        """Whether sources disagree on the window or the term."""
        return any(held.disputed for held in (self.window, self.term) if held)


def states_named(words: str) -> frozenset[State]:
    """The states in a list such as `due,overdue`; raises `CppsError` on another word."""
    asked = {word.strip() for word in words.split(",") if word.strip()}
    for word in sorted(asked.difference(STATES)):
        raise CppsError("`{word}` is not a state", word=word, known=tuple(STATES))
    return frozenset(state for state in STATES if state in asked)


def standing(contract: Contract, on: date, *, inherited: tuple[str, ...] = ()) -> Standing:
    """Where a contract stands; `inherited` names which of term and window are its parent's."""
    window, term = contract.held("window"), contract.held("term")
    ends = None if term is None else term.value.last
    state = _state(contract, None if window is None else window.value, ends, on)
    return Standing(
        contract,
        state,
        _days(state, window.value, on) if window else None,
        window,
        term,
        None if ends is None else (ends - on).days,
        window_inherited=window is not None and "window" in inherited,
        term_inherited=term is not None and "term" in inherited,
    )


def _state(contract: Contract, window: Period | None, term_ends: date | None, on: date) -> State:
    if any(
        milestone.kind == "renegotiated" and milestone.on and milestone.on.last <= on
        for milestone in contract.milestones
    ):
        return "renegotiated"
    if window is None:
        return "unknown"
    if on < window.first:
        return "upcoming"
    if on <= window.last:
        return "due"
    return "lapsed" if term_ends is not None and on > term_ends else "overdue"


def _days(state: State, window: Period, on: date) -> int | None:
    match state:
        case "upcoming":
            return (window.first - on).days
        case "due":
            return (window.last - on).days
        case "overdue":
            return (on - window.last).days
        case _:
            return None
