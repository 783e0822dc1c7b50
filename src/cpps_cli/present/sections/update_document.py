"""What an update would do and has to ask, as scripts read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

from cpps_cli.diagnostics import Place, Span
from cpps_cli.engine.conflicts import Conflict, Kind, Moved, RedundantChange
from cpps_cli.engine.update import (
    Effect,
    Nature,
    Update,
    UpstreamChange,
    UpstreamSheet,
)
from cpps_cli.library.toml_format import plain_value
from cpps_cli.library.transaction import Left
from cpps_cli.model import Contract, Territory
from cpps_cli.model.paths import local_file
from cpps_cli.present.answer import Block, Cell
from cpps_cli.present.sections.change_document import FieldDocument, field_document

SCHEMA: Literal["cpps.update/1"] = "cpps.update/1"


Locate = Callable[[Place], Span]


@dataclass(frozen=True, slots=True)
class Told:
    """What a view says of the update of one local contract, whatever it took to find out.

    `cells`: its line among others; `blocks`: what is asked about it, and what follows by itself,
    shown where something `is_asked` or where it stands alone. `open`: how many questions there
    are; `can_answer`: whether a command can answer one of them. `ready`: its file can be written
    without a decision.
    """

    cells: tuple[Cell, ...]
    blocks: tuple[Block, ...]
    is_asked: bool
    open: int
    can_answer: bool
    ready: bool
    only_marks: bool


@dataclass(frozen=True, slots=True)
class Updates:
    """The updates of some local contracts of one parent.

    `without_text` are the territories for which no local text is held, `written` the files that
    were written, None where nothing was asked for; `left` are those that could not be.
    """

    parent: Contract
    version: str
    on: date
    found: tuple[Told, ...]
    without_text: tuple[Territory, ...] = ()
    written: tuple[str, ...] | None = None
    left: tuple[Left, ...] = ()

    @property
    def open(self) -> int:
        """How many questions there are."""
        return sum(item.open for item in self.found)

    @property
    def ready(self) -> tuple[Told, ...]:
        """Those whose file can be written without a decision."""
        return tuple(item for item in self.found if item.ready)


class MovedDocument(TypedDict):
    """A field of the parent; `before` is null where it said nothing, or where that is not held."""

    sheet: str | None
    field: str
    before: object
    now: object


class QuestionDocument(TypedDict):
    """What is to be read again; `sheet` is null for the contract itself.

    `former_text_held`: false where the parent was edited without an amendment. `refused`: why an
    earlier change of the parent was not taken. `by_hand`: no command can answer it.
    """

    kind: Kind
    sheet: str | None
    field: str
    parent: list[MovedDocument]
    local: object
    former_text_held: bool
    amendments: list[str]
    refused: str | None
    by_hand: bool
    file: str
    line: int
    column: int


class FlowDocument(TypedDict):
    """A field that the parent changed and that nobody has to read again."""

    sheet: str | None
    nature: Nature
    stance: Effect
    amendments: list[str]
    change: FieldDocument


class ArrivalDocument(TypedDict):
    """A sheet that the parent has since, or no longer."""

    sheet: str
    number: str | None
    title: str | None
    stance: Effect


class AgreementDocument(TypedDict):
    """A local change that the parent makes as well now; `field` is `sheet` for a whole one."""

    sheet: str | None
    field: str
    items: list[str]
    file: str
    line: int


class LocalUpdateDocument(TypedDict):
    """One local contract beside its parent.

    `ahead`: it was written for a later text than the one asked for. `ready`: its file can be
    written without a decision. `edited_in_place`: the text it records was edited since, without an
    amendment.
    """

    id: str
    territory: str
    file: str
    written_for: str
    behind: bool
    ahead: bool
    edited_in_place: bool
    ready: bool
    questions: list[QuestionDocument]
    flows: list[FlowDocument]
    new_sheets: list[ArrivalDocument]
    gone_sheets: list[ArrivalDocument]
    agreements: list[AgreementDocument]


class UpdateSummary(TypedDict):
    """How many questions are open, files ready to be written, and files up to date."""

    to_reread: int
    ready: int
    up_to_date: int


class UpdateDocument(TypedDict):
    """What a parent that moved on means for its local contracts.

    `without_text`: territories for which no local text is held. `written` and `left` are null where
    nothing was to be written.
    """

    schema: Literal["cpps.update/1"]
    parent: str
    parent_version: str
    on: str
    contracts: list[LocalUpdateDocument]
    without_text: list[str]
    written: list[str] | None
    left: list[str] | None
    summary: UpdateSummary


def update_document(updates: Updates) -> UpdateDocument:
    """The updates as a script reads them, but for the local contracts themselves."""
    nothing_asked = updates.written is None
    return {
        "schema": SCHEMA,
        "parent": updates.parent.id,
        "parent_version": updates.version,
        "on": updates.on.isoformat(),
        "contracts": [],
        "without_text": [territory.code for territory in updates.without_text],
        "written": None if updates.written is None else list(updates.written),
        "left": None if nothing_asked else [item.file for item in updates.left],
        "summary": {
            "to_reread": updates.open,
            "ready": len(updates.ready),
            "up_to_date": sum(not (item.ready or item.open) for item in updates.found),
        },
    }


def local_update_document(update: Update, locate: Locate) -> LocalUpdateDocument:
    """One local contract beside its parent, as a script reads it."""
    return {
        "id": update.overlay.id,
        "territory": update.territory.code,
        "file": local_file(update.overlay),
        "written_for": update.base_version,
        "behind": update.is_behind,
        "ahead": update.ahead,
        "edited_in_place": update.in_place,
        "ready": bool(update.edits),
        "questions": [_question(question, locate) for question in update.conflicts],
        "flows": [_flow(flow) for flow in update.upstream_changes],
        "new_sheets": [_arrival(item) for item in update.upstream_added],
        "gone_sheets": [_arrival(item) for item in update.upstream_deleted],
        "agreements": [_agreement(item, locate) for item in update.redundant_changes],
    }


def _question(question: Conflict, locate: Locate) -> QuestionDocument:
    span = locate(question.place)
    return {
        "kind": question.kind,
        "sheet": question.sheet,
        "field": question.key,
        "parent": [_moved(moved) for moved in question.moved],
        "local": plain_value(question.ours),
        "former_text_held": question.kind != "edited_in_place",
        "amendments": list(question.amendments),
        "refused": question.refused,
        "by_hand": question.by_hand,
        "file": span.file,
        "line": span.line,
        "column": span.column,
    }


def _moved(moved: Moved) -> MovedDocument:
    return {
        "sheet": moved.sheet,
        "field": moved.field,
        "before": plain_value(moved.base),
        "now": plain_value(moved.theirs),
    }


def _flow(flow: UpstreamChange) -> FlowDocument:
    return {
        "sheet": flow.sheet.after.code if flow.sheet else None,
        "nature": flow.nature,
        "stance": flow.effect,
        "amendments": list(flow.amendments),
        "change": field_document(flow.difference),
    }


def _arrival(item: UpstreamSheet) -> ArrivalDocument:
    sheet = item.sheet
    return {
        "sheet": sheet.code,
        "number": sheet.number,
        "title": sheet.title,
        "stance": item.effect,
    }


def _agreement(item: RedundantChange, locate: Locate) -> AgreementDocument:
    span = locate(item.place)
    return {
        "sheet": item.sheet,
        "field": item.key,
        "items": list(item.items),
        "file": span.file,
        "line": span.line,
    }
