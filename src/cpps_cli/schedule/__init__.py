"""What is due on a given day.

The day is an argument: this room never asks what day it is, never reads a file and never words a
sentence. No state says more than we know: `overdue` means that no renegotiation is on record.
"""

from cpps_cli.schedule.choice import Choice, is_awaited, reading_named, states_named
from cpps_cli.schedule.ending import End, Successor
from cpps_cli.schedule.generation import current_generation, successor
from cpps_cli.schedule.life import STAGES, Stage
from cpps_cli.schedule.renegotiation import Background, Standing, standing
from cpps_cli.schedule.standings import standings
from cpps_cli.schedule.window import STATES, State

__all__ = [
    "STAGES",
    "STATES",
    "Background",
    "Choice",
    "End",
    "Stage",
    "Standing",
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
