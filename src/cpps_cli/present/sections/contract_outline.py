"""A contract as a document: its chapters, from how it is steered on; or one sheet of it."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital, paragraphs
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import FIELD, MILESTONE, ORIGIN, axis_title, disputed_in_words, sheet_name
from cpps_cli.model import ActionSheet, Amendment, Derived, DerivedSheet, LeftOut, Milestone
from cpps_cli.present.document import (
    Block,
    Column,
    Fact,
    Facts,
    Items,
    Link,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    Text,
    made_inert,
)
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    amendments_of_parent,
    programmes_told,
)
from cpps_cli.present.sections.contract_front import (
    dated_text,
    front_blocks,
    milestones_met,
    notices,
    period_text,
)
from cpps_cli.present.sections.contract_sheets import (
    axis_sections,
    own_amendment_title,
    sheet_section,
    told_of_contract,
)
from cpps_cli.present.sections.disputes import disputes_section
from cpps_cli.present.sections.programmes import programmes_section
from cpps_cli.present.sections.since_signature import since_signature_section
from cpps_cli.present.sections.sources import (
    ids_of,
    ids_text,
    sheet_anchor,
    source_section,
    sources_text,
)
from cpps_cli.present.standing import standing


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
        standing=standing(context.library),
    )


def _chapters(context: DocumentContext) -> Iterator[Section]:
    contract, derived = context.contract, context.derived
    yield steering_section(context)
    yield from axis_sections(context)
    if derived is not None:
        yield left_out_section(derived)
        yield from since_signature_section(derived)
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
        yield amendments_of_parent(context)


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
        standing=standing(context.library),
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
    if not derived.parent_of_day.sheets:
        words = _("No sheet of {parent} is held: nothing can be said of what is left out.")
        notice = Notice("unknown", _("Not known"), words.format(parent=derived.parent.label))
        return Section(title, (notice,), "non-repris")
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
    rows = tuple(_left_out(derived, item) for item in derived.left_out)
    return Section(title, (Table(columns, rows, caption=caption),), "non-repris")


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
    link = Link(sheet.title or _("title not known"), f"#{sheet_anchor(sheet)}")
    local = (sheet.number or "–", (link,), capital(word))
    if not item.answers:
        none = _("none") if item.answers is not None else _("not known")
        yield (*local, "–", none)
    for code in item.answers or ():
        parent = derived.parent_sheet(code)
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
        case "since_signature":
            yield _("Added by the parent since the signature")
    if item.repealed_by:
        title = own_amendment_title(derived, item.repealed_by)
        yield _("Repealed by: {title}").format(title=title)
    if item.decided_by:
        yield _("Decided by: {body}").format(body=item.decided_by)
    if item.decided_on:
        yield _("Decided on: {day}").format(day=day_in_words(item.decided_on))
    if item.review_on:
        yield _("To look at again on: {day}").format(day=day_in_words(item.review_on))


def steering_section(context: DocumentContext) -> Section:
    """Who steers it, its milestones, its window, and what its keepers say of the text."""
    milestones = tuple(_milestones(milestones_met(context.contract, context.on)))
    blocks = (
        _governance(context),
        Section(_("Milestones"), milestones, "etapes"),
        *_amendments(context),
        Section(_("The text"), tuple(_the_text(context)), "texte-du-contrat"),
        *_provenance(context),
    )
    return Section(_("Governance and milestones"), blocks, "pilotage")


def _governance(context: DocumentContext) -> Section:
    title = _("Governance")
    if not context.contract.governance:
        words = _("Nothing is held of who steers it.")
        return Section(title, (Notice("unknown", _("Not known"), words),), "gouvernance")
    return Section(title, (Items(context.contract.governance),), "gouvernance")


def _milestones(milestones: tuple[Milestone, ...]) -> Iterator[Block]:
    if not milestones:
        yield Notice("unknown", _("Not known"), _("No milestone is held."))
        return
    columns = (
        Column("milestone", _("Milestone")),
        Column("when", _("When")),
        Column("before_whom", _("Before whom, and what is to be known"), wide=True),
        Column("sources", _("Sources")),
    )
    yield Table(columns, tuple(map(_milestone, milestones)), caption=_("What happened, and when"))


def _milestone(item: Milestone) -> tuple[Text, ...]:
    if item.on:
        when = period_in_words(item.on)
    elif item.no_later_than:
        when = _("no later than {day}").format(day=period_in_words(item.no_later_than))
    else:
        when = _("not known")
    inferred = _("The day is inferred: stated in no source.") if item.inferred else None
    beside = " ".join(filter(None, [item.body and f"{item.body}.", inferred, item.note]))
    return capital(_(MILESTONE[item.kind])), when, beside or "–", ids_text(item.sources)


def _amendments(context: DocumentContext) -> Iterator[Section]:
    """Those that the text of the day holds; nothing where there is none."""
    held = amendments_in_force(context)
    if not held:
        return
    columns = (
        Column("amendment", _("Amendment"), wide=True),
        Column("deliberation", _("Deliberation")),
        Column("signed_on", _("Signed on")),
        Column("in_force_from", _("In force from")),
        Column("sources", _("Sources")),
    )
    rows, caption = tuple(map(_amendment, held)), _("Amendments that this text holds")
    yield Section(_("Amendments"), (Table(columns, rows, caption=caption),), "avenants")


def _amendment(item: Amendment) -> tuple[Text, ...]:
    return (
        item.title,
        (item.deliberation or "–"),
        (period_in_words(item.signed_on) if item.signed_on else _("not known")),
        day_in_words(item.in_force_on),
        ids_text(item.sources),
    )


def _the_text(context: DocumentContext) -> Iterator[Block]:
    contract = context.contract
    yield Facts(tuple(_facts(context)))
    for words in (contract.amendments_without_text, contract.note):
        yield from (Paragraph(part) for part in paragraphs(words or ""))
    if sources := sources_text(contract.sources):
        yield Paragraph(sources)


def _provenance(context: DocumentContext) -> Iterator[Section]:
    """Where its title, its term, its parties come from; nothing where that is not asked for."""
    if rows := tuple(told_of_contract(context)):
        columns = (
            Column("field", _("Field"), wide=True),
            Column("value", _("Value"), wide=True),
            Column("where_it_comes_from", _("Where it comes from"), wide=True),
        )
        title = _("Where the contract itself comes from")
        caption = _("Each value of the contract itself, with its origin")
        yield Section(title, (Table(columns, rows, caption=caption),), "provenance")


def _facts(context: DocumentContext) -> Iterator[Fact]:
    contract = context.contract
    yield Fact(capital(_(FIELD["window"])), (period_text(context, "window"),))
    for field in ("announced_sheets", "pages", "signed_on"):
        held = contract.retained(field)
        if held is not None:
            value = str(held.value) if isinstance(held.value, int) else period_in_words(held.value)
            dispute = disputed_in_words(contract, field)
            words = f"{value} ({dispute})" if dispute else value
            yield Fact(capital(_(FIELD[field])), (words,))
