"""`cpps export`: the document, for people who never open a terminal."""

from pathlib import Path
from typing import Annotated

import typer

from cpps_cli.cli.options import ArrondissementOption, ContractOption, OnOption, complete_sheet
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import file_named
from cpps_cli.formats.registry import ExportFormat
from cpps_cli.i18n.catalogue import _

_ALL = typer.Option("--all", help=_("The contract and every local one, a file each."))
_SHEET = typer.Option(
    "--sheet",
    metavar="SHEET",
    help=_("Only this sheet, by code or number."),
    autocompletion=complete_sheet,
    show_default=False,
)
_AMENDMENT = typer.Option(
    "--amendment",
    metavar="ID",
    help=_("An amendment, as the document that a council votes on."),
    show_default=False,
)
_CORRESPONDENCE = typer.Option(
    "--correspondence", help=_("What became of the sheets of the contract before.")
)
_PROVENANCE = typer.Option("--provenance", help=_("Say where each paragraph comes from."))
_FORMAT = typer.Option(
    "--format",
    "-f",
    help=_("How it is written; else as the file's suffix says."),
    show_default=False,
)
_OUTPUT = typer.Option(
    "--output",
    "-o",
    metavar="PATH",
    help=_("The file to write; with `--all`, datapackage or parquet, the folder."),
    callback=file_named,
    show_default=False,
)
_FORCE = typer.Option("--force", help=_("Overwrite what is there."))


def export(
    session: Session,
    arrondissement: ArrondissementOption = None,
    all: Annotated[bool, _ALL] = False,
    contract: ContractOption = None,
    sheet: Annotated[str | None, _SHEET] = None,
    amendment: Annotated[str | None, _AMENDMENT] = None,
    correspondence: Annotated[bool, _CORRESPONDENCE] = False,
    provenance: Annotated[bool, _PROVENANCE] = False,
    on: OnOption = None,
    format: Annotated[ExportFormat | None, _FORMAT] = None,
    output: Annotated[Path | None, _OUTPUT] = None,
    force: Annotated[bool, _FORCE] = False,
) -> int:
    """Writes one document, or one for each contract."""
    from cpps_cli.cli.delivery import Delivery, format_asked
    from cpps_cli.cli.resolve import Asked, every_dossier, subject_asked

    asked = Asked(arrondissement, contract, sheet, amendment, correspondence, on, provenance)
    asked.refuse_contradictions(every=all)
    if format == "csv":
        from cpps_cli.cli.export_csv import export_csv

        return export_csv(session, asked, output, force=force)
    if format == "parquet":
        from cpps_cli.cli.export_parquet import export_parquet

        return export_parquet(session, asked, output, force=force)
    delivery = Delivery(session, format_asked(format, output, every=all), output, force)
    if all:
        return delivery.every(every_dossier(session, asked))
    return delivery.one(subject_asked(session, asked))
