"""`cpps explain` and `cpps schema`: what a code means, what files and answers hold."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from cpps_cli.cli.complete import complete_code, complete_schema
from cpps_cli.cli.options import DialectOption, FormatOption, argument, option
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import STANDARD_OUTPUT, nothing_lost
from cpps_cli.diagnostics import N_, CppsError, nearest
from cpps_cli.diagnostics.codes import CODES
from cpps_cli.i18n.catalogue import _


def explain(
    session: Session,
    code: Annotated[
        str | None,
        argument(
            metavar="[CODE]",
            help=_("A code such as CP203. (all of them, a line each)"),
            complete=complete_code,
        ),
    ] = None,
    format: Annotated[
        Literal["table", "json", "markdown"],
        option("--format", "-f", help=_("How the answer is written."), show_default=True),
    ] = "table",
) -> int:
    """Explains one code, or lists them all."""
    from cpps_cli.present.sections.faults import explanation, explanations

    if code is None:
        session.show(explanations(CODES.values()), format)
        return 0
    found = CODES.get(code.strip().upper())
    if found is None:
        values: dict[str, Any] = {"name": code, **nearest(code.strip().upper(), CODES)}
        raise CppsError(
            "there is no code `{name}`", help=N_("`cpps explain` lists them all"), **values
        )
    session.show(explanation(found), format)
    return 0


def schema(
    session: Session,
    name: Annotated[
        str | None,
        argument(
            metavar="NAME",
            help=_("One of those that are listed without it."),
            complete=complete_schema,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        option(
            "--output",
            "-o",
            metavar="DIR",
            help=_("Write those of all the files there, for an editor."),
        ),
    ] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the schemas, prints one, or writes those of the files."""
    if name is not None and output is not None:
        raise CppsError("`--output` writes the schemas of all the files: name none")
    if output is not None:
        return _write_schemas(session, output)
    if name is not None:
        return _print_schema(name)
    from cpps_cli.present.schemas import schema_list

    session.show(schema_list(), format, dialect)
    return 0


def _print_schema(name: str) -> int:
    from cpps_cli.library.schemas import schema_text
    from cpps_cli.present.schemas import schema_named, schema_names

    found = schema_named(name)
    if found is None:
        values: dict[str, Any] = {"name": name, **nearest(name, schema_names())}
        raise CppsError("there is no schema `{name}`", **values)
    sys.stdout.write(schema_text(found))
    return 0


def _write_schemas(session: Session, folder: Path) -> int:
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
