"""Days and periods as people write them, in the language of the run."""

from datetime import date

from cpps_cli.model import Period
from cpps_cli.words.catalogue import language
from cpps_cli.words.period_forms import FORMS, VOWELS, Forms, PeriodForms


def day_in_words(day: date) -> str:
    """« 1er juillet 2017 », "1 July 2017"."""
    return _said(_forms().said, Period.of_day(day))


def short_day(day: date) -> str:
    """« 01/07/2017 », "1 Jul 2017": for the columns of a table."""
    forms = _forms()
    month = forms.months[day.month - 1]
    return forms.short_day.format(day=day.day, month=month, number=day.month, year=day.year)


def period_in_words(period: Period) -> str:
    """« du second semestre 2017 au premier semestre 2018 », "second half of 2017"."""
    forms, (start, end) = _forms(), period.ends
    if period.precision != "range":
        return _said(forms.said, period)
    # « du 5 mai 2015 à 2020 » would leave open whether 2020 is in it.
    is_coarser = end.precision == "year" != start.precision
    until = {**forms.said_to, **forms.to_the_end} if is_coarser else forms.said_to
    return forms.ranged.format(start=_from(forms, start), end=_said(until, end))


def short_end(period: Period) -> str:
    """Its last day for the columns of a table, no more precise than it is known: "end of 2020"."""
    _start, end = period.ends
    return short_day(end.last) if end.precision == "day" else _said(_forms().at_end_of, end)


def _from(forms: PeriodForms, start: Period) -> str:
    elides = _said(forms.said, start)[0] in VOWELS
    return _said({**forms.said_from, **forms.elided} if elides else forms.said_from, start)


def _said(said: Forms, period: Period) -> str:
    forms, first = _forms(), period.first
    months = {"quarter": 3, "four_months": 4}.get(period.precision, 12)
    return said[period.precision].format(
        day=forms.first_day if first.day == 1 else first.day,
        month=forms.months[first.month - 1],
        year=first.year,
        nth=forms.ordinals[(first.month - 1) // months],
        half=forms.halves[first.month > 6],
    )


def _forms() -> PeriodForms:
    return FORMS[language()]
