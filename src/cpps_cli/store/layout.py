"""Nouns as TOML: what is stated in them, in the layout of `literals`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from cpps_cli.model import Period
from cpps_cli.store.literals import table_lines

Table = Mapping[str, Any]


def laid_out(table: Table) -> str:
    """The TOML text of a table: plain keys first, then sub-tables, then lists of tables."""
    return "\n".join(table_lines(table)).strip("\n") + "\n"


def plain_table(noun: BaseModel) -> dict[str, Any]:
    """What is stated in a noun, as TOML has it; what comes from a file's name is left out."""
    stated: dict[str, Any] = {}
    for name in type(noun).model_fields:
        field = type(noun).model_fields[name]
        if name in noun.model_fields_set and field.json_schema_extra != {"from": "name"}:
            value = plain_value(getattr(noun, name))
            if value is not None:
                stated[name] = value
    return stated


def plain_value(value: Any) -> Any:
    """A value of the model as one that TOML has; None where there is nothing to write."""
    match value:
        case BaseModel():
            return plain_table(value)
        case Period():
            return value.written
        case tuple() | list():
            return [plain_value(item) for item in value]
        case dict():
            return {name: plain_value(item) for name, item in value.items()}
        case str():
            return value.replace("\r\n", "\n")
        case None | bool() | int() | float() | date():
            return value
        case _:
            raise TypeError(f"no TOML value: {value!r}")
