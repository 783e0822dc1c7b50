"""The dates of contracts as an answer: what stands in the calendar, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpps_cli.i18n.catalogue import N_, _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words, short_day
from cpps_cli.i18n.labels import EVENT, disputed_in_words, milestone_in_words
from cpps_cli.model import ActionSheet, Exclude, Period, Source, Territory
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
_COMPUTED: dict[DatedKind, str] = {
    "window_opens": N_("The day is computed: it is the first one of that period."),
    "window_closes": N_("The day is computed: it is the last one of that period."),
    "term_ends": N_("The day is computed: it is the last one of that period."),
}


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of a calendar for one place, in the language spoken at the moment."""

    place: str
    territories: Mapping[str, Territory]
    sources: Mapping[str, Source]

    @property
    def name(self) -> str:
        """The name of the calendar: the same from one generation of contracts to the next."""
        return _("Prevention contracts: {place}").format(place=self.place)

    def title(self, event: Event) -> str:
        """What the event is, on one line."""
        sheet = "" if event.change is None else sheet_left_out(event.change, event.sheet)
        said = _(TITLE[event.kind]).format(contract=parties_in_words(event), sheet=sheet)
        return _("Done: {what}").format(what=said) if event.settled else said

    def description(self, event: Event) -> str:
        """What the day rests on, whom it concerns, who says so: a line each."""
        own = self._exclusion(event.change) if event.change else self._period(event)
        ids = event.period.sources if event.period else event.change.sources if event.change else ()
        return "\n".join([*own, *self._parties(event), *self._sources(ids)])

    def _period(self, event: Event) -> Iterator[str]:
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

    def _exclusion(self, change: Exclude) -> Iterator[str]:
        if change.reason:
            yield _("Left out because: {reason}").format(reason=" ".join(change.reason.split()))
        if change.decided_by and change.decided_on:
            said = _("Decided by: {body}, on {day}.")
            yield said.format(body=change.decided_by, day=day_in_words(change.decided_on))
        elif change.decided_by:
            yield _("Decided by: {body}.").format(body=change.decided_by)
        elif change.decided_on:
            yield _("Decided on {day}.").format(day=day_in_words(change.decided_on))

    def _parties(self, event: Event) -> Iterator[str]:
        if sharing := event.parties[1:]:
            places = ", ".join(self._place(party) for party in sharing)
            yield _(
                "Also the day of the local contracts that have it from there: {places}."
            ).format(places=places)
        if done := [party for party in event.parties if party.settled]:
            said = "; ".join(self._settled(party) for party in done)
            yield _("On record: {done}.").format(done=said)
        if event.period and event.contract.signatories and not event.settled:
            offices = ", ".join(event.contract.signatories)
            yield _("Signatories, who are to act: {offices}.").format(offices=offices)

    def _place(self, party: Party) -> str:
        territory = self.territories.get(party.contract.territory)
        return territory.label if territory else party.contract.territory

    def _settled(self, party: Party) -> str:
        who = party.contract.label if party.contract.parent is None else self._place(party)
        what = milestone_in_words(party.settled) if party.settled else ""
        return _("{who}, {what}").format(who=who, what=what)

    def _sources(self, ids: tuple[str, ...]) -> Iterator[str]:
        for name in ids:
            source = self.sources.get(name)
            if source is None:
                continue
            dated = f" ({period_in_words(source.dated)})" if source.dated else ""
            address = f" {source.address}" if source.address else ""
            said = _("Source {id}: {title}").format(id=name, title=source.title)
            yield f"{said}{dated}{address}"


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

    `settled`: those of them for which something on record settles it. `reminders`: how many days
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
    marks = [" °" if event.computed else "", " *" if event.disputed else ""]
    marks += [" †" if event.inherited else "", " ~" if event.inferred else ""]
    contract = parties_in_words(event)
    if event.change is not None:
        contract += "\n" + sheet_left_out(event.change, event.sheet)
    days = "✓" if event.settled else ", ".join(str(days) for days in reminders.of(event)) or "–"
    return (short_day(event.on) + "".join(marks), _(EVENT[event.kind]), contract, days)


def _notes(page: Page) -> Iterator[str]:
    events = page.events
    if not events:
        on = day_in_words(page.reminders.on)
        yield _("No date is known from {day} on.").format(day=on)
    if any(page.reminders.of(event) for event in events):
        yield _("Reminders: how many days before.")
    if any(event.computed for event in events):
        yield _("° day computed: the sources give a longer period")
    if any(event.disputed for event in events):
        yield _("* disputed: sources disagree (`cpps disputes`)")
    if any(event.inherited for event in events):
        yield _("† the parent's: no source gives one of its own")
    if any(event.inferred for event in events):
        yield _("~ period read by us, stated in no source")
    if any(event.settled for event in events):
        yield _("✓ settled: what was to be done is on record")


class Appointment(NamedTuple):
    """A date as a calendar takes it; `revised_on` is the last day that is on record."""

    uid: str
    on: date
    title: str
    description: str
    revised_on: date
    revisions: int
    days_before: tuple[int, ...]


def appointments(page: Page, words: "CalendarWords") -> Iterator[Appointment]:
    """The dates of a place, with their words and the days on which to be reminded."""
    for event in page.events:
        yield Appointment(
            event.uid,
            event.on,
            words.title(event),
            words.description(event),
            event.record.last_on,
            event.record.facts,
            page.reminders.of(event),
        )
