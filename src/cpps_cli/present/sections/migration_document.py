"""A migration as scripts read it."""

from typing import Any, Final, Literal, TypedDict

from cpps_cli.engine.rebase import OUTCOMES, Disposition, Outcome, Rebased, Why
from cpps_cli.model import ActionSheet
from cpps_cli.model.change import Takes
from cpps_cli.model.correspondence import Passage
from cpps_cli.present.document import Cell
from cpps_cli.present.sections.migration_words import value_in_words

SCHEMA: Final = "cpps.migration/1"
ROW_KEYS = (
    "change",
    "sheets",
    "field",
    "way",
    "outcome",
    "why",
    "to",
    "to_reread",
    "text",
    "parent_before",
    "parent_after",
    "file",
    "key",
)
Text = str | list[str] | None


class PassageDocument(TypedDict):
    """What became of sheets of the former contract; `inferred`: a reading, stated by no source."""

    kind: Passage
    before: list[str]
    after: list[str]
    reason: str | None
    inferred: bool


class PieceDocument(TypedDict):
    """A piece of the local text and what becomes of it.

    `change` is the key it stands under, `contract`, `axes` and `head` included; `field` is null for
    the change itself. `sheets` are those that it names, local ones included; `to` are codes of the
    proposal. `parent_before` and `parent_after` are what the parent said and says, where the piece
    is to be read again or decided. `file` and `key` say where it is written.
    """

    change: str
    sheets: list[str]
    field: str | None
    way: str | None
    outcome: Outcome
    why: Why
    to: list[str]
    to_reread: bool
    text: Text
    parent_before: Text
    parent_after: Text
    file: str
    key: str


class NewSheetDocument(TypedDict):
    """A sheet of the new contract that takes up none of the former, as far as is known."""

    code: str
    number: str | None
    title: str | None


class MigrationCounts(TypedDict):
    """How many pieces there are of each outcome; `to_reread` are among those carried."""

    carried: int
    to_reread: int
    to_decide: int
    no_home: int
    said_already: int
    settled: int
    left_behind: int


class MigrationDocument(TypedDict):
    """What a local text becomes under the contract that replaces its parent.

    `proposal` is the file proposed, as TOML; `written` is where it was written, null where it was
    not. `former_amendments` are the local contract's own that are in force. `unmatched`: sheets of
    the new contract of which it is not known what they take up.
    """

    schema: Literal["cpps.migration/1"]
    former: str
    former_version: str
    former_amendments: list[str]
    contract: str
    parent: str
    parent_version: str
    territory: str
    takes: Takes
    summary: MigrationCounts
    passages: list[PassageDocument]
    pieces: list[PieceDocument]
    new_sheets: list[NewSheetDocument]
    unmatched: list[NewSheetDocument]
    axes_added: list[str]
    proposal: str
    written: str | None


def migration_document(found: Rebased, draft: str, written: str | None) -> MigrationDocument:
    """The migration, with the text of the file that it proposes."""
    return {
        "schema": SCHEMA,
        "former": found.overlay.id,
        "former_version": found.overlay.parent_version,
        "former_amendments": list(found.own_amendments()),
        "contract": found.proposal.id,
        "parent": found.successor.id,
        "parent_version": found.version,
        "territory": found.overlay.territory,
        "takes": found.proposal.takes,
        "summary": counts(found),
        "passages": [
            {
                "kind": item.kind,
                "before": list(item.before),
                "after": list(item.after),
                "reason": item.reason,
                "inferred": item.inferred,
            }
            for item in found.correspondence.sheets
        ],
        "pieces": [_piece(fate) for fate in found.dispositions],
        "new_sheets": [_sheet(sheet) for sheet in found.new_sheets],
        "unmatched": [_sheet(sheet) for sheet in found.unmatched],
        "axes_added": list(found.own_axes_added),
        "proposal": draft,
        "written": written,
    }


def counts(found: Rebased) -> MigrationCounts:
    """How many pieces there are of each outcome."""
    numbers = {outcome: len(found.of(outcome)) for outcome in OUTCOMES}
    return {
        "carried": numbers["carried"],
        "to_reread": sum(fate.to_reread for fate in found.dispositions),
        "to_decide": numbers["to_decide"],
        "no_home": numbers["no_home"],
        "said_already": numbers["said_already"],
        "settled": numbers["settled"],
        "left_behind": numbers["left_behind"],
    }


def piece_row(piece: PieceDocument) -> tuple[Cell, ...]:
    """A piece as a line of csv, in the order of `ROW_KEYS`."""
    values: dict[str, Any] = dict(piece)
    return tuple(_cell(key, values[key]) for key in ROW_KEYS)


def _cell(key: str, value: Any) -> Cell:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return (" " if key in ("sheets", "to") else "\n").join(value)
        case _:
            return value or None


def _piece(fate: Disposition) -> PieceDocument:
    piece = fate.operation
    return {
        "change": piece.kind,
        "sheets": list(piece.sheets),
        "field": piece.field,
        "way": piece.way,
        "outcome": fate.outcome,
        "why": fate.why,
        "to": list(fate.to),
        "to_reread": fate.to_reread,
        "text": _text(piece.value),
        "parent_before": _text(fate.base),
        "parent_after": _text(fate.theirs),
        "file": piece.place.file,
        "key": ".".join(str(step) for step in piece.place.path),
    }


def _text(value: Any) -> Text:
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else value_in_words(item) for item in value]
    return value if isinstance(value, str) else value_in_words(value) or None


def _sheet(sheet: ActionSheet) -> NewSheetDocument:
    return {"code": sheet.code, "number": sheet.number, "title": sheet.title}
