"""iCalendar as RFC 5545 has it, line by line, and as another library reads it."""

import re
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as ReadEvent

from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.ics import calendar_text
from cpps_cli.present.sections.calendar import Appointment

ENTRY = Appointment(
    "c.T0.term-ends@cpps",
    date(2020, 12, 31),
    "Titre",
    "Description",
    revised_on=date(2015, 5, 5),
    revisions=4,
    days_before=(90, 7, 0),
)


def written(entry: Appointment = ENTRY) -> str:
    return calendar_text("Agenda", [entry])


def said(title: str, description: str = "Description") -> Appointment:
    return ENTRY._replace(title=title, description=description)


def lines(text: str) -> list[str]:
    """The lines of a calendar, unfolded (3.1)."""
    return text.replace("\r\n ", "").split("\r\n")


def read(text: str) -> ReadEvent:
    """The one event of a calendar, by a library that did not write it."""
    [event] = IcsCalendarStream.calendar_from_ics(text).events
    return event


def test_calendar_is_these_lines() -> None:
    alarm = "BEGIN:VALARM|ACTION:DISPLAY|DESCRIPTION:Titre|TRIGGER:{}|END:VALARM"
    alarms = "|".join(alarm.format(when) for when in ("-P89DT15H", "-P6DT15H", "PT9H"))
    assert "|".join(lines(written())) == (
        "BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//cpps//cpps calendar//EN|CALSCALE:GREGORIAN|"
        "X-WR-CALNAME:Agenda|BEGIN:VEVENT|UID:c.T0.term-ends@cpps|DTSTAMP:20150505T000000Z|"
        "SEQUENCE:4|DTSTART;VALUE=DATE:20201231|DTEND;VALUE=DATE:20210101|SUMMARY:Titre|"
        f"DESCRIPTION:Description|TRANSP:TRANSPARENT|{alarms}|END:VEVENT|END:VCALENDAR|"
    )


@pytest.mark.parametrize("mark", ["e", "é", "—", "🏛", "e\N{COMBINING ACUTE ACCENT}"])
def test_lines_fold_at_75_octets_and_cut_no_character(mark: str) -> None:
    for count in range(20, 90):
        title = mark * count
        text = written(said(title))
        for line in text.encode().split(b"\r\n"):
            assert len(line) <= 75
            line.decode()  # each line is whole UTF-8 of its own
        assert f"SUMMARY:{title}" in lines(text)


def test_every_line_ends_with_cr_lf() -> None:
    body = written(said("a\nb", "c\r\nd")).encode()
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", body)


def test_text_is_escaped_as_3_3_11_says() -> None:
    text = written(said("a, b; c\\d: e", "un\ndeux\r\ntrois, « quatre »; \\n"))
    assert r"SUMMARY:a\, b\; c\\d: e" in lines(text)
    assert r"DESCRIPTION:un\ndeux\ntrois\, « quatre »\; \\n" in lines(text)
    event = read(text)
    assert event.summary == "a, b; c\\d: e"
    assert event.description == "un\ndeux\ntrois, « quatre »; \\n"


def test_words_make_no_line_of_their_own() -> None:
    event = read(written(said("x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "y\nATTENDEE:mailto:a@b.example")))
    assert event.summary == "x\nEND:VEVENT\nBEGIN:VEVENT"
    assert event.attendees == []


def test_control_characters_are_in_no_text() -> None:
    text = written(said("a\x07b\x1b[2J", "c\x00d\re"))
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f]", text)
    assert read(text).summary == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[2J"


def test_another_library_reads_the_same_event() -> None:
    event = read(written())
    assert (event.uid, event.sequence) == ("c.T0.term-ends@cpps", 4)
    assert event.dtstamp == datetime(2015, 5, 5, tzinfo=UTC)
    assert (event.dtstart, event.dtend) == (date(2020, 12, 31), date(2021, 1, 1))
    assert event.transparency == "TRANSPARENT"
    nine = timedelta(hours=9)
    assert [alarm.trigger for alarm in event.alarm] == [
        nine - timedelta(days=90),
        nine - timedelta(days=7),
        nine,
    ]


def test_written_twice_it_is_the_same() -> None:
    assert written() == written()


def test_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(CppsError) as refused:
        written()
    assert "`icalendar`, which is not installed" in str(refused.value)
    assert refused.value.values["extra"] == "calendar"
