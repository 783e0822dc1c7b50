"""`cpps import-sheets`: fill the sheets from a table."""

from pathlib import Path
from typing import Annotated

import typer

from cpps_cli.cli.options import ContractOption, DialectOption, FormatOption
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.i18n.catalogue import _

_FILE = typer.Argument(
    metavar="FILE.csv", help=_("A table with a column `code`."), show_default=False
)
_REPLACE = typer.Option("--replace", help=_("Overwrite what the library says otherwise."))
_APPLY = typer.Option("--apply", help=_("Write; without it, only report."))


def import_sheets(
    session: Session,
    file: Annotated[Path, _FILE],
    contract: ContractOption = None,
    replace: Annotated[bool, _REPLACE] = False,
    apply: Annotated[bool, _APPLY] = False,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Reports what a table would fill, and on request fills it."""
    from cpps_cli.check.filling import COLUMNS, proposed_import
    from cpps_cli.library.spreadsheet import read_spreadsheet
    from cpps_cli.present.sections.import_sheets import import_answer

    session.refuse_dialect(dialect, format)
    folder = session.own_library()
    signed = session.contract(contract)
    parent = session.parent_as_written(signed)
    table = read_spreadsheet(file, COLUMNS)
    with nothing_lost():
        found = proposed_import(folder, table, parent, replace=replace)
        written = found.staged.commit() if apply and found.is_sound else None
        session.mention_faults()
        session.show(import_answer(signed, found, written), format, dialect)
        if written and written.refused:
            raise written.refused
    return 0 if found.is_sound else 1
