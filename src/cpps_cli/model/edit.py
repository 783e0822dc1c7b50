"""What a file of the library is to say otherwise: thought out before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cpps_cli.diagnostics import KeyPath


@dataclass(frozen=True, slots=True)
class Put:
    """A key that gets a value; it is added where it is missing."""

    path: KeyPath
    value: Any


@dataclass(frozen=True, slots=True)
class Drop:
    """A key, or one entry of a list of tables, that goes."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class Rename:
    """An entry of one list of tables that becomes an entry of another, its words unchanged."""

    path: KeyPath
    to: str


@dataclass(frozen=True, slots=True)
class Append:
    """An entry put after the others of a list of tables."""

    table: str
    values: Mapping[str, Any]


Edit = Put | Drop | Rename | Append
