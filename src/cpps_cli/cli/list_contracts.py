"""`cpps list-contracts` lists the contracts of a library."""

from typing import Annotated

import typer

from cpps_cli.cli.options import DialectOption, FormatOption, OnOption, complete_contract
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _


def list_contracts(
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
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists each generation and its local contracts, with where they stand on a day."""
    from cpps_cli.cli.contracts_listed import Shape, contracts_listed
    from cpps_cli.present.sections.contracts_document import Shelf
    from cpps_cli.schedule import current_generation
    from cpps_cli.schedule.generations import Generations

    day, folder, heads = on or session.today, session.folder, tuple(session.heads())
    signed = session.contracts(contract)
    spoken_of = folder.library.contract if folder.library else None
    shelf = Shelf(day, spoken_of, current_generation(heads, day), folder.territories)
    generations = Generations(heads, folder, day)
    return contracts_listed(session, signed, generations, Shape(shelf, format, dialect))
