"""Writing for the user: on the screen, to a file, into a folder; nothing is lost on the way."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli import __version__
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _, n_

if TYPE_CHECKING:
    from cpps_cli.cli.session import Session
    from cpps_cli.formats.records import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.write import NotWritten
    from cpps_cli.library.write_folder import Files, Outcome
    from cpps_cli.present.document import Answer


class Output:
    """How answers are shown and sentences said; it holds nothing."""

    def show(self, answer: "Answer", format: "AnswerFormat", dialect: "Dialect" = "plain") -> None:
        """Writes the answer to standard output."""
        self.refuse_dialect(dialect, format)
        from cpps_cli.formats.registry import answer_text

        sys.stdout.write(answer_text(answer, format, dialect))

    def refuse_dialect(self, dialect: "Dialect", format: str | None) -> None:
        """Raises `CppsError` where a dialect is named for what is no csv."""
        if dialect != "plain" and format != "csv":
            raise CppsError("`--dialect` goes with `--format csv`")

    def pour(self, text: str) -> None:
        """A whole file on standard output, its line ends as they are."""
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(newline="")  # Windows would write another CR before each LF
        sys.stdout.write(text)

    def pour_all(self, texts: Iterable[str]) -> None:
        """An answer as it comes, on standard output."""
        sys.stdout.writelines(texts)

    def tell(self, lines: Iterable[str]) -> None:
        """Lines on standard output, never broken: some are commands to copy."""
        from cpps_cli.i18n.catalogue import inert

        sys.stdout.writelines(f"{inert(line)}\n" for line in lines)

    def say(self, sentence: str) -> None:
        """One line on standard error."""
        from cpps_cli.i18n.catalogue import inert

        sys.stderr.write(f"cpps: {inert(sentence)}\n")

    def say_error(self, end: CppsError) -> None:
        """A dead end: what it is, and what to do."""
        from cpps_cli.i18n.catalogue import filled, suggestion

        self.say(filled(end.message, end.values))
        for line in (filled(end.help, end.values), suggestion(end.values)):
            if line:
                sys.stderr.write(f"      {line}\n")

    def say_bug(self, bug: Exception) -> None:
        """Something of ours failed: no traceback, but what to do."""
        kind = type(bug).__name__
        self.say(
            _("this should not have happened ({kind}: {bug}), in cpps {version}").format(
                kind=kind, bug=bug, version=__version__
            )
        )
        self.say(_("nothing was lost; run it again with `--debug` and report what it prints"))


# `--output -`, as everywhere.
STANDARD_OUTPUT = Path("-")
_REASONS = {
    "permission": N_("`{path}` cannot be written: permission denied"),
    "full": N_("`{path}` cannot be written: the disk is full"),
    "missing_folder": N_("`{path}` cannot be written: its folder does not exist"),
    "other": N_("`{path}` cannot be written: the system refuses"),
    "no_file": N_("`{path}` is no file that another could replace"),
    "no_folder": N_("`{path}` is no folder, where one is to be"),
    "link": N_("`{path}` is a symbolic link: it is not written through"),
}


def file_named(output: Path | None) -> Path | None:
    """The file that `--output` names; None where it names standard output, or was not given."""
    return None if output == STANDARD_OUTPUT else output


def put_text(session: "Session", text: str, output: Path, said: str, *, force: bool) -> None:
    """Writes a whole text to the file, then says so; or to standard output, and says nothing."""
    from cpps_cli.library.write import write_new

    if output == STANDARD_OUTPUT:
        session.pour(text)
        return
    with nothing_lost():
        write_new(output, text, force=force)
    session.say(said)


@contextmanager
def nothing_lost(help: str = "") -> Iterator[None]:
    """Turns a write that did not take place into one sentence.

    `help` is what to do once the disk is not full any more, or may be written to.
    """
    from cpps_cli.library.write import NotWritten

    try:
        yield
    except NotWritten as refused:
        raise _said(refused, help) from None


def _said(refused: "NotWritten", help: str) -> CppsError:
    path = str(refused.path)
    match refused.reason:
        case "exists":
            return CppsError(
                "`{path}` exists already",
                help=N_("write to another file, or overwrite it with `--force`"),
                path=path,
            )
        case "changed":
            return CppsError(
                "`{path}` was changed by another program meanwhile: it is not overwritten",
                help=N_("run the command again"),
                exit_code=1,
                path=path,
            )
        case "no_file" if refused.path.is_dir():
            return CppsError("`{path}` is a folder, where a file is to be written", path=path)
        case "no_file" | "no_folder" | "link" as reason:
            return CppsError(_REASONS[reason], path=path)
        case reason:
            return CppsError(_REASONS[reason], help=help, path=path)


# --- folders


def put_in_folder(
    session: "Session", folder: Path, documents: "Iterable[Files]", *, force: bool
) -> int:
    """Writes documents as they come, their files named from the folder, and says how many.

    Raises `CppsError` where one was kept that says something else.
    """
    from cpps_cli.library.write_folder import put_all

    with _told(session, folder):
        outcomes = put_all(folder, documents, force=force)
    return _ended(session, folder, outcomes)


def put_tables(
    session: "Session",
    folder: Path,
    files: Iterable[tuple[str, bytes]],
    descriptor: str,
    *,
    force: bool,
) -> int:
    """The same of files of many folders, of which the last, `descriptor`, describes the others."""
    from cpps_cli.library.write_folder import put_described

    with _told(session, folder):
        outcomes = put_described(folder, files, descriptor, force=force)
    return _ended(session, folder, outcomes)


@contextmanager
def _told(session: "Session", folder: Path) -> Iterator[None]:
    """Says what to do once a disk is not full any more, and what is left of an interrupted run."""
    try:
        with nothing_lost(N_("once that is mended, the same command writes what is missing")):
            yield
    except KeyboardInterrupt:
        said = _("{path}: interrupted. What is written is whole; the same command ends the work.")
        session.say(said.format(path=folder))
        raise


def _ended(session: "Session", folder: Path, outcomes: "dict[str, Outcome]") -> int:
    """Says what was written and what was not."""
    told = list(outcomes.values())
    written, same = told.count("written"), told.count("same")
    counted = n_("{count} file written", "{count} files written", written).format(count=written)
    if same:
        before = n_("{count} there already", "{count} there already", same).format(count=same)
        counted = f"{counted}, {before}"
    session.say(_("{path}: {counted}").format(path=folder, counted=counted))
    kept = tuple(name for name, outcome in outcomes.items() if outcome == "kept")
    if kept:
        raise CppsError(
            "not overwritten, as they say something else: {names}",
            help=N_("overwrite them with `--force`, or write to another folder"),
            exit_code=1,
            names=kept,
        )
    return 0
