"""How many days before a date its reminders come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.schedule.agenda import Event

USUAL = "90,30,7"
NONE = "none"
FURTHEST = 3650


@dataclass(frozen=True, slots=True)
class Reminders:
    """So many days before each date, the greatest first; none in the past on the day `on`."""

    days: tuple[int, ...]
    on: date

    def of(self, event: Event) -> tuple[int, ...]:
        """Those of an event; none where it is settled.

        A calendar rings at once for a reminder in the past, so there is none of these.
        """
        left = (event.on - self.on).days
        return () if event.settled else tuple(days for days in self.days if days <= left)

    def too_late(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """The events to come so soon that each of their reminders is in the past."""
        coming = (event for event in events if event.on >= self.on and not event.settled)
        return tuple(event for event in coming if self.days and not self.of(event))


def days_before(words: str) -> tuple[int, ...]:
    """The numbers in a list such as `90,30,7`, the greatest first; () for `none`.

    Raises `CppsError` on a reminder that would come after the date, and on what is no number.
    """
    named = [word.strip() for word in words.split(",")]
    if named == [NONE]:
        return ()
    return tuple(sorted({_days(word) for word in named}, reverse=True))


def _days(word: str) -> int:
    if re.fullmatch(r"-[0-9]+", word):
        raise CppsError(
            "a reminder `{word}` days before a date would come after it",
            help=N_("write how many days before: `--alarm 90,30,7`"),
            word=word,
        )
    if not re.fullmatch(r"[0-9]{1,6}", word):
        raise CppsError(
            "`{word}` is not a number of days",
            help=N_("write how many days before: `--alarm 90,30,7`, or `--alarm none`"),
            word=word,
        )
    if int(word) > FURTHEST:
        raise CppsError("a reminder `{word}` days before is too far off: 3650 at most", word=word)
    return int(word)
