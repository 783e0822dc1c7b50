"""What changed, as scripts read it: the same in `cpps diff` and in `cpps history`."""

from collections.abc import Iterator
from typing import Literal, TypedDict

from cpps_cli.engine.diff import Differences, Fate, SheetDifference, Unpaired
from cpps_cli.engine.diff_fields import FieldDifference, Item, ListDiff, ScalarDiff, TextDiff
from cpps_cli.engine.word_diff import Mark
from cpps_cli.model import Period
from cpps_cli.present.document import Cell, Column

ROW_KEYS = ("about", "code", "number", "title", "change", "field", "part", "before", "after")
Row = tuple[Cell, ...]
FieldValue = str | list[str] | None


class WordsDocument(TypedDict):
    """Words that both texts have, or that one of them has."""

    mark: Mark
    text: str


class ItemDocument(TypedDict):
    """An item of a list; `was` and `now` are its positions, from 1, null where it is not there."""

    change: Literal["added", "removed", "moved", "typography"]
    before: str | None
    after: str | None
    was: int | None
    now: int | None


class FieldDocument(TypedDict):
    """A field with both values; `words` for a text, `items` for a list, null for the others.

    `part`: the code of the indicator or of the axis it belongs to. `typographic`: nobody has to
    read it again.
    """

    field: str
    part: str | None
    typographic: bool
    before: FieldValue
    after: FieldValue
    words: list[WordsDocument] | None
    items: list[ItemDocument] | None


class LoneSheetDocument(TypedDict):
    """A sheet that one text lacks: `absent`, `merged` with others, or `unknown` there.

    A correspondence may say that it was `split`. `linked`: codes of the sheets of the other text
    that hold its matter. `reason`: why a local contract leaves it out, or why a correspondence says
    that it is gone, split or merged.
    """

    code: str
    number: str | None
    title: str | None
    axis_code: str | None
    fate: Fate
    linked: list[str]
    reason: str | None


class ChangedSheetDocument(TypedDict):
    """A sheet that both have; `former_code` differs from `code` where titles were paired."""

    code: str
    former_code: str
    number: str | None
    title: str | None
    typographic: bool
    fields: list[FieldDocument]


class ChangesDocument(TypedDict):
    """What differs: in the contract itself, and in its sheets."""

    contract: list[FieldDocument]
    added: list[LoneSheetDocument]
    removed: list[LoneSheetDocument]
    changed: list[ChangedSheetDocument]


def changes_document(found: Differences) -> ChangesDocument:
    """All that differs, as it stands in documents."""
    return {
        "contract": [field_document(item) for item in found.contract],
        "added": [_lone(item) for item in found.added],
        "removed": [_lone(item) for item in found.removed],
        "changed": [_changed(item) for item in found.sheets],
    }


def row_columns(*first: str) -> tuple[Column, ...]:
    """The columns of `change_rows`, after some others."""
    return tuple(Column(key, key) for key in (*first, *ROW_KEYS))


def change_rows(changes: ChangesDocument) -> Iterator[Row]:
    """A line for each thing that changed: a sheet, a value, a text, an item."""
    for item in changes["contract"]:
        yield from _field_rows(("contract", None, None, None), item)
    for change, sheets in (("removed", changes["removed"]), ("added", changes["added"])):
        for lone in sheets:
            said = change if lone["fate"] == "absent" else lone["fate"]
            head = ("sheet", lone["code"], lone["number"], lone["title"])
            linked = " ".join(lone["linked"]) or lone["reason"]
            here = (None, linked) if change == "removed" else (linked, None)
            yield (*head, said, None, None, *here)
    for sheet in changes["changed"]:
        head = ("sheet", sheet["code"], sheet["number"], sheet["title"])
        for item in sheet["fields"]:
            yield from _field_rows(head, item)


def _field_rows(head: Row, item: FieldDocument) -> Iterator[Row]:
    where = (item["field"], item["part"])
    if item["items"] is None:
        change = "typography" if item["typographic"] else "changed"
        yield (*head, change, *where, _flat(item["before"]), _flat(item["after"]))
        return
    for listed in item["items"]:
        yield (*head, f"item_{listed['change']}", *where, listed["before"], listed["after"])


def _flat(value: FieldValue) -> Cell:
    return "; ".join(value) if isinstance(value, list) else value


def _lone(item: Unpaired) -> LoneSheetDocument:
    return {
        "code": item.sheet.code,
        "number": item.sheet.number,
        "title": item.sheet.title,
        "axis_code": item.sheet.axis,
        "fate": item.fate,
        "linked": list(item.linked),
        "reason": _reason(item),
    }


def _reason(item: Unpaired) -> str | None:
    if item.left_out is not None and item.left_out.reason:
        return item.left_out.reason
    return item.match.reason if item.match else None


def _changed(item: SheetDifference) -> ChangedSheetDocument:
    return {
        "code": item.after.code,
        "former_code": item.before.code,
        "number": item.after.number,
        "title": item.after.title,
        "typographic": item.typographic,
        "fields": [field_document(field) for field in item.fields],
    }


def field_document(found: FieldDifference) -> FieldDocument:
    """One field that changed."""
    before, after = _both(found)
    return {
        "field": found.field,
        "part": found.part,
        "typographic": found.typographic,
        "before": before,
        "after": after,
        "words": _words(found) if isinstance(found, TextDiff) else None,
        "items": list(_items(found)) if isinstance(found, ListDiff) else None,
    }


def _both(found: FieldDifference) -> tuple[FieldValue, FieldValue]:
    match found:
        case ScalarDiff():
            return _written(found.before), _written(found.after)
        case TextDiff():
            return found.before, found.after
        case ListDiff():
            return list(found.before), list(found.after)


def _words(found: TextDiff) -> list[WordsDocument]:
    return [{"mark": run.mark, "text": run.text} for run in found.runs]


def _items(found: ListDiff) -> Iterator[ItemDocument]:
    for item in found.removed:
        yield _item("removed", item)
    for item in found.added:
        yield _item("added", item)
    for item in found.moved:
        yield _item("moved", item)
    for item in found.retyped:
        yield _item("typography", item)


def _item(change: Literal["added", "removed", "moved", "typography"], item: Item) -> ItemDocument:
    return {
        "change": change,
        "before": item.before,
        "after": item.after,
        "was": None if item.was is None else item.was + 1,
        "now": None if item.now is None else item.now + 1,
    }


def _written(value: str | Period | None) -> str | None:
    return value.written if isinstance(value, Period) else value
