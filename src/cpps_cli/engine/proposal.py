"""Proposes the amendment by which a signed local contract takes up what its parent has changed.

It is the difference of two texts: the local one as it was signed, and as it would be if it
followed its parent. What both have changed stays as the local text says it: that is to be decided.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from cpps_cli.engine.merge3 import differ, lacks
from cpps_cli.model import ActionSheet, Amendment, Contract, Derived, Indicator, Overlay
from cpps_cli.model.derived import LISTS
from cpps_cli.model.fields import NUMBERED_FIELDS, TEXT_FIELDS

Table = dict[str, Any]
_PARTIES = ("signatories", "partners")


class Head(NamedTuple):
    """What the proposal says of itself; `reason`: why a sheet goes that the parent has repealed."""

    id: str
    title: str
    in_force_on: date
    reason: str


def proposed(head: Head, signed: Derived, following: Derived) -> Amendment | None:
    """Makes the amendment that leads from one text to the other; None where they are the same."""
    before = {sheet.code: sheet for sheet in signed.contract.sheets}
    after = {sheet.code: sheet for sheet in following.contract.sheets}
    both = (_adapted(before[code], after[code]) for code in before if code in after)
    changes: Table = {
        "contract": _parties(signed.contract, following.contract),
        "axes": _axes(signed.contract, following.contract),
        "take": [{"sheet": code} for code in after if code not in before],
        "adapt": [change for change in both if change],
        "exclude": [{"sheet": code, "reason": head.reason} for code in before if code not in after],
    }
    stated = {name: value for name, value in changes.items() if value}
    if not stated:
        return None
    itself = {"id": head.id, "title": head.title, "in_force_on": head.in_force_on}
    return Amendment.model_validate({**itself, **stated})


def with_proposal(overlay: Overlay, proposal: Amendment) -> Overlay:
    """Puts the proposal among the amendments of the local text."""
    return overlay.amended_by((*overlay.amendments, proposal))


def _adapted(before: ActionSheet, after: ActionSheet) -> Table:
    """The change of one sheet; {} where its words stay."""
    found: Table = {}
    for way, field, value in _ways(before, after):
        found.setdefault(way, {})[field] = value
    found |= {
        name: value
        for name in ("number", "axis")
        if (value := getattr(after, name)) not in (None, getattr(before, name))
    }
    return {"sheet": before.code, **found} if found else {}


def _ways(before: ActionSheet, after: ActionSheet) -> Iterator[tuple[str, str, Any]]:
    for field in TEXT_FIELDS:
        old, new = getattr(before, field), getattr(after, field)
        if not differ(old, new):
            continue
        if field == "indicators":
            yield from _indicators(old, new)
        elif field in LISTS:
            in_order = field in NUMBERED_FIELDS
            for way, value in _list(old, new, in_order=in_order):
                yield way, field, value
        elif new is not None:
            yield "set", field, new


def _indicators(
    old: tuple[Indicator, ...], new: tuple[Indicator, ...]
) -> Iterator[tuple[str, str, Any]]:
    former = {item.code: item for item in old}
    kept = {item.code for item in new}
    changed = [item for item in new if differ(former.get(item.code), item)]
    if changed:
        tables = ({**item.stated(), "values": ()} for item in changed)
        yield (
            "set",
            "indicators",
            [{name: value for name, value in table.items() if value} for table in tables],
        )
    if gone := [code for code in former if code not in kept]:
        yield "remove", "indicators", gone


def _list(
    old: tuple[str, ...], new: tuple[str, ...], *, in_order: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Items put in and taken out; of steps in order all of them, where that does not say it."""
    append = tuple(item for item in new if lacks(old, item))
    remove = tuple(item for item in old if lacks(new, item))
    kept = tuple(item for item in old if item not in remove)
    if in_order and differ((*kept, *append), new):
        yield "set", new
        return
    yield from (("append", append),) if append else ()
    yield from (("remove", remove),) if remove else ()


def _parties(before: Contract, after: Contract) -> Table:
    found: Table = {}
    for field in _PARTIES:
        for way, value in _list(getattr(before, field), getattr(after, field)):
            found.setdefault(way, {})[field] = value
    return found


def _axes(before: Contract, after: Contract) -> list[Any]:
    """All the axes, where they are others than before."""
    return list(after.axes) if differ(before.axes, after.axes) else []
