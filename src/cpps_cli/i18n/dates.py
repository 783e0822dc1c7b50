"""Writes a day, a period, and a range of two in each language: one table, no sentence elsewhere.

`{year}`, `{month}`, `{day}` and `{nth}` are filled. What a period is called after "from" and "to"
is written out, because French changes its articles with the precision: « de 2015 », « du 5 mai
2015 », « d'avril 2016 ».
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cpps_cli.i18n.catalogue import Language, language
from cpps_cli.model import Period
from cpps_cli.model.period import Precision

Forms = Mapping[Precision, str]


class PeriodForms(NamedTuple):
    """The words of one language. `elided`: "from" before a vowel, where it has a form of its own.

    `at_end_of` names the last day of something longer: "the end of 2020". `first_day` is how the
    first of a month is written.
    """

    months: tuple[str, ...]
    ordinals: tuple[str, ...]
    halves: tuple[str, str]
    first_day: str
    short_day: str
    plain: Forms
    after_from: Forms
    after_to: Forms
    elided: Forms
    at_end_of: Forms
    to_the_end: Forms
    ranged: str


_MONTHS_EN = "January February March April May June July August September October November December"
_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_EN: Forms = {
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
    "quarter": "{nth} quarter of {year}",
    "four_months": "{nth} four months of {year}",
    "half_year": "{half} half of {year}",
    "year": "{year}",
}
_FR: Forms = {
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
    "quarter": "{nth} trimestre {year}",
    "four_months": "{nth} quadrimestre {year}",
    "half_year": "{half} semestre {year}",
    "year": "{year}",
}
_FR_NAMED = ("day", "quarter", "four_months", "half_year")  # those that take an article


def _after(article: str, alone: str) -> Forms:
    return {name: (article if name in _FR_NAMED else alone) + form for name, form in _FR.items()}


FORMS: dict[Language, PeriodForms] = {
    "en": PeriodForms(
        months=tuple(_MONTHS_EN.split()),
        ordinals=("first", "second", "third", "fourth"),
        halves=("first", "second"),
        first_day="1",
        short_day="{day} {month:.3} {year}",
        plain=_EN,
        after_from=_EN,
        after_to=_EN,
        elided={},
        at_end_of={**_EN, "month": "end of {month:.3} {year}", "year": "end of {year}"},
        to_the_end={**_EN, "year": "the end of {year}"},
        ranged="{start} to {end}",
    ),
    "fr": PeriodForms(
        months=tuple(_MONTHS_FR.split()),
        ordinals=("premier", "deuxième", "troisième", "quatrième"),
        halves=("premier", "second"),
        first_day="1er",
        short_day="{day:02}/{number:02}/{year}",
        plain=_FR,
        after_from=_after("du ", "de "),
        after_to=_after("au ", "à "),
        elided={"month": "d'{month} {year}"},
        at_end_of={**_FR, "month": "fin {month} {year}", "year": "fin {year}"},
        to_the_end={"year": "à la fin de {year}"},
        ranged="{start} {end}",
    ),
}
VOWELS = "aeiou"


def day_in_words(day: date) -> str:
    """Writes « 1er juillet 2017 », "1 July 2017"."""
    return _filled(_forms().plain, Period.of_day(day))


def short_day(day: date) -> str:
    """Writes « 01/07/2017 », "1 Jul 2017": for the columns of a table."""
    forms = _forms()
    month = forms.months[day.month - 1]
    return forms.short_day.format(day=day.day, month=month, number=day.month, year=day.year)


def period_in_words(period: Period) -> str:
    """Writes « du second semestre 2017 au premier semestre 2018 », "second half of 2017"."""
    forms, (start, end) = _forms(), period.ends
    if period.precision != "range":
        return _filled(forms.plain, period)
    # « du 5 mai 2015 à 2020 » would leave open whether 2020 is in it.
    is_coarser = end.precision == "year" != start.precision
    until = {**forms.after_to, **forms.to_the_end} if is_coarser else forms.after_to
    return forms.ranged.format(start=_from(forms, start), end=_filled(until, end))


def short_end(period: Period) -> str:
    """Writes its last day for a column, no more precise than it is known: "end of 2020"."""
    _start, end = period.ends
    return short_day(end.last) if end.precision == "day" else _filled(_forms().at_end_of, end)


def _from(forms: PeriodForms, start: Period) -> str:
    elides = _filled(forms.plain, start)[0] in VOWELS
    return _filled({**forms.after_from, **forms.elided} if elides else forms.after_from, start)


def _filled(plain: Forms, period: Period) -> str:
    forms, first = _forms(), period.first
    months = {"quarter": 3, "four_months": 4}.get(period.precision, 12)
    return plain[period.precision].format(
        day=forms.first_day if first.day == 1 else first.day,
        month=forms.months[first.month - 1],
        year=first.year,
        nth=forms.ordinals[(first.month - 1) // months],
        half=forms.halves[first.month > 6],
    )


def _forms() -> PeriodForms:
    return FORMS[language()]
