"""The standings of parent contracts and of the local contracts that go with them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from cpps_cli.derive import (
    LocalTexts,
    Parent,
    local_head_on,
    local_texts,
    not_signed_before,
)
from cpps_cli.derive.consolidation import in_force
from cpps_cli.model import Amendment, Contract, Overlay, Period, Territory
from cpps_cli.schedule.ending import Successor
from cpps_cli.schedule.generation import as_successor, successor, successor_on
from cpps_cli.schedule.renegotiation import Background, Standing, standing


class Texts(LocalTexts, Protocol):
    """What is asked of who reads the library."""

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]: ...


class Heads(Texts, Protocol):
    """The same, and the contracts themselves."""

    def contract_head(self, contract_id: str) -> Contract | None: ...


def standings(
    parents: Iterable[Contract],
    texts: Texts,
    on: date,
    *,
    reading: str | None = None,
    known: Iterable[Contract] = (),
) -> Iterator[Standing]:
    """Each parent, then the local contract of each of its territories, known or not.

    `reading` computes with what that reading says, where a contract has it; `known` are all the
    contracts of the library, among which successors are looked for.
    """
    generations = Generations(tuple(known), texts, on)
    for signed in parents:
        yield parent_standing(signed, generations, reading)
        yield from local_standings(signed, generations, reading)


def parent_standing(
    signed: Contract, generations: "Generations", reading: str | None = None
) -> Standing:
    """Where a parent contract stands."""
    return _of_parent(generations.parent(signed), generations, reading)


def local_standings(
    signed: Contract,
    generations: "Generations",
    reading: str | None = None,
    codes: Iterable[str] | None = None,
) -> Iterator[Standing]:
    """Where the local contract of each of its territories stands, or of these only."""
    parent = generations.parent(signed)
    for territory, overlay in local_texts(parent.now.contract, generations.texts, codes):
        yield local_standing(parent, overlay, territory, generations, reading)


def local_standing(
    parent: Parent,
    overlay: Overlay | None,
    territory: Territory,
    generations: "Generations",
    reading: str | None = None,
) -> Standing:
    """Where the local contract of one territory stands; `overlay` is None where no text is held."""
    contract, on = parent.now.contract, generations.on
    local, inherited = local_head_on(contract, overlay, territory, on)
    background = Background(
        inherited,
        reading,
        first_term=_first_term(parent, overlay, territory, reading),
        successor=generations.local_successor(contract, territory),
        is_amended=bool(overlay and in_force(overlay.amendments, on)),
        milestones=overlay.milestones if overlay else (),
        parent=parent,
        overlay=overlay if overlay and not not_signed_before(overlay, on) else None,
    )
    return standing(local, on, background=background)


def standing_of(contract: Contract, texts: Heads, on: date) -> Standing:
    """Where a parent or local contract stands by what these texts say of it on a day."""
    head = texts.contract_head(contract.parent or contract.id)
    found = standings([head] if head else [], texts, on)
    return next(item for item in found if item.contract.id == contract.id)


class Generations:
    """The contracts of a library on a day, and what comes after each."""

    def __init__(self, known: tuple[Contract, ...], texts: Texts, on: date) -> None:
        self.known = known
        self.texts = texts
        self.on = on
        self._parents: dict[str, Parent] = {}
        self._held: dict[str, frozenset[str]] = {}

    def parent(self, signed: Contract) -> Parent:
        """A contract with its amendments, on the day."""
        if signed.id not in self._parents:
            amendments = self.texts.amendments(signed.id)
            self._parents[signed.id] = Parent(signed, amendments, self.on)
        return self._parents[signed.id]

    def local_successor(self, contract: Contract, territory: Territory) -> Successor | None:
        """The local contract of a later generation, where one is signed or has begun."""
        later = successor(contract, self.known)
        while later is not None and later.id != contract.id:  # they may replace one another
            if found := self._local(later, territory):
                return found
            later = successor(later, self.known)
        return None

    def _local(self, later: Contract, territory: Territory) -> Successor | None:
        if later.id not in self._held:
            self._held[later.id] = frozenset(self.texts.overlay_codes(later.id))
        if territory.code not in self._held[later.id]:
            return None
        overlay = self.texts.overlay(later.id, territory.code)
        if overlay is None:
            return None
        now = self.parent(later).now.contract
        local, inherited = local_head_on(now, overlay, territory, self.on)
        # What only inherits its dates replaces nothing: a draft, or what is not signed yet.
        own = "term" not in inherited or local.held("signed_on") is not None
        return as_successor(local, self.on) if own else None


def _of_parent(parent: Parent, generations: Generations, reading: str | None) -> Standing:
    contract, on = parent.now.contract, generations.on
    background = Background(
        reading=reading,
        first_term=_term(parent.texts[0].contract, reading),
        successor=successor_on(contract, generations.known, on),
        is_amended=parent.now is not parent.texts[0],
        parent=parent,
    )
    return standing(contract, on, background=background)


def _first_term(
    parent: Parent, overlay: Overlay | None, territory: Territory, reading: str | None
) -> Period | None:
    """The term that a local contract had when it was signed, or its parent when that is unknown."""
    if overlay is None:
        return _term(parent.texts[0].contract, reading)
    dates = [item.on for item in overlay.milestones if item.kind == "signed"]
    signed = next((when.first for when in dates if when is not None), date.min)
    then = parent.text_on(signed).contract
    local, _inherited = local_head_on(then, overlay, territory, signed)
    return _term(local, reading)


def _term(contract: Contract, reading: str | None) -> Period | None:
    held = contract.held("term", reading)
    return None if held is None else held.value
