"""The scope of open data: a parent contract as of a day, and its local contracts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from cpps_cli.engine.head import local_head
from cpps_cli.model import ActionSheet, Amendment, Axis, Contract, Derived, Milestone, Territory
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    codes_passed_over,
    events_of,
    locals_of,
    territory_of,
)
from cpps_cli.present.sections.contract_front import milestones_met, state_of
from cpps_cli.schedule.agenda import Event

AT_FAULT = "at_fault"


@dataclass(frozen=True, slots=True)
class Published:
    """A contract of a package; `repealed` are sheets that local ones still answer.

    `head` is all that is known of a local contract whose text is at fault, and not published.
    """

    context: DocumentContext
    repealed: tuple[ActionSheet, ...] = ()
    head: Contract | None = None

    @property
    def contract(self) -> Contract:
        return self.head or self.context.contract

    @property
    def id(self) -> str:
        return self.contract.id

    @property
    def derived(self) -> Derived | None:
        return self.context.derived

    @property
    def state(self) -> str:
        """The stage that it has come to."""
        return AT_FAULT if self.head else state_of(self.context)

    @property
    def has_text(self) -> bool:
        """Whether its sheets are its own: what it would inherit without a text is not."""
        return self.derived is None or self.derived.basis != "no_text"

    @property
    def axes(self) -> tuple[Axis, ...]:
        return self.contract.axes if self.has_text else ()

    @property
    def sheets(self) -> tuple[ActionSheet, ...]:
        return (*self.contract.sheets, *self.repealed) if self.has_text else ()

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        return milestones_met(self.contract, self.context.on)

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        return amendments_in_force(self.context)


class Local(NamedTuple):
    """A local contract and its place."""

    derived: Derived
    territory: Territory

    @property
    def contract(self) -> Contract:
        return self.derived.contract


OneContract = Published | Local


@dataclass(frozen=True, slots=True)
class Scope:
    """All that the tables of a package tell; `contracts` begins with the parent.

    `at_fault` are the local contracts of which the text is at fault, and not published.
    """

    context: DocumentContext
    contracts: tuple[Published, ...]
    events: tuple[Event, ...]
    at_fault: tuple[Published, ...]

    @property
    def parent(self) -> Contract:
        return self.contracts[0].contract

    @property
    def derived(self) -> tuple[Derived, ...]:
        return tuple(item.derived for item in self.contracts if item.derived is not None)


def scope_of(context: DocumentContext) -> Scope:
    """Gathers the parent, and the local contracts that are published with it."""
    found = locals_of(context)
    parent = replace(context, derived=None)
    contracts = (
        Published(parent, _repealed(parent, found)),
        *(Published(replace(context, derived=derived)) for derived in found),
    )
    known = {item.contract.id for item in contracts}
    events = tuple(event for event in events_of(context) if event.contract.id in known)
    return Scope(context, contracts, events, tuple(_at_fault(context, found)))


def part_id(contract: Contract, code: str) -> str:
    """The id of a sheet or an axis: that of its contract, and its code."""
    return f"{contract.id}/{code}"


def _at_fault(context: DocumentContext, found: tuple[Derived, ...]) -> Iterator[Published]:
    """Lists them without their text: by their place, and the name that follows from it."""
    for code in codes_passed_over(context, found):
        head = local_head(context.contract, None, territory_of(context, code)).contract
        yield Published(context, head=head)


def _repealed(parent: DocumentContext, found: tuple[Derived, ...]) -> tuple[ActionSheet, ...]:
    """Sheets that the parent has no more, and that a local contract comes from."""
    now = {sheet.code for sheet in parent.contract.sheets}
    answered = {code for item in found for sheet in item.sheets for code in sheet.answers or ()}
    kept: dict[str, ActionSheet] = {}
    for text in parent.parent.texts:
        kept |= {sheet.code: sheet for sheet in text.contract.sheets}
    return tuple(sheet for code, sheet in kept.items() if code in answered - now)
