"""`cpps show` gives all that is held of one action sheet."""

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
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.render.answer import Answer

HELP = (
    _("Show all that is held of one action sheet, with its sources."),
    "cpps show 1.4 --arrondissement 19",
)


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
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows a sheet of a contract, or the local version of it."""
    parent = session.text_on(contract, on)
    if arrondissement is None:
        answer = _own(session, parent, sheet)
    else:
        answer = _local(session, parent, arrondissement, sheet)
    session.mention_faults()
    session.show(answer, format, dialect)
    return 0


def _own(session: Session, parent: "Parent", word: str) -> "Answer":
    from cpps_cli.derive.lookup import programmes_of, sheet_asked
    from cpps_cli.render.views.action_sheet import action_sheet
    from cpps_cli.render.views.sheet_document import Beside

    text, folder = parent.now, session.folder
    sheet = sheet_asked(parent, word)
    reported = programmes_of(folder.programmes(text.contract.id), [sheet.code])
    return action_sheet(sheet, Beside(text.contract, text.version, reported, folder.sources))


def _local(session: Session, parent: "Parent", arrondissement: str, word: str) -> "Answer":
    from cpps_cli.derive.lookup import local_origins, local_sheet_asked, programmes_of
    from cpps_cli.render.views.local_sheet import local_sheet
    from cpps_cli.render.views.sheet_document import Beside

    text, folder = parent.now, session.folder
    derived, _territory = session.derived(parent, arrondissement)
    origins = local_origins(derived, local_sheet_asked(parent, derived, word))
    reported = programmes_of(folder.programmes(text.contract.id), origins.answers)
    return local_sheet(origins, Beside(text.contract, text.version, reported, folder.sources))
