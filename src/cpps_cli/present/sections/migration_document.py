"""A migration as scripts read it."""

from collections.abc import Mapping
from typing import Any, Literal

from cpps_cli.engine import rebase
from cpps_cli.engine.rebase import Disposition, Rebased
from cpps_cli.model import ActionSheet
from cpps_cli.model.correspondence import SheetsMatched
from cpps_cli.present.document import Cell
from cpps_cli.present.sections.migration_words import value_in_words
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Shape

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


Outcome = Literal["carried", "said_already", "to_decide", "no_home", "settled", "left_behind"]
# What becomes of an operation, in the words of a rebase and in the published ones.
_PUBLISHED: Mapping[rebase.Outcome, Outcome] = {
    "remapped": "carried",
    "to_decide": "to_decide",
    "orphaned": "no_home",
    "said_already": "said_already",
    "settled": "settled",
    "discarded": "left_behind",
}


def counts(found: Rebased) -> dict[str, int]:
    """Counts the pieces by what becomes of them, and those that are to be read again."""
    numbers: dict[str, int] = {word: len(found.of(outcome)) for outcome, word in _PUBLISHED.items()}
    return {**numbers, "to_reread": sum(item.to_reread for item in found.dispositions)}


_PASSAGE = Shape(
    "PassageDocument",
    SheetsMatched,
    "What became of sheets of the former contract; `inferred`: a reading, stated by no source.",
    "kind before after reason inferred",
)
PIECE = Shape(
    "PieceDocument",
    Disposition,
    """A piece of the local text and what becomes of it.

    `change` is the key it stands under, `contract`, `axes` and `head` included; `field` is null for
    the change itself. `sheets` are those that it names, local ones included; `to` are codes of the
    proposal. `parent_before` and `parent_after` are what the parent said and says, where the piece
    is to be read again or decided. `file` and `key` say where it is written.
    """,
    "change=operation.kind sheets=operation.sheets field=operation.field way=operation.way",
    Key("outcome", Outcome, lambda item: _PUBLISHED[item.outcome]),
    "why to to_reread",
    Key("text", Text, lambda item: _text(item.operation.value)),
    Key("parent_before", Text, lambda item: _text(item.base)),
    Key("parent_after", Text, lambda item: _text(item.theirs)),
    "file=operation.place.file",
    Key("key", str, lambda item: ".".join(map(str, item.operation.place.path))),
)
_NEW_SHEET = Shape(
    "NewSheetDocument",
    ActionSheet,
    "A sheet of the new contract that takes up none of the former, as far as is known.",
    "code number title",
)
_COUNTS = Shape(
    "MigrationCounts",
    dict[str, int],
    "How many pieces there are of each outcome; `to_reread` are among those carried.",
    "carried to_reread to_decide no_home said_already settled left_behind",
)
MIGRATION = Shape(
    "MigrationDocument",
    Rebased,
    """What a local text becomes under the contract that replaces its parent.

    `proposal` is the file proposed, as TOML; `written` is where it was written, null where it was
    not. `former_amendments` are the local contract's own that are in force. `unmatched`: sheets of
    the new contract of which it is not known what they take up.
    """,
    "former=overlay.id former_version=overlay.parent_version",
    Key("former_amendments", list[str], lambda found: found.own_amendments()),
    "contract=proposal.id parent=successor.id parent_version=version",
    "territory=overlay.territory takes=proposal.takes",
    Key("summary", _COUNTS, counts),
    Key("passages", Many(_PASSAGE), "correspondence.sheets"),
    Key("pieces", Many(PIECE), "dispositions"),
    Key("new_sheets", Many(_NEW_SHEET)),
    Key("unmatched", Many(_NEW_SHEET)),
    Key("axes_added", list[str], "own_axes_added"),
    *(Key("proposal", str, GIVEN), Key("written", str | None, GIVEN)),
    schema="cpps.migration/1",
)


def piece_row(piece: Json) -> tuple[Cell, ...]:
    """A piece as a line of csv, in the order of `ROW_KEYS`."""
    return tuple(_cell(key, piece[key]) for key in ROW_KEYS)


def _cell(key: str, value: Any) -> Cell:
    match value:
        case bool():
            return str(value).lower()
        case list() | tuple():
            return (" " if key in ("sheets", "to") else "\n").join(value)
        case _:
            return value or None


def _text(value: Any) -> Text:
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else value_in_words(item) for item in value]
    return value if isinstance(value, str) else value_in_words(value) or None
