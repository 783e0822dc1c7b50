"""The local contracts of a parent, one after the other: none is kept once it is given."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from cpps_cli.derive.derivation import Derivation, Parent
from cpps_cli.model import Overlay, Territory


class LocalTexts(Protocol):
    """What is asked of who reads the library."""

    @property
    def territories(self) -> Mapping[str, Territory]: ...
    def overlay(self, contract_id: str, territory: str) -> Overlay | None: ...


def local_contracts(parent: Parent, texts: LocalTexts) -> Iterator[tuple[Derivation, Territory]]:
    """The contract of each territory for which the parent is derived, known or not."""
    contract = parent.now.contract
    for code in contract.local_territories:
        territory = texts.territories.get(code)
        if territory is not None:
            yield parent.derive(texts.overlay(contract.id, code), territory), territory
