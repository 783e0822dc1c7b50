"""What a value of a derived contract is made of: words a change states, words that are kept.

The value of a field follows from its parts, and so does its origin: there is no second account of
where it came from.
"""

from typing import Any, NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.model.contract import Contract
from cpps_cli.model.fields import ITEM_FIELDS, SHEET_FIELDS
from cpps_cli.model.sheet import ActionSheet

# How several texts become one, where a merge neither sets nor keeps the field.
JOINED_BY = {"short_title": " – "} | {field.name: field.joined for field in SHEET_FIELDS}
LISTS = frozenset((*ITEM_FIELDS, "signatories", "axes"))


class Stated(NamedTuple):
    """A value, or one item of a list, that a change states at `place`."""

    value: Any
    place: Place


class Kept(NamedTuple):
    """A value, or the item at `item` of a list, of the text before the change.

    `sheet` is None for a field of the contract itself.
    """

    value: Any
    sheet: str | None
    field: str
    item: int | None = None


Part = Stated | Kept
Parts = tuple[Part, ...]


def kept(noun: ActionSheet | Contract, field: str) -> Parts:
    """The parts of a field that is kept from a sheet, or from a contract; () where it is empty."""
    value, code = getattr(noun, field), noun.code if isinstance(noun, ActionSheet) else None
    if field in LISTS:
        return tuple(Kept(item, code, field, index) for index, item in enumerate(value))
    return () if value is None else (Kept(value, code, field),)


def stated(value: Any, field: str, place: Place) -> Parts:
    """The parts of a field whose value, or whose items, a change states."""
    if field in LISTS:
        return tuple(Stated(item, place.at(index)) for index, item in enumerate(value))
    return (Stated(value, place),)


def value_of(field: str, parts: Parts) -> Any:
    """The value that the parts make together: each item of a list once, several texts joined."""
    if len(parts) == 1 and field not in LISTS:
        return parts[0].value
    values: list[Any] = []
    for part in parts:
        if part.value not in values:
            values.append(part.value)
    if field in LISTS:
        return tuple(values)
    if len(values) > 1:
        return JOINED_BY[field].join(values)
    return values[0] if values else None
