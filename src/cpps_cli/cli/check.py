"""`cpps check` says whether a library is right."""

import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.options import OnOption, argument, option
from cpps_cli.cli.parallel import Names
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import Part, local_parts
from cpps_cli.formats.registry import FaultFormat, fault_report
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.check.local import Ground
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.library.reader import LibraryFolder


def check(
    session: Session,
    directory: Annotated[
        str | None,
        argument(
            metavar="[DIR]",
            help=_("The library, or one derived contract in a file. (as for --data)"),
        ),
    ] = None,
    on: OnOption = None,
    format: Annotated[
        FaultFormat,
        option("--format", "-f", help=_("How the faults are written."), show_default=True),
    ] = "full",
    strict: Annotated[bool, option("--strict", help=_("Warnings count as faults."))] = False,
) -> int:
    """Checks a library: exit 1 where it is at fault."""
    from cpps_cli.check.local import is_at_fault

    if directory is not None:
        session.data = directory
    found = everything_wrong(session.folder, on or session.today)
    sys.stdout.write(fault_report(found, session.folder, format))
    return 1 if is_at_fault(found, strict=strict) else 0


def everything_wrong(folder: "LibraryFolder", on: date) -> "list[Diagnostic]":
    """Finds every fault of a library, those of its files and those of what they say.

    What local texts have to read again is as of the day.
    """
    from cpps_cli.check.library import check_library

    if folder.snapshot is not None:
        return [*check_library(folder, on), *folder.faults]
    found = list(_by_contract(folder, on))
    # The reader's own faults are known once everything was read.
    return [*found, *folder.faults]


def _by_contract(folder: "LibraryFolder", on: date) -> "Iterator[Diagnostic]":
    from cpps_cli.check.library import check_common, check_parent, index_of

    index = index_of(folder)
    yield from check_common(folder, index)
    for contract_id in folder.contract_ids():
        ground, found = check_parent(folder, contract_id, index, on)
        yield from found
        make = partial(_locals, folder, ground)
        for part in local_parts(folder, contract_id, folder.overlay_codes(contract_id), make):
            yield from part.faults


def _locals(folder: "LibraryFolder", ground: "Ground", codes: Names) -> Part[None]:
    from cpps_cli.check.library import check_locals

    return Part(None, (), tuple(check_locals(folder, ground, codes)))
