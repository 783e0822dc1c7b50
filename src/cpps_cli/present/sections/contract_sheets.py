"""Each axis, and each action sheet under the headings that the City uses."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from cpps_cli.i18n.catalogue import _, capital, n_, paragraphs
from cpps_cli.i18n.contract_labels import (
    axis_title,
    fields_in_words,
    heading,
    matter_in_words,
    sheet_name,
)
from cpps_cli.model import LIST_FIELDS, TEXT_FIELDS, ActionSheet, Axis
from cpps_cli.model.fields import NUMBERED_FIELDS
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document import Block, Item, Items, Link, Notice, Paragraph, Section
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.sections.contract_origin import Notes, notes_of, origin_notice
from cpps_cli.present.sections.indicators import measured_section
from cpps_cli.present.sections.sources import dispute_anchor, ids_of, sheet_anchor, sources_text


def axis_sections(context: DocumentContext) -> Iterator[Section]:
    """Each axis with its sheets, in the order of the contract."""
    contract = context.contract
    groups = groupby(contract.sheets, key=lambda sheet: sheet.axis)
    by_axis = {code: tuple(sheets) for code, sheets in groups}
    for axis in contract.axes:
        sheets = by_axis.pop(axis.code, ())
        blocks = (*_axis_blocks(axis, sheets), *(sheet_section(context, item) for item in sheets))
        yield Section(axis_title(contract, axis.code), blocks, f"axe-{axis.code}")
    rest = tuple(sheet_section(context, sheet) for sheets in by_axis.values() for sheet in sheets)
    if rest:
        yield Section(_("Axis unknown"), rest, "sans-axe")


def sheet_section(context: DocumentContext, sheet: ActionSheet) -> Section:
    """An action sheet: where it comes from, how sure we are of it, what it says."""
    notes = notes_of(context, sheet)
    blocks = (
        *_notices(context, sheet),
        *text_sections(sheet, notes),
        *_not_held(sheet),
        *_circumstances(sheet),
    )
    return Section(sheet_name(sheet), blocks, sheet_anchor(sheet))


def _axis_blocks(axis: Axis, sheets: tuple[ActionSheet, ...]) -> Iterator[Block]:
    if axis.announced_sheets is not None and axis.announced_sheets != len(sheets):
        pattern = n_(
            "{count} sheet announced; in this document: {held}.",
            "{count} sheets announced; in this document: {held}.",
            axis.announced_sheets,
        )
        yield Paragraph(pattern.format(count=axis.announced_sheets, held=len(sheets)))
    if not sheets:
        words = _("No sheet of this axis is held.")
        yield Notice("unknown", _("Not known"), words)
    yield from (Paragraph(part) for part in paragraphs(axis.note or ""))
    if sources := sources_text(axis.sources):
        yield Paragraph(sources)


def _notices(context: DocumentContext, sheet: ActionSheet) -> Iterator[Block]:
    if notice := origin_notice(context, sheet):
        yield notice
    match sheet.status:
        case "to_complete":
            words = _("Neither its title nor its text is held.")
            yield Notice("unknown", _("To complete"), words)
        case "titled":
            words = _("Only its title is held; its text is not known.")
            yield Notice("unknown", _("To complete"), words)
        case "documented":
            pass
    for position, dispute in enumerate(disputes_of(sheet.claims), 1):
        matter = f"{matter_in_words(dispute)}. "
        see = Link(_("See what sources disagree on."), f"#{dispute_anchor(sheet.code, position)}")
        yield Notice("disputed", _("Disputed"), (matter, see))


def text_sections(sheet: ActionSheet, notes: Notes) -> Iterator[Section]:
    """What it says, heading by heading; those of which nothing is held are left out."""
    for field in TEXT_FIELDS:
        value = getattr(sheet, field)
        if not value or field == "title":
            continue
        title = heading(field)
        if field == "indicators":
            parts: Iterable[Block] = (
                measured_section(item, notes.get((field, position)))
                for position, item in enumerate(value)
            )
            yield Section(title, tuple(parts))
        elif field in LIST_FIELDS:
            items = tuple(
                Item(line, notes.get((field, position))) for position, line in enumerate(value)
            )
            yield Section(title, (Items(items, numbered=field in NUMBERED_FIELDS),))
        else:
            note = notes.get((field, None))
            lines = (Paragraph(part, note) for part in paragraphs(value))
            yield Section(title, tuple(lines))


def _not_held(sheet: ActionSheet) -> Iterator[Notice]:
    """The headings of which nothing is held, where others are filled in."""
    missing = tuple(field for field in TEXT_FIELDS if not getattr(sheet, field))
    if sheet.status == "documented" and missing:
        yield Notice("unknown", _("Not known"), capital(fields_in_words(missing)) + ".")


def _circumstances(sheet: ActionSheet) -> Iterator[Paragraph]:
    for pattern, fields in (
        (_("Inferred, read by us and stated in no source: {fields}."), sheet.inferred),
        (_("Uncertain, one of several possibilities: {fields}."), sheet.uncertain),
        (_("Cut, the source was seen only in part: {fields}."), sheet.cut),
    ):
        if fields:
            yield Paragraph(pattern.format(fields=fields_in_words(fields)))
    for part in paragraphs(sheet.note or ""):
        yield Paragraph(_("Note: {text}").format(text=part))
    if sources := sources_text(ids_of(sheet)):
        yield Paragraph(sources)
