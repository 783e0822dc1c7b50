"""`cpps check` says whether a library is right."""

import sys
from typing import Annotated

import typer

from cpps_cli.cli.options import OnOption
from cpps_cli.cli.session import Session
from cpps_cli.formats.registry import FaultFormat, fault_report
from cpps_cli.i18n.catalogue import _


def check(
    session: Session,
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            help=_("The library, or one derived contract in a file. (as for --data)"),
            show_default=False,
        ),
    ] = None,
    on: OnOption = None,
    format: Annotated[
        FaultFormat,
        typer.Option("--format", "-f", help=_("How the faults are written.")),
    ] = "full",
    strict: Annotated[bool, typer.Option("--strict", help=_("Warnings count as faults."))] = False,
) -> int:
    """Checks a library: exit 1 where it is at fault."""
    from cpps_cli.check import is_at_fault
    from cpps_cli.cli.checking import everything_wrong

    if directory is not None:
        session.data = directory
    found = everything_wrong(session.folder, on or session.today)
    sys.stdout.write(fault_report(found, session.folder, format))
    return 1 if is_at_fault(found, strict=strict) else 0
