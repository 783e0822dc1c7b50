"""One action sheet of a contract: everything held of it."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.model import ActionSheet
from cpps_cli.present.document import (
    Answer,
    Block,
    Items,
    Paragraph,
    Section,
)
from cpps_cli.present.sections.programmes import not_the_contract, programme_section
from cpps_cli.present.sections.provenance import cited_by_values, place_sections, under_values
from cpps_cli.present.sections.sheet_document import (
    ThreeWay,
    cited_by_programmes,
    exported_sheet,
    sheet_answer_document,
)
from cpps_cli.present.sections.sheet_text import (
    certainty_lines,
    cited_by_sheet,
    dispute_sections,
    place_lines,
    text_blocks,
)
from cpps_cli.present.sections.sources import source_sections


def action_sheet(sheet: ActionSheet, beside: ThreeWay) -> Answer:
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
    return Answer(section, exported_sheet(contract, sheet, None), document)


def _reported(sheet: ActionSheet, beside: ThreeWay) -> Iterator[Section]:
    told = tuple(programme_section(item, beside.parent, sheet.code) for item in beside.programmes)
    if told:
        title = _("Programmes that sources report")
        yield Section(title, (Paragraph(not_the_contract()), *told))
