"""The sheets in the document of a contract, each with its origin."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from cpps_cli.diagnostics import Locate
from cpps_cli.engine.lines import LOCAL
from cpps_cli.engine.lookup import Origins, local_origins
from cpps_cli.engine.provenance import FieldProvenance, provenance_of_local, provenance_of_parent
from cpps_cli.i18n.catalogue import N_, _, capital, n_, paragraphs
from cpps_cli.i18n.labels import (
    ORIGIN,
    axis_title,
    fields_in_words,
    heading,
    matter_in_words,
    origin_in_words,
    sheet_name,
    value_in_words,
    version_in_short,
)
from cpps_cli.model import (
    LIST_FIELDS,
    SIGNED,
    TEXT_FIELDS,
    ActionSheet,
    Axis,
    Contract,
    Derived,
    DerivedSheet,
)
from cpps_cli.model.fields import NUMBERED_FIELDS
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document import Block, Items, Link, Notice, Paragraph, Section
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.prose import listed, prose
from cpps_cli.present.sections.certainty import certainty
from cpps_cli.present.sections.indicators import measured_section
from cpps_cli.present.sections.since_signature import sheet_since_signature
from cpps_cli.present.sections.sources import dispute_anchor, ids_of, sheet_anchor, sources_text


def origin_notice(context: DocumentContext, sheet: ActionSheet) -> Notice | None:
    """How the local contract came by a sheet; None in a parent contract."""
    derived = context.derived
    if derived is None:
        return None
    if derived.basis == "no_text":
        pattern = _("The local text is not known; this is the text of {parent}.")
        words = pattern.format(parent=derived.parent.label)
        return Notice("origin", capital(_("would be inherited")), words)
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    sentences = " ".join(f"{line.rstrip('.')}." for line in _sentences(derived, item))
    return Notice("origin", capital(_(ORIGIN[item.origin])), sentences)


def _sentences(derived: Derived, item: DerivedSheet) -> Iterator[str]:
    origins = local_origins(derived, item)
    status = item.sheet.status
    yield origin_in_words(item.origin, item.answers, derived.parent.label, status)
    yield from (_answered(derived, code) for code in item.answers or ())
    if origins.own_fields:
        fields = fields_in_words(origins.own_fields)
        yield _("Its own, not the parent's: {fields}").format(fields=fields)
    yield from sheet_since_signature(derived, item.answers or ())
    if item.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source")
    yield from _why(derived, origins)
    if origins.note:
        yield _("Note: {text}").format(text=origins.note)
    if item.to_reread:
        yield _("To read again: the parent's text has changed under this one")


def _why(derived: Derived, origins: Origins) -> Iterator[str]:
    """The reasons of the text as signed, then each of its own amendments with those it gives."""
    for version in dict.fromkeys((SIGNED, *origins.amended_by, *dict(origins.reasons))):
        if version != SIGNED:
            title = own_amendment_title(derived, version)
            yield _("By its own amendment: {title}").format(title=title)
        for given_by, reason in origins.reasons:
            if given_by == version:
                yield _("Reason: {reason}").format(reason=reason)


def _answered(derived: Derived, code: str) -> str:
    sheet = derived.parent_sheet(code)
    return _("Sheet of the parent: {name}").format(name=sheet_name(sheet) if sheet else code)


def own_amendment_title(derived: Derived, id: str) -> str:
    """What an amendment of the local contract itself is called."""
    amendments = derived.overlay.amendments if derived.overlay else ()
    return next((item.title for item in amendments if item.id == id), id)


Notes = Mapping[tuple[str, int | None], str]
_SAID: dict[str, str] = {**ORIGIN, "amended": N_("amended")}


def notes_of(context: DocumentContext, sheet: ActionSheet) -> Notes:
    """A note for each value of a sheet, by field and item; {} where none is asked for."""
    if context.locate is None:
        return {}
    locate, parent = context.locate, context.parent.now.contract
    return {
        (account.field, account.item): _note(account, locate, parent)
        for account in _accounts(context, sheet)
    }


def told_of_contract(context: DocumentContext) -> Iterator[tuple[str, str, str]]:
    """Each value of the contract itself: its heading, its words, where it comes from.

    Nothing where that is not asked for.
    """
    if context.locate is None:
        return
    derived = context.derived
    accounts = (
        provenance_of_local(context.parent, derived, None)
        if derived
        else provenance_of_parent(context.parent, None)
    )
    for account in accounts:
        note = _note(account, context.locate, context.parent.now.contract)
        yield heading(account.field), value_in_words(account.value), note


def _accounts(context: DocumentContext, sheet: ActionSheet) -> tuple[FieldProvenance, ...]:
    derived = context.derived
    if derived is None:
        return provenance_of_parent(context.parent, sheet)
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    return provenance_of_local(context.parent, derived, item)


def _note(account: FieldProvenance, locate: Locate, parent: Contract) -> str:
    joined = _(", several texts put together") if account.rule == "joined" else ""
    is_signed = account.origin == SIGNED
    said = version_in_short(SIGNED, parent) if is_signed else _(_SAID[account.origin])
    return _("; ").join([f"{capital(said)}{joined}", *_places(account, locate, parent)])


def _places(account: FieldProvenance, locate: Locate, parent: Contract) -> Iterator[str]:
    for line in account.lines:
        span = locate(line.place)
        where = _("{file}, line {line}").format(file=span.file, line=span.line)
        sources = f" [{', '.join(line.sources)}]" if line.sources else ""
        said = _("local text") if line.version == LOCAL else version_in_short(line.version, parent)
        version = "" if account.origin == SIGNED else f"{said}, "  # said already
        yield f"{version}{where}{sources}"


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
    yield from (Paragraph(f"{line}.") for line in certainty(axis))
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
            words = _("Its title is held; its text is not known.")
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
                listed(line, notes.get((field, position))) for position, line in enumerate(value)
            )
            yield Section(title, (Items(items, numbered=field in NUMBERED_FIELDS),))
        else:
            note = notes.get((field, None))
            yield Section(title, tuple(prose(value, note)))


def _not_held(sheet: ActionSheet) -> Iterator[Notice]:
    """The headings of which nothing is held, where others are filled in."""
    missing = tuple(field for field in TEXT_FIELDS if not getattr(sheet, field))
    if sheet.status == "documented" and missing:
        yield Notice("unknown", _("Not known"), capital(fields_in_words(missing)) + ".")


def _circumstances(sheet: ActionSheet) -> Iterator[Paragraph]:
    yield from (Paragraph(f"{line}.") for line in certainty(sheet))
    for part in paragraphs(sheet.note or ""):
        yield Paragraph(_("Note: {text}").format(text=part))
    if sources := sources_text(ids_of(sheet)):
        yield Paragraph(sources)
