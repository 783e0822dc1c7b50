"""Where the window of the mid-term renegotiation stands on a day.

States (their order is that of urgency):
    overdue       after the window, while the term runs, and no renegotiation on record
    due           in the window, both ends included
    upcoming      before the window
    unknown       no window is known
    lapsed        after the window, and the term is over
    renegotiated  a renegotiation is on record
"""

from datetime import date
from typing import Literal

from cpps_cli.model import Period

State = Literal["overdue", "due", "upcoming", "unknown", "lapsed", "renegotiated"]
STATES: tuple[State, ...] = ("overdue", "due", "upcoming", "unknown", "lapsed", "renegotiated")


def state_on(
    on: date, window: Period | None, term_ends: date | None, *, renegotiated: bool
) -> State:
    """The one state on that day. `term_ends` is None where the term, or its end, is not known."""
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
    """The days until it opens (upcoming), until its last day (due), since it closed (overdue)."""
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
