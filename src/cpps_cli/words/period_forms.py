"""How each language says a day, a period, and a range of two: one table, no sentence elsewhere.

`{year}`, `{month}`, `{day}` and `{nth}` are filled. What a period is called after "from" and "to"
is written out, because French changes its articles with the precision: « de 2015 », « du 5 mai
2015 », « d'avril 2016 ».
"""

from collections.abc import Mapping
from typing import NamedTuple

from cpps_cli.model import Precision
from cpps_cli.words.catalogue import Language

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
    said: Forms
    said_from: Forms
    said_to: Forms
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

FORMS: dict[Language, PeriodForms] = {
    "en": PeriodForms(
        months=tuple(_MONTHS_EN.split()),
        ordinals=("first", "second", "third", "fourth"),
        halves=("first", "second"),
        first_day="1",
        short_day="{day} {month:.3} {year}",
        said=_EN,
        said_from=_EN,
        said_to=_EN,
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
        said=_FR,
        said_from={
            name: ("du " if name in _FR_NAMED else "de ") + form for name, form in _FR.items()
        },
        said_to={name: ("au " if name in _FR_NAMED else "à ") + form for name, form in _FR.items()},
        elided={"month": "d'{month} {year}"},
        at_end_of={**_FR, "month": "fin {month} {year}", "year": "fin {year}"},
        to_the_end={"year": "à la fin de {year}"},
        ranged="{start} {end}",
    ),
}
VOWELS = "aeiou"
