"""A correspondence as a document: in short, from either side, axes, local contracts, sources."""

from collections.abc import Iterator

from cpps_cli.export.contract.cited import cited, ids_of, source_section
from cpps_cli.export.contract.front import fictional_notices
from cpps_cli.export.contract.state import state_notice
from cpps_cli.export.correspondence.axes import axes_section
from cpps_cli.export.correspondence.places import places_section
from cpps_cli.export.correspondence.sheets import from_former, from_successor, in_short
from cpps_cli.export.inert import made_inert
from cpps_cli.export.outline import (
    Block,
    Fact,
    Facts,
    Notice,
    Outline,
    Paragraph,
    Section,
    said,
)
from cpps_cli.export.subject import CorrespondenceDossier
from cpps_cli.words.catalogue import _
from cpps_cli.words.dates import day_in_words
from cpps_cli.words.plain import paragraphs


def correspondence_outline(dossier: CorrespondenceDossier) -> Outline:
    """What the document says, in the language that is spoken."""
    outline = Outline(
        title=dossier.title,
        subtitle=dossier.of.place,
        language=dossier.library.language,
        on=dossier.of.on,
        front=tuple(_front(dossier)),
        sections=tuple(_chapters(dossier)),
    )
    return made_inert(outline)


def _front(dossier: CorrespondenceDossier) -> Iterator[Block]:
    yield from fictional_notices(dossier.library)
    if state := state_notice(dossier.of):
        yield state
    if dossier.correspondence.known == "partial":
        words = _("What became of the sheets that it does not name is not known.")
        yield Notice("unknown", _("Known in part"), said(words))
    day = day_in_words(dossier.of.on)
    facts = (
        Fact(_("Former contract"), (said(dossier.former.contract.title),)),
        Fact(_("New contract"), (said(dossier.of.contract.title),)),
        Fact(_("Texts"), (said(_("those of {day}").format(day=day)),)),
    )
    yield Facts(facts)
    yield from (Paragraph(said(part)) for part in paragraphs(dossier.correspondence.note or ""))
    if sources := cited(dossier.correspondence.sources):
        yield Paragraph(sources)


def _chapters(dossier: CorrespondenceDossier) -> Iterator[Section]:
    yield in_short(dossier)
    yield from_former(dossier)
    yield from_successor(dossier)
    if dossier.correspondence.axes:
        yield axes_section(dossier)
    yield places_section(dossier)
    if ids := tuple(ids_of(dossier.correspondence)):
        yield source_section(dossier.of, ids)
