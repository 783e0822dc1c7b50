"""Every local contract of a parent: derived, written and let go of, one after the other."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread
from cpps_cli.cli.session import Session

if TYPE_CHECKING:
    from cpps_cli.check import Ground
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Derivation, Parent
    from cpps_cli.formats.csv import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Derived, Territory
    from cpps_cli.present.sections.all_derived import Line


class Shape(NamedTuple):
    """How they are written."""

    format: "AnswerFormat"
    dialect: "Dialect" = "plain"


class _Asked(NamedTuple):
    folder: "LibraryFolder"
    parent: "Parent"
    ground: "Ground"
    shape: Shape


class _Part(NamedTuple):
    """Some local contracts: as they are written in JSON or csv, or else the lines of a table."""

    written: str
    lines: "tuple[Line, ...]"
    faults: "list[Diagnostic]"


def every_contract(session: Session, parent: "Parent", shape: Shape) -> int:
    """Shows all of them; 1 where one is missing or at fault."""
    from cpps_cli.check import parent_faults, unforeseen_texts
    from cpps_cli.present.sections.all_derived import derived_contracts

    session.refuse_dialect(shape.dialect, shape.format)
    faults: list[Diagnostic] = [*parent_faults(session.folder, parent)]
    session.mention(unforeseen_texts(session.folder, parent.now.contract))
    if shape.format in ("json", "csv"):
        session.pour_all(every_text(session, parent, shape, faults))
    else:
        told = _told(session, parent, shape, faults)
        lines = [line for part in told for line in part.lines]
        session.show(derived_contracts(lines, [], parent.now.contract), shape.format)
    session.mention_edited(faults)
    return 0 if session.mention_faults(faults) else 1


def every_text(
    session: Session, parent: "Parent", shape: Shape, faults: "list[Diagnostic]"
) -> "Iterator[str]":
    """All of them as JSON or csv, as they come; what is wrong with them is put in the list."""
    from cpps_cli.formats.registry import in_parts
    from cpps_cli.present.sections.all_derived import derived_contracts

    empty = derived_contracts((), [], parent.now.contract)
    told = _told(session, parent, shape, faults)
    texts = (part.written for part in told if part.written)
    return in_parts(empty, "contracts", texts, shape.format, shape.dialect)


def _told(
    session: Session, parent: "Parent", shape: Shape, faults: "list[Diagnostic]"
) -> "Iterator[_Part]":
    from cpps_cli.check import ground_of

    codes = parent.now.contract.local_territories
    ground = ground_of(session.folder, parent)
    parts = spread(_derived, _Asked(session.folder, parent, ground, shape), codes)
    for part in shown(parts, len(codes), AT_A_TIME):
        faults.extend(part.faults)
        yield part


def _derived(asked: _Asked, codes: Names) -> _Part:
    """Some local contracts, in the words of the format asked for."""
    from cpps_cli.present.sections.all_derived import line_of

    found, faults = judged_contracts(asked.folder, asked.parent, asked.ground, codes)
    rows = [(derivation.derived, territory) for derivation, territory in found]
    if asked.shape.format in ("json", "csv"):
        return _Part(_text([derived for derived, _territory in rows], asked), (), faults)
    return _Part("", tuple(line_of(*row) for row in rows), faults)


def judged_contracts(
    folder: "LibraryFolder", parent: "Parent", ground: "Ground", codes: "Iterable[str]"
) -> "tuple[list[tuple[Derivation, Territory]], list[Diagnostic]]":
    """Some local contracts, let go of by the library once they are read; and all their faults."""
    from cpps_cli.check import local_faults
    from cpps_cli.engine import local_contracts

    with folder.passing(parent.now.contract.id) as faults:
        found = list(local_contracts(parent, folder, codes))
    for derivation, territory in found:
        faults += (fault for fault in derivation.faults if fault.severity != "error")
        if (overlay := derivation.derived.overlay) is not None:
            faults += local_faults(ground, overlay, territory, derivation)
    return found, faults


def _text(found: "list[Derived]", asked: _Asked) -> str:
    from cpps_cli.formats.csv import csv_rows
    from cpps_cli.formats.json import json_items
    from cpps_cli.present.sections.derived_document import DERIVED, exported

    documents = [DERIVED.write(derived, derived) for derived in found]
    if asked.shape.format == "json":
        return json_items(documents)
    return csv_rows(exported(documents), asked.shape.dialect)
