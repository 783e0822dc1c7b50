"""The action sheets: a row for each, then a row for each paragraph and item of their text."""

from collections.abc import Iterator

from cpps_cli.engine.lookup import local_origins
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import (
    axis_title,
    fields_in_words,
    heading,
    matter_in_words,
    sheet_name,
)
from cpps_cli.i18n.labels import ORIGIN, STATUS, reasons_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.model import LIST_FIELDS, TEXT_FIELDS, ActionSheet, Derived
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import DocumentContext, sheets_told
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab
from cpps_cli.present.sections.contract_origin import Notes, notes_of
from cpps_cli.present.sections.sources import ids_of


def sheets_tab(context: DocumentContext) -> Tab:
    """What is held of each sheet; in a local contract, where it comes from."""
    columns = (
        Column(_("No.")),
        Column(_("Title"), wide=True),
        Column(_("Axis"), wide=True),
        Column(_("State")),
        *_local_columns(context.derived),
        Column(_("Lead")),
        Column(_("To be known"), wide=True),
        Column(_("Sources")),
        Column(_("Code")),
    )
    rows = tuple(_sheet(context, sheet) for sheet in sheets_told(context))
    return Tab(_("Sheets"), columns, rows, _("No sheet is held."))


def texts_tab(context: DocumentContext) -> Tab:
    """The text of the sheets, so that it can be filtered by heading."""
    columns = (
        Column(_("No.")),
        Column(_("Sheet"), wide=True),
        Column(_("Heading")),
        Column(_("Rank")),
        Column(_("Text"), wide=True),
        *([Column(_("Where it comes from"), wide=True)] if context.locate else []),
    )
    rows = tuple(row for sheet in sheets_told(context) for row in _texts(context, sheet))
    return Tab(_("Text of the sheets"), columns, rows, _("The text of no sheet is held."))


def _local_columns(derived: Derived | None) -> tuple[Column, ...]:
    if derived is None:
        return ()
    return Column(_("Origin")), Column(_("Sheets of the parent"), wide=True)


def _sheet(context: DocumentContext, sheet: ActionSheet) -> Row:
    return (
        sheet.number,
        sheet.title or _("title not known"),
        axis_title(context.contract, sheet.axis) or _("Axis unknown"),
        capital(_(STATUS[sheet.status])),
        *(_origin(context.derived, sheet) if context.derived else ()),
        sheet.lead,
        " ".join(_to_be_known(context, sheet)) or None,
        ", ".join(dict.fromkeys(ids_of(sheet))) or None,
        sheet.code,
    )


def _origin(derived: Derived, sheet: ActionSheet) -> Row:
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    word = _("would be inherited") if derived.basis == "no_text" else _(ORIGIN[item.origin])
    if item.answers is None:
        return capital(word), _("not known")
    answers = ((code, derived.parent.sheet(code)) for code in item.answers)
    names = (sheet_name(held) if held else code for code, held in answers)
    return capital(word), "; ".join(names) or _("none")


def _to_be_known(context: DocumentContext, sheet: ActionSheet) -> Iterator[str]:
    for dispute in disputes_of(sheet.claims):
        yield _("Disputed: {matter}.").format(matter=matter_in_words(dispute))
    for pattern, fields in (
        (_("Inferred, read by us and stated in no source: {fields}."), sheet.inferred),
        (_("Uncertain, one of several possibilities: {fields}."), sheet.uncertain),
        (_("Cut, the source was seen only in part: {fields}."), sheet.cut),
    ):
        if fields:
            yield pattern.format(fields=fields_in_words(fields))
    if context.derived:
        yield from _of_link(context.derived, sheet)
    if sheet.note:
        yield _("Note: {text}").format(text=sheet.note)


def _of_link(derived: Derived, sheet: ActionSheet) -> Iterator[str]:
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    if item.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source") + "."
    reasons = reasons_in_words(local_origins(derived, item).reasons)
    yield from (f"{line.rstrip('.')}." for line in reasons)
    if item.to_reread:
        yield _("To read again: the parent's text has changed under this one") + "."


def _texts(context: DocumentContext, sheet: ActionSheet) -> Iterator[Row]:
    notes = notes_of(context, sheet)
    name = sheet.title or sheet_name(sheet)
    for field in TEXT_FIELDS:
        if field not in {"title", "indicators"}:
            for rank, (text, note) in enumerate(_lines(sheet, field, notes), 1):
                row: Row = (sheet.number, name, heading(field), rank, text)
                yield (*row, note) if context.locate else row


def _lines(sheet: ActionSheet, field: str, notes: Notes) -> Iterator[tuple[str, str | None]]:
    value = getattr(sheet, field)
    if field in LIST_FIELDS:
        yield from ((text, notes.get((field, position))) for position, text in enumerate(value))
    else:
        yield from ((part, notes.get((field, None))) for part in paragraphs(value or ""))
