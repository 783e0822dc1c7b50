"""The stage of its life in which a contract is on a day: one, never stored, always derived.

The first rule of `_RULES` that holds names it. A stage says no more than what is on record: the
contract of an arrondissement of which nothing is known but its parent's dates is `unknown`.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cpps_cli.model import MilestoneKind, Period
from cpps_cli.schedule.ending import End
from cpps_cli.schedule.window import State

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
class Life:
    """What a stage is derived from. `begins` is None where only its parent's dates are known.

    `past`: what had happened by that day. `is_amended`: an amendment of its own text is in force.
    """

    on: date
    past: AbstractSet[MilestoneKind]
    begins: Period | None
    window: State
    end: End
    is_amended: bool = False

    @property
    def has_begun(self) -> bool:
        """Whether its text holds on that day, for certain."""
        return self.begins is not None and self.begins.first <= self.on

    @property
    def runs_on(self) -> bool:
        """Whether it holds only because its first term was prolonged."""
        first = self.end.prolonged_from
        return self.end.state == "prolonged" or (first is not None and self.on > first.last)


_RULES: tuple[tuple[Stage, Callable[[Life], bool]], ...] = (
    ("replaced", lambda life: life.end.state == "replaced"),
    ("expired", lambda life: life.end.state == "expired"),
    ("extended", lambda life: life.has_begun and life.runs_on),
    ("in_renegotiation", lambda life: life.has_begun and life.window == "due"),
    ("renegotiated", lambda life: life.has_begun and life.window == "renegotiated"),
    ("amended", lambda life: life.has_begun and (life.is_amended or "amended" in life.past)),
    ("in_force", lambda life: life.has_begun or "in_force" in life.past),
    ("signed", lambda life: "signed" in life.past),
    ("validated", lambda life: "validated" in life.past),
    ("presented", lambda life: "presented" in life.past),
    ("in_concertation", lambda life: "in_concertation" in life.past),
    ("drafted", lambda life: "drafted" in life.past),
)
STAGES: tuple[Stage, ...] = (*(stage for stage, _ in _RULES), "unknown")


def stage_of(life: Life) -> Stage:
    """The stage of a contract: that of the first rule that holds."""
    return next((stage for stage, holds in _RULES if holds(life)), "unknown")
