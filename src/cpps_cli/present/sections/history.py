"""What changed in a contract or in one sheet, when, and by which amendment."""

from collections.abc import Iterable, Iterator, Mapping

from cpps_cli.engine.history import Entry, History, LocalHistory, Reason
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import (
    BASIS,
    MILESTONE,
    ORIGIN,
    disputed_in_words,
    milestone_in_words,
    sheet_name,
    version_in_words,
)
from cpps_cli.model import SIGNED, ActionSheet, LeftOut, Milestone, Period, Source, Territory
from cpps_cli.present.document import Answer, Block, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.change_lines import (
    Line,
    added_lines,
    change_sections,
    removed_lines,
    sheet_lines,
    typographic_lines,
)
from cpps_cli.present.sections.derived import before_signature
from cpps_cli.present.sections.differences import CHANGES, Row, change_rows, row_columns
from cpps_cli.present.sections.since_signature import rule_in_words
from cpps_cli.present.sections.sources import SOURCE, cited_sources, source_sections
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Maybe, Named, Part, Shape, cell

_REASON = Shape(
    "ReasonDocument",
    Reason,
    """Why `sheets` change; why the contract itself does where it names none.

    `editorial`: that change touches no commitment, only words.
    """,
    "sheets reason=words decided_by decided_on editorial",
)
# Json with the history in which it stands.
_AMENDMENT = Shape(
    "AmendmentDocument",
    Entry,
    "An amendment and what it changed. `in_force`: on the day asked.",
    "id=amendment.id title=amendment.title deliberation=amendment.deliberation",
    "signed_on=amendment.signed_on in_force_on=amendment.in_force_on",
    Key("in_force", bool, in_context=lambda entry, found: entry.amendment.in_force_on <= found.on),
    "editorial=amendment.editorial",
    Part(CHANGES, "differences", first=True),
    Key("reasons", Many(_REASON)),
    "sources=amendment.sources",
)
_SHEET_LIFE = Shape(
    "SheetLifeDocument",
    History,
    "The one sheet asked for: whether it stands in the signed text, and in that of the day.",
    Key("code", str, "sheet.code"),
    "number=sheet?.number title=sheet?.title",
    Key("signed", bool, lambda found: bool(found.signed.sheet(found.sheet.code))),
    Key("in_force", bool, lambda found: bool(found.now.contract.sheet(found.sheet.code))),
)
_MILESTONE = Shape(
    "MilestoneDocument",
    Milestone,
    "What happened to a contract; `on` and `no_later_than` are periods as written.",
    "kind on no_later_than body sources",
)


def _signed_on(found: History) -> Period | None:
    held = found.signed.retained("signed_on")
    return held.value if held else found.signed.signed_on


# Both are written with the history of the parent.
HISTORY = Shape(
    "HistoryDocument",
    History,
    "A contract, or one `sheet` of it, amendment by amendment, those to come included.",
    "contract=signed.id title=signed.title on version=now.version",
    Key("signed_on", str | None, _signed_on),
    "amendments_without_text=signed.amendments_without_text",
    Key("sheet", Maybe(_SHEET_LIFE), lambda found: found if found.sheet else None),
    Key("milestones", Many(_MILESTONE), "milestones"),
    Key("amendments", Many(_AMENDMENT), "entries"),
    Key("sources", Named(SOURCE), GIVEN),
    schema="cpps.history/1",
)
LOCAL_HISTORY = Shape(
    "LocalHistoryDocument",
    LocalHistory,
    """A local contract beside its parent. `written_for`: the parent's version then.

    `unread`: ids of the parent's amendments in force that came afterwards. `version`: the last of
    its own amendments in force, or `signed`, null where no text is known; `own_amendments`: what
    each of them changed.
    """,
    "contract=derived.contract.id title=derived.contract.title",
    "territory=derived.contract.territory basis=derived.basis parent=derived.parent.id",
    "on=parent.on",
    Key(
        "version",
        str | None,
        lambda found: found.derived.version if found.derived.overlay else None,
    ),
    "written_for=derived.overlay?.parent_version parent_version=derived.parent_version",
    Key("unread", list[str], lambda found: sorted(found.unread)),
    Key("milestones", Many(_MILESTONE), "derived.contract.milestones"),
    Key("sheet", Maybe(_SHEET_LIFE), lambda found: found.parent if found.parent.sheet else None),
    Key("own_amendments", Many(_AMENDMENT), "own"),
    Key("amendments", Many(_AMENDMENT), "parent.entries"),
    Key("sources", Named(SOURCE), GIVEN),
    schema="cpps.local-history/1",
)


def cited(found: History) -> list[str]:
    """The ids of the sources of its amendments."""
    happened = [name for item in found.milestones for name in item.sources]
    return [*happened, *(name for entry in found.entries for name in entry.amendment.sources)]


def cited_by_local(found: LocalHistory) -> list[str]:
    """The ids of the sources of what happened to a local contract."""
    milestones = [name for item in found.derived.contract.milestones for name in item.sources]
    return [*milestones, *(name for entry in found.own for name in entry.amendment.sources)]


def exported_history(document: Json) -> Table:
    """A line for each thing that an amendment changed."""
    rows = (*_milestone_rows(document["milestones"]), *_amendment_rows(document["amendments"]))
    return _exported(_of_contract(document["contract"], rows))


def exported_local_history(document: Json) -> Table:
    """A line for each thing that happened, or that an amendment changed."""
    own = (*_milestone_rows(document["milestones"]), *_amendment_rows(document["own_amendments"]))
    of_parent = _of_contract(document["parent"], _amendment_rows(document["amendments"]))
    return _exported((*_of_contract(document["contract"], own), *of_parent))


_OF_AMENDMENT = ("amendment_title", "deliberation", "signed_on", "sources")
_OF_REASON = ("reason", "decided_by", "decided_on")


def _exported(rows: Iterable[Row]) -> Table:
    columns = row_columns("date", "amendment", "editorial")
    others = ("contract", *_OF_AMENDMENT, *_OF_REASON)
    return Table((*columns, *(Column(key, key) for key in others)), tuple(rows))


def _of_contract(contract: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with the contract to which it happened, before what is said of it."""
    own = len(row_columns("date", "amendment", "editorial"))
    yield from ((*row[:own], contract, *row[own:]) for row in rows)


def _milestone_rows(milestones: list[Json]) -> Iterator[Row]:
    nothing = (None,) * 4
    for item in milestones:
        day = cell(item["on"] or item["no_later_than"])
        head = (day, None, None, "milestone", None, None, item["body"], item["kind"], *nothing)
        yield (*head, None, None, None, cell(item["sources"]), None, None, None)


def _amendment_rows(amendments: list[Json]) -> Iterator[Row]:
    for item in amendments:
        head = (cell(item["in_force_on"]), item["id"], cell(item["editorial"]))
        told = (item["title"], item["deliberation"], cell(item["signed_on"]), cell(item["sources"]))
        why = {code: reason for reason in item["reasons"] for code in reason["sheets"] or [None]}
        for row in change_rows(item):
            reason = why.get(row[1] if row[0] == "sheet" else None) or {}
            yield (*head, *row, *told, *(cell(reason.get(key)) for key in _OF_REASON))


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
        *(() if found.sheet else _life(found.milestones)),
        *_nothing_held(found),
        *entry_sections(found, found.entries),
        *source_sections(cited(found), sources),
    )
    section = Section(_("History: {what}").format(what=name), blocks)
    return Answer(section, exported_history(document), document)


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
    is_signed, is_there = found.signed.sheet(sheet.code), found.now.contract.sheet(sheet.code)
    yield _("In the text as signed") if is_signed else _("Not in the text as signed")
    of_day = _("In the text of {day}") if is_there else _("Not in the text of {day}")
    yield of_day.format(day=day_in_words(found.on))
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
    is_in_force = amendment.in_force_on <= found.on
    since = _("In force since {day}") if is_in_force else _("Not in force yet: from {day} on")
    yield since.format(day=day_in_words(amendment.in_force_on))
    editorial = _("Editorial: it changes words, no commitment")
    yield editorial if amendment.editorial else _("Substantive")
    yield _("Id: {id}").format(id=amendment.id)


def _sheet_changes(entry: Entry) -> Iterator[Line]:
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
    body, day = reason.decided_by, reason.decided_on and day_in_words(reason.decided_on)
    if body and day:
        said.append(_("Decided by {body}, {day}.").format(body=body, day=day))
    elif body:
        said.append(_("Decided by {body}.").format(body=body))
    elif day:
        said.append(_("Decided on {day}.").format(day=day))
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
    fate = tuple(_fate(found))
    blocks: tuple[Block, ...] = (
        Paragraph(" ".join(_standing(found))),
        *([Items(fate)] if fate else []),
        *_milestones(found),
        *_amendments(found),
        *source_sections(names, sources),
    )
    section = Section(_("History: {what}").format(what=name), blocks)
    return Answer(section, exported_local_history(document), document)


def _standing(found: LocalHistory) -> Iterator[str]:
    """Which text of the parent it was written for, and where the parent is now."""
    derived = found.derived
    if derived.not_signed_before is not None:
        day = day_in_words(derived.not_signed_before)
        yield _("It was signed on {day}: on the day asked it had no text.").format(day=day)
        yield from before_signature(derived)
    elif derived.overlay is None:
        yield _(BASIS["no_text"]).capitalize() + "."
    else:
        written = version_in_words(derived.overlay.parent_version, derived.parent)
        yield _("Written for the parent {version}.").format(version=written)
        if derived.version != SIGNED:
            own = version_in_words(derived.version, derived.contract)
            yield _("Its own text: {version}.").format(version=own)
    day = day_in_words(found.parent.on)
    now = version_in_words(found.parent.now.version, found.parent.now.contract)
    yield _("On {day} the parent is {version}.").format(day=day, version=now)
    if derived.to_reread:
        yield _("To read again.")
    yield from rule_in_words(derived)


def _life(milestones: tuple[Milestone, ...]) -> Iterator[Block]:
    if milestones:
        lines = tuple(capital(milestone_in_words(item)) for item in milestones)
        yield Section(_("What happened to it"), (Items(lines),))


def _milestones(found: LocalHistory) -> Iterator[Block]:
    milestones = found.derived.contract.milestones
    yield from _life(milestones)
    if milestones:
        return
    if found.derived.overlay is not None:
        yield Paragraph(_("What happened to it, and when, is not known."))


def _fate(found: LocalHistory) -> Iterator[str]:
    """What the local text makes of the sheet, if one is asked for."""
    if (item := found.item) is None:
        return
    fate = _(ORIGIN[item.origin])
    if isinstance(item, LeftOut) and item.reason:
        fate = _("{origin}: {reason}").format(origin=fate, reason=item.reason)
    yield _("In the local text: {fate}").format(fate=fate)
    if isinstance(item, LeftOut) and found.parent.sheet is not None:
        yield from standing(found.parent, found.parent.sheet)


def _amendments(found: LocalHistory) -> Iterator[Block]:
    """Its own amendments, the parent's that the local text does not know, then those it does."""
    entries = found.parent.entries
    since = tuple(item for item in entries if item.amendment.id in found.unread)
    others = tuple(item for item in entries if item.amendment.id not in found.unread)
    for title, chosen in (
        (_("Its own amendments"), found.own),
        (_("Amendments of the parent since it was written"), since),
        (_("Other amendments of the parent"), others),
    ):
        if chosen:
            yield Section(title, tuple(entry_sections(found.parent, chosen)))
    if not entries and found.parent.sheet is None:
        yield Paragraph(_("No amendment of the parent is held."))
    elif not entries:
        yield Paragraph(_("No amendment of the parent is held that touches it."))
