"""`cpps compare`: who adapted this sheet, and how?"""

from typing import Annotated

import typer

from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    complete_sheet,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.territories import ArrondissementsOption, local_contracts_asked
from cpps_cli.i18n.catalogue import _


def compare(
    session: Session,
    sheet: Annotated[
        str,
        typer.Argument(
            metavar="SHEET",
            help=_("A sheet of the parent, by code or number: 1.4, 1-4."),
            autocompletion=complete_sheet,
            show_default=False,
        ),
    ],
    arrondissement: ArrondissementsOption = None,
    all_fields: Annotated[
        bool, typer.Option("--all-fields", help=_("The fields that do not differ too."))
    ] = False,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows a sheet beside the local sheets that answer it."""
    from cpps_cli.engine.compare import COMPARED, comparison
    from cpps_cli.engine.lookup import find_sheet
    from cpps_cli.present.sections.comparison import comparison as view

    parent = session.text_on(contract, on)
    asked = find_sheet(parent, sheet)
    found = comparison(parent, asked, *local_contracts_asked(session, parent, arrondissement))
    answer = view(found, COMPARED if all_fields else found.differing)
    complete = session.mention_faults(found.faults)
    session.mention_edited(found.faults)
    session.show(answer, format, dialect)
    return 0 if complete else 1
