"""The dates of contracts as an answer: what stands in the calendar, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpps_cli.i18n.catalogue import N_, _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words, short_day
from cpps_cli.i18n.labels import EVENT, disputed_in_words, milestone_in_words
from cpps_cli.model import ActionSheet, Exclude, LibraryReader, Period, Source, Territory
from cpps_cli.present.document import Answer, Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.shapes import Key, Many, Shape, csv_table
from cpps_cli.schedule.agenda import FIELD, DatedKind, Event, EventKind, Party
from cpps_cli.schedule.filters import Reminders

TITLE: dict[EventKind, str] = {
    "window_opens": N_("Mid-term renegotiation opens: {contract}"),
    "window_closes": N_("Last day of the mid-term renegotiation: {contract}"),
    "term_ends": N_("End of the contract: {contract}"),
    "review": N_("Exclusion to look at again: {sheet} ({contract})"),
}
_PERIOD: dict[str, str] = {
    "window": N_("Window of the mid-term renegotiation: {period}."),
    "term": N_("Term of the contract: {period}."),
}
# The sign beside a day begins its note; "✓" stands in place of the reminders.
_MARKED: dict[str, str] = {
    "computed": N_("° day computed: the sources give a longer period"),
    "disputed": N_("* disputed: sources disagree (`cpps disputes`)"),
    "inherited": N_("† the parent's: no source gives one of its own"),
    "inferred": N_("~ period read by us, stated in no source"),
    "void": N_("− no longer applies: the contract is over by then"),
    "settled": N_("✓ settled: what was to be done is on record"),
}
_COMPUTED: dict[DatedKind, str] = {
    "window_opens": N_("The day is computed: it is the first one of that period."),
    "window_closes": N_("The day is computed: it is the last one of that period."),
    "term_ends": N_("The day is computed: it is the last one of that period."),
}


def calendar_name(place: str) -> str:
    """The name of the calendar: the same from one generation of contracts to the next."""
    return _("Prevention contracts: {place}").format(place=place)


def _title(event: Event) -> str:
    """The event, on one line."""
    sheet = "" if event.change is None else sheet_left_out(event.change, event.sheet)
    title = _(TITLE[event.kind]).format(contract=parties_in_words(event), sheet=sheet)
    if event.void:
        return _("No longer applies: {what}").format(what=title)
    return _("Done: {what}").format(what=title) if event.settled else title


def _description(event: Event, library: LibraryReader) -> str:
    """The period or decision it rests on, whom it concerns, its sources: a line each."""
    own = _exclusion(event.change) if event.change else _period(event)
    parties = _parties(event, library.territories)
    return "\n".join([*own, *parties, *_sources(event, library.sources)])


def _period(event: Event) -> Iterator[str]:
    if event.kind == "review" or event.period is None:
        return
    period: Period = event.period.value
    yield _(_PERIOD[FIELD[event.kind]]).format(period=period_in_words(period))
    if event.computed:
        yield _(_COMPUTED[event.kind])
    if event.inferred:
        yield _("The period is read by us: no source states it so.")
    if event.inherited:
        yield _("It is the parent's: no source gives one of its own.")
    if disputed := disputed_in_words(event.contract, FIELD[event.kind]):
        yield capital(disputed) + "."


def _exclusion(change: Exclude) -> Iterator[str]:
    if change.reason:
        yield _("Left out because: {reason}").format(reason=" ".join(change.reason.split()))
    body, day = change.decided_by, change.decided_on and day_in_words(change.decided_on)
    if body and day:
        yield _("Decided by: {body}, on {day}.").format(body=body, day=day)
    elif body:
        yield _("Decided by: {body}.").format(body=body)
    elif day:
        yield _("Decided on {day}.").format(day=day)


def _parties(event: Event, territories: Mapping[str, Territory]) -> Iterator[str]:
    if sharing := event.parties[1:]:
        places = ", ".join(_place(party, territories) for party in sharing)
        also = _("Also the day of the local contracts that have it from there: {places}.")
        yield also.format(places=places)
    if done := "; ".join(_settled(event, territories)):
        yield _("On record: {done}.").format(done=done)
    if event.period and event.contract.signatories and event.is_open:
        offices = ", ".join(event.contract.signatories)
        yield _("Signatories, who are to act: {offices}.").format(offices=offices)


def _place(party: Party, territories: Mapping[str, Territory]) -> str:
    territory = territories.get(party.contract.territory)
    return territory.label if territory else party.contract.territory


def _settled(event: Event, territories: Mapping[str, Territory]) -> Iterator[str]:
    for party in event.parties:
        if party.settled:
            is_parent = party.contract.parent is None
            who = party.contract.label if is_parent else _place(party, territories)
            yield _("{who}, {what}").format(who=who, what=milestone_in_words(party.settled))


def _sources(event: Event, sources: Mapping[str, Source]) -> Iterator[str]:
    for name in event.sources:
        if source := sources.get(name):
            title = _("Source {id}: {title}").format(id=name, title=source.title)
            dated = f"({period_in_words(source.dated)})" if source.dated else None
            yield " ".join(filter(None, [title, dated, source.address]))


def parties_in_words(event: Event) -> str:
    """The contract whose date it is, and how many local contracts have it from there."""
    label, others = event.contract.label, len(event.parties) - 1
    if not others:
        return label
    said = n_(
        "{contract} and {count} local contract", "{contract} and {count} local contracts", others
    )
    return said.format(contract=label, count=others)


def sheet_left_out(change: Exclude, sheet: ActionSheet | None) -> str:
    """The sheet that an exclusion is about: its title where it has one, else its code."""
    title = sheet.title if sheet else None
    return " ".join(title.split()) if title else change.sheet


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown: the dates of a place, and how many past ones are not."""

    place: str
    events: tuple[Event, ...]
    reminders: Reminders
    past: int

    @classmethod
    def of(
        cls, events: tuple[Event, ...], reminders: Reminders, place: str, *, past: bool
    ) -> "Page":
        """The dates from the day on; the `past` ones too where they are asked for."""
        shown = tuple(event for event in events if past or event.on >= reminders.on)
        return cls(place, shown, reminders, len(events) - len(shown))


# Written with its reminders.
_EVENT = Shape(
    "EventDocument",
    Event,
    """A date. `contracts`: the one whose date it is, then those that have it from there.

    `settled`: those of them for which something on record settles it; `over`: those that are
    over by then. `reminders`: how many days
    before. `sheet` and `reason` are those of an exclusion to look at again.
    """,
    "uid kind on",
    Key("contracts", list[str], lambda event: [party.contract.id for party in event.parties]),
    Key(
        "settled",
        list[str],
        lambda event: [party.contract.id for party in event.parties if party.settled],
    ),
    "title=contract.label",
    Key("written", str | None, "period?.value"),
    Key(
        "over",
        list[str],
        lambda event: [party.contract.id for party in event.parties if party.over],
    ),
    "computed inherited inferred disputed sheet=change?.sheet reason=change?.reason",
    Key("reminders", list[int], in_context=lambda event, reminders: reminders.of(event)),
    "sources",
)
_CALENDAR = Shape(
    "CalendarDocument",
    Page,
    "Dates in their order; `past_left_out` counts those before the day that are not shown.",
    "on=reminders.on place",
    Key("events", Many(_EVENT)),
    "past_left_out=past",
    schema="cpps.calendar/1",
)


def calendar(page: Page) -> Answer:
    """The dates of a place, the earliest first."""
    document = _CALENDAR.write(page, page.reminders)
    title = _("Dates of the contracts: {place}").format(place=page.place)
    blocks: list[Block] = []
    if page.events:
        blocks.append(_shown(page))
    notes = "\n".join(_notes(page))
    blocks += [Paragraph(notes, quiet=bool(page.events))] if notes else []
    blocks += [Paragraph(line) for line in left_out_in_words(page)]
    columns = " ".join(_EVENT.names)
    return Answer(Section(title, tuple(blocks)), csv_table(columns, document["events"]), document)


def written_in_words(path: Path, count: int) -> str:
    """That the calendar is there."""
    said = n_("{path} written: {count} date", "{path} written: {count} dates", count)
    return said.format(path=path, count=count)


def left_out_in_words(page: Page) -> Iterator[str]:
    """The dates that are not there, and those that come sooner than any reminder of them."""
    on = page.reminders.on
    if page.past:
        said = n_(
            "{count} date before {day} is left out: `--all` keeps it.",
            "{count} dates before {day} are left out: `--all` keeps them.",
            page.past,
        )
        yield said.format(count=page.past, day=day_in_words(on))
    for event in page.reminders.too_late(page.events):
        left = (event.on - on).days
        said = n_(
            "{contract}, {what} in {count} day: every reminder of it is in the past.",
            "{contract}, {what} in {count} days: every reminder of it is in the past.",
            left,
        )
        what = _(EVENT[event.kind])
        yield said.format(contract=parties_in_words(event), what=what, count=left)


def _shown(page: Page) -> Table:
    columns = (
        Column("on", _("Day")),
        Column("what", _("What")),
        Column("contract", _("Contract"), wide=True),
        Column("reminders", _("Reminders"), right=True),
    )
    return Table(columns, tuple(_row(event, page.reminders) for event in page.events))


def _row(event: Event, reminders: Reminders) -> tuple[Cell, ...]:
    marks = (f" {note[0]}" for trait, note in _MARKED.items() if getattr(event, trait))
    day = short_day(event.on) + "".join(mark for mark in marks if mark != " ✓")
    contract = parties_in_words(event)
    if event.change is not None:
        contract += "\n" + sheet_left_out(event.change, event.sheet)
    days = "✓" if event.settled else ", ".join(str(days) for days in reminders.of(event)) or "–"
    return (day, _(EVENT[event.kind]), contract, days)


def _notes(page: Page) -> Iterator[str]:
    if not page.events:
        on = day_in_words(page.reminders.on)
        yield _("No date is known from {day} on.").format(day=on)
    if any(page.reminders.of(event) for event in page.events):
        yield _("Reminders: how many days before.")
    for trait, note in _MARKED.items():
        if any(getattr(event, trait) for event in page.events):
            yield _(note)


class Appointment(NamedTuple):
    """A date as a calendar takes it; `revised_on` is the last day that is on record."""

    uid: str
    on: date
    title: str
    description: str
    revised_on: date
    revisions: int
    days_before: tuple[int, ...]


def appointments(page: Page, library: LibraryReader) -> Iterator[Appointment]:
    """The dates of a place, with their words and the days on which to be reminded."""
    for event in page.events:
        yield Appointment(
            event.uid,
            event.on,
            _title(event),
            _description(event, library),
            event.record.last_on,
            event.record.facts,
            page.reminders.of(event),
        )
