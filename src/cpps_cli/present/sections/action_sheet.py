"""One action sheet: everything held of it, in a contract or in a file that stands alone."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import (
    BASIS,
    FIELD,
    STATUS,
    axis_title,
    fields_in_words,
    origin_in_words,
    sheet_name,
)
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract
from cpps_cli.model.fields import NUMBERED_FIELDS
from cpps_cli.model.snapshot import Snapshot, SnapshotSheet
from cpps_cli.model.sources import disputes_of, with_retained
from cpps_cli.present.document import Answer, Block, Item, Items, Paragraph, Section
from cpps_cli.present.prose import listed, prose
from cpps_cli.present.sections.certainty import certainty
from cpps_cli.present.sections.disputes import cited_by_dispute, dispute_section
from cpps_cli.present.sections.indicators import cited_by_indicator, indicator_section
from cpps_cli.present.sections.programmes import not_the_contract, programme_section
from cpps_cli.present.sections.provenance import (
    Under,
    alone,
    cited_by_values,
    place_sections,
    under_values,
)
from cpps_cli.present.sections.sheet_document import (
    LOCAL,
    Surroundings,
    cited_by_programmes,
    exported_sheet,
    sheet_answer_document,
    unknown_fields,
)
from cpps_cli.present.sections.sources import source_sections
from cpps_cli.present.shapes import Json


def action_sheet(sheet: ActionSheet, beside: Surroundings) -> Answer:
    """A sheet of a parent contract."""
    contract = beside.parent
    lines = [f"{contract.label} ({contract.id})", *place_lines(contract, sheet)]
    if beside.version != "signed":
        lines.append(_("Text as amended by: {version}").format(version=beside.version))
    cited = [*cited_by_sheet(sheet), *cited_by_programmes(beside), *cited_by_values(beside.told)]
    blocks: tuple[Block, ...] = (
        Items((*lines, *certainty_lines(sheet))),
        *place_sections(beside.told),
        *text_blocks(sheet, under_values(beside.told)),
        *dispute_sections(sheet),
        *_reported(sheet, beside),
        *source_sections(cited, beside.sources),
    )
    document = sheet_answer_document(contract, sheet, None, beside, cited)
    section = Section(sheet_name(sheet), blocks)
    return Answer(section, exported_sheet(document), document)


def _reported(sheet: ActionSheet, beside: Surroundings) -> Iterator[Section]:
    told = tuple(programme_section(item, beside.parent, sheet.code) for item in beside.programmes)
    if told:
        title = _("Programmes that sources report")
        yield Section(title, (Paragraph(not_the_contract()), *told))


def place_lines(contract: Contract, sheet: ActionSheet) -> list[str]:
    """Its axis and its code."""
    return [
        axis_title(contract, sheet.axis) or _("Axis unknown"),
        _("Code: {code}").format(code=sheet.code),
    ]


def certainty_lines(sheet: ActionSheet) -> Iterator[str]:
    """Its status, and of which fields we are not sure."""
    meaning = {
        "documented": _(STATUS["documented"]),
        "titled": _("its title is held, its text is to complete"),
        "to_complete": _("to complete, neither its title nor its text is held"),
    }
    yield _("Status: {status}").format(status=meaning[sheet.status])
    yield from certainty(sheet)
    if sheet.note:
        yield _("Note: {text}").format(text=sheet.note)


def text_blocks(sheet: ActionSheet, under: Under | None = None) -> Iterator[Block]:
    """What it says, heading by heading, then the headings of which nothing is held.

    `under`: what is to be said under each value, by its field and its position in a list.
    """
    told = under or {}
    for field in TEXT_FIELDS:
        if field not in ("title", "indicators") and getattr(sheet, field):
            blocks = tuple(_field(field, getattr(sheet, field), told))
            yield Section(capital(_(FIELD[field])), blocks)
    for position, indicator in enumerate(sheet.indicators):
        yield indicator_section(indicator)
        if said := told.get(("indicators", position)):
            yield Paragraph(said, quiet=True)
    if sheet.status == "documented" and (unknown := unknown_fields(sheet)):
        words = capital(fields_in_words(unknown)) + "."
        yield Section(_("Not held"), (Paragraph(words),))


def _field(field: str, value: str | tuple[str, ...], under: Under) -> Iterator[Block]:
    if isinstance(value, tuple):
        said = (under.get((field, position)) for position in range(len(value)))
        items = (_said(listed(line), told) for line, told in zip(value, said, strict=True))
        yield Items(tuple(items), numbered=field in NUMBERED_FIELDS)
        return
    for position, block in enumerate(prose(value)):
        yield block._replace(apart=position > 0) if isinstance(block, Paragraph) else block
    if told := under.get((field, None)):
        yield Paragraph(told, quiet=True)


def _said(item: Item, told: str | None) -> Item:
    """An item with what is said under it."""
    return item if told is None else item._replace(text=f"{item.text}\n{told}")


def dispute_sections(sheet: ActionSheet) -> Iterator[Section]:
    """What sources disagree on about it."""
    return map(dispute_section, disputes_of(sheet.claims))


def cited_by_sheet(sheet: ActionSheet) -> list[str]:
    """The ids of every source it cites."""
    cited = list(sheet.cited)
    for indicator in sheet.indicators:
        cited.extend(cited_by_indicator(indicator))
    for dispute in disputes_of(sheet.claims):
        cited.extend(cited_by_dispute(dispute))
    return cited


def snapshot_sheet(
    snapshot: Snapshot, held: SnapshotSheet, contract: Contract, beside: Surroundings
) -> Answer:
    """A sheet of the file, and what the file says of where it comes from."""
    sheet, local = with_retained(held), _local(snapshot, held)
    lines = [f"{contract.label} ({contract.id})", *place_lines(contract, sheet)]
    blocks: list[Block] = [Items((*lines, *certainty_lines(sheet)))]
    blocks.append(Section(_("Origin"), (Items(tuple(_origin(snapshot, held))),)))
    if beside.told is not None:
        blocks.append(Paragraph(alone()))
    blocks.extend((*place_sections(beside.told), *text_blocks(sheet, under_values(beside.told))))
    cited = [*cited_by_sheet(sheet), *cited_by_values(beside.told)]
    blocks.extend((*dispute_sections(sheet), *source_sections(cited, beside.sources)))
    document = sheet_answer_document(contract, sheet, local, beside, cited)
    section = Section(sheet_name(sheet), tuple(blocks))
    return Answer(section, exported_sheet(document), document)


def _origin(snapshot: Snapshot, held: SnapshotSheet) -> Iterator[str]:
    head = snapshot.snapshot
    yield origin_in_words(held.origin, held.answers, head.parent, held.status)
    for code in held.answers or ():
        yield _("Parent's sheet {code}").format(code=code)
    if head.version not in (None, "signed"):
        yield _("Text as amended by: {version}").format(version=head.version)
    if head.parent_version != "signed":
        yield _("Parent's text as amended by: {version}").format(version=head.parent_version)
    if held.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source")
    if head.basis != "full":
        yield capital(_(BASIS[head.basis]))


def _local(snapshot: Snapshot, held: SnapshotSheet) -> Json:
    """What the file records: of the parent it holds codes alone, and no change."""
    head, parents = snapshot.snapshot, held.answers
    unnamed = {"number": None, "title": None}
    return {
        **dict.fromkeys(LOCAL.names),
        "parent": head.parent,
        "basis": head.basis,
        "origin": held.origin,
        "from": None if parents is None else [{"code": code, **unnamed} for code in parents],
        "link_inferred": held.link_inferred,
        "to_reread": False,
        "amended_by": (),
        "sources": (),
    }
