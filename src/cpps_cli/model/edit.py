"""What a file of the library is to say otherwise: thought out before anything is written."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cpps_cli.diagnostics import KeyPath


class Put(NamedTuple):
    """A key that gets a value; it is added where it is missing."""

    path: KeyPath
    value: Any


class Drop(NamedTuple):
    """A key, or one entry of a list of tables, that goes."""

    path: KeyPath


class Rename(NamedTuple):
    """An entry of one list of tables that becomes an entry of another, its words unchanged."""

    path: KeyPath
    to: str


class Append(NamedTuple):
    """An entry put after the others of a list of tables."""

    table: str
    values: Mapping[str, Any]


Edit = Put | Drop | Rename | Append
