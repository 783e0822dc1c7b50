"""`cpps export`: the document, for people who never open a terminal."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.complete import complete_amendment, complete_sheet
from cpps_cli.cli.options import ArrondissementOption, ContractOption, OnOption, option
from cpps_cli.cli.parallel import counted
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import file_named, nothing_lost, put_in_folder
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.registry import (
    DOCUMENTS,
    FORMATS,
    Content,
    DocumentFormat,
    ExportFormat,
    document_bytes,
    format_of,
    open_data,
    workbook_bytes,
)
from cpps_cli.i18n.catalogue import _, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpps_cli.cli.resolve import Asked
    from cpps_cli.cli.stream import Stream
    from cpps_cli.engine import Parent
    from cpps_cli.library.write_folder import Files
    from cpps_cli.present.document_kinds import EveryContext, Subject
    from cpps_cli.present.sections.derived_document import Line


def format_asked(
    named: DocumentFormat | None, output: Path | None, *, every: bool
) -> DocumentFormat:
    """The format that `--format` names, or else the suffix of the file; they must agree."""
    suffix = None if output is None or every else format_of(output)
    chosen = named or suffix
    if chosen is None:
        raise CppsError(
            "say in which format: `--format NAME`, or a file with its suffix", known=DOCUMENTS
        )
    if suffix is not None and suffix != chosen:
        raise CppsError(
            "`{path}` has the suffix of {suffix}, and `--format` says {format}",
            path=str(output),
            suffix=suffix,
            format=chosen,
        )
    if output is None and every:
        raise CppsError(
            "`--all` writes a file for each contract: say in which folder, `--output DIR`"
        )
    if output is None and FORMATS[chosen].to != "screen or file":
        raise CppsError(
            "{format} is not for a screen: say where to write it with `--output PATH`",
            format=chosen,
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where documents go, and in which format."""

    session: Session
    format: DocumentFormat
    output: Path | None
    force: bool

    def one(self, subject: "Subject") -> int:
        """One document: to standard output where no file is named.

        1 where something of it is at fault, told or not; 0 where it is whole and right.
        """
        from cpps_cli.present.document_kinds import faults_passed_over, faults_shown, is_local

        content = written(subject, self.format)
        tables = self.format in ("datapackage", "xlsx")
        told = tuple(faults_shown(subject, self.session.folder, with_locals=tables))
        untold = faults_passed_over(subject, with_locals=tables)
        complete = self.session.mention_faults((*told, *untold))
        if isinstance(content, tuple):
            code = self._folder([content])
        elif self.output is None:
            sys.stdout.write(content.decode())
            code = 0
        else:
            code = self._one_file(self.output, content, subject.title)
        # A local contract whose changes are at fault is refused: the one that is told is whole.
        return code if not told and (complete or is_local(subject)) else 1

    def every(self, dossiers: "EveryContext") -> int:
        """A document for each contract, in a folder."""
        code = self._folder(self._documents(dossiers))
        self.session.mention_edited(dossiers.faults)
        whole = self.session.mention_faults(dossiers.faults)
        return code if whole else 1

    def _folder(self, documents: "Iterable[Files]") -> int:
        if self.output is None:  # refused before anything is read
            raise ValueError
        return put_in_folder(self.session, self.output, documents, force=self.force)

    def _one_file(self, path: Path, content: bytes, title: str) -> int:
        from cpps_cli.library.write import NotWritten
        from cpps_cli.library.write_folder import put

        with nothing_lost():
            outcome = put(path, content, force=self.force)
            if outcome == "kept":
                raise NotWritten(path, "exists")
        said = (
            _("{path} written: {title}")
            if outcome == "written"
            else _("{path} is this document already: {title}")
        )
        self.session.say(said.format(path=path, title=title))
        return 0

    def _documents(self, dossiers: "EveryContext") -> "Iterator[Files]":
        for context in counted(dossiers, len(dossiers)):
            content = written(context, self.format)
            if isinstance(content, tuple):
                yield tuple((f"{context.name}/{name}", body) for name, body in content)
            else:
                yield ((f"{context.name}{FORMATS[self.format].suffix}", content),)


def written(subject: "Subject", format: DocumentFormat) -> Content:
    """Writes a document in the language of its contract, whatever the screen speaks.

    The same subject gives the same bytes. Raises `CppsError` where the library that a format needs
    is not installed.
    """
    from cpps_cli.present.document_kinds import contract_of, outline_of

    with speaking(subject.library.language):
        match format:
            case "datapackage":
                from cpps_cli.present.facts.published import package_of

                return open_data(package_of(contract_of(subject)))
            case "xlsx":
                from cpps_cli.present.facts.published import workbook_of

                return workbook_bytes(workbook_of(contract_of(subject)))
            case _:
                return document_bytes(outline_of(subject), format)


_ALL = option("--all", help=_("The contract and every local one, a file each."))
_SHEET = option(
    "--sheet",
    metavar="SHEET",
    help=_("Only this sheet, by code or number."),
    complete=complete_sheet,
)
_AMENDMENT = option(
    "--amendment",
    metavar="ID",
    help=_("An amendment, as the document that a council votes on."),
    complete=complete_amendment,
)
_CORRESPONDENCE = option(
    "--correspondence", help=_("What became of the sheets of the contract before.")
)
_PROVENANCE = option("--provenance", help=_("Say where each paragraph comes from."))
_FORMAT = option("--format", "-f", help=_("How it is written; else as the file's suffix says."))
_OUTPUT = option(
    "--output",
    "-o",
    metavar="PATH",
    help=_("The file to write; with `--all`, datapackage or parquet, the folder."),
    callback=file_named,
)
_FORCE = option("--force", help=_("Overwrite what is there."))


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
    from cpps_cli.present.sections.derived_document import derived_contracts

    if asked.sheet is not None or asked.amendment is not None or asked.provenance:
        raise CppsError("`--format csv` is the table of local contracts: name one, or `--all`")
    parent = session.text_on(asked.contract, asked.on)
    contract = parent.now.contract
    stream = _stream(session, parent, asked.arrondissement)
    texts = stream.written(session.stood(derived_contracts((), [], contract)))
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
