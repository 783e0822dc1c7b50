"""Where `--output` leads, and what is said when a file was not written: it is as it was before."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _, n_

if TYPE_CHECKING:
    from cpps_cli.cli.session import Session
    from cpps_cli.library.write import NotWritten
    from cpps_cli.library.write_folder import Files, Outcome

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
