"""Names in a sentence: all of them, or the first and how many others where nobody would read on."""

from collections.abc import Sequence

from cpps_cli.words.catalogue import _

_MOST = 40  # the sheets of a contract, the territories of a city
_FIRST = 10


def names_in_words(names: Sequence[str]) -> str:
    """The names with commas between them; of very many, the first ones."""
    if len(names) <= _MOST:
        return ", ".join(names)
    others = _("{names} and {count} others")
    return others.format(names=", ".join(names[:_FIRST]), count=len(names) - _FIRST)
