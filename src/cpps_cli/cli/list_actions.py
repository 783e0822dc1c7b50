"""`cpps list-actions`: what did we commit to?"""

from typing import Annotated, Literal

import typer

from cpps_cli.cli.options import ContractOption, DialectOption, FormatOption, OnOption
from cpps_cli.cli.session import Session
from cpps_cli.render.words import _

HELP = (
    _("List the action sheets of a contract."),
    "cpps list-actions --axis 1 --search récidive",
)


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
        typer.Option("--status", help=_("Only sheets of this status."), show_default=False),
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
    from cpps_cli.derive import not_signed_before
    from cpps_cli.model.selection import sheets_asked
    from cpps_cli.render.views.action_sheets import SheetList, action_sheets

    signed, day = session.contract(contract), on or session.today
    unsigned = not_signed_before(signed, day)
    text = session.parent(signed, day).now.contract
    sheets = () if unsigned else sheets_asked(text, axis=axis, status=status, words=search)
    asked = SheetList(text, sheets, session.successor(signed), unsigned)
    session.mention_faults()
    session.show(action_sheets(asked), format, dialect)
    return 0
