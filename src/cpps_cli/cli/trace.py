"""`cpps trace`: where does each value come from?"""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    complete_sheet,
)
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.engine import Parent
    from cpps_cli.model.snapshot import Snapshot
    from cpps_cli.present.sections.trace import Traced

_SHEET = typer.Argument(
    metavar="SHEET",
    help=_("A sheet, by code or number; or the word contract, for what is not in its sheets."),
    autocompletion=complete_sheet,
    show_default=False,
)
_FIELD = typer.Argument(
    metavar="[FIELD]",
    help=_("Only this field, such as title or means; of a contract, term or partners."),
    show_default=False,
)


def trace(
    session: Session,
    sheet: Annotated[str, _SHEET],
    field: Annotated[str | None, _FIELD] = None,
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Traces the values of a sheet or of the contract itself, or of one of its fields."""
    from cpps_cli.present.sections.trace import trace as told

    parent = session.text_on(contract, on)
    if session.folder.snapshot is not None:
        traced = _of_snapshot(session.folder.snapshot, parent, sheet, field)
    elif arrondissement is None:
        traced = _of_parent(parent, sheet, field)
    else:
        traced = _of_local(session, parent, arrondissement, sheet, field)
    session.mention_faults()
    session.show(told(traced, session.locate), format, dialect)
    return 0


def _of_parent(parent: "Parent", word: str, field: str | None) -> "Traced":
    from cpps_cli.engine.deletions import deleted_from_parent, of_field
    from cpps_cli.engine.lookup import find_sheet, names_contract
    from cpps_cli.engine.provenance import only, provenance_of_parent
    from cpps_cli.present.sections.trace import Traced

    now = parent.now
    sheet = None if names_contract(word, now.contract) else find_sheet(parent, word)
    found = only(provenance_of_parent(parent, sheet), field, of_contract=sheet is None)
    gone = of_field(deleted_from_parent(parent, sheet), field)
    return Traced(now.contract, sheet, now.version, now.version, found, gone)


def _of_local(
    session: Session, parent: "Parent", place: str, word: str, field: str | None
) -> "Traced":
    from cpps_cli.engine.deletions import deleted_from_local, of_field
    from cpps_cli.engine.lookup import names_contract, require_local_sheet
    from cpps_cli.engine.provenance import only, provenance_of_local
    from cpps_cli.present.sections.trace import Traced

    derived, _territory = session.derived(parent, place)
    version = derived.version if derived.overlay else None
    whole = names_contract(word, derived.contract, derived.parent)
    item = None if whole else require_local_sheet(parent, derived, word)
    found = only(provenance_of_local(parent, derived, item), field, of_contract=whole)
    gone = of_field(deleted_from_local(parent, derived, item), field)
    sheet = item.sheet if item else None
    return Traced(derived.contract, sheet, version, derived.parent_version, found, gone)


def _of_snapshot(snapshot: "Snapshot", parent: "Parent", word: str, field: str | None) -> "Traced":
    from cpps_cli.engine.lookup import find_sheet, names_contract
    from cpps_cli.engine.provenance import only, provenance_of_snapshot
    from cpps_cli.present.sections.trace import Traced

    contract, head, held = parent.now.contract, snapshot.snapshot, None
    if not names_contract(word, contract):
        code = find_sheet(parent, word).code
        held = next(sheet for sheet in snapshot.sheets if sheet.code == code)
    found = only(provenance_of_snapshot(snapshot, held), field, of_contract=held is None)
    return Traced(contract, held, head.version, head.parent_version, found, alone=True)
