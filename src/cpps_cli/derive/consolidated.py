"""One of the texts that a contract has had."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cpps_cli.derive.changes import ChangeSet
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import Contract, DerivedSheet, Parts


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The text of a contract after some amendments; `version` is the id of the last of them.

    `changes` are those of the last amendments; `sheets` and `fields` say what they made of the
    sheets and of the contract's own fields before them. All are empty in the signed text.
    """

    contract: Contract
    version: str
    faults: tuple[Diagnostic, ...] = ()
    sheets: tuple[DerivedSheet, ...] = ()
    fields: Mapping[str, Parts] = field(default_factory=dict)
    changes: ChangeSet = field(default_factory=lambda: ChangeSet(()))
