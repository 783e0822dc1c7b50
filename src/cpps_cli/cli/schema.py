"""`cpps schema` says what may stand in the files, and what the answers hold."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cpps_cli.cli.options import DialectOption, FormatOption
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import STANDARD_OUTPUT, nothing_lost
from cpps_cli.diagnostics import N_, CppsError, nearest
from cpps_cli.i18n.catalogue import _


def complete_name(incomplete: str) -> list[str]:
    """Names of files at the keyboard; those of answers would take too long to find."""
    library = "library sources territories contract sheet amendment overlay programmes"
    names = f"{library} correspondence snapshot"
    return [name for name in names.split() if name.startswith(incomplete)]


def schema(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help=_("One of those that are listed without it."),
            autocompletion=complete_name,
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help=_("Write those of all the files there, for an editor."),
            show_default=False,
        ),
    ] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the schemas, prints one, or writes those of the files."""
    if name is not None and output is not None:
        raise CppsError("`--output` writes the schemas of all the files: name none")
    if output is not None:
        return _write(session, output)
    if name is not None:
        return _print(name)
    from cpps_cli.present.schemas import schema_list

    session.show(schema_list(), format, dialect)
    return 0


def _print(name: str) -> int:
    from cpps_cli.library.schemas import schema_text
    from cpps_cli.present.schemas import schema_named, schema_names

    found = schema_named(name)
    if found is None:
        values: dict[str, Any] = {"name": name, **nearest(name, schema_names())}
        raise CppsError("there is no schema `{name}`", **values)
    sys.stdout.write(schema_text(found))
    return 0


def _write(session: Session, folder: Path) -> int:
    from cpps_cli.library.schemas import write_schemas

    if folder == STANDARD_OUTPUT:
        raise CppsError(
            "the schemas of all the files go to a folder: name it with `--output DIR`",
            help=N_("`cpps schema NAME` prints one"),
        )
    with nothing_lost():
        written = write_schemas(folder)
    count = _("{count} schemas written to {folder}")
    session.say(count.format(count=len(written), folder=folder))
    return 0
