"""Places put together by the département they lie in, and how a folder names it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cpps_cli.model import Territory

# INSEE, Code officiel géographique: the code of a commune begins with that of its département,
# which has three signs overseas. The code of a département may stand alone.
_OVERSEAS = r"(97[1-8]|98[4-9])(\d{2})?"
_OTHERS = r"(0[1-9]|[1-8]\d|9[0-5]|2[AB])(\d{3})?"
_NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"  # what engines read as no value


@dataclass(frozen=True, slots=True)
class Departement:
    """A département by its INSEE code, None where that of a place is not known; its territories."""

    code: str | None
    territories: tuple[str, ...]

    def file_of(self, table: str, suffix: str) -> str:
        """The name of its file of a table, from the folder: engines read the département in it."""
        return f"{table}/departement={self.code or _NOT_KNOWN}/{table}{suffix}"


def departements(
    codes: Iterable[str], territories: Mapping[str, Territory]
) -> tuple[Departement, ...]:
    """The départements of these territories in the order of their codes, the unknown one last."""
    found: dict[str | None, list[str]] = {}
    for code in codes:
        place = territories.get(code)
        parts = place.made_of if place else ()
        found.setdefault(departement_of(code, *parts), []).append(code)
    known = sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple(Departement(code, tuple(places)) for code, places in known)


def departement_of(code: str, *parts: str) -> str | None:
    """The département of a place by its code, or else by those of the places it is made of."""
    own = re.fullmatch(_OVERSEAS, code) or re.fullmatch(_OTHERS, code)
    if own:
        return own[1]
    shared = {departement_of(part) for part in parts}
    return shared.pop() if len(shared) == 1 else None
