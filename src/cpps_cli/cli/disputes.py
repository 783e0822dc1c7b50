"""`cpps disputes` shows what sources disagree on."""

from typing import Annotated

import typer

from cpps_cli.cli.options import DialectOption, FormatOption, complete_contract
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _


def disputes(
    session: Session,
    contract: Annotated[
        str | None,
        typer.Option(
            "--contract",
            "-c",
            metavar="ID",
            help=_("Only this contract."),
            autocompletion=complete_contract,
            show_default=False,
        ),
    ] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the disputes of the whole library, or of one contract."""
    from cpps_cli.check.disputes import disputes_in
    from cpps_cli.present.sections.disputes import disputes as view

    found = list(disputes_in(session.contracts(contract), session.folder))
    answer = view(found, session.folder.sources, contract)
    complete = session.mention_faults()
    session.show(answer, format, dialect)
    return 0 if complete else 1
