"""The action sheets: a row for each, their text, how sure it is, and what they answer."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple, get_args

from cpps_cli.engine.lookup import local_origins, reasons_of
from cpps_cli.i18n.catalogue import _, capital, paragraphs
from cpps_cli.i18n.labels import (
    ORIGIN,
    STATUS,
    axis_title,
    heading,
    matter_in_words,
    reasons_in_words,
    sheet_name,
)
from cpps_cli.model import (
    LIST_FIELDS,
    TEXT_FIELDS,
    ActionSheet,
    Contract,
    Derived,
    DerivedSheet,
    Status,
    is_disputed,
)
from cpps_cli.model.derived import ORIGINS
from cpps_cli.model.sheet import DOUBTS
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import DocumentContext, sheets_told
from cpps_cli.present.facts import Cell, Shown, Tab, Table, columns, pick, sentences, tab, wide
from cpps_cli.present.facts.contracts import BASIS, where
from cpps_cli.present.facts.scope import Local, OneContract, Published, Scope, part_id
from cpps_cli.present.sections.certainty import certainty
from cpps_cli.present.sections.contract_sheets import notes_of
from cpps_cli.present.sections.sources import ids_of

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


_COLUMNS = columns(
    """
    id!                              the id of the sheet: that of its contract, and its code
    contract!=contract.id>contracts  the id of the contract
    position:integer!                its place in the contract
    @ code number title note
    axis_id>axes                     the id of the axis it stands in
    axis_number:integer              the number of the axis it stands in
    axis_code=sheet.axis             the code of that axis
    status!=sheet.status             what is held of it
    local_origin=item.origin         in a local contract: how it came to be there
    link_known:boolean               in a local contract: whether it is known which it answers
    local_to_reread:boolean=item.to_reread
    |  in a local contract: whether the parent changed under it
    repealed:boolean!  kept because a local sheet comes from it; the parent has it no more
    origin!=item.origin              how it came to be there
    from:list=item.answers
    |  the parent's sheets that it answers; no value where that is not known
    link_inferred:boolean!=item.link_inferred
    |  whether the link is read by us, stated in no source
    to_reread:boolean!=item.to_reread  whether the parent has changed under it
    sources:list=sheet.cited         the sources of the sheet
    inferred:list=sheet.inferred     fields read by us, stated by no source
    uncertain:list=sheet.uncertain   fields whose value is one of several possibilities
    cut:list=sheet.cut               fields of which the source was seen only in part
    reasons:list                     why the changes that made it were made, in their order
    """
    f"@ {' '.join(name + ':list' * (name in LIST_FIELDS) for name in _TEXTS)}",
    ActionSheet,
    "sheet.",
    status=get_args(Status),
    local_origin=ORIGINS,
    reasons=lambda row: tuple(reason for _version, reason in reasons_of(row.derived, row.item)),
    link_known=lambda row: row.item.answers is not None if row.item else None,
    origin=ORIGINS,
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
        *BASIS,
        *pick(
            _COLUMNS,
            "position number code title axis_number:axis axis_code status origin from "
            f"link_inferred to_reread {' '.join(_TEXTS)} sources {' '.join(DOUBTS)} reasons",
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
    columns(
        """
        sheet!>sheets      the id of the sheet
        field!             which heading it stands under
        position:integer!  its place in the list; 1 for a text
        text!              what it says, to the letter
        """,
        field=_TEXTS,
    ),
    ("sheet", "field", "position"),
)

_MARKS = (*DOUBTS, "disputed")
_MARKED = ("number", "axis", "title", "sheet")


def _marks(scope: Scope) -> Iterator[tuple[str, str, str]]:
    for row in sheet_rows(scope):
        for field in _MARKED:
            for mark in DOUBTS:
                if field in getattr(row.sheet, mark) or (
                    (field, mark) == ("sheet", "inferred") and row.item and row.item.link_inferred
                ):
                    yield row.id, field, mark
            if is_disputed(row.sheet.claims, field):
                yield row.id, field, "disputed"


MARKS = Table(
    "sheet_marks",
    "fields that are not certain",
    _marks,
    columns(
        """
        sheet!>sheets  the id of the sheet
        field!         the field it is about; `sheet` is the link to the parent's
        mark!          read by us, one of several, seen in part, or sources disagree
        """,
        field=_MARKED,
        mark=_MARKS,
    ),
    ("sheet", "field", "mark"),
)


# --- for people


def sheets_tab(context: DocumentContext) -> Tab:
    """Lists the sheets; those of a local contract with their origin."""
    derived = context.derived
    items = {item.sheet.code: item for item in derived.sheets} if derived else {}
    shown: tuple[Shown[SheetRow], ...] = (
        Shown(_("No."), "sheet.number"),
        wide(_("Title"), lambda row: row.sheet.title or _("title not known")),
        wide(_("Axis"), lambda row: axis_title(row.contract, row.sheet.axis) or _("Axis unknown")),
        Shown(_("State"), lambda row: capital(_(STATUS[row.sheet.status]))),
        *(_local_columns() if derived else ()),
        Shown(_("Lead"), "sheet.lead"),
        sentences(_("To be known"), _circumstances),
        Shown(_("Sources"), lambda row: tuple(dict.fromkeys(ids_of(row.sheet)))),
        Shown(_("Code"), "sheet.code"),
    )
    rows = (
        SheetRow(Published(context), 0, item, items.get(item.code)) for item in sheets_told(context)
    )
    return tab(_("Sheets"), shown, rows, _("No sheet is held."))


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
    answers = ((code, row.derived.parent_sheet(code)) for code in row.item.answers)
    return "; ".join(sheet_name(sheet) if sheet else code for code, sheet in answers) or _("none")


def _circumstances(row: SheetRow) -> Iterator[str]:
    sheet = row.sheet
    for dispute in disputes_of(sheet.claims):
        yield _("Disputed: {matter}.").format(matter=matter_in_words(dispute))
    yield from (f"{line}." for line in certainty(sheet))
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


def texts_tab(context: DocumentContext) -> Tab:
    """The text of the sheets, so that it can be filtered by heading."""
    shown: tuple[Shown[Any], ...] = (
        Shown(_("No.")),
        wide(_("Sheet")),
        Shown(_("Heading")),
        Shown(_("Rank")),
        wide(_("Text")),
        *([wide(_("Where it comes from"))] if context.locate else ()),
    )
    rows = (row for sheet in sheets_told(context) for row in _lines(context, sheet))
    cells = tuple(row[: len(shown)] for row in rows)
    return Tab(_("Text of the sheets"), shown, cells, _("The text of no sheet is held."))


def _lines(context: DocumentContext, sheet: ActionSheet) -> Iterator[tuple[Cell, ...]]:
    """Lists the paragraphs and the items of a sheet; the last cell says where each comes from."""
    notes = notes_of(context, sheet)
    for field in _TEXTS:
        value, is_list = getattr(sheet, field), field in LIST_FIELDS
        for rank, text in enumerate(value if is_list else paragraphs(value or "")):
            note = notes.get((field, rank if is_list else None))
            title = sheet.title or sheet_name(sheet)
            yield sheet.number, title, heading(field), rank + 1, text, note
