"""What an update means for local contracts: each is compared, told and let go of."""

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread
from cpps_cli.cli.session import Session
from cpps_cli.cli.territories import LocalUpdates, refuse_snapshot, updates_asked, updates_of

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.engine.update import Update
    from cpps_cli.formats.csv import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Territory
    from cpps_cli.present.sections.update_document import Told, Updates


@dataclass(frozen=True, slots=True)
class Shape:
    """How they are told; `library`: the folder that was named, for the commands to copy."""

    format: "AnswerFormat"
    dialect: "Dialect"
    library: str | None


@dataclass(frozen=True, slots=True)
class ToldUpdates:
    """Some local contracts, told. `written`: their JSON or csv, packed: what they add up to comes
    before them, so that all are held until the last is known.
    """

    told: "tuple[Told, ...]"
    written: bytes
    without_text: "tuple[Territory, ...]"
    faults: "tuple[Diagnostic, ...]"


@dataclass(frozen=True, slots=True)
class _Asked:
    folder: "LibraryFolder"
    parent: "Parent"
    shape: Shape


def updates_told(
    session: Session, parent: "Parent", words: str | None, shape: Shape
) -> list[ToldUpdates]:
    """The local texts asked for beside their parent; ends the run like `updates_asked`."""
    asked = _Asked(session.folder, parent, shape)
    if words is not None:
        return [_told(updates_asked(session, parent, words), asked)]
    refuse_snapshot(session)
    codes = parent.now.contract.local_territories
    return list(shown(spread(_compared, asked, codes), len(codes), AT_A_TIME))


def _compared(asked: _Asked, codes: Names) -> ToldUpdates:
    from cpps_cli.engine import local_contracts

    parent, folder = asked.parent, asked.folder
    with folder.passing(parent.now.contract.id) as faults:
        local = updates_of(parent, folder, local_contracts(parent, folder, codes))
        told = _told(local, asked)
    return replace(told, faults=(*told.faults, *faults))


def _told(local: LocalUpdates, asked: _Asked) -> ToldUpdates:
    from cpps_cli.present.sections.local_update import Shown
    from cpps_cli.present.sections.update import told_of

    alone = len(local.found) == 1  # where it is one of many after all, it is not shown at length
    shown = [Shown(item, asked.folder.locate, asked.shape.library) for item in local.found]
    return ToldUpdates(
        tuple(told_of(item, at_length=alone) for item in shown),
        zlib.compress(_text(local.found, asked).encode(), 1),
        local.without_text,
        local.faults,
    )


def _text(found: "tuple[Update, ...]", asked: _Asked) -> str:
    from cpps_cli.formats.csv import csv_rows
    from cpps_cli.formats.json import json_items
    from cpps_cli.present.sections.update_document import LOCAL_UPDATE, exported_updates

    if asked.shape.format not in ("json", "csv"):
        return ""
    documents = LOCAL_UPDATE.write_all(found, asked.folder.locate)
    if asked.shape.format == "json":
        return json_items(documents)
    return csv_rows(exported_updates(documents), asked.shape.dialect)


def show_updates(
    session: Session, found: "Updates", parts: list[ToldUpdates], shape: Shape
) -> None:
    """Shows them, packed or not."""
    from cpps_cli.formats.registry import in_parts
    from cpps_cli.present.sections.update import updates

    session.refuse_dialect(shape.dialect, shape.format)
    answer = updates(found)
    if shape.format in ("json", "csv"):
        texts = (zlib.decompress(part.written).decode() for part in parts if part.told)
        session.pour_all(in_parts(answer, "contracts", texts, shape.format, shape.dialect))
    else:
        session.show(answer, shape.format)
