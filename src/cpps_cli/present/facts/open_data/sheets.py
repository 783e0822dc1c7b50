"""The action sheets, their text, and what local ones made of the parent's."""

from collections.abc import Iterator
from typing import get_args

from cpps_cli.engine.coverage import Fate, outcomes
from cpps_cli.i18n.labels import reasons_in_short
from cpps_cli.model import (
    LIST_FIELDS,
    TEXT_FIELDS,
    ActionSheet,
    Derived,
    DerivedSheet,
    Status,
    is_disputed,
)
from cpps_cli.model.derived import ORIGINS
from cpps_cli.present.facts.open_data.contracts import OF_CONTRACT
from cpps_cli.present.facts.open_data.scope import Scope, Told, part_id
from cpps_cli.present.facts.open_data.table import (
    Column,
    Reference,
    Row,
    Table,
    claimed,
    identity,
    link,
    of_model,
    position,
)

OF_SHEET = Reference("sheet", "sheets")
MARKS = ("inferred", "uncertain", "cut", "disputed")
_TEXTS = tuple(field for field in TEXT_FIELDS if field not in {"title", "indicators"})
_MARKED = ("number", "axis", "title", "sheet")


def sheets_table(scope: Scope) -> Table:
    """The sheets of each contract whose text is held, in their order."""
    columns = (
        identity("the id of the sheet: that of its contract, and its code"),
        link("contract", "the id of the contract"),
        of_model(ActionSheet, "code"),
        position("its place in the contract"),
        of_model(ActionSheet, "number"),
        of_model(ActionSheet, "title"),
        Column("axis", "the id of the axis it stands in"),
        Column("status", "what is held of it", required=True, words=get_args(Status)),
        Column("origin", "in a local contract: how it came to be there", words=ORIGINS),
        Column(
            "link_known", "in a local contract: whether it is known which it answers", "boolean"
        ),
        Column("to_reread", "in a local contract: whether the parent changed under it", "boolean"),
        claimed("repealed", "kept because a local sheet comes from it; the parent has it no more"),
        of_model(ActionSheet, "note"),
    )
    rows = tuple(
        _sheet(told, sheet, place)
        for told in scope.contracts
        for place, sheet in enumerate(told.sheets, 1)
    )
    references = (OF_CONTRACT, Reference("axis", "axes"))
    return Table("sheets", "the action sheets of contracts", columns, ("id",), references, rows)


def texts_table(scope: Scope) -> Table:
    """The text of the sheets: a row for a text, one for each item of a list."""
    columns = (
        link("sheet", "the id of the sheet"),
        Column("field", "which heading it stands under", required=True, words=_TEXTS),
        position("its place in the list; 1 for a text"),
        Column("text", "what it says, to the letter", required=True),
    )
    rows = tuple(
        (part_id(told.contract, sheet.code), field, place, text)
        for told, sheet in scope.sheets()
        for field in _TEXTS
        for place, text in enumerate(_items(sheet, field), 1)
    )
    key = ("sheet", "field", "position")
    return Table("sheet_texts", "the text of the sheets", columns, key, (OF_SHEET,), rows)


def marks_table(scope: Scope) -> Table:
    """How sure one can be of single fields of the sheets."""
    columns = (
        link("sheet", "the id of the sheet"),
        Column("field", "the field it is about; `sheet` is the link to the parent's", required=True,
               words=_MARKED),
        Column("mark", "read by us, one of several, seen in part, or sources disagree",
               required=True, words=MARKS),
    )  # fmt: skip
    rows = tuple(
        (part_id(told.contract, sheet.code), field, mark)
        for told, sheet in scope.sheets()
        for field in _MARKED
        for mark in _marks(sheet, field)
    )
    key = ("sheet", "field", "mark")
    return Table("sheet_marks", "fields that are not certain", columns, key, (OF_SHEET,), rows)


def answers_table(scope: Scope) -> Table:
    """Which of the parent's sheets each local one comes from."""
    columns = (
        link("sheet", "the id of the local sheet"),
        link("parent_sheet", "the id of the parent's sheet that it comes from"),
        claimed("inferred", "whether the link is read by us, stated in no source"),
    )
    rows = tuple(
        (part_id(derived.contract, item.sheet.code), part_id(derived.parent, code),
         item.link_inferred)
        for derived in scope.derived if derived.basis != "no_text"
        for item in derived.sheets
        for code in item.answers or ()
    )  # fmt: skip
    key, references = ("sheet", "parent_sheet"), (OF_SHEET, Reference("parent_sheet", "sheets"))
    return Table("answers", "local sheets and the parent's", columns, key, references, rows)


def coverage_table(scope: Scope) -> Table:
    """What became of each of the parent's sheets in each local contract: a row for each of both."""
    columns = (
        link("contract", "the id of the local contract"),
        link("sheet", "the id of the parent's sheet"),
        Column("state", "what became of it; no_text: nothing was decided, as far as is known",
               required=True, words=get_args(Fate)),
        claimed("to_reread", "whether the parent says otherwise since"),
        claimed("link_inferred", "whether the link is read by us, stated in no source"),
        Column("reason", "why, in the words of the local contract; where it says so several times, "
               "a line for each, in order, with the amendment that says it"),
        Column("decided_by", "the body that decided"),
        Column("decided_on", "the day it decided", "date"),
        Column("review_on", "when to look at it again", "date"),
    )  # fmt: skip
    rows = tuple(row for derived in scope.derived for row in _coverage(derived))
    description = "what became of the parent's sheets in each local contract"
    key = ("contract", "sheet")
    return Table("coverage", description, columns, key, (OF_CONTRACT, OF_SHEET), rows)


def _sheet(told: Told, sheet: ActionSheet, place: int) -> Row:
    contract, origin = told.contract, _origin(told.derived, sheet)
    return (
        part_id(contract, sheet.code),
        contract.id,
        sheet.code,
        place,
        sheet.number,
        sheet.title,
        part_id(contract, str(sheet.axis)) if contract.axis(sheet.axis) else None,
        sheet.status,
        *((origin.origin, origin.answers is not None, origin.to_reread)
          if origin else (None, None, None)),
        sheet in told.repealed,
        sheet.note,
    )  # fmt: skip


def _origin(derived: Derived | None, sheet: ActionSheet) -> DerivedSheet | None:
    items = derived.sheets if derived else ()
    return next((item for item in items if item.sheet.code == sheet.code), None)


def _items(sheet: ActionSheet, field: str) -> tuple[str, ...]:
    value = getattr(sheet, field)
    if field in LIST_FIELDS:
        return tuple(value)
    return (value,) if value else ()


def _marks(sheet: ActionSheet, field: str) -> Iterator[str]:
    yield from (mark for mark in MARKS[:3] if field in getattr(sheet, mark))
    if is_disputed(sheet.claims, field):
        yield "disputed"


def _coverage(derived: Derived) -> Iterator[Row]:
    for item in outcomes(derived):
        yield (
            derived.contract.id,
            part_id(derived.parent, item.sheet),
            item.fate,
            item.to_reread,
            item.link_inferred,
            "\n".join(reasons_in_short(item.reasons)) or None,
            item.decided_by,
            item.decided_on,
            item.review_on,
        )
