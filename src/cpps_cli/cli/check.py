"""`cpps check` and `cpps pin`: is a library right, and against which words was it written?"""

import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    argument,
    option,
)
from cpps_cli.cli.parallel import Names
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import ArrondissementsOption, Part, local_contracts_asked, local_parts
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.registry import FaultFormat, Manner, fault_report
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.check.local import Ground
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.engine.update_edits import Pins
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
    all: Annotated[
        bool, option("--all", help=_("Every warning and remark in full, not counted."))
    ] = False,
    strict: Annotated[bool, option("--strict", help=_("Warnings count as faults."))] = False,
) -> int:
    """Checks a library: exit 1 where it is at fault."""
    from cpps_cli.check.acknowledged import apart_from_acknowledged
    from cpps_cli.check.local import is_at_fault

    if directory is not None:
        session.data = directory
    found = everything_wrong(session.folder, on or session.today)
    told, known = apart_from_acknowledged(found, session.folder.library)
    sys.stdout.write(fault_report(told, session.folder, format, Manner(whole=all, known=known)))
    return 1 if is_at_fault(told, strict=strict) else 0


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


_ALL = option("--all", help=_("Every local contract."))


def pin(
    session: Session,
    arrondissement: ArrondissementsOption = None,
    all: Annotated[bool, _ALL] = False,
    contract: ContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Writes the fingerprints that are missing; those that are there stay."""
    from cpps_cli.check.local import check_text
    from cpps_cli.library.transaction import EditGroup, commit_groups
    from cpps_cli.present.sections.written import pinned

    if (arrondissement is None) is not all:
        raise CppsError("say which contracts to write: `--arrondissement N`, or `--all`")
    session.own_library()
    parent = session.parent(session.contract(contract))
    found, faults = _pins(session, parent, arrondissement)
    complete = session.mention_faults(faults)
    with nothing_lost():
        groups = [
            EditGroup(item.edits, partial(check_text, parent, item.overlay, item.territory))
            for item in found
        ]
        done = commit_groups(session.folder, groups)
        session.reopen()
        if done.refused and not done.files:
            raise done.refused
        answer = pinned(parent.now.contract, found, done.files, done.left)
        session.show(answer, format, dialect)
        if done.refused:
            raise done.refused
    return 1 if done.left or not complete else 0


def _pins(
    session: Session, parent: "Parent", words: str | None
) -> "tuple[tuple[Pins, ...], tuple[Diagnostic, ...]]":
    """What is missing in each sound text, and what is wrong in the others."""
    from cpps_cli.engine.update_edits import pins

    asked, _codes = local_contracts_asked(session, parent, words)
    local = tuple(asked)
    found = tuple(
        pins(parent, derivation.derived.overlay, territory)
        for derivation, territory in local
        if derivation.derived.overlay is not None and derivation.is_sound
    )
    return found, tuple(fault for derivation, _ in local for fault in derivation.faults)
