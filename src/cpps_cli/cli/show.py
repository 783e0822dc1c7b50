"""`cpps show`, `trace` and `history`: a sheet, where its values come from, what changed."""

from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.complete import complete_field, complete_sheet
from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    ProvenanceOption,
    argument,
    refuse_provenance,
)
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.engine import Parent
    from cpps_cli.engine.history import History
    from cpps_cli.model.snapshot import Snapshot
    from cpps_cli.present.document import Answer
    from cpps_cli.present.sections.provenance import Traced


def show(
    session: Session,
    sheet: Annotated[
        str,
        argument(
            metavar="SHEET",
            help=_("A sheet, by code or number: 1.4, 1-4."),
            complete=complete_sheet,
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
    from cpps_cli.engine.lookup import find_sheet
    from cpps_cli.engine.provenance import provenance_of_parent
    from cpps_cli.model.beside import programmes_of
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
    from cpps_cli.engine.lookup import find_local_sheet, local_origins
    from cpps_cli.engine.provenance import provenance_of_local
    from cpps_cli.model import LeftOut
    from cpps_cli.model.beside import programmes_of
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


_SHEET_OR_CONTRACT = argument(
    metavar="SHEET",
    help=_("A sheet, by code or number; or the word contract, for what is not in its sheets."),
    complete=complete_sheet,
)
_FIELD = argument(
    metavar="[FIELD]",
    help=_("Only this field, such as title or means; of a contract, term or partners."),
    complete=complete_field,
)


def trace(
    session: Session,
    sheet: Annotated[str, _SHEET_OR_CONTRACT],
    field: Annotated[str | None, _FIELD] = None,
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Traces the values of a sheet or of the contract itself, or of one of its fields."""
    from cpps_cli.present.sections.provenance import trace as told

    parent = session.text_on(contract, on)
    if session.folder.snapshot is not None:
        traced = _traced_alone(session.folder.snapshot, parent, sheet, field)
    elif arrondissement is None:
        traced = _traced_in_parent(parent, sheet, field)
    else:
        traced = _traced_in_local(session, parent, arrondissement, sheet, field)
    session.mention_faults()
    session.show(told(traced, session.locate), format, dialect)
    return 0


def _traced_in_parent(parent: "Parent", word: str, field: str | None) -> "Traced":
    from cpps_cli.engine.deletions import deleted_from_parent, of_field
    from cpps_cli.engine.lookup import find_sheet, names_contract
    from cpps_cli.engine.provenance import only, provenance_of_parent
    from cpps_cli.present.sections.provenance import Traced

    now = parent.now
    sheet = None if names_contract(word, now.contract) else find_sheet(parent, word)
    found = only(provenance_of_parent(parent, sheet), field, of_contract=sheet is None)
    gone = of_field(deleted_from_parent(parent, sheet), field)
    return Traced(now.contract, sheet, now.version, now.version, found, gone)


def _traced_in_local(
    session: Session, parent: "Parent", place: str, word: str, field: str | None
) -> "Traced":
    from cpps_cli.engine.deletions import deleted_from_local, of_field
    from cpps_cli.engine.lookup import names_contract, require_local_sheet
    from cpps_cli.engine.provenance import only, provenance_of_local
    from cpps_cli.present.sections.provenance import Traced

    derived, _territory = session.derived(parent, place)
    version = derived.version if derived.overlay else None
    whole = names_contract(word, derived.contract, derived.parent)
    item = None if whole else require_local_sheet(parent, derived, word)
    found = only(provenance_of_local(parent, derived, item), field, of_contract=whole)
    gone = of_field(deleted_from_local(parent, derived, item), field)
    sheet = item.sheet if item else None
    return Traced(derived.contract, sheet, version, derived.parent_version, found, gone)


def _traced_alone(snapshot: "Snapshot", parent: "Parent", word: str, field: str | None) -> "Traced":
    from cpps_cli.engine.lookup import find_sheet, names_contract
    from cpps_cli.engine.provenance import only, provenance_of_snapshot
    from cpps_cli.present.sections.provenance import Traced

    contract, head, held = parent.now.contract, snapshot.snapshot, None
    if not names_contract(word, contract):
        code = find_sheet(parent, word).code
        held = next(sheet for sheet in snapshot.sheets if sheet.code == code)
    found = only(provenance_of_snapshot(snapshot, held), field, of_contract=held is None)
    return Traced(contract, held, head.version, head.parent_version, found, alone=True)


def history(
    session: Session,
    sheet: Annotated[
        str | None,
        argument(
            metavar="[SHEET]",
            help=_("Only this sheet, by code or number, repealed or not."),
            complete=complete_sheet,
        ),
    ] = None,
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the life of a contract, of one sheet, or of a local contract beside its parent."""
    from cpps_cli.engine.history import history as lived
    from cpps_cli.engine.history import sheet_history
    from cpps_cli.present.sections.history import contract_history

    parent = session.text_on(contract, on)
    whole = lived(session.contract(contract), parent.amendments, on or session.today)
    if arrondissement is not None:
        answer = _local_history(session, parent, whole, arrondissement, sheet)
    else:
        asked = sheet_history(parent, whole, sheet) if sheet else whole
        answer = contract_history(asked, session.folder.sources)
    session.mention_faults()
    session.show(answer, format, dialect)
    return 0


def _local_history(
    session: Session, parent: "Parent", whole: "History", place: str, sheet: str | None
) -> "Answer":
    from cpps_cli.engine.history import local_history
    from cpps_cli.present.sections.history import local_history as view

    derived, territory = session.derived(parent, place)
    found = local_history(parent, derived, territory, whole, sheet)
    return view(found, territory, session.folder.sources)
