"""The contracts, where they apply, who is part of them, and what happened to them."""

from collections.abc import Iterator
from typing import get_args

from cpps_cli.model import (
    Axis,
    Basis,
    Contract,
    Derived,
    Milestone,
    MilestoneKind,
    Period,
    Territory,
)
from cpps_cli.present.document_context import territory_of
from cpps_cli.present.facts.open_data.scope import Scope, Told, part_id
from cpps_cli.present.facts.open_data.table import (
    Column,
    Reference,
    Row,
    Table,
    Value,
    claimed,
    identity,
    link,
    of_model,
    position,
)
from cpps_cli.present.sections.contract_front import State, state_of

AT_FAULT = "at_fault"
OF_CONTRACT = Reference("contract", "contracts")


def contracts_table(scope: Scope) -> Table:
    """The parent, then each local contract."""
    columns = (
        identity("the id of the contract; of a local one, PARENT/TERRITORY"),
        of_model(Contract, "title"),
        of_model(Contract, "short_title"),
        link("territory", "the code of the place where it applies"),
        of_model(Contract, "parent"),
        of_model(Contract, "replaces"),
        Column("text_of", "the day whose text this is", "date", required=True),
        Column("version", "the id of its last amendment in force that day, or `signed`"),
        Column("parent_version", "of a local contract: the parent's version that day"),
        Column(
            "state",
            "how far it has come; at_fault: its text is at fault, and not told",
            required=True,
            words=(*get_args(State), AT_FAULT),
        ),
        Column("basis", "of a local contract: how much of its text is held", words=get_args(Basis)),
        *held_columns("term", "term_starts_on", "term_ends_on"),
        *held_columns("window", "window_opens_on", "window_closes_on"),
        of_model(Contract, "announced_sheets", "integer"),
        of_model(Contract, "pages", "integer"),
        claimed("to_reread", "of a local contract: whether the parent has changed under it"),
        of_model(Contract, "amendments_without_text"),
        of_model(Contract, "note"),
    )
    references = (Reference("territory", "territories", "code"), Reference("parent", "contracts"))
    rows = (
        *(_contract(scope, told) for told in scope.contracts),
        *(_at_fault(scope, head, columns) for head in scope.at_fault),
    )
    return Table("contracts", "contracts, the parent first", columns, ("id",), references, rows)


def territories_table(scope: Scope) -> Table:
    """The places of the contracts."""
    columns = tuple(of_model(Territory, field) for field in ("code", "name", "short_name", "note"))
    contracts = (*(told.contract for told in scope.contracts), *scope.at_fault)
    codes = dict.fromkeys(contract.territory for contract in contracts)
    places = (territory_of(scope.context, code) for code in codes)
    rows = tuple((item.code, item.name, item.short_name, item.note) for item in places)
    return Table("territories", "places where contracts apply", columns, ("code",), (), rows)


def parties_table(scope: Scope) -> Table:
    """Who signs, who takes part, who steers: a row for each."""
    fields = {"signatory": "signatories", "partner": "partners", "governance": "governance"}
    columns = (
        link("contract", "the id of the contract"),
        Column("role", "signs and is bound, takes part, or steers", required=True,
               words=tuple(fields)),
        position("its place in the list of the contract"),
        Column("words", "the office, or how it is steered", required=True),
    )  # fmt: skip
    rows = tuple(
        (told.contract.id, role, place, words)
        for told in scope.contracts
        for role, field in fields.items()
        for place, words in enumerate(getattr(told.contract, field), 1)
    )
    key = ("contract", "role", "position")
    description = "signatories, partners and governance of contracts"
    return Table("parties", description, columns, key, (OF_CONTRACT,), rows)


def milestones_table(scope: Scope) -> Table:
    """What had happened by the day of the text."""
    columns = (
        identity("the id of the milestone"),
        link("contract", "the id of the contract"),
        Column("kind", "what happened", required=True, words=get_args(MilestoneKind)),
        *period_columns("on", "when", "first_on", "last_on"),
        Column("no_later_than", "when it had happened for certain, where the day is unknown"),
        Column("no_later_than_on", "the last day of that period", "date"),
        claimed("inferred", "whether the day is read by us, stated in no source"),
        of_model(Milestone, "body"),
        of_model(Milestone, "note"),
    )  # fmt: skip
    rows = tuple(
        (
            milestone_id(told, number),
            told.contract.id,
            item.kind,
            *period_values(item.on),
            item.no_later_than.written if item.no_later_than else None,
            item.no_later_than.last if item.no_later_than else None,
            item.inferred,
            item.body,
            item.note,
        )
        for told in scope.contracts
        for number, item in enumerate(told.milestones, 1)
    )
    description = "what happened to contracts"
    return Table("milestones", description, columns, ("id",), (OF_CONTRACT,), rows)


def axes_table(scope: Scope) -> Table:
    """The chapters of the contracts whose text is held."""
    columns = (
        identity("the id of the axis: that of its contract, and its code"),
        link("contract", "the id of the contract"),
        of_model(Axis, "code"),
        position("its place in the contract"),
        of_model(Axis, "number", "integer"),
        of_model(Axis, "title"),
        Column("parent_axis", "in a local contract: the id of the parent's axis that it answers"),
        of_model(Axis, "announced_sheets", "integer"),
        of_model(Axis, "note"),
    )
    rows = tuple(
        _axis(told, axis, place)
        for told in scope.contracts
        for place, axis in enumerate(told.axes, 1)
    )
    references = (OF_CONTRACT, Reference("parent_axis", "axes"))
    return Table("axes", "the axes of contracts", columns, ("id",), references, rows)


def milestone_id(told: Told, number: int) -> str:
    """The id of a milestone, by its place among those of its contract."""
    return f"{told.contract.id}#milestone-{number}"


def _axis(told: Told, axis: Axis, place: int) -> Row:
    parent = told.derived.parent if told.derived else None
    answered = parent is not None and parent.axis(axis.parent) is not None
    return (
        part_id(told.contract, axis.code),
        told.contract.id,
        axis.code,
        place,
        axis.number,
        axis.title,
        part_id(parent, str(axis.parent)) if parent is not None and answered else None,
        axis.announced_sheets,
        axis.note,
    )


def _contract(scope: Scope, told: Told) -> Row:
    contract, derived = told.contract, told.derived
    parent_version = told.context.parent.now.version
    return (
        contract.id,
        contract.title,
        contract.short_title,
        contract.territory,
        derived.parent.id if derived else None,
        contract.replaces,
        scope.on,
        *((derived.version, parent_version) if derived else (parent_version, None)),
        state_of(told.context),
        derived.basis if derived else None,
        *held_period(told.contract, told.derived, "term"),
        *held_period(told.contract, told.derived, "window"),
        *(held.value if (held := contract.retained(field)) else None
          for field in ("announced_sheets", "pages")),
        derived.to_reread if derived else False,
        contract.amendments_without_text,
        contract.note,
    )  # fmt: skip


def _at_fault(scope: Scope, head: Contract, columns: tuple[Column, ...]) -> Row:
    """That there is such a contract, and where: what does not come from its text."""
    known: dict[str, Value] = {
        **{field: getattr(head, field) for field in ("id", "title", "short_title", "territory")},
        "parent": head.parent,
        "text_of": scope.on,
        "parent_version": scope.contracts[0].context.parent.now.version,
        "state": AT_FAULT,
    }
    return tuple(
        known.get(column.name, False if column.type == "boolean" else None) for column in columns
    )


def held_columns(name: str, first: str, last: str) -> Iterator[Column]:
    """The columns of the term, or of the window: the period, whose it is, and how sure."""
    yield from period_columns(name, f"the {name}", first, last)
    inherited = f"whether the {name} is the parent's, no source giving one"
    yield claimed(f"{name}_inherited", inherited)
    yield claimed(f"{name}_disputed", f"whether sources disagree on the {name}")


def held_period(contract: Contract, derived: Derived | None, field: str) -> Row:
    """What stands under those columns."""
    held = contract.retained(field)
    inherited = derived is not None and field in derived.inherited
    return (*period_values(held.value if held else None), inherited, bool(held and held.disputed))


def period_values(period: Period | None) -> Row:
    return (period.written, period.first, period.last) if period else (None, None, None)


def period_columns(name: str, words: str, first: str, last: str) -> Iterator[Column]:
    """A period as it is written, with its precision, then the days it goes from and to."""
    yield Column(name, f"{words}: a day, month, quarter, half-year, year, or a range of two")
    yield Column(first, f"{words}: its first day", "date")
    yield Column(last, f"{words}: its last day", "date")
