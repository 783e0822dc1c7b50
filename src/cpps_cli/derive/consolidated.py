"""One of the texts that a contract has had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cpps_cli.derive.changes import ChangeSet
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import ActionSheet, Contract, DerivedSheet, Parts


@dataclass(frozen=True)
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

    # What is asked again for each local contract.

    @cached_property
    def by_code(self) -> Mapping[str, ActionSheet]:
        """Its sheets by their codes, in their order."""
        return {sheet.code: sheet for sheet in self.contract.sheets}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each sheet, by its code."""
        return {code: rank for rank, code in enumerate(self.by_code)}

    @cached_property
    def untouched(self) -> Mapping[str, DerivedSheet]:
        """What each sheet is, by its code, in a contract that takes it word for word."""
        sheets = self.by_code.items()
        return {code: DerivedSheet(sheet, "inherited", (code,)) for code, sheet in sheets}
