"""What becomes of the operations of a local text: in words, and in the keys that scripts read."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from cpps_cli.engine.rebase import Rebased, disposition
from cpps_cli.engine.rebase.disposition import Disposition, Why
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import FIELD, MILESTONE, sheet_name
from cpps_cli.library.toml_format import plain_value
from cpps_cli.model import ActionSheet, Contract, Period
from cpps_cli.model.beside import SheetsMatched
from cpps_cli.present.document import Table
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Shape, csv_table

WHY: dict[Why, str] = {
    "": "",
    "holds_more": N_("the sheet now holds more than what was taken"),
    "one_sheet_now": N_("the new contract has made one sheet of these itself"),
    "parent_says_it": N_("the new contract says this"),
    "parent_dropped_it": N_("the new contract does not have this sheet any more"),
    "split": N_("the sheet is split: say on which part, {sheets}"),
    "meet": N_("another local text meets this one on {sheets}: keep one of them"),
    "merged_elsewhere": N_("{sheets}: the local text merges this sheet with others already"),
    "part_left_out": N_("only a part of what {sheets} now holds was left out"),
    "code_taken": N_("the new contract has a sheet of this code: adapt it, or choose another code"),
    "number_taken": N_("another sheet of the local text would have this number"),
    "kept_text_changed": N_("the new contract says otherwise: keep the former text, or let it go"),
    "dropped": N_("the new contract drops this sheet"),
    "unknown": N_("what became of this sheet is not known"),
    "repealed": N_("an amendment of the new contract repeals what it became"),
    "item_gone": N_("the new contract's list does not have this item"),
    "axis_gone": N_("no axis of the new contract is said to answer this one"),
    "former_contract": N_("it belongs to the former contract"),
    "refused": N_("it speaks of the former contract's words"),
    "not_in_force": N_("its amendment is not in force yet"),
    "amended_since": N_("a later amendment of the local contract says otherwise"),
    "repealed_since": N_("an amendment of the local contract takes the sheet out"),
    "taken_up_since": N_("an amendment of the local contract takes the sheet up"),
    "undoes": N_("it takes back what the local text said before, and nothing else"),
}
# Why a sheet that is carried is to be read again.
SHEET_TO_REREAD: dict[Why, str] = {
    "": N_("its text is not the one that was left out"),
    "split": N_("the sheet is split: each part is kept"),
    "holds_more": WHY["holds_more"],
    "one_sheet_now": WHY["one_sheet_now"],
}
CHANGE: dict[str, str] = {
    "take": N_("taken up"),
    "renumber": N_("renumbered"),
    "adapt": N_("adapted"),
    "exclude": N_("left out"),
    "merge": N_("merged together"),
    "add": N_("added"),
}
_FIELDS: Mapping[str, str] = {
    **FIELD,
    "code": N_("code"),
    "sheets": N_("merged sheet"),
    "reason": N_("reason"),
    "note": N_("note"),
    "sources": N_("sources"),
    "source": N_("source"),
    "inferred": N_("inferred fields"),
    "uncertain": N_("uncertain fields"),
    "cut": N_("fields seen in part"),
    "decided_by": N_("decided by"),
    "decided_on": N_("decided on"),
    "review_on": N_("to be looked at again on"),
    "parent": N_("axis of the parent"),
    "short_title": N_("short title"),
    "milestones": N_("milestone"),
    "claims": N_("claim"),
    "whole_axes": N_("axis held in full"),
    "deliberation": N_("deliberation"),
    "signed_on": N_("signed on"),
    "in_force_on": N_("in force from"),
    "editorial": N_("words alone"),
    "sheet": N_("the sheet"),
}
_WAYS = {
    "append": N_("{field} (added)"),
    "remove": N_("{field} (taken out)"),
    "keep": N_("{field} (kept from one sheet)"),
}


def reason_in_words(item: Disposition, found: Rebased) -> str:
    """Why a piece is not carried, or is to be read again."""
    pattern = WHY[item.why]
    if item.is_remapped and item.operation.field is None and item.to_reread:
        pattern = SHEET_TO_REREAD[item.why]
    return _(pattern).format(sheets=new_names(item.to, found)) if pattern else ""


def field_in_words(item: Disposition) -> str:
    """« échéances », « lieux, ajout » ; the change itself where it is no field."""
    field = item.operation.field
    if field is None:
        return _("the axis") if item.operation.kind == "axes" else _("the sheet")
    if item.operation.path[0] == "refused":
        of = str(item.operation.path[1])
        return _("{field} (the parent's text refused)").format(field=_(_FIELDS.get(of, of)))
    name = _(_FIELDS.get(field, field))
    pattern = _WAYS.get(item.operation.way or "")
    return _(pattern).format(field=name) if pattern else name


def question(items: list[Disposition], found: Rebased) -> str:
    """Asks about some fields for one reason."""
    fields = ", ".join(field_in_words(item) for item in items)
    why = reason_in_words(items[0], found)
    return _("{what}: {why}.").format(what=capital(fields), why=why)


def value_in_words(value: Any) -> str:
    """A value whole, on one line."""
    match value:
        case None:
            return ""
        case Period():
            return period_in_words(value)
        case date():
            return day_in_words(value)
        case tuple():
            return _("; ").join(value_in_words(item) for item in value)
        case BaseModel():
            return _noun(value)
        case _:
            return _("yes") if value is True else " ".join(str(value).split())


def former_names(codes: tuple[str, ...], found: Rebased) -> str:
    """The names of former sheets, and of local ones where the parent has none of that code."""
    return " + ".join(_names(codes, found, found.former, found.base))


def new_names(codes: tuple[str, ...], found: Rebased) -> str:
    """The names of sheets of the new contract, or of local ones."""
    return ", ".join(_names(codes, found, found.successor))


def _names(codes: tuple[str, ...], found: Rebased, *texts: Contract) -> Iterator[str]:
    for code in codes:
        sheets = (*(text.sheet(code) for text in texts), found.squashed.sheets.get(code))
        yield next((sheet_name(sheet) for sheet in sheets if sheet), code)


def _noun(value: BaseModel) -> str:
    if kind := getattr(value, "kind", None):
        on = getattr(value, "on", None) or getattr(value, "no_later_than", None)
        name = _(MILESTONE[kind])
        return f"{name} ({period_in_words(on)})" if on else name
    if title := getattr(value, "title", None):
        return f"{title} ({getattr(value, 'code', '')})"
    parts = (f"{key} = {item}" for key, item in plain_value(value).items())
    return _("; ").join(parts)


# --- as scripts read it

Text = str | list[str] | None
_TEXTS = ("text", "parent_before", "parent_after")
Outcome = Literal["carried", "said_already", "to_decide", "no_home", "settled", "left_behind"]
# What becomes of an operation, in the words of a rebase and in the published ones.
_PUBLISHED: Mapping[disposition.Outcome, Outcome] = {
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


def pieces_table(pieces: Iterable[Json]) -> Table:
    """A row of csv for each piece, each item of a text on a line of its own."""
    lines = (
        {**piece, **{key: "\n".join(piece[key]) for key in _TEXTS if isinstance(piece[key], list)}}
        for piece in pieces
    )
    return csv_table(" ".join(PIECE.names), lines)


def _text(value: Any) -> Text:
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else value_in_words(item) for item in value]
    return value if isinstance(value, str) else value_in_words(value) or None
