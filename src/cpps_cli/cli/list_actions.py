"""`cpps list-actions`: what did we commit to?"""

from typing import Annotated, Literal

import typer

from cpps_cli.cli.options import ContractOption, DialectOption, FormatOption, OnOption
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _


def list_actions(
    session: Session,
    contract: ContractOption = None,
    axis: Annotated[
        str | None,
        typer.Option(
            "--axis",
            metavar="N",
            help=_("Only this axis, by number or code."),
            show_default=False,
        ),
    ] = None,
    status: Annotated[
        Literal["documented", "titled", "to_complete"] | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help=_("Only those: documented, titled or to_complete."),
            show_default=False,
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="WORDS",
            help=_("Only sheets that hold these words; accents and case do not count."),
            show_default=False,
        ),
    ] = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the sheets of a contract, in the text of the day."""
    from cpps_cli.model.selection import sheets_asked
    from cpps_cli.present.sections.action_sheets import SheetList, action_sheets

    parent = session.text_on(contract, on)
    text = parent.now.contract
    sheets = sheets_asked(text, axis=axis, status=status, words=search)
    asked = SheetList(text, sheets, session.successor(text), session.folder.snapshot)
    session.mention_faults()
    session.show(action_sheets(asked), format, dialect)
    return 0
