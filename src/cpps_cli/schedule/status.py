"""Where a contract stands on a day: its window, the end of its term, the stage of its life."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cpps_cli.engine import Parent
from cpps_cli.model import Contract, Milestone, Overlay, Period, Retained
from cpps_cli.schedule.lifecycle import (
    Expiry,
    Lifecycle,
    Stage,
    State,
    Successor,
    days_in,
    expiry_on,
    past,
    stage_of,
    state_on,
)


@dataclass(frozen=True, slots=True)
class Background:
    """What is known besides the text of the day.

    `inherited` names which of term and window are the parent's; `reading` is the one asked for;
    `first_term` the term before any amendment; `milestones` those of a local text that is not
    signed yet on the day; `parent` and `overlay` the texts that hold, with all their amendments.
    """

    inherited: tuple[str, ...] = ()
    reading: str | None = None
    first_term: Period | None = None
    successor: Successor | None = None
    is_amended: bool = False
    milestones: tuple[Milestone, ...] | None = None
    parent: Parent | None = None
    overlay: Overlay | None = None


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
    expiry: Expiry = Expiry("unknown")  # noqa: RUF009 (it is frozen)
    background: Background = Background()

    @property
    def disputed(self) -> bool:
        """Whether sources disagree on the window or the term."""
        return any(held.disputed for held in (self.window, self.term) if held)

    @property
    def is_missed(self) -> bool:
        """Whether a window was closed without renegotiation, or a term over without successor."""
        return self.state in ("overdue", "lapsed") or self.expiry.state == "expired"


def status_of(
    contract: Contract,
    on: date,
    *,
    inherited: tuple[str, ...] = (),
    background: Background | None = None,
) -> ContractStatus:
    """Computes where a contract stands; `inherited`: which of term and window are its parent's."""
    known = background or Background(inherited)
    window, term = (
        contract.retained("window", known.reading),
        contract.retained("term", known.reading),
    )
    done = past(contract.milestones if known.milestones is None else known.milestones, on)
    expiry = _expiry(term, done, known, on)
    ends = None if term is None else term.value.last
    state = state_on(
        on,
        None if window is None else window.value,
        None if expiry.state == "prolonged" else ends,
        renegotiated="renegotiated" in done,
    )
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
        stage=stage_of(Lifecycle(on, done, own_start, state, expiry, known.is_amended)),
        expiry=expiry,
        background=known,
    )


def _expiry(
    term: Retained[Any] | None, done: frozenset[Any], known: Background, on: date
) -> Expiry:
    period: Period | None = None if term is None else term.value
    first = known.first_term
    moved = first is not None and period is not None and first.last < period.last
    return expiry_on(
        on,
        period,
        past=done,
        prolonged_from=first if moved else None,
        successor=known.successor,
    )


def _has_own_start(contract: Contract, known: Background, done: frozenset[Any]) -> bool:
    """Whether something of its own says that it has begun: not only the term of its parent.

    Where a signature is on record, the term alone does not say so before it.
    """
    signed = any(item.kind == "signed" for item in contract.milestones)
    if signed and "signed" not in done:
        return False
    return "term" not in known.inherited or signed or "in_force" in done
