"""The neutral shape of a workbook: tables, each on a tab of its own, and what their cells hold."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Value = str | int | float | date | None
Row = tuple[Value, ...]


class Column(NamedTuple):
    """The title of a column; one that is `wide` holds sentences."""

    title: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A table under its columns; `empty` is said instead where it has no row.

    A `Column` that is `wide` holds sentences. Titles are words of ours, each once in a table.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """The tables of a contract, and the day they speak of: the only one that the file carries."""

    title: str
    subject: str
    on: date
    tabs: tuple[Tab, ...]
