"""The documents of all the local contracts of a parent, and of the parent itself."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cpps_cli.check import ground_of, local_faults, parent_faults
from cpps_cli.derive import local_contracts
from cpps_cli.derive.coverage import is_sound
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.export.dossier import Dossier

if TYPE_CHECKING:
    from cpps_cli.check import Reading


class EveryDossier:
    """The dossiers of a parent and of its local contracts, read one after the other.

    A local contract whose changes are at fault is passed over; `faults` says why once all are read,
    and what else the check has against the texts.
    """

    def __init__(self, parent: Dossier, texts: "Reading") -> None:
        self.parent = parent
        self.texts = texts
        self.faults: list[Diagnostic] = []

    def __len__(self) -> int:
        return 1 + len(self.parent.contract.local_territories)

    def __iter__(self) -> Iterator[Dossier]:
        parent = self.parent.parent
        ground = ground_of(self.texts, parent)
        self.faults += parent_faults(self.texts, parent)
        yield self.parent
        for derivation, territory in local_contracts(parent, self.texts):
            self.faults += derivation.faults
            if is_sound(derivation):
                if (overlay := derivation.derived.overlay) is not None:
                    self.faults += local_faults(ground, overlay, territory, derivation)
                yield replace(self.parent, derived=derivation.derived)
