"""What happened to a local contract and, since it was written, to its parent."""

from collections.abc import Iterator, Mapping

from cpps_cli.engine.history import LocalHistory
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import BASIS, ORIGIN, milestone_in_words, version_in_words
from cpps_cli.model import SIGNED, LeftOut, Source, Territory
from cpps_cli.present.document import (
    Answer,
    Block,
    Items,
    Paragraph,
    Section,
)
from cpps_cli.present.sections.history import (
    LOCAL_HISTORY,
    cited,
    cited_by_local,
    entry_sections,
    exported_local_history,
    standing,
)
from cpps_cli.present.sections.sources import cited_sources, source_sections


def local_history(
    found: LocalHistory, territory: Territory, sources: Mapping[str, Source]
) -> Answer:
    """The life of a local contract, or of the one sheet asked for."""
    names = [*cited(found.parent), *cited_by_local(found)]
    document = LOCAL_HISTORY.write(found, found.parent, sources=cited_sources(names, sources))
    derived, sheet = found.derived, found.parent.sheet
    place = _("{contract}: {place}").format(contract=derived.parent.label, place=territory.name)
    name = f"{sheet_name(sheet)} ({place})" if sheet else place
    blocks: list[Block] = [Paragraph(" ".join(_standing(found)))]
    if sheet is not None and found.item is not None:
        blocks.append(Items(tuple(_fate(found))))
    blocks.extend((*_milestones(found), *_own_amendments(found), *_amendments(found)))
    blocks.extend(source_sections(names, sources))
    section = Section(_("History: {what}").format(what=name), tuple(blocks))
    return Answer(section, exported_local_history(document), document)


def _standing(found: LocalHistory) -> Iterator[str]:
    """Which text of the parent it was written for, and where the parent is now."""
    derived = found.derived
    if derived.not_signed_before is not None:
        day = day_in_words(derived.not_signed_before)
        yield _("It was signed on {day}: on the day asked it had no text.").format(day=day)
    elif derived.overlay is None:
        yield _(BASIS["no_text"]).capitalize() + "."
    else:
        written = version_in_words(derived.overlay.parent_version, derived.parent)
        yield _("Written for the parent {version}.").format(version=written)
        if derived.version != SIGNED:
            own = version_in_words(derived.version, derived.contract)
            yield _("Its own text: {version}.").format(version=own)
    day, now = (
        day_in_words(found.parent.on),
        version_in_words(derived.parent_version, derived.parent),
    )
    yield _("On {day} the parent is {version}.").format(day=day, version=now)
    if derived.to_reread:
        yield _("To read again.")


def _milestones(found: LocalHistory) -> Iterator[Block]:
    milestones = found.derived.contract.milestones
    if milestones:
        lines = tuple(capital(milestone_in_words(item)) for item in milestones)
        yield Section(_("What happened to it"), (Items(lines),))
    elif found.derived.overlay is not None:
        yield Paragraph(_("What happened to it, and when, is not known."))


def _fate(found: LocalHistory) -> Iterator[str]:
    """What the local text makes of the sheet."""
    item = found.item
    if item is None:
        return
    fate = _(ORIGIN[item.origin])
    if isinstance(item, LeftOut) and item.reason:
        fate = _("{origin}: {reason}").format(origin=fate, reason=item.reason)
    yield _("In the local text: {fate}").format(fate=fate)
    if isinstance(item, LeftOut) and found.parent.sheet is not None:
        yield from standing(found.parent, found.parent.sheet)


def _own_amendments(found: LocalHistory) -> Iterator[Section]:
    """The amendments of the local contract itself."""
    if found.own:
        yield Section(_("Its own amendments"), tuple(entry_sections(found.parent, found.own)))


def _amendments(found: LocalHistory) -> Iterator[Block]:
    """The parent's amendments that the local text does not know, then those it does."""
    entries = found.parent.entries
    since = tuple(item for item in entries if item.amendment.id in found.unread)
    others = tuple(item for item in entries if item.amendment.id not in found.unread)
    for title, chosen in (
        (_("Amendments of the parent since it was written"), since),
        (_("Other amendments of the parent"), others),
    ):
        if chosen:
            yield Section(title, tuple(entry_sections(found.parent, chosen)))
    if not entries and found.parent.sheet is None:
        yield Paragraph(_("No amendment of the parent is held."))
    elif not entries:
        yield Paragraph(_("No amendment of the parent is held that touches it."))
