"""One action sheet of a contract: everything held of it."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.model import ActionSheet
from cpps_cli.present.answer import Answer, Block, Heading, Items, Paragraph
from cpps_cli.present.sections.programmes import not_the_contract, programme_blocks
from cpps_cli.present.sections.provenance import cited_by_values, place_blocks, under_values
from cpps_cli.present.sections.sheet_document import (
    ThreeWay,
    cited_by_programmes,
    exported_sheet,
    sheet_answer_document,
)
from cpps_cli.present.sections.sheet_text import (
    certainty_lines,
    cited_by_sheet,
    dispute_blocks,
    place_lines,
    text_blocks,
)
from cpps_cli.present.sections.sources import source_blocks


def action_sheet(sheet: ActionSheet, beside: ThreeWay) -> Answer:
    """A sheet of a parent contract."""
    contract = beside.parent
    lines = [f"{contract.label} ({contract.id})", *place_lines(contract, sheet)]
    if beside.version != "signed":
        lines.append(_("Text as amended by: {version}").format(version=beside.version))
    blocks: list[Block] = [Heading(sheet_name(sheet)), Items((*lines, *certainty_lines(sheet)))]
    blocks.extend((*place_blocks(beside.told), *text_blocks(sheet, under_values(beside.told))))
    blocks.extend((*dispute_blocks(sheet), *_reported(sheet, beside)))
    cited = [*cited_by_sheet(sheet), *cited_by_programmes(beside), *cited_by_values(beside.told)]
    blocks.extend(source_blocks(cited, beside.sources))
    document = sheet_answer_document(contract, sheet, None, beside, cited)
    return Answer(tuple(blocks), exported_sheet(contract, sheet, None), document)


def _reported(sheet: ActionSheet, beside: ThreeWay) -> Iterator[Block]:
    if beside.programmes:
        yield Heading(_("Programmes that sources report"), level=2)
        yield Paragraph(not_the_contract())
    for programme in beside.programmes:
        yield from programme_blocks(programme, beside.parent, 3, sheet.code)
