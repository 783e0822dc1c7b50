"""The standings of parent contracts and of the local contracts that go with them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from cpps_cli.derive import LocalTexts, Parent, local_head_on, local_texts
from cpps_cli.model import Amendment, Contract, Overlay, Territory
from cpps_cli.schedule.renegotiation import Standing, standing


class Texts(LocalTexts, Protocol):
    """What is asked of who reads the library."""

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]: ...


class Heads(Texts, Protocol):
    """The same, and the contracts themselves."""

    def contract_head(self, contract_id: str) -> Contract | None: ...


def standings(parents: Iterable[Contract], texts: Texts, on: date) -> Iterator[Standing]:
    """Each parent, then the local contract of each of its territories, known or not."""
    for signed in parents:
        parent = Parent(signed, texts.amendments(signed.id), on).now.contract
        yield standing(parent, on)
        for territory, overlay in local_texts(parent, texts):
            yield _local(parent, overlay, territory, on)


def standing_of(contract: Contract, texts: Heads, on: date) -> Standing:
    """Where a parent or local contract stands by what these texts say of it on a day."""
    head = texts.contract_head(contract.parent or contract.id)
    found = standings([head] if head else [], texts, on)
    return next(item for item in found if item.contract.id == contract.id)


def _local(parent: Contract, overlay: Overlay | None, territory: Territory, on: date) -> Standing:
    local, inherited = local_head_on(parent, overlay, territory, on)
    return standing(local, on, inherited=inherited)
