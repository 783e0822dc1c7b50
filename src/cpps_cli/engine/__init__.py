"""Changes applied in time and in space, by one engine.

`apply` makes the text, `validate` finds the faults of the changes; amendments (`versions`) and
local texts (`derive`) both use the two. Of three texts of one field, `base` is what the parent said
when a change was read, `theirs` what it says on the day asked, `ours` what the local text says; of
a contract alone, `now` is its text of that day. No module here reads a file, asks what day it is
or words a sentence.
"""

from cpps_cli.engine.changes import ContractVersion
from cpps_cli.engine.derive import Derivation, Parent, local_contracts, local_texts
from cpps_cli.engine.head import local_head_on, not_signed_before
from cpps_cli.engine.merge3 import digest, fingerprint, normalised
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
