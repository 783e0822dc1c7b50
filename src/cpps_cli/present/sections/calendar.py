"""The dates of contracts as an answer: what stands in the calendar, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.dates import day_in_words, short_day
from cpps_cli.i18n.labels import EVENT
from cpps_cli.present.document import (
    Answer,
    Block,
    Cell,
    Column,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.sections.calendar_words import parties_in_words, sheet_left_out
from cpps_cli.present.shapes import Key, Many, Shape, csv_table
from cpps_cli.schedule.agenda import Event
from cpps_cli.schedule.reminders import Reminders


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
