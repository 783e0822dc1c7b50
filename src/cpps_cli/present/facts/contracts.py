"""The contracts, where they apply, who is part of them, and the axes of their texts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple, get_args

from cpps_cli.model import Axis, Basis, Contract, Derived, Territory
from cpps_cli.present.facts import (
    Column,
    Table,
    claimed,
    given,
    items,
    of_model,
    one_of,
    period,
    position,
    reader,
)
from cpps_cli.present.facts.scope import OneContract, Published, Scope, part_id
from cpps_cli.present.sections.contract.state import State, state_of
from cpps_cli.present.surroundings import territory_of

AT_FAULT = "at_fault"


class Local(NamedTuple):
    """A local contract and its place."""

    derived: Derived
    territory: Territory

    @property
    def contract(self) -> Contract:
        return self.derived.contract


def where(at: str = "") -> tuple[Column[Any], ...]:
    """Declares which local contract `at` a row is spoken of, for tables that stand alone."""
    code = "the code of the place where it applies"
    return (
        given("contract", "the id of the local contract", f"{at}contract.id"),
        given("territory", code, f"{at}contract.territory"),
    )


BASIS: Column[Any] = one_of(
    "basis", "how much of its text is held", get_args(Basis), "derived.basis"
)


def _of_retained(field: str, column: Column[Any], path: str) -> Column[OneContract]:
    read: Callable[[Any], Any] = reader(path)

    def of_contract(row: OneContract) -> Any:
        return read(found) if (found := row.contract.retained(field)) else None

    return replace(column, read=of_contract)


def _retained_period(
    name: Literal["term", "window"], first: str, last: str
) -> Iterator[Column[OneContract]]:
    """Declares the term, or the window: the period, whose it is, and how sure."""

    def is_inherited(row: OneContract) -> bool:
        return row.derived is not None and name in row.derived.inherited

    def is_disputed(row: OneContract) -> bool:
        return (retained := row.contract.retained(name)) is not None and retained.disputed

    for column in period((name, first, last), f"the {name}", "value"):
        yield _of_retained(name, column, str(column.read))
    inherited = f"whether the {name} is the parent's, no source giving one"
    yield claimed(f"{name}_inherited", inherited, is_inherited)
    yield claimed(f"{name}_disputed", f"whether sources disagree on the {name}", is_disputed)


_PERIODS = (
    *_retained_period("term", "term_starts_on", "term_ends_on"),
    *_retained_period("window", "window_opens_on", "window_closes_on"),
)


def _of_its_text(*columns: Column[Any]) -> Iterator[Column[Published]]:
    """Declares columns that are empty, or false, where the text of the contract is at fault."""
    for column in columns:
        yield replace(column, read=_unless_at_fault(column))


def _unless_at_fault(column: Column[Any]) -> Any:
    empty, read = (False if column.type == "boolean" else None), reader(column.read)
    return lambda row: empty if row.head else read(row)


def _version(row: Published) -> str:
    return row.derived.version if row.derived else row.context.parent.now.version


def _parent_version(row: Published) -> str | None:
    return row.context.parent.now.version if row.contract.parent else None


def _state(row: Published) -> str:
    return AT_FAULT if row.head else state_of(row.context)


def _is_to_reread(row: Published) -> bool:
    return row.derived is not None and row.derived.to_reread


CONTRACTS: Table[Scope] = Table(
    "contracts",
    "contracts, the parent first",
    lambda scope: (*scope.contracts, *scope.at_fault),
    (
        given("id", "the id of the contract; of a local one, PARENT/TERRITORY"),
        *of_model(Contract, "title", "short_title", at="contract."),
        given(
            "territory",
            "the code of the place where it applies",
            "contract.territory",
            "territories.code",
        ),
        *(
            replace(column, to="contracts")
            for column in of_model(Contract, "parent", at="contract.")
        ),
        *_of_its_text(*of_model(Contract, "replaces", at="contract.")),
        Column("text_of", "the day whose text this is", "context.on", "date", required=True),
        *_of_its_text(
            Column(
                "version", "the id of its last amendment in force that day, or `signed`", _version
            )
        ),
        Column(
            "parent_version", "of a local contract: the parent's version that day", _parent_version
        ),
        one_of(
            "state",
            "how far it has come; at_fault: its text is at fault, and not told",
            (*get_args(State), AT_FAULT),
            _state,
        ),
        *_of_its_text(
            Column(
                "basis",
                "of a local contract: how much of its text is held",
                "derived.basis",
                words=get_args(Basis),
            ),
            *_PERIODS,
            *(
                _of_retained(column.name, column, "value")
                for column in of_model(Contract, "announced_sheets", "pages", holds="integer")
            ),
            claimed(
                "to_reread",
                "of a local contract: whether the parent has changed under it",
                _is_to_reread,
            ),
            *of_model(Contract, "amendments_without_text", "note", at="contract."),
        ),
    ),
)

LOCAL_CONTRACTS: Table[Local] = Table(
    "contracts",
    "the local contracts",
    lambda local: (local,),
    (
        *where(),
        given("name", "the name of the place", "territory.name"),
        *of_model(Contract, "title", at="contract."),
        given("parent", "the id of the parent", "derived.parent.id"),
        given(
            "parent_version", "the parent's text that it is derived from", "derived.parent_version"
        ),
        BASIS,
        Column(
            "version",
            "the last of its own amendments, or `signed`; none without a text",
            lambda row: row.derived.version if row.derived.overlay else None,
        ),
        claimed("to_reread", "whether the parent has changed under it", "derived.to_reread"),
        Column(
            "not_signed_before",
            "the day before which it had no text",
            "derived.not_signed_before",
            "date",
        ),
        *_PERIODS,
        *of_model(Contract, "announced_sheets", at="contract.", holds="integer"),
        Column(
            "signatories", "the offices that sign and are bound", "contract.signatories", "list"
        ),
        Column("partners", "those that take part", "contract.partners", "list"),
    ),
    ("contract",),
)


def _places(scope: Scope) -> Iterator[Territory]:
    contracts = (item.contract for item in (*scope.contracts, *scope.at_fault))
    codes = dict.fromkeys(contract.territory for contract in contracts)
    return (territory_of(scope.context, code) for code in codes)


TERRITORIES = Table(
    "territories",
    "places where contracts apply",
    _places,
    tuple(of_model(Territory, "code", "name", "short_name", "note", at="")),
    ("code",),
)

_ROLES = {"signatory": "signatories", "partner": "partners", "governance": "governance"}


def _parties(scope: Scope) -> Iterator[tuple[str, str, int, str]]:
    for one in scope.contracts:
        for role, field in _ROLES.items():
            for place, words in enumerate(getattr(one.contract, field), 1):
                yield one.id, role, place, words


PARTIES = Table(
    "parties",
    "signatories, partners and governance of contracts",
    _parties,
    (
        given("contract", "the id of the contract", to="contracts"),
        one_of("role", "signs and is bound, takes part, or steers", tuple(_ROLES)),
        position("its place in the list of the contract"),
        given("words", "the office, or how it is steered"),
    ),
    ("contract", "role", "position"),
)


def _parent_axis(row: Any) -> str | None:
    parent = row.of.derived.parent if row.of.derived else None
    if parent is None or parent.axis(row.noun.parent) is None:
        return None
    return part_id(parent, row.noun.parent)


AXES: Table[Scope] = Table(
    "axes",
    "the axes of contracts",
    lambda scope: items(scope.contracts, "axes", "/"),
    (
        given(
            "id",
            "the id of the axis: that of its contract, and its code",
            lambda row: part_id(row.of.contract, row.noun.code),
        ),
        given("contract", "the id of the contract", "of.id", "contracts"),
        *of_model(Axis, "code"),
        position("its place in the contract"),
        *of_model(Axis, "number", holds="integer"),
        *of_model(Axis, "title"),
        Column(
            "parent_axis",
            "in a local contract: the id of the parent's axis that it answers",
            _parent_axis,
            to="axes",
        ),
        *of_model(Axis, "announced_sheets", holds="integer"),
        *of_model(Axis, "note"),
    ),
)
