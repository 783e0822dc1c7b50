"""What is due on a given day.

The day is an argument: this room never asks what day it is, never reads a file and never words a
sentence. No state says more than we know: `overdue` means that no renegotiation is on record.
"""

from cpps_cli.schedule.generation import current_generation, successor
from cpps_cli.schedule.renegotiation import (
    STATES,
    Standing,
    State,
    standing,
    states_named,
)
from cpps_cli.schedule.standings import standings

__all__ = [
    "STATES",
    "Standing",
    "State",
    "current_generation",
    "standing",
    "standings",
    "states_named",
    "successor",
]
