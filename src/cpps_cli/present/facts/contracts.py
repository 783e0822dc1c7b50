"""The contracts, where they apply, who is part of them, and the axes of their texts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, get_args

from cpps_cli.model import Axis, Basis, Contract, Territory
from cpps_cli.present.document_context import territory_of
from cpps_cli.present.facts import Column, Table, columns, items, pick, reader
from cpps_cli.present.facts.scope import AT_FAULT, Local, OneContract, Published, Scope, part_id
from cpps_cli.present.sections.contract_front import State


def where(at: str = "") -> tuple[Column[Any], ...]:
    """Declares which local contract `at` a row is spoken of, for tables that stand alone."""
    return columns(f"""
        contract!={at}contract.id           the id of the local contract
        territory!={at}contract.territory   the code of the place where it applies
    """)


BASIS = columns("basis!=derived.basis  how much of its text is held", basis=get_args(Basis))


def _of_retained(field: str, column: Column[Any]) -> Column[Any]:
    read: Callable[[Any], Any] = reader(column.read)

    def of_contract(row: OneContract) -> Any:
        return read(found) if (found := row.contract.retained(field)) else None

    return replace(column, read=of_contract)


def _retained_period(name: str, first: str, last: str) -> Iterator[Column[Any]]:
    """Declares the term, or the window: the period, whose it is, and how sure."""

    def is_inherited(row: OneContract) -> bool:
        return row.derived is not None and name in row.derived.inherited

    def is_disputed(row: OneContract) -> bool:
        return (retained := row.contract.retained(name)) is not None and retained.disputed

    for column in columns(f"{name},{first},{last}=value  the {name}"):
        yield _of_retained(name, column)
    inherited: dict[str, Any] = {f"{name}_inherited": is_inherited, f"{name}_disputed": is_disputed}
    yield from columns(
        f"""
        {name}_inherited:boolean!  whether the {name} is the parent's, no source giving one
        {name}_disputed:boolean!   whether sources disagree on the {name}
        """,
        **inherited,
    )


_PERIODS = (
    *_retained_period("term", "term_starts_on", "term_ends_on"),
    *_retained_period("window", "window_opens_on", "window_closes_on"),
)


_NAMES_OF_PERIODS = " ".join(column.name for column in _PERIODS)


def _if_sound(columns: Iterable[Column[Any]]) -> Iterator[Column[Any]]:
    """Declares columns that are empty, or false, where the text of the contract is at fault."""
    for column in columns:
        empty, read = (False if column.type == "boolean" else None), reader(column.read)
        yield replace(column, read=partial(_unless_at_fault, empty, read))


def _unless_at_fault(empty: Any, read: Callable[[Any], Any], row: Published) -> Any:
    return empty if row.head else read(row)


def _retained_figure(field: str) -> Callable[[OneContract], Any]:
    return lambda row: found.value if (found := row.contract.retained(field)) else None


def _version(row: Published) -> str:
    return row.derived.version if row.derived else row.context.parent.now.version


def _parent_version(row: Published) -> str | None:
    return row.context.parent.now.version if row.contract.parent else None


def _is_to_reread(row: Published) -> bool:
    return row.derived is not None and row.derived.to_reread


_KNOWN_OF_ALL = columns(
    """
    id!              the id of the contract; of a local one, PARENT/TERRITORY
    @ title short_title
    territory!=contract.territory>territories.code  the code of the place where it applies
    @ parent>contracts
    text_of:date!=context.on  the day whose text this is
    parent_version   of a local contract: the parent's version that day
    state!=state     how far it has come; at_fault: its text is at fault, and not told
    """,
    Contract,
    "contract.",
    parent_version=_parent_version,
    state=(*get_args(State), AT_FAULT),
)
_OF_ITS_TEXT = columns(
    """
    @ replaces
    version                   the id of its last amendment in force that day, or `signed`
    basis=derived.basis       of a local contract: how much of its text is held
    @ announced_sheets:integer pages:integer
    to_reread:boolean!        of a local contract: whether the parent has changed under it
    @ amendments_without_text note
    """,
    Contract,
    "contract.",
    version=_version,
    basis=get_args(Basis),
    announced_sheets=_retained_figure("announced_sheets"),
    pages=_retained_figure("pages"),
    to_reread=_is_to_reread,
)

CONTRACTS: Table[Scope] = Table(
    "contracts",
    "contracts, the parent first",
    lambda scope: (*scope.contracts, *scope.at_fault),
    pick(
        (*_KNOWN_OF_ALL, *_if_sound((*_OF_ITS_TEXT, *_PERIODS))),
        "id title short_title territory parent replaces text_of version parent_version state basis "
        f"{_NAMES_OF_PERIODS} announced_sheets pages to_reread amendments_without_text note",
    ),
)

LOCAL_CONTRACTS: Table[Local] = Table(
    "contracts",
    "the local contracts",
    lambda local: (local,),
    (
        *where(),
        *columns(
            """
            name!=territory.name                    the name of the place
            @ title
            parent!=derived.parent.id               the id of the parent
            parent_version!=derived.parent_version  the parent's text that it is derived from
            """,
            Contract,
            "contract.",
        ),
        *BASIS,
        *columns(
            """
            version  the last of its own amendments, or `signed`; none without a text
            to_reread:boolean!=derived.to_reread  whether the parent has changed under it
            not_signed_before:date=derived.not_signed_before  the day before which it had no text
            """,
            version=lambda row: row.derived.version if row.derived.overlay else None,
        ),
        *_PERIODS,
        *columns(
            """
            @ announced_sheets:integer
            signatories:list=contract.signatories  the offices that sign and are bound
            partners:list=contract.partners        those that take part
            """,
            Contract,
            "contract.",
        ),
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
    columns("@ code name short_name note", Territory, ""),
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
    columns(
        """
        contract!>contracts  the id of the contract
        role!                signs and is bound, takes part, or steers
        position:integer!    its place in the list of the contract
        words!               the office, or how it is steered
        """,
        role=tuple(_ROLES),
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
    columns(
        """
        id!                        the id of the axis: that of its contract, and its code
        contract!=of.id>contracts  the id of the contract
        @ code
        position:integer!          its place in the contract
        @ number:integer title
        parent_axis>axes  in a local contract: the id of the parent's axis that it answers
        @ announced_sheets:integer note inferred:list uncertain:list cut:list
        """,
        Axis,
        id=lambda row: part_id(row.of.contract, row.noun.code),
        parent_axis=_parent_axis,
    ),
)
