"""The end of a contract's term, followed like its window.

States, both ends of the term included:
    not_begun  before its first day
    running    in the term
    prolonged  after its last day, and a prolongation is on record that does not say until when
    expired    after its last day, and nothing on record replaces it
    replaced   a contract that replaces it has begun, or a replacement is on record
    unknown    no term is known, and nothing on record replaces it
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cpps_cli.model import MilestoneKind, Period

EndState = Literal["unknown", "not_begun", "running", "prolonged", "expired", "replaced"]


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
class End:
    """`prolonged_from`: the first term, where an amendment moved its end. `successor`: the
    contract that replaces it, where that one is signed or has begun.
    """

    state: EndState
    prolonged_from: Period | None = None
    successor: Successor | None = None


def end_on(
    on: date,
    term: Period | None,
    *,
    past: AbstractSet[MilestoneKind] = frozenset(),
    prolonged_from: Period | None = None,
    successor: Successor | None = None,
) -> End:
    """How the end of a term stands on a day; `past` is what had happened by then."""
    state = _state(on, term, past, prolonged_from, successor)
    return End(state, prolonged_from, successor)


def _state(
    on: date,
    term: Period | None,
    past: AbstractSet[MilestoneKind],
    prolonged_from: Period | None,
    successor: Successor | None,
) -> EndState:
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
