"""A stretch of time as it is written, with its precision: "2020" is a year and stays one.

Shapes: a day `2017-07-01`, a month `2017-07`, a quarter `2017-Q3`, a half-year `2017-S2`, a year
`2017`, and a range of two of them, `2017-S2..2018-S1`. The codes of ISO 8601-2 (4.8, which EDTF
takes over in its level 2) are read too: `2017-33` to `2017-36` are quarters, `2017-37` to `2017-39`
the three times four months of a year, `2017-40` and `2017-41` half-years. Its seasons, 21 to 32,
begin on no day that everybody agrees on: they are refused, not rounded.
This module never prints a period in words: `render` does.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Precision = Literal["day", "month", "quarter", "four_months", "half_year", "year", "range"]
Wrong = Literal["form", "calendar", "reversed", "part", "season"]

_YEAR = r"(?P<year>[0-9]{4})"
_PART = re.compile(
    rf"^{_YEAR}(?:-(?:[SH](?P<half>[0-9])|[QT](?P<quarter>[0-9])"
    r"|(?P<two>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?$"
)
_ISO_QUARTERS = {33: 1, 34: 2, 35: 3, 36: 4}
_ISO_FOUR_MONTHS = {37: 1, 38: 2, 39: 3}
_ISO_HALVES = {40: 1, 41: 2}
_ISO_SEASONS = range(21, 33)
# How many months each has, and how it is written; four months have no letter, only a code.
_STRETCHES: dict[Precision, tuple[int, Callable[[int, int], str]]] = {
    "month": (1, lambda year, number: f"{year:04}-{number:02}"),
    "quarter": (3, lambda year, number: f"{year:04}-Q{number}"),
    "four_months": (4, lambda year, number: f"{year:04}-{36 + number}"),
    "half_year": (6, lambda year, number: f"{year:04}-S{number}"),
}
JSON_PATTERN = (
    r"^[0-9]{4}(-([SH][12]|[QT][1-4]|[0-9]{2}(-[0-9]{2})?))?"
    r"(\.\.[0-9]{4}(-([SH][12]|[QT][1-4]|[0-9]{2}(-[0-9]{2})?))?)?$"
)


class PeriodError(ValueError):
    """What is written is no period; `kind` says in which way."""

    def __init__(self, kind: Wrong, text: str) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind = kind
        self.text = text


@dataclass(frozen=True, slots=True)
class Period:
    """`written` in canonical form, and the days it goes from and to, both included."""

    written: str
    first: date
    last: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Parses a period; raises `PeriodError`."""
        parts = re.split(r"\.\.|/", text.strip())
        match [_part(part) for part in parts]:
            case [only]:
                return only
            case [start, end]:
                if end.last < start.first:
                    raise PeriodError("reversed", text)
                return cls(f"{start.written}..{end.written}", start.first, end.last, "range")
            case _:
                raise PeriodError("form", text)

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """Makes the period that is one day."""
        return cls(day.isoformat(), day, day, "day")

    @property
    def ends(self) -> tuple["Period", "Period"]:
        """The two periods that a range goes from and to; twice itself when it is no range."""
        if self.precision != "range":
            return (self, self)
        start, _, end = self.written.partition("..")
        return (_part(start), _part(end))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.written

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "title": "Period",
            "examples": ["2017-07-01", "2017-07", "2017-Q3", "2017-S2", "2017", "2017-S2..2018-S1"],
            "description": "a day, month, quarter (2017-Q3), half-year (2017-S2), year, "
            "or a range of two of them (2017-S2..2018-S1)",
            "anyOf": [
                {"type": "string", "pattern": JSON_PATTERN},
                {"type": "string", "format": "date"},
            ],
        }


def _validate(value: object) -> Period:
    match value:
        case Period():
            return value
        case str():
            try:
                return Period.parse(value)
            except PeriodError as wrong:
                raise PydanticCustomError(f"period_{wrong.kind}", "no period") from None
        case date() if type(value) is date:
            return Period.of_day(value)
        case _:
            raise PydanticCustomError("period_type", "no period")


def _part(text: str) -> Period:
    found = _PART.match(text.strip())
    if not found:
        raise PeriodError("form", text)
    year, two, day = int(found["year"]), found["two"], found["day"]
    if day:
        return _day(year, int(two), int(day), text)
    code = int(two) if two else 0
    if found["half"] or code in _ISO_HALVES:
        return _nth(year, int(found["half"] or _ISO_HALVES.get(code, 0)), "half_year", text)
    if found["quarter"] or code in _ISO_QUARTERS:
        return _nth(year, int(found["quarter"] or _ISO_QUARTERS.get(code, 0)), "quarter", text)
    if code in _ISO_FOUR_MONTHS:
        return _nth(year, _ISO_FOUR_MONTHS[code], "four_months", text)
    if code in _ISO_SEASONS:
        raise PeriodError("season", text)
    if two:
        return _nth(year, code, "month", text)
    return _months(f"{year:04}", year, 1, 12, "year")


def _nth(year: int, number: int, precision: Precision, text: str) -> Period:
    """Makes the stretch of that number in a year cut into stretches of one length."""
    length, written = _STRETCHES[precision]
    if not 1 <= number <= 12 // length:
        raise PeriodError("calendar" if precision == "month" else "part", text)
    return _months(written(year, number), year, (number - 1) * length + 1, length, precision)


def _day(year: int, month: int, day: int, text: str) -> Period:
    try:
        return Period.of_day(date(year, month, day))
    except ValueError:
        raise PeriodError("calendar", text) from None


def _months(written: str, year: int, month: int, length: int, precision: Precision) -> Period:
    if not year:
        raise PeriodError("calendar", written)
    end = month + length - 1
    return Period(
        written, date(year, month, 1), date(year, end, monthrange(year, end)[1]), precision
    )
