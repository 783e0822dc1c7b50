"""Windows, terms and milestones across years, with the day that is asked about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cpps_cli.i18n.catalogue import N_, _
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import STATE
from cpps_cli.model import Milestone, MilestoneKind, Period, Territory
from cpps_cli.present.document import (
    MARK,
    PARENTS_TERM,
    PARENTS_WINDOW,
    PROLONGED,
    TERM,
    WINDOW,
    Answer,
    Bar,
    Block,
    Chart,
    Lane,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.sections.reckoning import readings_told
from cpps_cli.present.sections.status import (
    SOURCES_KEYS,
    TERM_KEY,
    WINDOW_KEY,
    name_of,
    not_known,
    places_of,
    undated_in_words,
)
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Shape, csv_table
from cpps_cli.schedule.status import ContractStatus

BEFORE, SIGNED, IN_FORCE, AMENDED, REVIEWED, RENEGOTIATED, REPLACED = "◇◆▶▲○●×"
AT_THE_LATEST = "‹"
SIGNS: dict[MilestoneKind, str] = {
    "drafted": BEFORE,
    "in_concertation": BEFORE,
    "presented": BEFORE,
    "validated": BEFORE,
    "in_force": IN_FORCE,
    "amended": AMENDED,
    "extended": AMENDED,
    "reviewed": REVIEWED,
    "evaluated": REVIEWED,
    "replaced": REPLACED,
    "terminated": REPLACED,
    "renegotiated": RENEGOTIATED,
    "signed": SIGNED,
}
# Where two fall on one column, the one that comes later here is seen.
_ORDER = tuple(SIGNS)
LEGEND: dict[str, str] = {
    TERM: N_("the term"),
    PARENTS_TERM: N_("the parent's term"),
    PROLONGED: N_("its prolongation"),
    WINDOW: N_("the window of the renegotiation"),
    PARENTS_WINDOW: N_("the parent's window"),
    BEFORE: N_("drafted, in concertation, presented or validated"),
    SIGNED: N_("signed"),
    IN_FORCE: N_("in force"),
    AMENDED: N_("amended or extended"),
    REVIEWED: N_("reviewed or evaluated"),
    RENEGOTIATED: N_("renegotiated"),
    REPLACED: N_("replaced or terminated"),
    AT_THE_LATEST: N_("by that day at the latest"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone, or the day an amendment comes into force: `amendment` is its id."""

    milestone: Milestone
    amendment: str | None = None

    @property
    def when(self) -> Period | None:
        """The period in which it happened, or by which it had."""
        return self.milestone.when


def events(item: ContractStatus) -> Iterator[Event]:
    """The milestones of a contract that have a date, and the amendments of its text."""
    found = [event for one in item.contract.milestones if (event := Event(one)).when]
    background = item.background
    text = background.overlay if item.contract.parent else background.parent
    for amendment in text.amendments if text else ():
        dated = Milestone.model_validate({"kind": "amended", "on": amendment.in_force_on})
        found.append(Event(dated, amendment.id))
    yield from sorted(found, key=_days)


def _days(event: Event) -> tuple[date, date]:
    when = event.when or Period.of_day(date.max)
    return (when.last, when.first)


_MILESTONE = Shape(
    "MilestoneDocument",
    Event,
    """What happened; `written` is the period as the sources give it.

    `at_the_latest`: the sources only say by when it had happened.
    """,
    *(Key("kind", str, "milestone.kind"), Key("first", date, "when.first")),
    *(Key("last", date, "when.last"), Key("written", str, "when")),
    Key("at_the_latest", bool, lambda event: event.milestone.on is None),
    "body=milestone.body amendment",
)
_LANE = Shape(
    "LaneDocument",
    ContractStatus,
    "A contract with its stretches of time. `prolonged_from`: the first term, if it was moved.",
    "id=contract.id territory=contract.territory title=contract.label state stage",
    TERM_KEY,
    "prolonged_from=expiry.prolonged_from",
    WINDOW_KEY,
    Key("milestones", Many(_MILESTONE), events),
    "undated",
    "disputed",
    *SOURCES_KEYS,
)
_TIMELINE = Shape(
    "TimelineDocument",
    list,
    """Terms, windows and milestones of the contracts asked about.

    `at_fault`: ids of those of which a file is at fault, so that not all of it is known.
    """,
    *(Key("on", date, GIVEN), Key("reading", str | None, GIVEN), Key("at_fault", list[str], GIVEN)),
    Key("contracts", Many(_LANE), lambda statuses: statuses),
    schema="cpps.timeline/1",
)


def timeline(
    statuses: list[ContractStatus],
    territories: Mapping[str, Territory],
    on: date,
    reading: str | None = None,
    at_fault: tuple[str, ...] = (),
) -> Answer:
    """The contracts one under the other."""
    document = _TIMELINE.write(statuses, on=on, reading=reading, at_fault=at_fault)
    title = _("Terms and windows, with {day} marked").format(day=day_in_words(on))
    blocks: list[Block] = [*map(Paragraph, not_known(at_fault))]
    if statuses:
        chart = _chart(statuses, places_of(statuses, territories), on)
        blocks += [chart, Paragraph(_legend(chart), quiet=True)]
        blocks += map(Paragraph, _undated(statuses))
        heads = [item for item in statuses if item.contract.parent is None] or statuses
        blocks += [Paragraph(line) for line in readings_told(heads)]
    elif not at_fault:
        blocks.append(Paragraph(_("No contract of this library had begun on that day.")))
    section = Section(title, tuple(blocks))
    return Answer(section, _exported(document["contracts"]), document)


def _undated(statuses: list[ContractStatus]) -> Iterator[str]:
    for item in statuses:
        for line in undated_in_words(item):
            yield _("{contract}: {place}").format(contract=item.contract.label, place=line)


def _chart(statuses: list[ContractStatus], places: Mapping[str, Territory], on: date) -> Chart:
    lanes = tuple(Lane(name_of(item, places), tuple(_bars(item)), _note(item)) for item in statuses)
    days = [on, *chain.from_iterable((bar.first, bar.last) for lane in lanes for bar in lane.bars)]
    first, last = min(days).year, max(days).year
    return Chart(date(first, 1, 1), date(last, 12, 31), on, lanes)


def _note(item: ContractStatus) -> str:
    return _(STATE[item.state]) + (" *" if item.disputed else "")


def _bars(item: ContractStatus) -> Iterator[Bar]:
    if item.term is not None:
        term, first = item.term.value, item.expiry.prolonged_from
        sign = PARENTS_TERM if item.term_inherited else TERM
        if first is not None:
            yield Bar(term.first, term.last, PROLONGED)
        yield Bar(term.first, first.last if first else term.last, sign)
    if item.window is not None:
        sign = PARENTS_WINDOW if item.window_inherited else WINDOW
        yield Bar(item.window.value.first, item.window.value.last, sign)
    yield from _points(item)


def _points(item: ContractStatus) -> Iterator[Bar]:
    """A sign for each day on which something happened: the most telling, where several did."""
    signs: dict[date, str] = {}
    milestones = (event.milestone for event in events(item))
    for milestone in sorted(milestones, key=lambda one: _ORDER.index(one.kind)):
        if milestone.on is not None:
            signs[milestone.on.first] = SIGNS[milestone.kind]
        elif milestone.no_later_than is not None:
            signs.setdefault(milestone.no_later_than.last, AT_THE_LATEST)
    yield from (Bar(day, day, sign) for day, sign in signs.items())


def _legend(chart: Chart) -> str:
    drawn = {bar.sign for lane in chart.lanes for bar in lane.bars}
    said = _("{sign} {meaning}")
    lines = [said.format(sign=sign, meaning=_(LEGEND[sign])) for sign in LEGEND if sign in drawn]
    lines.append(said.format(sign=MARK, meaning=day_in_words(chart.marked)))
    if any(lane.note.endswith("*") for lane in chart.lanes):
        lines.append(_("* disputed: sources disagree"))
    return " · ".join(lines)


def _exported(documents: list[Json]) -> Table:
    """The rows of csv: a term, a window or a milestone each."""
    columns = (
        "id territory title what first last written inherited at_the_latest body amendment "
        "state stage prolonged_from reading sources"
    )
    empty = dict.fromkeys(columns.split())
    rows = (empty | item | row for item in documents for row in _rows(item))
    return csv_table(columns, rows)


def _rows(item: Json) -> Iterator[Json]:
    for what in ("term", "window"):
        if item[what] is not None:
            days = zip(("first", "last", "inherited", "written"), item[what].values(), strict=True)
            yield {"what": what, **dict(days)}
    yield from ({"what": one["kind"], **one} for one in item["milestones"])
