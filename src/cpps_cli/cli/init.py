"""`cpps init`: a library of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _, language

_DIR = typer.Argument(
    metavar="DIR", help=_("A folder that does not exist yet."), show_default=False
)
_EXAMPLE = typer.Option("--example", help=_("Copy the fictional town of the tutorial instead."))
_EMPTY = typer.Option("--empty", help=_("Make the frame of a library for another town instead."))


def init(
    session: Session,
    folder: Annotated[Path, _DIR],
    example: Annotated[bool, _EXAMPLE] = False,
    empty: Annotated[bool, _EMPTY] = False,
) -> int:
    """Makes a library and says what is in it."""
    from cpps_cli.library.templates import Kind, library_texts
    from cpps_cli.library.write_folder import make_library
    from cpps_cli.present.sections.written import library_made

    if example and empty:
        raise CppsError("choose one of the two: `--example` or `--empty`")
    kind: Kind = "exemple" if example else "empty" if empty else "paris"
    with nothing_lost():
        contract = make_library(folder, library_texts(kind, language(), _))
    session.tell(library_made(folder, kind, contract))
    return 0
