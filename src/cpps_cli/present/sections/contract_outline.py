"""A contract as a document, whole; or one sheet of it."""

from collections.abc import Iterator

from cpps_cli.engine.versions import in_force
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import ORIGIN, axis_title, sheet_name
from cpps_cli.model import ActionSheet, Derived, DerivedSheet, LeftOut
from cpps_cli.present.document import (
    Block,
    Column,
    Link,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    Text,
    made_inert,
)
from cpps_cli.present.document_context import DocumentContext, amendments_in_force, programmes_told
from cpps_cli.present.sections.contract_front import dated_text, front_blocks, notices
from cpps_cli.present.sections.contract_sheets import (
    axis_sections,
    own_amendment_title,
    sheet_section,
)
from cpps_cli.present.sections.contract_steering import steering_section
from cpps_cli.present.sections.disputes import disputes_section
from cpps_cli.present.sections.programmes import programmes_section
from cpps_cli.present.sections.sources import ids_of, sheet_anchor, source_section


def contract_outline(context: DocumentContext) -> Outline:
    """What a document about a contract says, in the language that is spoken."""
    sheet = context.contract.sheet(context.sheet) if context.sheet else None
    return made_inert(_of_sheet(context, sheet) if sheet else _whole(context))


def _whole(context: DocumentContext) -> Outline:
    contract = context.contract
    return Outline(
        title=contract.title,
        subtitle=context.place,
        language=context.library.language,
        on=context.on,
        front=front_blocks(context),
        sections=tuple(_chapters(context)),
    )


def _chapters(context: DocumentContext) -> Iterator[Section]:
    contract, derived = context.contract, context.derived
    yield steering_section(context)
    yield from axis_sections(context)
    if derived is not None:
        yield left_out_section(derived)
        yield correspondence_section(derived)
    yield disputes_section(contract)
    yield from programmes_section(contract, programmes_told(context))
    if ids := tuple(ids_of((contract, *_beside(context)))):
        yield source_section(context, ids)


def _beside(context: DocumentContext) -> Iterator[object]:
    """What else the document tells of, and the origins that it names."""
    yield amendments_in_force(context)
    yield programmes_told(context)
    if context.locate is not None and context.derived is not None:
        yield context.derived.parent.replace(sheets=())
        yield in_force(context.parent.amendments, context.on)


def _of_sheet(context: DocumentContext, sheet: ActionSheet) -> Outline:
    contract = context.contract
    return Outline(
        title=contract.title,
        subtitle=_("Extract: {name}").format(name=sheet_name(sheet)),
        language=context.library.language,
        on=context.on,
        front=(*notices(context), Paragraph(dated_text(context))),
        sections=tuple(_about(context, sheet)),
        contents=0,
    )


def _about(context: DocumentContext, sheet: ActionSheet) -> Iterator[Section]:
    title = axis_title(context.contract, sheet.axis) or _("Axis unknown")
    yield Section(title, (sheet_section(context, sheet),))
    if sheet.claims:
        yield disputes_section(context.contract.replace(claims=(), sheets=(sheet,)))
    if ids := tuple(ids_of(sheet)):
        yield source_section(context, ids)


def left_out_section(derived: Derived) -> Section:
    """The parent's sheets that are not in the local contract, each with why."""
    title = _("What is left out, and why")
    if not derived.left_out:
        words = _("No sheet of {parent} is left out.").format(parent=derived.parent.label)
        return Section(title, (Paragraph(words),), "non-repris")
    columns = (
        Column("parents_no", _("Parent's no.")),
        Column("parents_title", _("Parent's title"), wide=True),
        Column("what_became_of_it", _("What became of it")),
        Column("why", _("Why"), wide=True),
    )
    caption = _("Sheets of {parent} that are not here").format(parent=derived.parent.label)
    table = Table(
        columns, tuple(_left_out(derived, item) for item in derived.left_out), caption=caption
    )
    return Section(title, (table,), "non-repris")


def correspondence_section(derived: Derived) -> Section:
    """The table of correspondence: local number and title against the parent's."""
    blocks: list[Block] = []
    if not derived.sheets:
        words = _("No sheet of the local text is held.")
        blocks.append(Notice("unknown", _("Not known"), words))
    else:
        columns = (
            Column("local_no", _("Local no.")),
            Column("local_title", _("Local title"), wide=True),
            Column("origin", _("Origin")),
            Column("parents_no", _("Parent's no.")),
            Column("parents_title", _("Parent's title"), wide=True),
        )
        rows = tuple(row for item in derived.sheets for row in _rows(derived, item))
        caption = _("Sheets of this contract and of {parent}").format(parent=derived.parent.label)
        blocks.append(Table(columns, rows, caption=caption))
    if any(item.link_inferred for item in derived.sheets):
        blocks.append(Paragraph(_("* link to the parent read by us, stated in no source.")))
    return Section(_("Table of correspondence with the parent"), tuple(blocks), "correspondance")


def _rows(derived: Derived, item: DerivedSheet) -> Iterator[tuple[Text, ...]]:
    """A row for each sheet of the parent that a local one answers; one where it answers none."""
    sheet = item.sheet
    word = _("would be inherited") if derived.basis == "no_text" else _(ORIGIN[item.origin])
    local = (
        (sheet.number or "–"),
        (Link(sheet.title or _("title not known"), f"#{sheet_anchor(sheet)}"),),
        capital(word),
    )
    if not item.answers:
        none = _("none") if item.answers is not None else _("not known")
        yield (*local, "–", none)
    for code in item.answers or ():
        parent = derived.parent.sheet(code)
        number = (parent and parent.number) or "–"
        title = (parent and parent.title) or _("title not known ({code})").format(code=code)
        mark = " *" if item.link_inferred else ""
        yield (*local, number, f"{title}{mark}")


def _left_out(derived: Derived, item: LeftOut) -> tuple[Text, ...]:
    return (
        (item.sheet.number or "–"),
        (item.sheet.title or sheet_name(item.sheet)),
        capital(_(ORIGIN[item.origin])),
        " ".join(f"{line.rstrip('.')}." for line in _why(derived, item)),
    )


def _why(derived: Derived, item: LeftOut) -> Iterator[str]:
    match item.origin:
        case "excluded":
            yield item.reason or _("No reason is given")
        case "not_taken_up":
            yield _("The local text does not have it and gives no reason")
        case "unknown":
            yield _("We cannot tell whether the local text takes it up")
    if item.repealed_by:
        title = own_amendment_title(derived, item.repealed_by)
        yield _("Repealed by: {title}").format(title=title)
    if item.decided_by:
        yield _("Decided by: {body}").format(body=item.decided_by)
    if item.decided_on:
        yield _("Decided on: {day}").format(day=day_in_words(item.decided_on))
    if item.review_on:
        yield _("To look at again on: {day}").format(day=day_in_words(item.review_on))
