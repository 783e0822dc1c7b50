"""`cpps migrate`: what does a local text become when its parent is replaced?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    complete_contract,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.derive.migration import Migration
    from cpps_cli.model import Contract, Correspondence, Territory

HELP = (
    _("Carry the text of an arrondissement to the contract that replaces its parent."),
    "cpps migrate -a 1 --to contrat-exemple-2027-2032 --data data/exemple",
)
_TO = typer.Option(
    "--to",
    metavar="CONTRACT",
    help=_("The contract that replaces the parent."),
    autocompletion=complete_contract,
    show_default=False,
)
_APPLY = typer.Option("--apply", help=_("Write the draft; without it, only report."))
_OUTPUT = typer.Option(
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
    from cpps_cli.render.views.migration import migration as view

    if apply and output is not None:
        raise CppsError("`--apply` and `--output` do not go together")
    found, territory = _migrated(session, str(arrondissement), to, contract)
    path = _target(session, found, output) if apply or output else None
    if path is not None:
        root = session.folder.root if apply else None
        _write(found, territory, path, root)
    session.mention_faults()
    session.show(view(found, territory, str(path) if path else None), format, dialect)
    return 0


def _migrated(
    session: Session, word: str, to: str, contract: str | None
) -> "tuple[Migration, Territory]":
    from cpps_cli.derive.migration import migration

    successor = session.parent(session.contract(to))
    correspondence = session.folder.correspondence(successor.now.contract.id)
    former = _former(session, contract, correspondence, successor)
    links = _sound(session, correspondence, former, successor)
    territory = session.territory(word, successor.now.contract)
    session.derived(former, word)  # refuses a local text that is at fault
    overlay = session.overlay(former.now.contract, territory)
    if overlay is None:
        raise CppsError(
            "no text of {place} is held for {contract}: there is nothing to carry",
            help=N_("begin one under the new contract with `cpps start`"),
            exit_code=1,
            place=territory.name,
            contract=former.now.contract.label,
        )
    return migration(former, successor, links, overlay, territory), territory


def _former(
    session: Session,
    named: str | None,
    correspondence: "Correspondence | None",
    successor: "Parent",
) -> "Parent":
    """The contract named, that of the correspondence, or the one that the new one replaces."""
    if named is None:
        replaced = successor.now.contract.replaces
        named = correspondence.former if correspondence else replaced
    return session.parent(session.contract(named))


def _sound(
    session: Session,
    correspondence: "Correspondence | None",
    former: "Parent",
    successor: "Parent",
) -> "Correspondence":
    """The correspondence between the two; ends the run where there is none, or a faulty one."""
    from cpps_cli.check import correspondence_faults
    from cpps_cli.store.entries import correspondence_file

    before, after = former.texts[0].contract, successor.texts[0].contract
    file = correspondence_file(after.id)
    session.refuse_faults(file)
    if correspondence is None or correspondence.former != before.id:
        raise _without_correspondence(before, after, file)
    session.refuse_faults(file, correspondence_faults(session.folder, successor))
    return correspondence


def _without_correspondence(before: "Contract", after: "Contract", file: str) -> CppsError:
    titled = [sum(sheet.title is not None for sheet in item.sheets) for item in (before, after)]
    announced = [item.held("announced_sheets") for item in (before, after)]
    total = [
        held.value if held else len(item.sheets)
        for held, item in zip(announced, (before, after), strict=True)
    ]
    return CppsError(
        "nothing says which sheets of {before} became which of {after}",
        help=N_(
            "write it in `{file}`, with its sources; titles held: {known_before} of "
            "{total_before} sheets before, {known_after} of {total_after} after"
        ),
        exit_code=1,
        before=before.label,
        after=after.label,
        file=file,
        known_before=titled[0],
        total_before=total[0],
        known_after=titled[1],
        total_after=total[1],
    )


def _target(session: Session, found: "Migration", output: Path | None) -> Path:
    from cpps_cli.store.entries import overlay_file

    if output is not None:
        return output
    root = session.own_library().root
    return root / overlay_file(found.successor.id, found.overlay.territory)


def _write(found: "Migration", territory: "Territory", path: Path, root: Path | None) -> None:
    from cpps_cli.render.migration_draft import draft_of_migration
    from cpps_cli.store.local_draft import write_draft

    with nothing_lost():
        write_draft(path, draft_of_migration(found, territory), root)
