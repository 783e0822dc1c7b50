"""Changes applied in time and in space, by one engine.

`build` makes the text, `judge` says what is wrong with the changes; amendments (`consolidation`)
and local texts (`derivation`) both use the two. This room never reads a file, never asks what day
it is and never words a sentence.
"""

from cpps_cli.engine.changes import ContractVersion
from cpps_cli.engine.derive import Derivation, Parent, local_contracts, local_texts
from cpps_cli.engine.fingerprint import digest, fingerprint, normalised
from cpps_cli.engine.head import local_head_on, not_signed_before
from cpps_cli.engine.versions import consolidated, versions

__all__ = [
    "ContractVersion",
    "Derivation",
    "Parent",
    "consolidated",
    "digest",
    "fingerprint",
    "local_contracts",
    "local_head_on",
    "local_texts",
    "normalised",
    "not_signed_before",
    "versions",
]
