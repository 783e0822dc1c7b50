"""What changed, as scripts read it: the same in `cpps diff` and in `cpps history`."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Literal

from cpps_cli.engine.diff import Differences, SheetDifference, Unpaired
from cpps_cli.engine.diff_fields import FieldDifference, Item, ListDiff, ScalarDiff
from cpps_cli.engine.word_diff import Segment
from cpps_cli.present.document import Cell, Column
from cpps_cli.present.shapes import Json, Key, Many, Maybe, Shape, cell

ROW_KEYS = ("about", "code", "number", "title", "change", "field", "part", "before", "after")
Row = tuple[Cell, ...]


def _items(found: FieldDifference) -> list[tuple[str, Item]] | None:
    """The items of a list, each with what became of it; None of another field."""
    if not isinstance(found, ListDiff):
        return None
    changes = (
        ("removed", found.removed),
        ("added", found.added),
        ("moved", found.moved),
        ("typography", found.retyped),
    )
    return [(change, item) for change, items in changes for item in items]


def _reason(item: Unpaired) -> str | None:
    if item.left_out is not None and item.left_out.reason:
        return item.left_out.reason
    return item.match.reason if item.match else None


_WORDS = Shape(
    "WordsDocument", Segment, "Words that both texts have, or that one of them has.", "mark text"
)
# Of the word that says what became of the item, and the item.
_ITEM = Shape(
    "ItemDocument",
    tuple,
    """An item of a list; `was` and `now` are its positions, from 1, null where it is not there.""",
    Key("change", Literal["added", "removed", "moved", "typography"], itemgetter(0)),
    Key("before", str | None, lambda found: found[1].before),
    Key("after", str | None, lambda found: found[1].after),
    Key("was", int | None, lambda found: _from_one(found[1].was)),
    Key("now", int | None, lambda found: _from_one(found[1].now)),
)
FIELD_CHANGE = Shape(
    "FieldDocument",
    ScalarDiff,
    """A field with both values; `words` for a text, `items` for a list, null for the others.

    `part`: the code of the indicator or of the axis it belongs to. `typographic`: nobody has to
    read it again.
    """,
    "field part typographic",
    Key("before", str | list[str] | None),
    Key("after", str | list[str] | None),
    Key("words", Maybe(Many(_WORDS)), lambda found: getattr(found, "segments", None)),
    Key("items", Maybe(Many(_ITEM)), _items),
)
_LONE = Shape(
    "LoneSheetDocument",
    Unpaired,
    """A sheet that one text lacks: `absent`, `merged` with others, or `unknown` there.

    A correspondence may say that it was `split`. `linked`: codes of the sheets of the other text
    that hold its matter. `reason`: why a local contract leaves it out, or why a correspondence says
    that it is gone, split or merged.
    """,
    "code=sheet.code number=sheet.number title=sheet.title axis_code=sheet.axis fate linked",
    Key("reason", str | None, _reason),
)
_CHANGED = Shape(
    "ChangedSheetDocument",
    SheetDifference,
    "A sheet that both have; `former_code` differs from `code` where titles were paired.",
    "code=after.code former_code=before.code number=after.number title=after.title typographic",
    Key("fields", Many(FIELD_CHANGE)),
)
CHANGES = Shape(
    "ChangesDocument",
    Differences,
    "What differs: in the contract itself, and in its sheets.",
    Key("contract", Many(FIELD_CHANGE)),
    Key("added", Many(_LONE)),
    Key("removed", Many(_LONE)),
    Key("changed", Many(_CHANGED), "sheets"),
)


def _from_one(position: int | None) -> int | None:
    return None if position is None else position + 1


def row_columns(*first: str) -> tuple[Column, ...]:
    """The columns of `change_rows`, after some others."""
    return tuple(Column(key, key) for key in (*first, *ROW_KEYS))


def change_rows(changes: Json) -> Iterator[Row]:
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


def _field_rows(head: Row, item: Json) -> Iterator[Row]:
    where = (item["field"], item["part"])
    if item["items"] is None:
        change = "typography" if item["typographic"] else "changed"
        yield (*head, change, *where, _flat(item["before"]), _flat(item["after"]))
        return
    for listed in item["items"]:
        yield (*head, f"item_{listed['change']}", *where, listed["before"], listed["after"])


def _flat(value: object) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else cell(value)
