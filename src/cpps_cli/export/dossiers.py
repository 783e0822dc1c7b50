"""The documents of all the local contracts of a parent, and of the parent itself."""

from collections.abc import Iterator
from dataclasses import replace

from cpps_cli.derive import LocalTexts, local_contracts
from cpps_cli.derive.coverage import is_sound
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.export.dossier import Dossier


class EveryDossier:
    """The dossiers of a parent and of its local contracts, read one after the other.

    A local contract whose changes are at fault is passed over; `faults` says why once all are read.
    """

    def __init__(self, parent: Dossier, texts: LocalTexts) -> None:
        self.parent = parent
        self.texts = texts
        self.faults: list[Diagnostic] = []

    def __len__(self) -> int:
        return 1 + len(self.parent.contract.local_territories)

    def __iter__(self) -> Iterator[Dossier]:
        yield self.parent
        for derivation, _territory in local_contracts(self.parent.parent, self.texts):
            self.faults.extend(derivation.faults)
            if is_sound(derivation):
                yield replace(self.parent, derived=derivation.derived)
