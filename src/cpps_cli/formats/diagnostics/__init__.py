"""Diagnostics as people, editors and other tools read them: one value, one writer for each format.

Positions are looked up through what `store` hands over (`Lines`), only for what is shown.
"""

from cpps_cli.formats.diagnostics.excerpt import Lines, Placed, placed
from cpps_cli.formats.diagnostics.full import faults_concisely, faults_in_full
from cpps_cli.formats.diagnostics.report import FaultFormat, fault_report

__all__ = [
    "FaultFormat",
    "Lines",
    "Placed",
    "fault_report",
    "faults_concisely",
    "faults_in_full",
    "placed",
]
