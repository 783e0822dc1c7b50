"""A correspondence as a document: in short, from either side, axes, local contracts, sources."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.text import paragraphs
from cpps_cli.present.document import Block, Fact, Facts, Notice, Outline, Paragraph, Section
from cpps_cli.present.document_kinds import CorrespondenceContext
from cpps_cli.present.sanitize import made_inert
from cpps_cli.present.sections.contract.cited import cited, ids_of, source_section
from cpps_cli.present.sections.contract.front import fictional_notices
from cpps_cli.present.sections.contract.state import state_notice
from cpps_cli.present.sections.correspondence.axes import axes_section
from cpps_cli.present.sections.correspondence.places import places_section
from cpps_cli.present.sections.correspondence.sheets import from_former, from_successor, in_short


def correspondence_outline(context: CorrespondenceContext) -> Outline:
    """What the document says, in the language that is spoken."""
    outline = Outline(
        title=context.title,
        subtitle=context.of.place,
        language=context.library.language,
        on=context.of.on,
        front=tuple(_front(context)),
        sections=tuple(_chapters(context)),
    )
    return made_inert(outline)


def _front(context: CorrespondenceContext) -> Iterator[Block]:
    yield from fictional_notices(context.library)
    if state := state_notice(context.of):
        yield state
    if context.correspondence.known == "partial":
        words = _("What became of the sheets that it does not name is not known.")
        yield Notice("unknown", _("Known in part"), words)
    day = day_in_words(context.of.on)
    facts = (
        Fact(_("Former contract"), (context.former.contract.title,)),
        Fact(_("New contract"), (context.of.contract.title,)),
        Fact(_("Texts"), (_("those of {day}").format(day=day),)),
    )
    yield Facts(facts)
    yield from (Paragraph(part) for part in paragraphs(context.correspondence.note or ""))
    if sources := cited(context.correspondence.sources):
        yield Paragraph(sources)


def _chapters(context: CorrespondenceContext) -> Iterator[Section]:
    yield in_short(context)
    yield from_former(context)
    yield from_successor(context)
    if context.correspondence.axes:
        yield axes_section(context)
    yield places_section(context)
    if ids := tuple(ids_of(context.correspondence)):
        yield source_section(context.of, ids)
