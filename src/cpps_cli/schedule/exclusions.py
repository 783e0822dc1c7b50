"""What a contract leaves out for a time, to be looked at again."""

from collections.abc import Iterable
from datetime import date

from cpps_cli.model import Amendment, Exclude, Overlay


def to_look_at_again(texts: Iterable[Overlay | Amendment]) -> tuple[tuple[date, Exclude], ...]:
    """The exclusions of these texts, the oldest text first, that have a day to look at them again.

    One whose sheet a later text takes up or adds again, or leaves out anew, is no longer there.
    """
    held: dict[str, Exclude] = {}
    for text in texts:
        for code in (*(take.sheet for take in text.take), *(add.code for add in text.add)):
            held.pop(code, None)
        held |= {change.sheet: change for change in text.exclude}
    return tuple((item.review_on, item) for item in held.values() if item.review_on is not None)
