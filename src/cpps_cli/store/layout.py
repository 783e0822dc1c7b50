"""Our own layout of TOML: the order and the headers by hand, the values by a TOML writer.

A writer that chooses between `[[...]]` and an inline list by the length of a line would move a
whole list when one word changes; here the layout depends on the kind of value only.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import tomli_w
from pydantic import BaseModel

from cpps_cli.model import Period

Table = Mapping[str, Any]


def laid_out(table: Table) -> str:
    """The TOML text of a table: plain keys first, then sub-tables, then lists of tables."""
    return "\n".join(_lines(table, ())).strip("\n") + "\n"


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


def _lines(table: Table, path: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items():
        if not _is_table(value) and not _is_list_of_tables(value):
            yield tomli_w.dumps({key: value}, multiline_strings=True).rstrip("\n")
    for key, value in table.items():
        inner = (*path, key)
        if _is_table(value):
            if any(not _is_table(item) and not _is_list_of_tables(item) for item in value.values()):
                yield f"\n[{_name(inner)}]"
            yield from _lines(value, inner)
        elif _is_list_of_tables(value):
            for item in value:
                yield f"\n[[{_name(inner)}]]"
                yield from _lines(item, inner)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _name(path: tuple[str, ...]) -> str:
    # The writer quotes the keys that need it.
    return ".".join(tomli_w.dumps({key: 0}).partition(" = ")[0] for key in path)
