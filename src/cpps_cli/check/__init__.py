"""Whether a library is right: rules of one contract, and across contracts.

Every rule yields diagnostics and judges one thing; the rules of a file's shape are the reader's,
those of changes are `derive`'s, and both are asked here so that one answer holds all. This room
never reads a file (it is handed a reader), never writes, never words a sentence.
"""

from cpps_cli.check.ground import (
    Ground,
    ground_of,
    local_faults,
    parent_faults,
    shown_faults,
    unforeseen_texts,
)
from cpps_cli.check.library import check_library, correspondence_faults, is_at_fault

__all__ = [
    "Ground",
    "check_library",
    "correspondence_faults",
    "ground_of",
    "is_at_fault",
    "local_faults",
    "parent_faults",
    "shown_faults",
    "unforeseen_texts",
]
