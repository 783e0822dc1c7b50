"""One sheet of a derived contract that stands alone in its file, with the origin it records."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import origin_in_words, sheet_name
from cpps_cli.i18n.labels import BASIS
from cpps_cli.model import Contract
from cpps_cli.model.snapshot import Snapshot, SnapshotSheet
from cpps_cli.model.sources import with_retained
from cpps_cli.present.document import Answer, Block, Items, Paragraph, Section
from cpps_cli.present.sections.action_sheet import (
    certainty_lines,
    cited_by_sheet,
    dispute_sections,
    place_lines,
    text_blocks,
)
from cpps_cli.present.sections.provenance import cited_by_values, place_sections, under_values
from cpps_cli.present.sections.sheet_document import (
    LOCAL,
    Surroundings,
    exported_sheet,
    sheet_answer_document,
)
from cpps_cli.present.sections.sources import source_sections
from cpps_cli.present.sections.trace import alone
from cpps_cli.present.shapes import Json


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
    return Answer(section, exported_sheet(contract, sheet, local), document)


def _origin(snapshot: Snapshot, held: SnapshotSheet) -> Iterator[str]:
    head = snapshot.snapshot
    yield origin_in_words(held.origin, held.answers, head.parent)
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
