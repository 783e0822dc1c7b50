"""A contract as a document, whole; or one sheet of it."""

from collections.abc import Iterator

from cpps_cli.engine.versions import in_force
from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import axis_title, sheet_name
from cpps_cli.model import ActionSheet
from cpps_cli.present.document import Outline, Paragraph, Section
from cpps_cli.present.document_context import DocumentContext, amendments_in_force, programmes_told
from cpps_cli.present.sanitize import made_inert
from cpps_cli.present.sections.contract.cited import ids_of, source_section
from cpps_cli.present.sections.contract.correspondence import (
    correspondence_section,
    left_out_section,
)
from cpps_cli.present.sections.contract.disagreements import disputes_section
from cpps_cli.present.sections.contract.front import dated_text, front_blocks, notices
from cpps_cli.present.sections.contract.programmes import programmes_section
from cpps_cli.present.sections.contract.sheets import axis_sections, sheet_section
from cpps_cli.present.sections.contract.steering import steering_section


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
    yield from programmes_section(context)
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
