"""The contracts that a question about dates is about: a generation, or what is named of it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import complete_contract
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.model import Contract
    from cpps_cli.schedule import ContractStatus

GenerationOption = Annotated[
    str | None,
    typer.Option(
        "--contract",
        "-c",
        metavar="ID",
        help=_("The generation of this contract, instead of the current one."),
        autocompletion=complete_contract,
        show_default=False,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help=_("Past and future generations too."))]
ReadingOption = Annotated[
    str | None,
    typer.Option(
        "--reading",
        metavar="ID",
        help=_("Where sources disagree on the dates, compute with this reading of them."),
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is named of the generations: a contract, all of them, some territories, a reading."""

    contract: str | None
    arrondissement: str | None
    all: bool
    reading: str | None


def standings_asked(session: Session, asked: Asked, day: date) -> "list[ContractStatus]":
    """Where the contracts asked about stand on the day."""
    from cpps_cli.schedule import reading_named, statuses
    from cpps_cli.schedule.generations import Generations, local_statuses

    heads = session.heads()
    parents = parents_asked(session, asked, heads, day)
    reading = reading_named(asked.reading, parents, session.folder, heads)
    if asked.arrondissement is None:
        return list(statuses(parents, session.folder, day, reading=reading, known=heads))
    codes = _territories(session, parents, asked.arrondissement)
    generations = Generations(tuple(heads), session.folder, day)
    return [
        item
        for signed in parents
        for item in local_statuses(signed, generations, reading, _of(signed, codes))
    ]


def _of(contract: "Contract", codes: frozenset[str]) -> list[str]:
    """Those of the territories for which a contract is derived."""
    return [code for code in contract.local_territories if code in codes]


def parents_asked(
    session: Session, asked: Asked, heads: "list[Contract]", day: date
) -> "list[Contract]":
    from cpps_cli.schedule import current_generation

    if asked.all and asked.contract:
        raise CppsError("`--all` and `--contract` exclude each other")
    if asked.contract is not None:
        named = session.contract_id(asked.contract)
        session.refuse_faults(f"{named}/contract.toml")
        return [contract for contract in heads if contract.id == named]
    current = current_generation(heads, day)
    return heads if asked.all else [current] if current else []


def _territories(session: Session, parents: "list[Contract]", words: str) -> frozenset[str]:
    """The codes of the territories named; ends the run on a word that names none of them."""
    from cpps_cli.cli.territories import refuse_snapshot, territories_named

    refuse_snapshot(session)
    derived = [contract for contract in parents if contract.local_territories] or parents
    found = [(contract, territories_named(session, contract, words)) for contract in derived]
    for contract, territories in found:
        for territory in territories.values():
            session.overlay(contract, territory)  # a fault in a text that is named ends the run
    return frozenset(code for _, territories in found for code in territories)
