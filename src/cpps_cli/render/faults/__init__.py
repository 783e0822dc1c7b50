"""Diagnostics as people, editors and other tools read them: one value, one writer for each format.

Positions are looked up through what `store` hands over (`Lines`), only for what is shown.
"""

from cpps_cli.render.faults.concise import faults_concisely
from cpps_cli.render.faults.full import faults_in_full
from cpps_cli.render.faults.placed import Lines, Placed, placed
from cpps_cli.render.faults.report import FaultFormat, fault_report

__all__ = [
    "FaultFormat",
    "Lines",
    "Placed",
    "fault_report",
    "faults_concisely",
    "faults_in_full",
    "placed",
]
