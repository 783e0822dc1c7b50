"""`cpps history`: what changed, when, by which amendment?"""

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
    from cpps_cli.engine.history import History
    from cpps_cli.present.document import Answer


def history(
    session: Session,
    sheet: Annotated[
        str | None,
        typer.Argument(
            metavar="[SHEET]",
            help=_("Only this sheet, by code or number, repealed or not."),
            autocompletion=complete_sheet,
            show_default=False,
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
        answer = _local(session, parent, whole, arrondissement, sheet)
    else:
        asked = sheet_history(parent, whole, sheet) if sheet else whole
        answer = contract_history(asked, session.folder.sources)
    session.mention_faults()
    session.show(answer, format, dialect)
    return 0


def _local(
    session: Session, parent: "Parent", whole: "History", place: str, sheet: str | None
) -> "Answer":
    from cpps_cli.engine.history import local_history
    from cpps_cli.present.sections.history import local_history as view

    derived, territory = session.derived(parent, place)
    found = local_history(parent, derived, territory, whole, sheet)
    return view(found, territory, session.folder.sources)
