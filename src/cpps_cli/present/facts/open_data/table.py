"""The neutral shape of open data: tables with typed columns, and keys that hold them together."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cpps_cli.model import Noun

Value = str | int | float | bool | date | tuple[str, ...] | None
Row = tuple[Value, ...]
Type = Literal["string", "integer", "number", "boolean", "date", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """`required` where every row has it; `words`, where there are, are all that it may hold."""

    name: str
    description: str
    type: Type = "string"
    required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that holds the `id` (or the code) of a row of another table."""

    column: str
    table: str
    to: str = "id"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `key` names those that tell one row from any other."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    rows: tuple[Row, ...] = ()


def identity(description: str) -> Column:
    """The column by which other tables name a row."""
    return Column("id", description, required=True)


def link(name: str, description: str) -> Column:
    """A column that names a row of another table, in every row."""
    return Column(name, description, required=True)


def of_model(noun: type[Noun], field: str, holds: Type = "string") -> Column:
    """A column that holds a field of the model, described as the model describes it."""
    known = noun.model_fields[field]
    return Column(field, known.description or field, holds, required=known.is_required())


def claimed(name: str, description: str) -> Column:
    """A column that is true or false."""
    return Column(name, description, "boolean", required=True)


def listed(name: str, description: str) -> Column:
    """A column of lists of texts, for formats that hold them: csv has rows of another table."""
    return Column(name, description, "list")


def position(description: str) -> Column:
    """A column that counts from 1."""
    return Column("position", description, "integer", required=True)
