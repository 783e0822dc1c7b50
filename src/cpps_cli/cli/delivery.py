"""Documents handed over: to standard output, to a file, or to a folder."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import counted
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost, put_in_folder
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.registry import (
    DOCUMENTS,
    FORMATS,
    Content,
    DocumentFormat,
    Folder,
    document_bytes,
    format_of,
    open_data,
    workbook_bytes,
)
from cpps_cli.i18n.catalogue import _, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpps_cli.library.write_folder import Files
    from cpps_cli.present.document_kinds import EveryContext, Subject


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
        from cpps_cli.present.document_faults import faults_passed_over, faults_shown, is_local

        content = written(subject, self.format)
        tables = self.format in ("datapackage", "xlsx")
        told = tuple(faults_shown(subject, self.session.folder, with_locals=tables))
        untold = faults_passed_over(subject, with_locals=tables)
        complete = self.session.mention_faults((*told, *untold))
        if isinstance(content, Folder):
            code = self._folder([content.files])
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
            if isinstance(content, Folder):
                yield tuple((f"{context.name}/{name}", body) for name, body in content.files)
            else:
                yield ((f"{context.name}{FORMATS[self.format].suffix}", content),)


def written(subject: "Subject", format: DocumentFormat) -> Content:
    """Writes a document in the language of its contract, whatever the screen speaks.

    The same subject gives the same bytes. Raises `CppsError` where the library that a format needs
    is not installed.
    """
    from cpps_cli.present.document_kinds import contract_of, language_of, outline_of

    with speaking(language_of(subject)):
        match format:
            case "datapackage":
                from cpps_cli.present.facts.published import package_of

                return open_data(package_of(contract_of(subject)))
            case "xlsx":
                from cpps_cli.present.facts.published import workbook_of

                return workbook_bytes(workbook_of(contract_of(subject)))
            case _:
                return document_bytes(outline_of(subject), format)
