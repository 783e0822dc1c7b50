"""`cpps migrate`: what does a local text become when its parent is replaced?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.complete import complete_contract
from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    option,
)
from cpps_cli.cli.resolve import former_matched
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import STANDARD_OUTPUT, nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.engine.rebase import Rebased
    from cpps_cli.model import Contract, Territory

_TO = option(
    "--to",
    metavar="CONTRACT",
    help=_("The contract that replaces the parent."),
    complete=complete_contract,
)
_APPLY = option("--apply", help=_("Write the draft; without it, only report."))
_OUTPUT = option(
    "--output", "-o", metavar="FILE", help=_("Write the draft to this file, anywhere.")
)


def migrate(
    session: Session,
    arrondissement: ArrondissementOption,
    to: Annotated[str, _TO],
    contract: ContractOption = None,
    apply: Annotated[bool, _APPLY] = False,
    output: Annotated[Path | None, _OUTPUT] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Reports what the local text becomes, and on request writes the draft."""
    from cpps_cli.present.sections.migration import migration as view

    if apply and output is not None:
        raise CppsError("`--apply` and `--output` do not go together")
    session.refuse_dialect(dialect, format)
    if output == STANDARD_OUTPUT and format != "table":
        raise CppsError("`--output -` prints the draft, not the report: leave `--format` out")
    found, territory = _rebased(session, str(arrondissement), to, contract)
    if output == STANDARD_OUTPUT:
        return _print(session, found, territory)
    path = _target(session, found, output) if apply or output else None
    if path is not None:
        root = session.folder.root if apply else None
        _write(found, territory, path, root)
    session.mention_faults()
    session.show(view(found, territory, str(path) if path else None), format, dialect)
    return 0


def _rebased(
    session: Session, word: str, to: str, contract: str | None
) -> "tuple[Rebased, Territory]":
    from cpps_cli.engine.rebase import rebase

    successor = session.parent(session.contract(to))
    _refuse_itself(session, contract, successor.now.contract)
    former, links = former_matched(session, successor, contract)
    territory = session.territory(word, successor.now.contract)
    session.derivation(former, word)  # refuses a local text that is at fault
    overlay = session.overlay(former.now.contract, territory)
    if overlay is None:
        raise CppsError(
            "no text of {place} is held for {contract}: there is nothing to carry",
            help=N_("begin one under the new contract with `cpps start`"),
            exit_code=1,
            place=territory.name,
            contract=former.now.contract.label,
        )
    return rebase(former, successor, links, overlay, territory), territory


def _refuse_itself(session: Session, named: str | None, new: "Contract") -> None:
    """Refuses to carry a text to the contract that it is carried from."""
    matched = session.folder.correspondence(new.id) is not None
    if (named is None and matched) or session.contract_id(named) != new.id:
        return
    raise CppsError(
        "a text of `{name}` is not carried to that contract itself: name the one that replaces it",
        name=new.id,
    )


def _target(session: Session, found: "Rebased", output: Path | None) -> Path:
    from cpps_cli.model.paths import overlay_file

    if output is not None:
        return output
    root = session.own_library().root
    return root / overlay_file(found.successor.id, found.overlay.territory)


def _print(session: Session, found: "Rebased", territory: "Territory") -> int:
    """The draft alone: the report would make it a file that no library reads."""
    from cpps_cli.present.sections.migration_draft import draft_of_migration

    session.mention_faults()
    session.pour(draft_of_migration(found, territory))
    return 0


def _write(found: "Rebased", territory: "Territory", path: Path, root: Path | None) -> None:
    from cpps_cli.library.templates import write_draft
    from cpps_cli.present.sections.migration_draft import draft_of_migration

    with nothing_lost():
        write_draft(path, draft_of_migration(found, territory), root)
