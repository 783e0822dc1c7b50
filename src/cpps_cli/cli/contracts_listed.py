"""The contracts of a library, each read, put in a line and let go of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread
from cpps_cli.cli.session import Session

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.formats.csv import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Contract
    from cpps_cli.present.sections.contracts import Line, Shelf
    from cpps_cli.schedule.catalogue import CatalogueEntry
    from cpps_cli.schedule.generations import Generations


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands beside the list, and how it is written."""

    shelf: "Shelf"
    format: "AnswerFormat"
    dialect: "Dialect"


@dataclass(frozen=True, slots=True)
class _Ground:
    folder: "LibraryFolder"
    signed: "Contract"
    generations: "Generations"
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Part:
    """Some contracts: as they are written in JSON or csv, or else the lines of a table."""

    written: str
    lines: "tuple[Line, ...]"
    faults: "tuple[Diagnostic, ...]" = ()


def contracts_listed(
    session: Session, signed: "list[Contract]", generations: "Generations", shape: Shape
) -> int:
    """Shows them; 1 where one is at fault."""
    from cpps_cli.formats.registry import in_parts
    from cpps_cli.present.sections.contracts import contracts

    session.refuse_dialect(shape.dialect, shape.format)
    faults: list[Diagnostic] = []
    parts = _noted(_parts(session.folder, signed, generations, shape), faults)
    if shape.format in ("json", "csv"):
        texts = (part.written for part in parts if part.written)
        empty = contracts([], shape.shelf, [])
        session.pour_all(in_parts(empty, "contracts", texts, shape.format, shape.dialect))
    else:
        lines = [line for part in parts for line in part.lines]
        session.show(contracts(lines, shape.shelf, []), shape.format)
    return 0 if session.mention_faults(faults) else 1


def _noted(parts: "Iterator[_Part]", faults: "list[Diagnostic]") -> "Iterator[_Part]":
    for part in parts:
        faults.extend(part.faults)
        yield part


def _parts(
    folder: "LibraryFolder", contracts: "list[Contract]", generations: "Generations", shape: Shape
) -> "Iterator[_Part]":
    """Each generation, then its local contracts, some at a time."""
    from cpps_cli.schedule.catalogue import generation_listed, oldest_first

    for signed in oldest_first(contracts):
        yield _part([generation_listed(signed, generations)], shape)
        codes = folder.overlay_codes(signed.id)
        parts = spread(_listed, _Ground(folder, signed, generations, shape), codes)
        yield from shown(parts, len(codes), AT_A_TIME)


def _listed(ground: _Ground, codes: Names) -> _Part:
    from cpps_cli.schedule.catalogue import locals_listed

    with ground.folder.passing(ground.signed.id) as faults:
        found = list(locals_listed(ground.signed, ground.generations, codes))
    return _part(found, ground.shape, tuple(faults))


def _part(
    found: "list[CatalogueEntry]", shape: Shape, faults: "tuple[Diagnostic, ...]" = ()
) -> _Part:
    from cpps_cli.present.sections.contracts import line_of

    faults += tuple(fault for item in found for fault in item.faults)
    if shape.format in ("json", "csv"):
        return _Part(_text(found, shape), (), faults)
    return _Part("", tuple(line_of(item, shape.shelf) for item in found), faults)


def _text(found: "list[CatalogueEntry]", shape: Shape) -> str:
    from cpps_cli.formats.csv import csv_rows
    from cpps_cli.formats.json import json_items
    from cpps_cli.present.sections.contracts import CONTRACT, exported_contracts

    documents = CONTRACT.write_all(found)
    if shape.format == "json":
        return json_items(documents)
    return csv_rows(exported_contracts(documents, shape.shelf), shape.dialect)
