"""Writes values, tables, changes and commented lines as TOML, in one layout."""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import tomli_w
from pydantic import BaseModel

from cpps_cli.library.validate import written_keys
from cpps_cli.model import Period

LONG_ARRAY = 88


def literal(value: object) -> str:
    """Writes a value as it stands after the equals sign, a long list on several lines."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_name(key)} = {literal(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if not isinstance(value, list):
        return tomli_w.dumps({"x": value}, multiline_strings=True).removeprefix("x = ")[:-1]
    items = [literal(item) for item in value]
    line = f"[{', '.join(items)}]"
    if len(line) <= LONG_ARRAY and "\n" not in line:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def key_name(*path: str | int) -> str:
    """Writes a dotted key, quoted where it has to be; positions in lists are passed over."""
    names = (step for step in path if isinstance(step, str))
    return ".".join(tomli_w.dumps({name: 0}).removesuffix(" = 0\n") for name in names)


def table_lines(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Writes the lines below a header: plain keys first, then sub-tables and lists.

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


Table = Mapping[str, Any]


def laid_out(table: Table) -> str:
    """Writes a table as TOML: plain keys first, then sub-tables, then lists of tables."""
    return "\n".join(table_lines(table)).strip("\n") + "\n"


def plain_table(noun: BaseModel) -> dict[str, Any]:
    """Makes a table of what is stated in a noun, less what comes from a file's name."""
    stated: dict[str, Any] = {}
    for name in written_keys(type(noun)):
        value = plain_value(getattr(noun, name)) if name in noun.model_fields_set else None
        if value not in (None, {}):
            stated[name] = value
    return stated


def plain_value(value: Any) -> Any:
    """Makes of a value of the model one that TOML has; None where there is none."""
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


Say = Callable[[str], str]
"""A message id in the language of the run."""
WIDTH = 96


def words(text: str) -> str:
    """Writes a text as lines of comment, without anything that a comment may not hold."""
    plain = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    lines = textwrap.wrap(plain, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def stated(key: str, value: Any) -> str:
    """Writes a key and its value, a list on one line."""
    if isinstance(value, list):
        return f"{key} = [{', '.join(map(literal, value))}]\n"
    return laid_out({key: value})


def to_uncomment(toml: str) -> str:
    """Writes a piece of TOML that says nothing until it is uncommented."""
    return "".join(f"#{line}\n" for line in toml.splitlines())


def example_hint(_: Say) -> str:
    """Says how to use what stands after `#` alone."""
    hint = _("A line that begins with # and no space is an example: take the # away to use it.")
    return words(hint)


_FIRST = ("sheet", "sheets", "code", "number", "title", "axis", "reason")
_WAYS = ("set", "append", "remove", "keep")


def change_text(kind: str, table: Table, aside: str = "") -> str:
    """Writes a change under its header; `aside`: lines between its keys and its tables."""
    return _text(kind, table, lambda key, value: laid_out({key: value}), aside)


def change_to_uncomment(kind: str, table: Table) -> str:
    """Writes a change that says nothing until it is uncommented."""
    return to_uncomment(_text(kind, table, _flush))


def _text(kind: str, table: Table, line: Callable[[str, Any], str], aside: str = "") -> str:
    ordered = {key: table[key] for key in _FIRST if key in table}
    ordered |= {key: value for key, value in table.items() if key not in ordered}
    plain, below = "", {}
    for key, value in ordered.items():
        if key in _WAYS and not any(map(_has_tables, value.values())):
            plain += "".join(f"{key}.{line(name, item)}" for name, item in value.items())
        elif isinstance(value, dict) or _has_tables(value):
            below[key] = value
        else:
            plain += line(key, value)
    # A contract has one change to itself; of the others there may be several.
    header = "[contract]\n" if kind == "contract" else f"[[{kind}]]\n"
    return header + plain + aside + (_below(kind, below) if below else "")


def _flush(key: str, value: Any) -> str:
    """Writes a key and its value, a list or a text with indented lines on one line."""
    if isinstance(value, str) and any(line[:1].isspace() for line in value.splitlines()):
        return tomli_w.dumps({key: value})
    return stated(key, value)


def _has_tables(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _below(kind: str, below: Table) -> str:
    """Writes the tables inside a change, under its own header."""
    text = laid_out({kind: [below]})
    return "\n" + text.removeprefix(f"[[{kind}]]\n").lstrip("\n")
