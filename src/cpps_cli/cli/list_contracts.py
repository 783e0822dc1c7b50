"""`cpps list-contracts` lists the contracts of a library."""

from typing import Annotated

import typer

from cpps_cli.cli.options import DialectOption, FormatOption, OnOption, complete_contract
from cpps_cli.cli.session import Session
from cpps_cli.words.catalogue import _


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
    from cpps_cli.render.views.contracts import contracts
    from cpps_cli.render.views.contracts_document import Shelf
    from cpps_cli.schedule import current_generation
    from cpps_cli.schedule.inventory import inventory

    day, folder, heads = on or session.today, session.folder, session.heads()
    listed = list(inventory(session.contracts(contract), folder, day, heads))
    complete = session.mention_faults(fault for item in listed for fault in item.faults)
    spoken_of = folder.library.contract if folder.library else None
    shelf = Shelf(day, spoken_of, current_generation(heads, day), folder.territories)
    session.show(contracts(listed, shelf), format, dialect)
    return 0 if complete else 1
