"""The local contracts of a parent as tables for engines, a file for each département.

These tables are for questions about very many contracts: every row says which contract and which
place it is about, lists are lists, and nothing has to be joined to be counted. Columns are named as
in the csv and the JSON of `derive` and `coverage`, and count to the same numbers. What a local
contract without a known text would inherit has no row among the sheets: it is not its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cpps_cli.model import Derived, Territory
from cpps_cli.present.facts import Row, Table
from cpps_cli.present.facts.contracts import LOCAL_CONTRACTS, Local
from cpps_cli.present.facts.coverage import LOCAL_COVERAGE
from cpps_cli.present.facts.measured import LOCAL_INDICATORS
from cpps_cli.present.facts.published import Grid
from cpps_cli.present.facts.sheets import LOCAL_SHEETS

TABLES: tuple[Table[Local], ...] = (LOCAL_CONTRACTS, LOCAL_SHEETS, LOCAL_INDICATORS, LOCAL_COVERAGE)

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


def grids_of(found: Iterable[tuple[Derived, Territory]]) -> Iterator[Grid]:
    """Fills the tables with these local contracts, read one after the other."""
    rows: list[list[Row]] = [[] for _table in TABLES]
    for pair in found:
        for filled, table in zip(rows, TABLES, strict=True):
            filled.extend(table.rows(Local(*pair)))
    return (Grid(table, tuple(filled)) for table, filled in zip(TABLES, rows, strict=True))


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
