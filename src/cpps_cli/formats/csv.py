"""Writes rows as comma-separated values, plainly or as a French Excel opens them."""

import csv
import io
from typing import Literal

from cpps_cli.present.document import Cell, Table

Dialect = Literal["plain", "excel"]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table, dialect: Dialect = "plain") -> str:
    """Writes a table under its keys; `excel` makes formulas inert."""
    titles = Table(table.columns, (tuple(column.key for column in table.columns),))
    mark = "\ufeff" if dialect == "excel" else ""
    return mark + csv_rows(titles, dialect) + csv_rows(table, dialect)


def csv_rows(table: Table, dialect: Dialect = "plain") -> str:
    """Writes the rows alone, without their titles."""
    out = io.StringIO()
    excel = dialect == "excel"
    writer = csv.writer(
        out, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
    )
    for row in table.rows:
        writer.writerow([_excel(cell) if excel else cell for cell in row])
    return out.getvalue()


def _excel(cell: Cell) -> Cell:
    # A text that begins like a formula would be computed when the file is opened.
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell
