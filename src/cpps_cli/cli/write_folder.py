"""Documents put in a folder one after the other, and what is said of their files."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _, n_

if TYPE_CHECKING:
    from cpps_cli.library.write_folder import Files, Outcome


def put_in_folder(
    session: Session, folder: Path, documents: "Iterable[Files]", *, force: bool
) -> int:
    """Writes documents as they come, their files named from the folder, and says how many.

    Raises `CppsError` where one was kept that says something else.
    """
    from cpps_cli.library.write_folder import put_all

    with _told(session, folder):
        outcomes = put_all(folder, documents, force=force)
    return _ended(session, folder, outcomes)


def put_tables(
    session: Session,
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
def _told(session: Session, folder: Path) -> Iterator[None]:
    """Says what to do once a disk is not full any more, and what is left of an interrupted run."""
    try:
        with nothing_lost(N_("once that is mended, the same command writes what is missing")):
            yield
    except KeyboardInterrupt:
        said = _("{path}: interrupted. What is written is whole; the same command ends the work.")
        session.say(said.format(path=folder))
        raise


def _ended(session: Session, folder: Path, outcomes: "dict[str, Outcome]") -> int:
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
