"""Every local contract of a parent: derived, written and let go of, one after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpps_cli.cli.progress import shown
from cpps_cli.cli.session import Session
from cpps_cli.cli.spread import AT_A_TIME, Names, spread

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.model import Derived
    from cpps_cli.render.answer import Format
    from cpps_cli.render.printing import Dialect
    from cpps_cli.render.views.derived import Line
    from cpps_cli.store.folder import LibraryFolder


@dataclass(frozen=True, slots=True)
class _Asked:
    folder: "LibraryFolder"
    parent: "Parent"
    format: "Format"
    dialect: "Dialect"


@dataclass(frozen=True, slots=True)
class _Part:
    """Some local contracts: as they are written in JSON or csv, or else the lines of a table."""

    written: str
    lines: "tuple[Line, ...]"
    faults: "list[Diagnostic]"


def every_contract(
    session: Session,
    parent: "Parent",
    format: "Format",
    dialect: "Dialect",
    workers: int | None = None,
) -> int:
    """Shows all of them; 1 where one is missing or at fault."""
    from cpps_cli.render.printing import in_parts
    from cpps_cli.render.views.derived import derived_contracts

    session.refuse_dialect(dialect, format)
    contract = parent.now.contract
    asked = _Asked(session.folder, parent, format, dialect)
    parts = spread(_derived, asked, contract.local_territories, workers)
    faults: list[Diagnostic] = []
    told = _told(shown(parts, len(contract.local_territories), AT_A_TIME), faults)
    if format in ("json", "csv"):
        empty = derived_contracts((), [], contract)
        texts = (part.written for part in told if part.written)
        session.pour_all(in_parts(empty, "contracts", texts, format, dialect))
    else:
        lines = [line for part in told for line in part.lines]
        session.show(derived_contracts(lines, [], contract), format)
    return 0 if session.mention_faults(faults) else 1


def _told(parts: "Iterable[_Part]", faults: "list[Diagnostic]") -> "Iterator[_Part]":
    """The same parts, with what is wrong with them put aside."""
    for part in parts:
        faults.extend(part.faults)
        yield part


def _derived(asked: _Asked, codes: Names) -> _Part:
    """Some local contracts, in the words of the format asked for."""
    from cpps_cli.derive import local_contracts
    from cpps_cli.render.views.derived import line_of

    parent = asked.parent
    with asked.folder.passing(parent.now.contract.id) as faults:
        found = list(local_contracts(parent, asked.folder, codes))
    faults.extend(fault for derivation, _territory in found for fault in derivation.faults)
    rows = [(derivation.derived, territory) for derivation, territory in found]
    if asked.format in ("json", "csv"):
        return _Part(_text([derived for derived, _territory in rows], asked), (), faults)
    return _Part("", tuple(line_of(*row) for row in rows), faults)


def _text(found: "list[Derived]", asked: _Asked) -> str:
    from cpps_cli.render.printing import csv_rows, json_items
    from cpps_cli.render.views.derived_document import derived_document, exported

    documents = [derived_document(derived) for derived in found]
    if asked.format == "json":
        return json_items(documents)
    return csv_rows(exported(documents), asked.dialect)
