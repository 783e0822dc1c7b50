"""How values and tables are written as TOML, wherever they go: one layout, that of this module.

A writer that chooses between `[[...]]` and an inline list by the length of a line would move a
whole list when one word changes; here the layout depends on the kind of value only.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w

LONG_ARRAY = 88


def literal(value: object) -> str:
    """A value as it stands after the equals sign; a list too long for a line takes several."""
    if not isinstance(value, list):
        return tomli_w.dumps({"x": value}, multiline_strings=True).removeprefix("x = ")[:-1]
    items = [literal(item) for item in value]
    line = f"[{', '.join(items)}]"
    if len(line) <= LONG_ARRAY and "\n" not in line:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def key_name(*path: str | int) -> str:
    """A dotted key, quoted where it has to be; positions in lists are passed over."""
    names = (step for step in path if isinstance(step, str))
    return ".".join(tomli_w.dumps({name: 0}).removesuffix(" = 0\n") for name in names)


def table_lines(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """The lines below a header: plain keys first, then sub-tables and lists of tables.

    Below a header of another table a plain key would belong to that one.
    """
    below: list[tuple[str, Mapping[str, Any], tuple[str, ...]]] = []
    for key, value in table.items():
        inner = (*path, key)
        if isinstance(value, Mapping):
            below.append(("[{}]" if _has_header(value) else "", value, inner))
        elif _is_list_of_tables(value):
            below.extend(("[[{}]]", item, inner) for item in value)
        else:
            yield f"{key_name(key)} = {literal(value)}"
    for header, value, inner in below:
        if header:
            yield from ("", header.format(key_name(*inner)))
        yield from table_lines(value, inner)


def same(one: object, other: object) -> bool:
    """Equality that tells `true` from `1` and finds nan in nan."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one == other or repr(one) == repr(other) == "nan")


def _has_header(table: Mapping[str, Any]) -> bool:
    """Whether a table needs its header: one that only holds tables follows from theirs."""
    return not table or any(
        not isinstance(value, Mapping) and not _is_list_of_tables(value) for value in table.values()
    )


def _is_list_of_tables(value: object) -> bool:
    return (
        isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)
    )
