"""Changes applied in time and in space, by one engine.

`build` makes the text, `judge` says what is wrong with the changes; amendments (`consolidation`)
and local texts (`derivation`) both use the two. This room never reads a file, never asks what day
it is and never words a sentence.
"""

from cpps_cli.derive.consolidated import Consolidated
from cpps_cli.derive.consolidation import amendment_file, consolidated, versions
from cpps_cli.derive.derivation import (
    Derivation,
    Parent,
    local_head_on,
    not_signed_before,
    overlay_file,
)
from cpps_cli.derive.fingerprint import digest, fingerprint, normalised
from cpps_cli.derive.reading import LocalTexts, local_contracts, local_texts

__all__ = [
    "Consolidated",
    "Derivation",
    "LocalTexts",
    "Parent",
    "amendment_file",
    "consolidated",
    "digest",
    "fingerprint",
    "local_contracts",
    "local_head_on",
    "local_texts",
    "normalised",
    "not_signed_before",
    "overlay_file",
    "versions",
]
