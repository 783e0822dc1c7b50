"""`cpps derive`: what does an arrondissement inherit?"""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
)
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.render.words import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.render.answer import Answer

HELP = (
    _("Derive the contract of an arrondissement from its parent, each sheet with its origin."),
    "cpps derive --arrondissement 18",
)


def derive(
    session: Session,
    arrondissement: ArrondissementOption = None,
    all: Annotated[bool, typer.Option("--all", help=_("Every local contract, a line each."))] = False,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Derives one local contract, or all of them."""
    from cpps_cli.derive import not_signed_before

    if (arrondissement is None) is not all:
        raise CppsError("say which contract: `--arrondissement N`, or `--all`")
    signed = session.contract(contract)
    if unsigned := not_signed_before(signed, on):
        raise CppsError(
            "{contract} was signed on {day}: before, it had no text",
            exit_code=1,
            contract=signed.label,
            day=unsigned.isoformat(),
        )
    parent = session.parent(signed, on)
    answer = _one(session, parent, arrondissement) if arrondissement else _all(session, parent)
    complete = session.mention_faults()
    session.show(answer, format, dialect)
    return 0 if complete else 1


def _one(session: Session, parent: "Parent", arrondissement: str) -> "Answer":
    from cpps_cli.render.views.derived import derived_contract
    from cpps_cli.store.folder import overlay_file

    contract = parent.now.contract
    territory = session.territory(arrondissement, contract)
    derivation = parent.derive(session.overlay(contract, territory), territory)
    session.refuse_faults(overlay_file(contract.id, territory.code), derivation.faults)
    return derived_contract(derivation.derived, territory)


def _all(session: Session, parent: "Parent") -> "Answer":
    from cpps_cli.derive import local_contracts
    from cpps_cli.render.views.derived import derived_contracts

    found = list(local_contracts(parent, session.folder))
    faults = [fault for derivation, _territory in found for fault in derivation.faults]
    session.mention_faults(faults)
    rows = [(derivation.derived, territory) for derivation, territory in found]
    return derived_contracts(rows, parent.now.contract.label)
