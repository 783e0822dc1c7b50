"""What changed in a contract or in one sheet, when, and by which amendment."""

from collections.abc import Iterator, Mapping

from cpps_cli.engine.history import Entry, History, LocalHistory, Reason
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import (
    BASIS,
    MILESTONE,
    ORIGIN,
    disputed_in_words,
    milestone_in_words,
    version_in_words,
)
from cpps_cli.model import SIGNED, ActionSheet, LeftOut, Source, Territory
from cpps_cli.present.document import (
    Answer,
    Block,
    Items,
    Paragraph,
    Section,
)
from cpps_cli.present.sections.change_lines import (
    added_lines,
    change_sections,
    removed_lines,
    sheet_lines,
    typographic_lines,
)
from cpps_cli.present.sections.history_document import (
    HISTORY,
    LOCAL_HISTORY,
    cited,
    cited_by_local,
    exported_history,
    exported_local_history,
)
from cpps_cli.present.sections.sources import cited_sources, source_sections


def contract_history(found: History, sources: Mapping[str, Source]) -> Answer:
    """The life of a contract, or of the one sheet asked for."""
    document = HISTORY.write(found, found, sources=cited_sources(cited(found), sources))
    contract = found.signed
    if found.sheet is not None:
        name = sheet_name(found.sheet)
        lines = (f"{contract.label} ({contract.id})", *standing(found, found.sheet))
    else:
        name, lines = contract.label, (*_signature(found), _text_of_the_day(found))
    blocks: tuple[Block, ...] = (
        Items(lines),
        *_nothing_held(found),
        *entry_sections(found, found.entries),
        *source_sections(cited(found), sources),
    )
    return Answer(
        Section(_("History: {what}").format(what=name), blocks),
        exported_history(document),
        document,
    )


def entry_sections(found: History, entries: tuple[Entry, ...]) -> Iterator[Section]:
    """Amendments, each with its dates and what it changed in the contract or in the sheet."""
    for entry in entries:
        blocks = (Items(tuple(_dates(entry, found))), *_changes(found, entry))
        yield Section(entry.amendment.title, blocks)


def _changes(found: History, entry: Entry) -> Iterator[Block]:
    if found.sheet is not None:
        yield Items(tuple(_sheet_changes(entry)), marked=True)
    elif entry.touches:
        yield from change_sections(entry.differences, _why(entry))
    else:
        yield Paragraph(_("It changes nothing in the text that is held."))


def _text_of_the_day(found: History) -> str:
    version = version_in_words(found.now.version, found.signed)
    return _("Text on {day}: {version}").format(day=day_in_words(found.on), version=version)


def standing(found: History, sheet: ActionSheet) -> Iterator[str]:
    """Whether a sheet stands in the signed text, and in that of the day."""
    if found.signed.sheet(sheet.code) is not None:
        yield _("In the text as signed")
    else:
        yield _("Not in the text as signed")
    day = day_in_words(found.on)
    if found.now.contract.sheet(sheet.code) is not None:
        yield _("In the text of {day}").format(day=day)
    else:
        yield _("Not in the text of {day}").format(day=day)
    if not found.entries:
        yield _("No amendment that is held touches it")


def _signature(found: History) -> Iterator[str]:
    signed = [item for item in found.signed.milestones if item.kind == "signed"]
    held = found.signed.retained("signed_on")
    if signed:
        yield from (capital(milestone_in_words(item)) for item in signed)
    elif held is not None:
        when = period_in_words(held.value)
        words = capital(_("{what}: {when}").format(what=_(MILESTONE["signed"]), when=when))
        note = disputed_in_words(found.signed, "signed_on")
        yield f"{words} ({note})" if note else words
    else:
        yield _("Day of signature: not known")


def _nothing_held(found: History) -> Iterator[Block]:
    """What is known of amendments that are not held, or that there are none."""
    known = found.signed.amendments_without_text
    if known:
        yield Paragraph(_("Amended, without a list of its amendments. {words}").format(words=known))
    elif not found.entries and found.sheet is None:
        yield Paragraph(_("No amendment is held."))


def _dates(entry: Entry, found: History) -> Iterator[str]:
    amendment = entry.amendment
    if amendment.deliberation:
        yield _("Deliberation: {reference}").format(reference=amendment.deliberation)
    if amendment.signed_on:
        yield _("Signed: {when}").format(when=period_in_words(amendment.signed_on))
    day = day_in_words(amendment.in_force_on)
    if amendment.in_force_on <= found.on:
        yield _("In force since {day}").format(day=day)
    else:
        yield _("Not in force yet: from {day} on").format(day=day)
    if amendment.editorial:
        yield _("Editorial: it changes words, no commitment")
    else:
        yield _("Substantive")
    yield _("Id: {id}").format(id=amendment.id)


def _sheet_changes(entry: Entry) -> Iterator[str]:
    """What one amendment did to the sheet, and why."""
    found, why = entry.differences, _why(entry)
    yield from (_("Repealed: {sheet}").format(sheet=line) for line in removed_lines(found, why))
    yield from (_("Added: {sheet}").format(sheet=line) for line in added_lines(found, why))
    for item in found.changed:
        yield from sheet_lines(item, found)
        if item.after.code in why:
            yield why[item.after.code]
    for line in typographic_lines(found):
        yield _("Only typed in another way: {sheet}").format(sheet=line)


def _why(entry: Entry) -> dict[str, str]:
    """The reasons of an amendment, by sheet; under "" that of what it changes in the contract."""
    return {code: _reason(reason) for reason in entry.reasons for code in reason.sheets or ("",)}


def _reason(reason: Reason) -> str:
    said = [_("Editorial: it changes words, no commitment")] if reason.editorial else []
    if reason.words:
        said.append(_("Reason: {reason}").format(reason=reason.words))
    if reason.decided_by and reason.decided_on:
        day = day_in_words(reason.decided_on)
        said.append(_("Decided by {body}, {day}.").format(body=reason.decided_by, day=day))
    elif reason.decided_by:
        said.append(_("Decided by {body}.").format(body=reason.decided_by))
    elif reason.decided_on:
        said.append(_("Decided on {day}.").format(day=day_in_words(reason.decided_on)))
    return " ".join(f"{sentence.rstrip('.')}." for sentence in said)


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
