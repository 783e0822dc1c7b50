"""Codes of communes: the shape of INSEE codes, none of them a real commune."""

from collections.abc import Iterator
from itertools import count, islice

_MAINLAND = [f"{number:02}" for number in range(1, 96) if number != 20]
DEPARTEMENTS = sorted([*_MAINLAND, "2A", "2B", "971", "972", "973", "974", "976"])


def commune_codes(communes: int) -> list[str]:
    """That many codes, spread over the départements, in their order."""
    return sorted(islice(_in_turn(), communes))


def _in_turn() -> Iterator[str]:
    """One commune of each département, then a second of each; overseas they have few."""
    for serial in count(1):
        for departement in DEPARTEMENTS:
            room = 5 - len(departement)
            if serial <= (24 if room == 2 else 999):
                yield f"{departement}{serial:0{room}}"
