"""What is due on a given day.

The day is an argument: this room never asks what day it is, never reads a file and never words a
sentence. No state says more than we know: `overdue` means that no renegotiation is on record.
"""

from cpps_cli.schedule.filters import Choice, is_awaited, reading_named, states_named
from cpps_cli.schedule.lifecycle import STAGES, STATES, End, Stage, State, Successor
from cpps_cli.schedule.status import Background, ContractStatus, standing
from cpps_cli.schedule.statuses import current_generation, standings, successor

__all__ = [
    "STAGES",
    "STATES",
    "Background",
    "Choice",
    "ContractStatus",
    "End",
    "Stage",
    "State",
    "Successor",
    "current_generation",
    "is_awaited",
    "reading_named",
    "standing",
    "standings",
    "states_named",
    "successor",
]
