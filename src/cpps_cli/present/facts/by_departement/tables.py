"""The tables, and their rows for some local contracts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from cpps_cli.model import Derived, Territory
from cpps_cli.present.facts.by_departement.contracts import (
    CONTRACTS,
    COVERAGE,
    contract_rows,
    coverage_rows,
)
from cpps_cli.present.facts.by_departement.sheets import (
    INDICATORS,
    SHEETS,
    indicator_rows,
    sheet_rows,
)
from cpps_cli.present.facts.open_data.table import Row, Table

_ROWS: tuple[tuple[Table, Callable[[Derived, Territory], Iterator[Row]]], ...] = (
    (CONTRACTS, contract_rows),
    (SHEETS, sheet_rows),
    (INDICATORS, indicator_rows),
    (COVERAGE, coverage_rows),
)
TABLES: tuple[Table, ...] = tuple(table for table, _rows_of in _ROWS)


def tables_of(found: Iterable[tuple[Derived, Territory]]) -> tuple[Table, ...]:
    """The tables of these local contracts, read one after the other."""
    rows: tuple[list[Row], ...] = tuple([] for _table in TABLES)
    for derived, territory in found:
        for told, (_table, rows_of) in zip(rows, _ROWS, strict=True):
            told.extend(rows_of(derived, territory))
    return tuple(replace(table, rows=tuple(told)) for table, told in zip(TABLES, rows, strict=True))
