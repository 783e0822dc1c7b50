"""The local contracts of a parent, one after the other: none is kept once it is given."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from cpps_cli.derive.derivation import Derivation, Parent
from cpps_cli.model import Contract, Overlay, Territory


class LocalTexts(Protocol):
    """What is asked of who reads the library."""

    @property
    def territories(self) -> Mapping[str, Territory]: ...
    def overlay_codes(self, contract_id: str) -> tuple[str, ...]: ...
    def overlay(self, contract_id: str, territory: str) -> Overlay | None: ...


def local_contracts(
    parent: Parent, texts: LocalTexts, codes: Iterable[str] | None = None
) -> Iterator[tuple[Derivation, Territory]]:
    """The contract of each territory for which the parent is derived, known or not; of `codes`
    only, where they are given.
    """
    for territory, overlay in local_texts(parent.now.contract, texts, codes):
        yield parent.derive(overlay, territory), territory


def local_texts(
    contract: Contract, texts: LocalTexts, codes: Iterable[str] | None = None
) -> Iterator[tuple[Territory, Overlay | None]]:
    """Each territory of a contract with its local text, None where none is known.

    A territory whose file is at fault is passed over: "no text is known" would be untrue.
    """
    held = frozenset(texts.overlay_codes(contract.id))
    for code in contract.local_territories if codes is None else codes:
        territory, overlay = texts.territories.get(code), texts.overlay(contract.id, code)
        if territory is not None and (overlay is not None or code not in held):
            yield territory, overlay
