"""`cpps export`: the document, for people who never open a terminal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import ArrondissementOption, ContractOption, OnOption, complete_sheet
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import file_named, nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.registry import ExportFormat
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpps_cli.cli.resolve import Asked
    from cpps_cli.cli.stream import Stream
    from cpps_cli.engine import Parent
    from cpps_cli.present.sections.all_derived import Line

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
        return _export_csv(session, asked, output, force=force)
    if format == "parquet":
        from cpps_cli.cli.export_parquet import export_parquet

        return export_parquet(session, asked, output, force=force)
    delivery = Delivery(session, format_asked(format, output, every=all), output, force)
    if all:
        return delivery.every(every_dossier(session, asked))
    return delivery.one(subject_asked(session, asked))


# --- csv


def _export_csv(session: Session, asked: "Asked", output: Path | None, *, force: bool) -> int:
    """Writes the table that `derive --format csv` shows, of one local contract or of all."""
    from cpps_cli.check.local import is_at_fault
    from cpps_cli.present.sections.all_derived import derived_contracts

    if asked.sheet is not None or asked.amendment is not None or asked.provenance:
        raise CppsError("`--format csv` is the table of local contracts: name one, or `--all`")
    parent = session.text_on(asked.contract, asked.on)
    contract = parent.now.contract
    stream = _stream(session, parent, asked.arrondissement)
    texts = stream.written(derived_contracts((), [], contract))
    if output is None:
        session.pour_all(texts)
    else:
        _write(output, texts, force=force)
        session.say(_("{path} written: {title}").format(path=output, title=contract.label))
    session.mention_edited(stream.faults)
    whole = session.mention_faults(stream.faults)
    if asked.arrondissement is not None:  # what is wrong elsewhere is not wrong here
        return 1 if is_at_fault(stream.faults, strict=False) else 0
    return 0 if whole else 1


def _stream(session: Session, parent: "Parent", word: str | None) -> "Stream[tuple[Line, ...]]":
    """The rows of all local contracts, or of the one of the territory that people call so."""
    from cpps_cli.check.local import shown_faults
    from cpps_cli.cli.derive import Locals, derived_stream
    from cpps_cli.cli.stream import Notation, Part, Stream
    from cpps_cli.present.sections.derived_document import DERIVED, exported

    notation = Notation("csv")
    if word is None:
        return derived_stream(Locals.of(session, parent), notation)
    derivation, territory = session.derivation(parent, word)
    faults = shown_faults(session.folder, parent, derivation, territory)
    texts = notation.texts([DERIVED.write(derivation.derived, derivation.derived)], exported)
    return Stream([Part((), texts, (*derivation.faults, *faults))], notation)


def _write(path: Path, texts: "Iterable[str]", *, force: bool) -> None:
    from cpps_cli.library.write import new_file

    with nothing_lost(), new_file(path, force=force) as write:
        for text in texts:
            write(text.encode())
