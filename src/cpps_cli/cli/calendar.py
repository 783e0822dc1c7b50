"""`cpps calendar` and `cpps timeline`: the days of contracts, for a diary or on a line."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    option,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.standings import (
    AllOption,
    GenerationOption,
    ReadingOption,
    Scope,
    Selection,
    at_fault,
    status_parts,
)
from cpps_cli.cli.stream import ArrondissementsOption, Notation, Stream
from cpps_cli.cli.writing import STANDARD_OUTPUT, put_text
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.formats.registry import CalendarFormat
from cpps_cli.i18n.catalogue import _, speaking

if TYPE_CHECKING:
    from cpps_cli.model import Contract
    from cpps_cli.present.sections.calendar import Page
    from cpps_cli.schedule.filters import Reminders

_ALL = option("--all", help=_("Past dates and past generations too."))
_ALARM = option(
    "--alarm",
    metavar="DAYS",
    help=_("How many days before each date to be reminded; 90,30,7 if not given, or none."),
)
_FORMAT = option(
    "--format",
    "-f",
    metavar="FORMAT",
    help=_("How it is written: table, json, csv, markdown, or ics for a calendar."),
)
_OUTPUT = option(
    "--output", "-o", metavar="FILE.ics", help=_("Write it to a file that calendars read.")
)


def calendar(
    session: Session,
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    all: Annotated[bool, _ALL] = False,
    on: OnOption = None,
    alarm: Annotated[str, _ALARM] = "90,30,7",
    format: Annotated[CalendarFormat | None, _FORMAT] = None,
    dialect: DialectOption = "plain",
    output: Annotated[Path | None, _OUTPUT] = None,
    force: Annotated[bool, option("--force", help=_("Overwrite the file."))] = False,
) -> int:
    """Shows the dates of the current generation, or of the contract named, or writes them."""
    from cpps_cli.present.sections.calendar import calendar as view
    from cpps_cli.schedule.filters import Reminders, days_before

    if output is not None and format not in (None, "ics"):
        raise CppsError("`--output` writes a calendar: leave `--format` out")
    session.refuse_dialect(dialect, format)
    reminders = Reminders(days_before(alarm), on or session.today)
    page = _page(session, reminders, Asked(arrondissement, contract, all))
    if output is not None or format == "ics":
        _write(session, page, output or STANDARD_OUTPUT, force=force)
        return 0
    complete = session.mention_faults()
    session.show(view(page), format or "table", dialect)
    return 0 if complete else 1


class Asked(NamedTuple):
    """Whose dates are asked for."""

    place: str | None
    contract: str | None
    all: bool


def _page(session: Session, reminders: "Reminders", asked: Asked) -> "Page":
    from cpps_cli.present.sections.calendar import Page
    from cpps_cli.schedule.agenda import agenda

    parents = _parents(session, reminders.on, asked)
    spoken_of = parents[0] if len(parents) == 1 else session.contract(asked.contract)
    place = session.territory(asked.place, spoken_of) if asked.place is not None else None
    events = agenda(parents, session.folder, reminders.on, place.code if place else None)
    known = place or session.folder.territories.get(spoken_of.territory)
    name = known.name if known else spoken_of.territory
    return Page.of(events, reminders, name, past=asked.all)


def _parents(session: Session, on: date, asked: Asked) -> "list[Contract]":
    """The contract named; else that of the generation of the day, as for what is due; or all."""
    from cpps_cli.schedule.status import current_generation

    if session.folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: ask the library it was derived from",
            path=str(session.folder.root),
        )
    if asked.all and asked.contract is None:
        return session.contracts(None)
    current = current_generation(session.heads(), on)
    if asked.contract is None and current is None:
        return []
    contract = session.contract(asked.contract or (current.id if current else None))
    session.parent_as_written(contract)  # ends the run on an amendment that cannot be read
    return [contract]


def _write(session: Session, page: "Page", output: Path, *, force: bool) -> None:
    """The calendar, whole or not at all: one that lacks a date is worse than yesterday's."""
    from cpps_cli.present.sections.calendar import left_out_in_words, written_in_words

    if not session.mention_faults():
        raise CppsError(
            "the calendar would lack dates: it is not written",
            help=N_("mend these files first; `cpps check` shows what to do"),
            exit_code=1,
        )
    text = _text(session, page)
    put_text(session, text, output, written_in_words(output, len(page.events)), force=force)
    for line in left_out_in_words(page):
        session.say(line)


def _text(session: Session, page: "Page") -> str:
    """The calendar in the language of its contracts, whatever that of the run is."""
    from cpps_cli.formats.ics import calendar_text
    from cpps_cli.i18n.dates import day_in_words
    from cpps_cli.present.sections.calendar import appointments, calendar_name

    if not page.events:
        raise CppsError(
            "no date is known from {day} on: there is no calendar to write",
            help=N_("`--all` writes past dates too"),
            exit_code=1,
            day=day_in_words(page.reminders.on),
        )
    library = session.folder.library
    with speaking(library.language if library else "fr"):
        return calendar_text(calendar_name(page.place), appointments(page, session.folder))


def timeline(
    session: Session,
    on: OnOption = None,
    contract: GenerationOption = None,
    arrondissement: ArrondissementsOption = None,
    all: AllOption = False,
    reading: ReadingOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Draws the current generation on the day, or what is named of it."""
    from cpps_cli.present.sections.timeline import timeline as view
    from cpps_cli.schedule.filters import Choice

    day = on or session.today
    scope = Scope(day, contract, arrondissement, all, reading)
    stream = Stream(status_parts(session, scope, Selection(Choice())), Notation(format, dialect))
    found = [item for some in stream.kept() for item in some.shown]
    unknown = at_fault(session, scope, stream.faults)
    complete = session.mention_faults(stream.faults)
    answer = view(found, session.folder.territories, day, reading, unknown)
    session.show(answer, format, dialect)
    return 0 if complete else 1
