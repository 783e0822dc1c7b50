"""Documents handed over: to standard output, to a file, or to a folder."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import counted
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost, put_in_folder
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.registry import SUFFIX, TEXT, Format, format_of
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpps_cli.library.write_folder import Files
    from cpps_cli.present.document_kinds import EveryContext, Subject


def format_asked(named: Format | None, output: Path | None, *, every: bool) -> Format:
    """The format that `--format` names, or else the suffix of the file; they must agree."""
    suffix = None if output is None or every else format_of(output)
    chosen = named or suffix
    if chosen is None:
        raise CppsError(
            "say in which format: `--format NAME`, or a file with its suffix", known=tuple(SUFFIX)
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
    if output is None and chosen not in TEXT:
        raise CppsError(
            "{format} is not for a screen: say where to write it with `--output PATH`",
            format=chosen,
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where documents go, and in which format."""

    session: Session
    format: Format
    output: Path | None
    force: bool

    def one(self, subject: "Subject") -> int:
        """One document: to standard output where no file is named.

        1 where something of it is at fault, told or not; 0 where it is whole and right.
        """
        from cpps_cli.formats.document_faults import faults_told
        from cpps_cli.formats.written import Folder, faults_passed_over, is_local, written

        content = written(subject, self.format)
        told = tuple(faults_told(subject, self.format, self.session.folder))
        untold = faults_passed_over(subject, self.format)
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
        from cpps_cli.library.write import TargetExists
        from cpps_cli.library.write_folder import put

        with nothing_lost():
            outcome = put(path, content, force=self.force)
            if outcome == "kept":
                raise TargetExists(path)
        said = (
            _("{path} written: {title}")
            if outcome == "written"
            else _("{path} is this document already: {title}")
        )
        self.session.say(said.format(path=path, title=title))
        return 0

    def _documents(self, dossiers: "EveryContext") -> "Iterator[Files]":
        from cpps_cli.formats.written import Folder, written

        for context in counted(dossiers, len(dossiers)):
            content = written(context, self.format)
            if isinstance(content, Folder):
                yield tuple((f"{context.name}/{name}", body) for name, body in content.files)
            else:
                yield ((f"{context.name}{SUFFIX[self.format]}", content),)
