"""`cpps pin`: note what each local change rests on."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.options import ContractOption, DialectOption, FormatOption, option
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import ArrondissementsOption, local_contracts_asked
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.engine.update_edits import Pins

_ALL = option("--all", help=_("Every local contract."))


def pin(
    session: Session,
    arrondissement: ArrondissementsOption = None,
    all: Annotated[bool, _ALL] = False,
    contract: ContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Writes the fingerprints that are missing; those that are there stay."""
    from cpps_cli.check.local import check_text
    from cpps_cli.library.transaction import EditGroup, commit_groups
    from cpps_cli.present.sections.written import pinned

    if (arrondissement is None) is not all:
        raise CppsError("say which contracts to write: `--arrondissement N`, or `--all`")
    session.own_library()
    parent = session.parent(session.contract(contract))
    found, faults = _pins(session, parent, arrondissement)
    complete = session.mention_faults(faults)
    with nothing_lost():
        groups = [
            EditGroup(item.edits, partial(check_text, parent, item.overlay, item.territory))
            for item in found
        ]
        done = commit_groups(session.folder, groups)
        session.reopen()
        if done.refused and not done.files:
            raise done.refused
        answer = pinned(parent.now.contract, found, done.files, done.left)
        session.show(answer, format, dialect)
        if done.refused:
            raise done.refused
    return 1 if done.left or not complete else 0


def _pins(
    session: Session, parent: "Parent", words: str | None
) -> "tuple[tuple[Pins, ...], tuple[Diagnostic, ...]]":
    """What is missing in each sound text, and what is wrong in the others."""
    from cpps_cli.engine.coverage import is_sound
    from cpps_cli.engine.update_edits import pins

    asked, _codes = local_contracts_asked(session, parent, words)
    local = tuple(asked)
    found = tuple(
        pins(parent, derivation.derived.overlay, territory)
        for derivation, territory in local
        if derivation.derived.overlay is not None and is_sound(derivation)
    )
    return found, tuple(fault for derivation, _ in local for fault in derivation.faults)
