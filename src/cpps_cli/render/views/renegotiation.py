"""What is due for mid-term renegotiation."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypedDict

from cpps_cli.model import Held, Period, Territory
from cpps_cli.render.answer import Answer, Block, Cell, Column, Heading, Paragraph, Table
from cpps_cli.schedule import STATES, Standing, State
from cpps_cli.words.catalogue import N_, _, n_
from cpps_cli.words.dates import day_in_words, period_in_words, short_day, short_period
from cpps_cli.words.phrases import STATE

SCHEMA: Final = "cpps.renegotiation/1"
END_IS_NEAR_DAYS = 366
MEANING: dict[State, str] = {
    "overdue": N_("overdue: the window is closed, and no renegotiation is on record"),
    "due": N_("due: the window is open"),
    "upcoming": N_("upcoming: the window is not open yet"),
    "unknown": N_("unknown: no source gives a window"),
    "lapsed": N_("lapsed: the term is over, and no renegotiation is on record"),
    "renegotiated": N_("renegotiated: a renegotiation is on record"),
}


class WindowDocument(TypedDict):
    """The days of a window; `written` is the period as the sources give it."""

    opens_on: str
    closes_on: str
    inherited: bool
    written: str


class TermDocument(TypedDict):
    """The days of a term; `written` is the period as the sources give it."""

    starts_on: str
    ends_on: str
    inherited: bool
    written: str


class StandingDocument(TypedDict):
    """A contract on the day. `days`: until it opens, until its last day, or since it closed."""

    id: str
    territory: str
    title: str
    state: State
    window: WindowDocument | None
    term: TermDocument | None
    days: int | None
    term_days: int | None
    disputed: bool
    reading: str | None
    sources: list[str]


class RenegotiationDocument(TypedDict):
    """Every contract of the generation that is current on the day."""

    schema: Literal["cpps.renegotiation/1"]
    on: str
    contracts: list[StandingDocument]


def renegotiation(
    standings: list[Standing], territories: Mapping[str, Territory], on: date
) -> Answer:
    """What is due on a day, most urgent first in the table."""
    contracts = [_document(item) for item in standings]
    document: RenegotiationDocument = {
        "schema": SCHEMA,
        "on": on.isoformat(),
        "contracts": contracts,
    }
    title = _("Mid-term renegotiation on {day}").format(day=day_in_words(on))
    blocks: list[Block] = [Heading(title)]
    if standings:
        blocks.extend([_shown(standings, territories), *_notes(standings)])
    else:
        blocks.append(Paragraph(_("No contract of this library had begun on that day.")))
    return Answer(tuple(blocks), _exported(contracts), document)


def _document(item: Standing) -> StandingDocument:
    held = item.window or item.term
    return {
        "id": item.contract.id,
        "territory": item.contract.territory,
        "title": item.contract.label,
        "state": item.state,
        "window": _window(item.window, inherited=item.window_inherited),
        "term": _term(item.term, inherited=item.term_inherited),
        "days": item.days,
        "term_days": item.term_days,
        "disputed": item.disputed,
        "reading": held.reading if held else None,
        "sources": list(held.sources) if held else [],
    }


def _window(held: Held[Period] | None, *, inherited: bool) -> WindowDocument | None:
    if held is None:
        return None
    return {
        "opens_on": held.value.first.isoformat(),
        "closes_on": held.value.last.isoformat(),
        "inherited": inherited,
        "written": held.value.written,
    }


def _term(held: Held[Period] | None, *, inherited: bool) -> TermDocument | None:
    if held is None:
        return None
    return {
        "starts_on": held.value.first.isoformat(),
        "ends_on": held.value.last.isoformat(),
        "inherited": inherited,
        "written": held.value.written,
    }


def _shown(standings: list[Standing], territories: Mapping[str, Territory]) -> Table:
    columns = (
        Column("contract", _("Contract"), wide=True),
        Column("state", _("State")),
        Column("days", _("Days"), right=True),
        Column("window", _("Window")),
        Column("term", _("End of term")),
    )
    ordered = sorted(standings, key=lambda item: STATES.index(item.state))
    rows = tuple(_row(item, territories) for item in ordered)
    return Table(columns, rows)


def _row(item: Standing, territories: Mapping[str, Territory]) -> tuple[Cell, ...]:
    territory = territories.get(item.contract.territory)
    local = item.contract.parent is not None and territory is not None
    mark = " *" if item.disputed else ""
    inherited = " †" if item.window_inherited else ""
    return (
        territory.label if local and territory else item.contract.label,
        _(STATE[item.state]) + mark,
        item.days,
        short_period(item.window.value) + inherited if item.window else "–",
        short_day(item.term.value.last) if item.term else "–",
    )


def _notes(standings: list[Standing]) -> list[Block]:
    present = [state for state in STATES if any(item.state == state for item in standings)]
    notes = [_(MEANING[state]) for state in present]
    if any(item.disputed for item in standings):
        notes.append(_("* disputed: sources disagree (`cpps disputes`)"))
    if any(item.window_inherited for item in standings):
        notes.append(_("† the parent's window: no source gives one of its own"))
    head = _parent(standings)
    blocks: list[Block] = [Paragraph("\n".join(notes), quiet=True)]
    if head is not None:
        blocks.extend(Paragraph(sentence) for sentence in _sentences(head))
    return blocks


def _parent(standings: list[Standing]) -> Standing | None:
    return next((item for item in standings if item.contract.parent is None), None)


def _sentences(head: Standing) -> list[str]:
    """What a reader must not miss about the parent contract."""
    label = head.contract.label
    if head.window is None:
        unknown = _("{contract}: no source gives a window for its renegotiation.")
        said = [unknown.format(contract=label)]
    else:
        window = period_in_words(head.window.value)
        said = [_("{contract}: window {window}.").format(contract=label, window=window)]
    if head.term is None or head.term_days is None:
        said.append(_("Its term is not known."))
    elif head.term_days < 0:
        said.append(_("Its term ended on {day}.").format(day=day_in_words(head.term.value.last)))
    elif head.term_days < END_IS_NEAR_DAYS:
        about = n_(
            "Its term ends on {day}, in {count} day.",
            "Its term ends on {day}, in {count} days.",
            head.term_days,
        )
        said.append(about.format(day=day_in_words(head.term.value.last), count=head.term_days))
    if head.term is not None and head.term.value.ends[1].precision != "day":
        computed = _("(Computed: the sources give the term as {term}.)")
        said.append(computed.format(term=period_in_words(head.term.value)))
    return [" ".join(said)]


def _exported(contracts: list[StandingDocument]) -> Table:
    keys = ("id", "territory", "title", "state", "days", "opens_on", "closes_on")
    more = ("window_inherited", "starts_on", "ends_on", "term_days", "disputed", "sources")
    return Table(
        tuple(Column(key, key) for key in (*keys, *more)),
        tuple(_exported_row(item) for item in contracts),
    )


def _exported_row(item: StandingDocument) -> tuple[Cell, ...]:
    window, term = item["window"], item["term"]
    return (
        item["id"],
        item["territory"],
        item["title"],
        item["state"],
        item["days"],
        window and window["opens_on"],
        window and window["closes_on"],
        str(window["inherited"]).lower() if window else None,
        term and term["starts_on"],
        term and term["ends_on"],
        item["term_days"],
        str(item["disputed"]).lower(),
        " ".join(item["sources"]),
    )
