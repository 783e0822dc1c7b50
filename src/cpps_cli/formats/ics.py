"""Dates as iCalendar (RFC 5545), for Outlook, Thunderbird, Apple and the like.

The same dates always give the same bytes: nothing comes from a clock. `DTSTAMP` is, for a file
that is no message (no METHOD), the day on which what it says was last revised (3.8.7.2): here the
last day that the library has on record. `SEQUENCE` counts what is on record, so that it goes up
with each thing recorded. An all-day event has no time zone, and its DTEND is the day after (3.6.1).
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cpps_cli.formats.registry import needed

if TYPE_CHECKING:
    from icalendar import Alarm
    from icalendar import Event as Entry

    from cpps_cli.present.sections.calendar import Appointment

PRODUCT = "-//cpps//cpps calendar//EN"
# A day begins at midnight: who is reminded then is asleep.
RINGS_AT = timedelta(hours=9)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # 3.1: CONTROL is in no text


def calendar_text(name: str, entries: "Iterable[Appointment]") -> str:
    """Writes a calendar, its lines ended by CR LF and folded at 75 octets.

    Raises `CppsError` where the library that writes it is not installed.
    """
    with needed("icalendar", "calendar"):
        from icalendar import Calendar
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _text(name))
    for entry in entries:
        made.add_component(_entry(entry))
    written: bytes = made.to_ical(sorted=False)
    return written.decode()


def _entry(appointment: "Appointment") -> "Entry":
    from icalendar import Event as Entry

    entry, title = Entry(), _text(appointment.title)
    entry.add("uid", appointment.uid)
    entry.add("dtstamp", datetime.combine(appointment.revised_on, time(), UTC))
    entry.add("sequence", appointment.revisions)
    entry.add("dtstart", appointment.on)
    # The last day of the calendar has none after it; without an end, an event is one day long.
    if appointment.on < date.max:
        entry.add("dtend", appointment.on + timedelta(days=1))
    entry.add("summary", title)
    entry.add("description", _text(appointment.description))
    entry.add("transp", "TRANSPARENT")  # a date to keep in mind: nobody is busy all day
    for days in appointment.days_before:
        entry.add_component(_alarm(days, title))
    return entry


def _alarm(days_before: int, title: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", RINGS_AT - timedelta(days=days_before))
    return alarm


def _text(words: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words.replace("\r\n", "\n"))
