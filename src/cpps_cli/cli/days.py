"""A day or a period as people type it; for a day the model is not loaded."""

import re
from datetime import date
from typing import TYPE_CHECKING

from cpps_cli.diagnostics import N_, CppsError

if TYPE_CHECKING:
    from cpps_cli.model import Period

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_FRENCH = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


def day_of(text: str) -> date | None:
    """The day that `2017-09-01` or `01/09/2017` names; None where there is no such day."""
    if found := _ISO.match(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FRENCH.match(text.strip()):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def period_of(text: str) -> "Period":
    """The day, month, half-year, year or range that the text names; raises `CppsError`."""
    from cpps_cli.model.period import Period, PeriodError

    day = day_of(text)
    if day is not None:
        return Period.of_day(day)
    try:
        return Period.parse(text)
    except PeriodError as wrong:
        raise _no_period(wrong.kind, text) from None


def _no_period(kind: str, text: str) -> CppsError:
    match kind:
        case "calendar":
            return CppsError(
                "`{value}` is not in the calendar",
                help=N_("check the month and the day"),
                value=text,
            )
        case "reversed":
            return CppsError(
                "`{value}` ends before it starts",
                help=N_("write the earlier end first"),
                value=text,
            )
        case _:
            return CppsError(
                "`{value}` is not a day or a period",
                help=N_(
                    "write a day 2018-03-01, a month 2018-03, a half-year 2018-S1, a year 2018, or "
                    "a range 2017-S2..2018-S1"
                ),
                value=text,
            )
