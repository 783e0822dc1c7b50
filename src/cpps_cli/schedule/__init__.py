"""What is due on a given day.

The day is an argument: this room never asks what day it is, never reads a file and never words a
sentence. No state says more than we know: `overdue` means that no renegotiation is on record.
"""

from cpps_cli.schedule.filters import Choice, is_awaited, reading_named, states_named
from cpps_cli.schedule.generations import current_generation, statuses, successor
from cpps_cli.schedule.lifecycle import STAGES, STATES, Expiry, Stage, State, Successor
from cpps_cli.schedule.status import Background, ContractStatus, status_of

__all__ = [
    "STAGES",
    "STATES",
    "Background",
    "Choice",
    "ContractStatus",
    "Expiry",
    "Stage",
    "State",
    "Successor",
    "current_generation",
    "is_awaited",
    "reading_named",
    "states_named",
    "status_of",
    "statuses",
    "successor",
]
