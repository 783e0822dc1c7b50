"""The action sheets: a row for each, their text, how sure it is, and what they answer."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, get_args

from cpps_cli.engine.lookup import local_origins
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import axis_title, fields_in_words, matter_in_words, sheet_name
from cpps_cli.i18n.labels import ORIGIN, STATUS, reasons_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.model import (
    LIST_FIELDS,
    ORIGINS,
    TEXT_FIELDS,
    ActionSheet,
    Contract,
    Derived,
    DerivedSheet,
    Status,
    is_disputed,
)
from cpps_cli.model.fields import PROSE_FIELDS
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.facts import (
    Column,
    Shown,
    Tab,
    Table,
    claimed,
    given,
    of_model,
    one_of,
    pick,
    position,
    tab,
    wide,
)
from cpps_cli.present.facts.contracts import BASIS, Local, where
from cpps_cli.present.facts.scope import OneContract, Published, Scope, part_id
from cpps_cli.present.sections.contract.cited import ids_of
from cpps_cli.present.sections.contract.headings import heading
from cpps_cli.present.sections.contract.notes import notes_of
from cpps_cli.present.surroundings import sheets_told

_TEXTS = tuple(field for field in TEXT_FIELDS if field not in {"title", "indicators"})


class SheetRow(NamedTuple):
    """A sheet at its place in a contract; `item` is how a local contract came by it."""

    of: OneContract
    position: int
    sheet: ActionSheet
    item: DerivedSheet | None
    repealed: bool = False

    @property
    def contract(self) -> Contract:
        return self.of.contract

    @property
    def derived(self) -> Derived | None:
        return self.of.derived

    @property
    def id(self) -> str:
        return part_id(self.of.contract, self.sheet.code)

    @property
    def axis_id(self) -> str | None:
        known = self.contract.axis(self.sheet.axis)
        return part_id(self.contract, known.code) if known else None

    @property
    def axis_number(self) -> int | None:
        known = self.contract.axis(self.sheet.axis)
        return known.number if known else None


def sheet_rows(scope: Scope) -> Iterator[SheetRow]:
    """The sheets of each contract whose text is held, in their order."""
    return chain.from_iterable(map(rows_of, scope.contracts))


def rows_of(one: Published) -> Iterator[SheetRow]:
    """The sheets of one contract."""
    found = {item.sheet.code: item for item in one.derived.sheets} if one.derived else {}
    for place, sheet in enumerate(one.sheets, 1):
        yield SheetRow(one, place, sheet, found.get(sheet.code), sheet in one.repealed)


def local_sheet_rows(local: Local) -> Iterator[SheetRow]:
    """The sheets of a local contract in their order, unless it would only inherit them."""
    if local.derived.basis != "no_text":
        for place, item in enumerate(local.derived.sheets, 1):
            yield SheetRow(local, place, item.sheet, item)


_COLUMNS: tuple[Column[SheetRow], ...] = (
    given("id", "the id of the sheet: that of its contract, and its code"),
    given("contract", "the id of the contract", "contract.id", "contracts"),
    position("its place in the contract"),
    *of_model(ActionSheet, "code", "number", "title", "note", *PROSE_FIELDS[1:], at="sheet."),
    *of_model(ActionSheet, *LIST_FIELDS, at="sheet.", holds="list"),
    Column("axis_id", "the id of the axis it stands in", to="axes"),
    Column("axis_number", "the number of the axis it stands in", type="integer"),
    Column("axis_code", "the code of that axis", "sheet.axis"),
    one_of("status", "what is held of it", get_args(Status), "sheet.status"),
    Column(
        "local_origin", "in a local contract: how it came to be there", "item.origin", words=ORIGINS
    ),
    Column(
        "link_known",
        "in a local contract: whether it is known which it answers",
        lambda row: row.item.answers is not None if row.item else None,
        "boolean",
    ),
    Column(
        "local_to_reread",
        "in a local contract: whether the parent changed under it",
        "item.to_reread",
        "boolean",
    ),
    claimed("repealed", "kept because a local sheet comes from it; the parent has it no more"),
    one_of("origin", "how it came to be there", ORIGINS, "item.origin"),
    Column(
        "from",
        "the parent's sheets that it answers; no value where that is not known",
        "item.answers",
        "list",
    ),
    claimed(
        "link_inferred", "whether the link is read by us, stated in no source", "item.link_inferred"
    ),
    claimed("to_reread", "whether the parent has changed under it", "item.to_reread"),
    Column("sources", "the sources of the sheet", "sheet.sources", "list"),
)

SHEETS = Table(
    "sheets",
    "the action sheets of contracts",
    sheet_rows,
    pick(
        _COLUMNS,
        "id contract code position number title axis_id:axis status local_origin:origin "
        "link_known local_to_reread:to_reread repealed note",
    ),
)
LOCAL_SHEETS = Table(
    "sheets",
    "the action sheets of the local contracts whose text is held",
    local_sheet_rows,
    (
        *where(),
        BASIS,
        *pick(
            _COLUMNS,
            "position number code title axis_number:axis axis_code status origin from "
            f"link_inferred to_reread {' '.join(_TEXTS)} sources",
        ),
    ),
    ("contract", "code"),
)


def _texts(scope: Scope) -> Iterator[tuple[str, str, int, str]]:
    """A row for a text, one for each item of a list."""
    for row in sheet_rows(scope):
        for field in _TEXTS:
            value = getattr(row.sheet, field)
            items = value if field in LIST_FIELDS else filter(None, (value,))
            for place, text in enumerate(items, 1):
                yield row.id, field, place, text


TEXTS = Table(
    "sheet_texts",
    "the text of the sheets",
    _texts,
    (
        given("sheet", "the id of the sheet", to="sheets"),
        one_of("field", "which heading it stands under", _TEXTS),
        position("its place in the list; 1 for a text"),
        given("text", "what it says, to the letter"),
    ),
    ("sheet", "field", "position"),
)

_MARKS = ("inferred", "uncertain", "cut", "disputed")
_MARKED = ("number", "axis", "title", "sheet")


def _marks(scope: Scope) -> Iterator[tuple[str, str, str]]:
    for row in sheet_rows(scope):
        for field in _MARKED:
            for mark in _MARKS[:3]:
                if field in getattr(row.sheet, mark):
                    yield row.id, field, mark
            if is_disputed(row.sheet.claims, field):
                yield row.id, field, "disputed"


MARKS = Table(
    "sheet_marks",
    "fields that are not certain",
    _marks,
    (
        given("sheet", "the id of the sheet", to="sheets"),
        one_of("field", "the field it is about; `sheet` is the link to the parent's", _MARKED),
        one_of("mark", "read by us, one of several, seen in part, or sources disagree", _MARKS),
    ),
    ("sheet", "field", "mark"),
)


def _answers(scope: Scope) -> Iterator[tuple[str, str, bool]]:
    for derived in scope.derived:
        for item in derived.sheets if derived.basis != "no_text" else ():
            for code in item.answers or ():
                local = part_id(derived.contract, item.sheet.code)
                yield local, part_id(derived.parent, code), item.link_inferred


ANSWERS = Table(
    "answers",
    "local sheets and the parent's",
    _answers,
    (
        given("sheet", "the id of the local sheet", to="sheets"),
        given("parent_sheet", "the id of the parent's sheet that it comes from", to="sheets"),
        claimed("inferred", "whether the link is read by us, stated in no source"),
    ),
    ("sheet", "parent_sheet"),
)


# --- for people


def sheets_tab(context: DocumentContext) -> Tab:
    """What is held of each sheet; in a local contract, where it comes from."""
    derived = context.derived
    items = {item.sheet.code: item for item in derived.sheets} if derived else {}
    columns: tuple[Shown[SheetRow], ...] = (
        Shown(_("No."), "sheet.number"),
        wide(_("Title"), lambda row: row.sheet.title or _("title not known")),
        wide(_("Axis"), lambda row: axis_title(row.contract, row.sheet.axis) or _("Axis unknown")),
        Shown(_("State"), lambda row: capital(_(STATUS[row.sheet.status]))),
        *(_local_columns() if derived else ()),
        Shown(_("Lead"), "sheet.lead"),
        wide(_("To be known"), lambda row: " ".join(_circumstances(row)) or None),
        Shown(_("Sources"), lambda row: tuple(dict.fromkeys(ids_of(row.sheet)))),
        Shown(_("Code"), "sheet.code"),
    )
    rows = (SheetRow(context, 0, item, items.get(item.code)) for item in sheets_told(context))
    return tab(_("Sheets"), columns, rows, _("No sheet is held."))


def _local_columns() -> tuple[Shown[SheetRow], ...]:
    return Shown(_("Origin"), _origin), wide(_("Sheets of the parent"), _answered)


def _origin(row: SheetRow) -> str | None:
    if row.derived is None or row.item is None:
        return None
    is_known = row.derived.basis != "no_text"
    return capital(_(ORIGIN[row.item.origin]) if is_known else _("would be inherited"))


def _answered(row: SheetRow) -> str | None:
    if row.derived is None or row.item is None or row.item.answers is None:
        return _("not known")
    answers = ((code, row.derived.parent.sheet(code)) for code in row.item.answers)
    return "; ".join(sheet_name(held) if held else code for code, held in answers) or _("none")


def _circumstances(row: SheetRow) -> Iterator[str]:
    sheet = row.sheet
    for dispute in disputes_of(sheet.claims):
        yield _("Disputed: {matter}.").format(matter=matter_in_words(dispute))
    for pattern, fields in (
        (_("Inferred, read by us and stated in no source: {fields}."), sheet.inferred),
        (_("Uncertain, one of several possibilities: {fields}."), sheet.uncertain),
        (_("Cut, the source was seen only in part: {fields}."), sheet.cut),
    ):
        if fields:
            yield pattern.format(fields=fields_in_words(fields))
    if row.derived and row.item:
        yield from _of_link(row.derived, row.item)
    if sheet.note:
        yield _("Note: {text}").format(text=sheet.note)


def _of_link(derived: Derived, item: DerivedSheet) -> Iterator[str]:
    if item.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source") + "."
    reasons = reasons_in_words(local_origins(derived, item).reasons)
    yield from (f"{line.rstrip('.')}." for line in reasons)
    if item.to_reread:
        yield _("To read again: the parent's text has changed under this one") + "."


class _Line(NamedTuple):
    """A paragraph or an item of a sheet; `note` says where it comes from."""

    sheet: ActionSheet
    field: str
    rank: int
    text: str
    note: str | None


def texts_tab(context: DocumentContext) -> Tab:
    """The text of the sheets, so that it can be filtered by heading."""
    columns: tuple[Shown[_Line], ...] = (
        Shown(_("No."), "sheet.number"),
        wide(_("Sheet"), lambda line: line.sheet.title or sheet_name(line.sheet)),
        Shown(_("Heading"), lambda line: heading(line.field)),
        Shown(_("Rank"), "rank"),
        wide(_("Text"), "text"),
    )
    if context.locate:
        columns += (wide(_("Where it comes from"), "note"),)
    lines = (line for sheet in sheets_told(context) for line in _lines(context, sheet))
    return tab(_("Text of the sheets"), columns, lines, _("The text of no sheet is held."))


def _lines(context: DocumentContext, sheet: ActionSheet) -> Iterator[_Line]:
    notes = notes_of(context, sheet)
    for field in _TEXTS:
        value, is_list = getattr(sheet, field), field in LIST_FIELDS
        for rank, text in enumerate(value if is_list else paragraphs(value or "")):
            note = notes.get((field, rank if is_list else None))
            yield _Line(sheet, field, rank + 1, text, note)
