"""One of the texts that a contract has had."""

from dataclasses import dataclass, field

from cpps_cli.derive.changes import ChangeSet
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import Contract, DerivedSheet


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The text of a contract after some amendments; `version` is the id of the last of them.

    `changes` are those of the last amendments, and `sheets` say what they made of the sheets
    before them: none in the signed text.
    """

    contract: Contract
    version: str
    faults: tuple[Diagnostic, ...] = ()
    sheets: tuple[DerivedSheet, ...] = ()
    changes: ChangeSet = field(default_factory=lambda: ChangeSet(()))
