"""One change of a file of changes as TOML: what names it first, its fields on dotted keys."""

from collections.abc import Callable, Mapping
from typing import Any

import tomli_w

from cpps_cli.store.commented import stated, to_uncomment
from cpps_cli.store.layout import laid_out

Table = Mapping[str, Any]
_FIRST = ("sheet", "sheets", "code", "number", "title", "axis", "reason")
_WAYS = ("set", "append", "remove", "keep")


def change_text(kind: str, table: Table, aside: str = "") -> str:
    """A change under its header; `aside` are lines that stand between its keys and its tables."""
    return _text(kind, table, lambda key, value: laid_out({key: value}), aside)


def change_to_uncomment(kind: str, table: Table) -> str:
    """A change that says nothing until it is uncommented: no line of it begins with a space."""
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
    """A key and its value, a list on one line, a text whose lines are indented on one as well."""
    if isinstance(value, str) and any(line[:1].isspace() for line in value.splitlines()):
        return tomli_w.dumps({key: value})
    return stated(key, value)


def _has_tables(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _below(kind: str, below: Table) -> str:
    """The tables inside a change, under its own header."""
    text = laid_out({kind: [below]})
    return "\n" + text.removeprefix(f"[[{kind}]]\n").lstrip("\n")
