"""Coverage of more local contracts than anybody would look at: counted, written, let go of."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread
from cpps_cli.cli.session import Session

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.engine.coverage import LocalCoverage
    from cpps_cli.engine.left_out import Tally
    from cpps_cli.formats.csv import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import ActionSheet
    from cpps_cli.present.document import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which parent, how it is to be written, and of which sheet only."""

    folder: "LibraryFolder"
    parent: "Parent"
    format: "AnswerFormat"
    dialect: "Dialect" = "plain"
    sheet: "ActionSheet | None" = None

    @property
    def sheets(self) -> "tuple[ActionSheet, ...]":
        """The sheets of the parent that are asked about."""
        return self.parent.now.contract.sheets if self.sheet is None else (self.sheet,)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some local contracts. `written`: their JSON or, sheet by sheet, their rows of csv, packed:
    totals come before them, so that all are held until the last is known.
    """

    territories: Names
    tally: "Tally"
    written: tuple[bytes, ...]
    faults: "list[Diagnostic]"


def coverage_counted(session: Session, asked: Asked, workers: int | None = None) -> int:
    """Shows it; 1 where a local contract is at fault."""
    from cpps_cli.engine.left_out import Counted, Tally
    from cpps_cli.present.sections.coverage_counted import coverage_counted as view

    session.refuse_dialect(asked.dialect, asked.format)
    parent, codes = asked.parent, asked.parent.now.contract.local_territories
    parts, tally = list[_Part](), Tally()
    for part in shown(spread(_covered, asked, codes, workers), len(codes), AT_A_TIME):
        parts.append(part)
        tally = tally.and_also(part.tally)
    held = {code for part in parts for code in part.territories}
    over = tuple(code for code in codes if code not in held)
    now = parent.now
    found = Counted(now.contract, now.version, parent.on, asked.sheets, tally, over)
    faults = [fault for part in parts for fault in part.faults]
    complete = session.mention_faults(faults)
    session.mention_edited(faults)
    _show(session, view(found), parts, asked)
    return 0 if complete else 1


def _show(session: Session, answer: "Answer", parts: list[_Part], asked: Asked) -> None:
    from cpps_cli.formats.registry import in_parts

    if asked.format in ("json", "csv"):
        texts = _unpacked(parts)
        session.pour_all(in_parts(answer, "contracts", texts, asked.format, asked.dialect))
    else:
        session.show(answer, asked.format)


def _unpacked(parts: list[_Part]) -> Iterator[str]:
    """What was written, a sheet after the other in csv."""
    for number in range(max((len(part.written) for part in parts), default=0)):
        yield from (
            zlib.decompress(part.written[number]).decode() for part in parts if part.written
        )


def _covered(asked: Asked, codes: Names) -> _Part:
    from cpps_cli.engine import local_contracts
    from cpps_cli.engine.coverage import covered, is_sound
    from cpps_cli.engine.left_out import tally_of

    with asked.folder.passing(asked.parent.now.contract.id) as faults:
        found = list(local_contracts(asked.parent, asked.folder, codes))
    faults.extend(fault for derivation, _territory in found for fault in derivation.faults)
    sound = [(item.derived, territory) for item, territory in found if is_sound(item)]
    places = [covered(derived, territory) for derived, territory in sound]
    if asked.sheet is not None:
        places = [place.of_sheet(asked.sheet.code) for place in places]
    written = tuple(zlib.compress(text.encode(), 1) for text in _texts(places, asked))
    named = tuple(place.territory.code for place in places)
    return _Part(named, tally_of(places), written if places else (), faults)


def _texts(places: "list[LocalCoverage]", asked: Asked) -> Iterator[str]:
    from cpps_cli.formats.csv import csv_rows
    from cpps_cli.formats.json import json_items
    from cpps_cli.present.sections.coverage_document import LOCAL_COVERAGE, exported_outcomes

    contract = asked.parent.now.contract
    if asked.format == "json":
        yield json_items(LOCAL_COVERAGE.write_all(places))
    elif asked.format == "csv":
        for sheet in asked.sheets:
            rows = exported_outcomes([(sheet, place) for place in places], contract)
            yield csv_rows(rows, asked.dialect)
