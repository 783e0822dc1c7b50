"""Reads tables back with DuckDB, which has a reader of its own."""

from pathlib import Path
from typing import Any

import duckdb

TABLES = ("contracts", "sheets", "indicators", "coverage")


def read_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table of all départements, with the `departement` of their folder."""
    found = duckdb.execute(
        "FROM read_parquet($files, hive_types = {'departement': VARCHAR}, filename = true) "
        "SELECT * EXCLUDE (filename) ORDER BY filename, file_row_number",
        {"files": str(folder / table / "*" / "*.parquet")},
    )
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def types_of(file: Path) -> dict[str, str]:
    """The columns of one file, each with its type in the words of SQL."""
    rows = duckdb.execute(
        "DESCRIBE FROM read_parquet($file, hive_partitioning = false)", {"file": str(file)}
    ).fetchall()
    return {row[0]: row[1] for row in rows}
