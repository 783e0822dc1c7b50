"""What becomes of the pieces of a local text under a new parent, in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from cpps_cli.engine.rebase import Disposition, Rebased, Why
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import FIELD, MILESTONE
from cpps_cli.library.toml_format import plain_value
from cpps_cli.model import Contract, Period

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
