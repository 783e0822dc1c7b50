"""`cpps show` gives all that is held of one action sheet."""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    ProvenanceOption,
    complete_sheet,
    refuse_provenance,
)
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.engine import Parent
    from cpps_cli.model.snapshot import Snapshot
    from cpps_cli.present.document import Answer


def show(
    session: Session,
    sheet: Annotated[
        str,
        typer.Argument(
            metavar="SHEET",
            help=_("A sheet, by code or number: 1.4, 1-4."),
            autocompletion=complete_sheet,
            show_default=False,
        ),
    ],
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    provenance: ProvenanceOption = False,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows a sheet of a contract, or the local version of it."""
    refuse_provenance(provenance, format=format)
    parent = session.text_on(contract, on)
    if session.folder.snapshot is not None:
        answer = _alone(session, session.folder.snapshot, parent, sheet, told=provenance)
    elif arrondissement is None:
        answer = _own(session, parent, sheet, told=provenance)
    else:
        answer = _local(session, parent, arrondissement, sheet, told=provenance)
    session.mention_faults()
    session.show(answer, format, dialect)
    return 0


def _own(session: Session, parent: "Parent", word: str, *, told: bool) -> "Answer":
    from cpps_cli.engine.lookup import find_sheet, programmes_of
    from cpps_cli.engine.provenance import provenance_of_parent
    from cpps_cli.present.sections.action_sheet import action_sheet
    from cpps_cli.present.sections.provenance import Told
    from cpps_cli.present.sections.sheet_document import Surroundings

    text, folder = parent.now, session.folder
    sheet = find_sheet(parent, word)
    reported = programmes_of(folder.programmes(text.contract.id), [sheet.code])
    accounts = Told(provenance_of_parent(parent, sheet), session.locate) if told else None
    beside = Surroundings(text.contract, text.version, reported, folder.sources, accounts)
    return action_sheet(sheet, beside)


def _local(
    session: Session, parent: "Parent", arrondissement: str, word: str, *, told: bool
) -> "Answer":
    from cpps_cli.engine.lookup import find_local_sheet, local_origins, programmes_of
    from cpps_cli.engine.provenance import provenance_of_local
    from cpps_cli.model import LeftOut
    from cpps_cli.present.sections.local_sheet import local_sheet
    from cpps_cli.present.sections.provenance import Told
    from cpps_cli.present.sections.sheet_document import Surroundings

    text, folder = parent.now, session.folder
    derived, _territory = session.derived(parent, arrondissement)
    item = find_local_sheet(parent, derived, word)
    origins = local_origins(derived, item)
    reported = programmes_of(folder.programmes(text.contract.id), origins.answers)
    found = () if isinstance(item, LeftOut) else provenance_of_local(parent, derived, item)
    accounts = Told(found, session.locate) if told else None
    return local_sheet(
        origins, Surroundings(text.contract, text.version, reported, folder.sources, accounts)
    )


def _alone(
    session: Session, snapshot: "Snapshot", parent: "Parent", word: str, *, told: bool
) -> "Answer":
    from cpps_cli.engine.lookup import find_sheet
    from cpps_cli.engine.provenance import provenance_of_snapshot
    from cpps_cli.present.sections.action_sheet import snapshot_sheet
    from cpps_cli.present.sections.provenance import Told
    from cpps_cli.present.sections.sheet_document import Surroundings

    contract, code = parent.now.contract, find_sheet(parent, word).code
    held = next(sheet for sheet in snapshot.sheets if sheet.code == code)
    accounts = Told(provenance_of_snapshot(snapshot, held), session.locate) if told else None
    version = snapshot.snapshot.parent_version
    beside = Surroundings(contract, version, (), session.folder.sources, accounts)
    return snapshot_sheet(snapshot, held, contract, beside)
