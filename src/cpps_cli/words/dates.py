"""Days and periods as people write them, in the language of the run."""

from datetime import date

from cpps_cli.model import Period
from cpps_cli.words.catalogue import _, language

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_ORDINALS = {
    "fr": ("premier", "deuxième", "troisième", "quatrième"),
    "en": ("first", "second", "third", "fourth"),
}


def day_in_words(day: date) -> str:
    """« 1er juillet 2017 », "1 July 2017"."""
    first = day.day == 1 and language() == "fr"
    return f"{'1er' if first else day.day} {_month(day)} {day.year}"


def short_day(day: date) -> str:
    """« 01/07/2017 », "1 Jul 2017": for the columns of a table."""
    if language() == "fr":
        return f"{day:%d/%m/%Y}"
    return f"{day.day} {_month(day)[:3]} {day.year}"


def period_in_words(period: Period) -> str:
    """« du second semestre 2017 au premier semestre 2018 », "second half of 2017"."""
    if period.precision != "range":
        return _part(period)
    start, end = period.ends
    if language() == "en":
        until = f"the end of {_part(end)}" if _coarser(start, end) else _part(end)
        return f"{_part(start)} to {until}"
    return f"{_from(start)} {_to(end, coarser=_coarser(start, end))}"


def short_period(period: Period) -> str:
    """First and last day, for the columns of a table."""
    if period.first == period.last:
        return short_day(period.first)
    return f"{short_day(period.first)} – {short_day(period.last)}"


def _coarser(start: Period, end: Period) -> bool:
    return end.precision == "year" and start.precision != "year"


def _part(period: Period) -> str:
    year = period.first.year
    match period.precision:
        case "day":
            return day_in_words(period.first)
        case "month":
            return f"{_month(period.first)} {year}"
        case "quarter":
            return _of_year(_("quarter"), (period.first.month - 1) // 3, year)
        case "half_year":
            second = period.first.month > 1
            if language() == "fr":
                return f"{'second' if second else 'premier'} semestre {year}"
            return f"{'second' if second else 'first'} half of {year}"
        case _:
            return str(year)


def _of_year(unit: str, index: int, year: int) -> str:
    ordinal = _ORDINALS[language()][index]
    return f"{ordinal} {unit} {year}" if language() == "fr" else f"{ordinal} {unit} of {year}"


def _from(start: Period) -> str:
    words = _part(start)
    if start.precision in ("year", "month"):
        return f"d'{words}" if words[0] in "ao" else f"de {words}"
    return f"du {words}"


def _to(end: Period, *, coarser: bool) -> str:
    words = _part(end)
    if coarser:
        return f"à la fin de {words}"
    return f"à {words}" if end.precision in ("year", "month") else f"au {words}"


def _month(day: date) -> str:
    return _MONTHS[language()].split()[day.month - 1]
