"""What a package tells of: a parent contract as of a day, and local contracts beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cpps_cli.engine.head import local_head
from cpps_cli.model import ActionSheet, Amendment, Axis, Claim, Contract, Derived, Milestone
from cpps_cli.model.programme import Programme
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    codes_passed_over,
    events_of,
    locals_of,
    programmes_told,
    territory_of,
)
from cpps_cli.present.sections.contract_front import milestones_met
from cpps_cli.schedule.agenda import Event


@dataclass(frozen=True, slots=True)
class Told:
    """A contract with its dossier; `repealed` are sheets that local ones still answer."""

    context: DocumentContext
    repealed: tuple[ActionSheet, ...] = ()

    @property
    def contract(self) -> Contract:
        return self.context.contract

    @property
    def derived(self) -> Derived | None:
        return self.context.derived

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


@dataclass(frozen=True, slots=True)
class Scope:
    """All that the tables tell; `contracts` begins with the parent.

    `at_fault` are the heads of local contracts of which the text is at fault, and not told.
    """

    context: DocumentContext
    contracts: tuple[Told, ...]
    events: tuple[Event, ...]
    programmes: tuple[Programme, ...]
    at_fault: tuple[Contract, ...]

    @property
    def parent(self) -> Contract:
        return self.contracts[0].contract

    @property
    def on(self) -> date:
        return self.context.on

    @property
    def derived(self) -> tuple[Derived, ...]:
        return tuple(item.derived for item in self.contracts if item.derived is not None)

    def sheets(self) -> Iterator[tuple[Told, ActionSheet]]:
        """Every sheet, with the contract that holds it."""
        return ((told, sheet) for told in self.contracts for sheet in told.sheets)

    def claims(self) -> Iterator[tuple[str, Contract, ActionSheet | Programme | None, Claim]]:
        """Every claim with its id, its contract, and the sheet or programme that it is about."""
        for told in self.contracts:
            contract = told.contract
            for number, claim in enumerate(contract.claims, 1):
                yield f"{contract.id}#claim-{number}", contract, None, claim
            for sheet in told.sheets:
                id = part_id(contract, sheet.code)
                for number, of_sheet in enumerate(sheet.claims, 1):
                    yield f"{id}#claim-{number}", contract, sheet, of_sheet
        for programme in self.programmes:
            id = programme_id(self, programme)
            for number, reported in enumerate(programme.claims, 1):
                yield f"{id}#claim-{number}", self.parent, programme, reported


def scope_of(context: DocumentContext) -> Scope:
    """The parent, and the local contracts that are told of beside it."""
    told = locals_of(context)
    parent = replace(context, derived=None)
    contracts = (
        Told(parent, _repealed(parent, told)),
        *(Told(replace(context, derived=derived)) for derived in told),
    )
    known = {item.contract.id for item in contracts}
    events = tuple(event for event in events_of(context) if event.contract.id in known)
    return Scope(
        context, contracts, events, programmes_told(context), tuple(_at_fault(context, told))
    )


def _at_fault(context: DocumentContext, told: tuple[Derived, ...]) -> Iterator[Contract]:
    """What is known of them without their text: their place, and the name that follows from it."""
    for code in codes_passed_over(context, told):
        place = territory_of(context, code)
        yield local_head(context.contract, None, place).contract


def part_id(contract: Contract, code: str) -> str:
    """The id of a sheet or an axis: that of its contract, and its code."""
    return f"{contract.id}/{code}"


def programme_id(scope: Scope, programme: Programme) -> str:
    """The id of a programme: that of the contract for which it is reported, and its code."""
    return f"{scope.parent.id}#programme-{programme.code}"


def _repealed(parent: DocumentContext, told: tuple[Derived, ...]) -> tuple[ActionSheet, ...]:
    """Sheets that the parent has no more, and that a local contract comes from."""
    now = {sheet.code for sheet in parent.contract.sheets}
    answered = {code for item in told for sheet in item.sheets for code in sheet.answers or ()}
    held: dict[str, ActionSheet] = {}
    for text in parent.parent.texts:
        held |= {sheet.code: sheet for sheet in text.contract.sheets}
    return tuple(sheet for code, sheet in held.items() if code in answered - now)
