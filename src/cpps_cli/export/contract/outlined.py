"""A contract as a document, whole; or one sheet of it."""

from collections.abc import Iterator

from cpps_cli.derive.consolidation import in_force
from cpps_cli.export.around import amendments_in_force, programmes_told
from cpps_cli.export.contract.cited import ids_of, source_section
from cpps_cli.export.contract.correspondence import correspondence_section, left_out_section
from cpps_cli.export.contract.disagreements import disputes_section
from cpps_cli.export.contract.front import dated_text, front_blocks, notices
from cpps_cli.export.contract.programmes import programmes_section
from cpps_cli.export.contract.sheets import axis_sections, sheet_section
from cpps_cli.export.contract.steering import steering_section
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.inert import made_inert
from cpps_cli.export.outline import Outline, Paragraph, Section, said
from cpps_cli.model import ActionSheet
from cpps_cli.words.catalogue import _
from cpps_cli.words.sheets import axis_title, sheet_name


def contract_outline(dossier: Dossier) -> Outline:
    """What a document about a contract says, in the language that is spoken."""
    sheet = dossier.contract.sheet(dossier.sheet) if dossier.sheet else None
    return made_inert(_of_sheet(dossier, sheet) if sheet else _whole(dossier))


def _whole(dossier: Dossier) -> Outline:
    contract = dossier.contract
    return Outline(
        title=contract.title,
        subtitle=dossier.place,
        language=dossier.library.language,
        on=dossier.on,
        front=front_blocks(dossier),
        sections=tuple(_chapters(dossier)),
    )


def _chapters(dossier: Dossier) -> Iterator[Section]:
    contract, derived = dossier.contract, dossier.derived
    yield steering_section(dossier)
    yield from axis_sections(dossier)
    if derived is not None:
        yield left_out_section(derived)
        yield correspondence_section(derived)
    yield disputes_section(contract)
    yield from programmes_section(dossier)
    if ids := tuple(ids_of((contract, *_beside(dossier)))):
        yield source_section(dossier, ids)


def _beside(dossier: Dossier) -> Iterator[object]:
    """What else the document tells of, and the origins that it names."""
    yield amendments_in_force(dossier)
    yield programmes_told(dossier)
    if dossier.locate is not None and dossier.derived is not None:
        yield dossier.derived.parent.with_sheets(())
        yield in_force(dossier.parent.amendments, dossier.on)


def _of_sheet(dossier: Dossier, sheet: ActionSheet) -> Outline:
    contract = dossier.contract
    return Outline(
        title=contract.title,
        subtitle=_("Extract: {name}").format(name=sheet_name(sheet)),
        language=dossier.library.language,
        on=dossier.on,
        front=(*notices(dossier), Paragraph(said(dated_text(dossier)))),
        sections=tuple(_about(dossier, sheet)),
        contents=0,
    )


def _about(dossier: Dossier, sheet: ActionSheet) -> Iterator[Section]:
    title = axis_title(dossier.contract, sheet.axis) or _("Axis unknown")
    yield Section(title, (sheet_section(dossier, sheet),))
    if sheet.claims:
        yield disputes_section(dossier.contract.with_fields(claims=(), sheets=(sheet,)))
    if ids := tuple(ids_of(sheet)):
        yield source_section(dossier, ids)
