"""One sheet of a local contract: its origin, or what became of the parent's sheet."""

from collections.abc import Iterator

from cpps_cli.engine.lookup import Origins
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import (
    BASIS,
    FIELD,
    fields_in_words,
    origin_in_words,
    reasons_in_words,
    sheet_name,
)
from cpps_cli.model import ActionSheet, Contract, Derived, DerivedSheet, LeftOut
from cpps_cli.model.beside import Programme, SheetLink
from cpps_cli.present.document import Answer, Block, Items, Paragraph, Section
from cpps_cli.present.sections.action_sheet import (
    certainty_lines,
    cited_by_sheet,
    dispute_sections,
    place_lines,
    text_blocks,
)
from cpps_cli.present.sections.programmes import not_the_contract
from cpps_cli.present.sections.provenance import cited_by_values, place_sections, under_values
from cpps_cli.present.sections.sheet_document import (
    LOCAL,
    Surroundings,
    exported_sheet,
    sheet_answer_document,
)
from cpps_cli.present.sections.since_signature import sheet_since_signature
from cpps_cli.present.sections.sources import source_sections


def local_sheet(origins: Origins, beside: Surroundings) -> Answer:
    """A sheet of a local contract with its origin, or what became of a sheet of the parent."""
    contract, item = origins.derived.contract, origins.item
    match item:
        case DerivedSheet():
            sheet: ActionSheet | None = item.sheet
            title, blocks = sheet_name(item.sheet), _local_blocks(origins, item, beside)
            cited = [*cited_by_sheet(item.sheet), *origins.sources, *cited_by_values(beside.told)]
        case LeftOut():
            sheet, cited = None, list(item.sheet.cited)
            title, blocks = _not_here(item), [Items(tuple(_left_out(origins, item)))]
    local = LOCAL.write(origins, origins)
    blocks.extend(source_sections(cited, beside.sources))
    document = sheet_answer_document(contract, sheet, local, beside, cited)
    section = Section(title, tuple(blocks))
    return Answer(section, exported_sheet(document), document)


def _local_blocks(origins: Origins, item: DerivedSheet, beside: Surroundings) -> list[Block]:
    derived, sheet = origins.derived, item.sheet
    contract = derived.contract
    lines = [
        f"{contract.label} ({contract.id})",
        *place_lines(contract, sheet),
        *certainty_lines(sheet),
    ]
    return [
        Items(tuple(lines)),
        Section(_("Origin"), (Items(tuple(_origin(origins, item))),)),
        *place_sections(beside.told),
        *text_blocks(sheet, under_values(beside.told)),
        *dispute_sections(sheet),
        *_reported(beside, item),
    ]


def _reported(beside: Surroundings, item: DerivedSheet) -> Iterator[Section]:
    if beside.programmes:
        hint = _("See `cpps list-programmes --contract {id}`.").format(id=beside.parent.id)
        first = Paragraph(f"{not_the_contract()} {hint}")
        title = _("Programmes reported for the parent's sheet")
        yield Section(title, (first, Items(tuple(_reported_in_short(beside, item)))))


def _reported_in_short(beside: Surroundings, item: DerivedSheet) -> Iterator[str]:
    for programme in beside.programmes:
        for link in programme.sheets:
            if link.sheet in (item.answers or ()):
                yield _short_link(programme, link, beside.parent)


def _short_link(programme: Programme, link: SheetLink, parent: Contract) -> str:
    sheet = parent.sheet(link.sheet)
    name = (sheet.number if sheet else None) or link.sheet
    pattern = (
        _("{title} (parent's sheet {name}, link inferred)")
        if link.inferred
        else _("{title} (parent's sheet {name})")
    )
    return pattern.format(title=programme.title, name=name)


def _origin(origins: Origins, item: DerivedSheet) -> Iterator[str]:
    """How the local contract came by the sheet, and from which sheets of the parent."""
    label = origins.derived.parent.label
    yield origin_in_words(item.origin, item.answers, label, item.sheet.status)
    for code in item.answers or ():
        yield _parent_sheet_in_words(origins.derived, code)
    if origins.derived.parent_version != "signed":
        version = origins.derived.parent_version
        yield _("Parent's text as amended by: {version}").format(version=version)
    if origins.own_fields:
        fields = fields_in_words(origins.own_fields)
        yield _("Its own, not the parent's: {fields}").format(fields=fields)
    yield from sheet_since_signature(origins.derived, item.answers or ())
    if item.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source")
    if origins.amended_by:
        named = ", ".join(origins.amended_by)
        yield _("Touched by the local contract's own amendments: {versions}").format(versions=named)
    yield from reasons_in_words(origins.reasons)
    for field, reason in origins.refused:
        refused = _("The parent's words are not taken ({field}): {reason}")
        yield refused.format(field=_(FIELD[field]), reason=reason)
    if origins.note:
        yield _("Note: {text}").format(text=origins.note)
    if item.to_reread:
        yield _("To read again: the parent's text has changed under this one")
    if origins.derived.basis != "full":
        yield _basis(origins.derived)


def _basis(derived: Derived) -> str:
    if derived.not_signed_before is not None:
        day = day_in_words(derived.not_signed_before)
        return _("Signed on {day}: this is what it would inherit").format(day=day)
    return capital(_(BASIS[derived.basis]))


def _not_here(item: LeftOut) -> str:
    title = (
        _("Not known whether it is in this contract: {name}")
        if item.origin == "unknown"
        else _("Not in this contract: {name}")
    )
    return title.format(name=sheet_name(item.sheet))


def _left_out(origins: Origins, item: LeftOut) -> Iterator[str]:
    derived = origins.derived
    yield f"{derived.contract.label} ({derived.contract.id})"
    yield _parent_sheet_in_words(derived, item.sheet.code)
    yield _fate_in_words(item)
    if item.repealed_by:
        yield _("Repealed by its own amendment: {version}").format(version=item.repealed_by)
    if item.reason:
        yield _("Reason: {reason}").format(reason=item.reason)
    if item.decided_by:
        yield _("Decided by: {body}").format(body=item.decided_by)
    if item.decided_on:
        yield _("Decided on: {day}").format(day=day_in_words(item.decided_on))
    if item.review_on:
        yield _("To look at again on: {day}").format(day=day_in_words(item.review_on))
    if derived.basis != "full":
        yield _basis(derived)


def _fate_in_words(item: LeftOut) -> str:
    """Says what became of a parent's sheet that is not in the local contract."""
    match item.origin:
        case "excluded":
            return _("Left out")
        case "not_taken_up":
            return _("Not taken up: the local text does not have it and gives no reason")
        case "unknown":
            return _("Unknown: we cannot tell whether the local text takes it up")
        case "since_signature":
            return _("Added by the parent since the signature")


def _parent_sheet_in_words(derived: Derived, code: str) -> str:
    """Names a sheet of the parent by number, title and code."""
    parent = derived.parent_sheet(code)
    if parent is None:
        return _("Parent's sheet {code}").format(code=code)
    named = _("Parent's sheet {number}: {title} ({code})")
    if parent.number is None:
        named = _("Parent's sheet without a known number: {title} ({code})")
    return named.format(number=parent.number, title=parent.title or "…", code=code)
