"""The fields in which two sheets, or two contracts, differ; by item where a field is a list."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cpps_cli.engine.matching import Matching, Segment, diff_words
from cpps_cli.engine.merge3 import normalised
from cpps_cli.model import (
    ITEM_FIELDS,
    ActionSheet,
    Axis,
    Contract,
    Indicator,
    IndicatorValue,
    Period,
)
from cpps_cli.model.fields import PROSE_FIELDS

Keyed = tuple[object, str]  # what an item is known by, and its text


@dataclass(frozen=True, slots=True)
class ScalarDiff:
    """A value that is another as a whole: a number, an axis, a term. `part`: of which axis."""

    field: str
    before: str | Period | None
    after: str | Period | None
    part: str | None = None
    typographic: bool = False


@dataclass(frozen=True, slots=True)
class TextDiff:
    """A text with other words; None where nothing is held. `part`: of which indicator or axis."""

    field: str
    before: str | None
    after: str | None
    part: str | None = None

    @property
    def typographic(self) -> bool:
        """Whether only the typing differs."""
        return normalised(self.before or "") == normalised(self.after or "")

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The words, with those that changed marked."""
        return diff_words(self.before or "", self.after or "")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with its positions from 0; None in the text that does not have it."""

    before: str | None
    after: str | None
    was: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class ListDiff:
    """A list with other items, or in another order; `retyped`: items typed in another way."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    removed: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()
    moved: tuple[Item, ...] = ()
    retyped: tuple[Item, ...] = ()
    part: str | None = None

    @property
    def typographic(self) -> bool:
        """Whether only the typing differs."""
        return not (self.removed or self.added or self.moved)


FieldDifference = ScalarDiff | TextDiff | ListDiff


def fields_of_sheet(
    before: ActionSheet, after: ActionSheet, axes: Mapping[str | None, str | None]
) -> tuple[FieldDifference, ...]:
    """What differs between two sheets; `axes`: for each axis of the second text, the first's."""
    if before is after and before.axis == axes.get(after.axis, after.axis):
        return ()  # most sheets are untouched by an amendment: there is nothing to compare
    return tuple(_of_sheet(before, after, axes))


def fields_between(field: str, before: Any, after: Any) -> tuple[FieldDifference, ...]:
    """What differs between two values of one field of a sheet, or of a contract."""
    if field in PROSE_FIELDS:
        return tuple(_reworded(field, before, after))
    match field:
        case "term" | "window":
            return tuple(_replaced(field, before, after))
        case "indicators":
            return tuple(_indicators(before or (), after or ()))
        case _:
            return tuple(_relisted(field, _texts(before or ()), _texts(after or ())))


def _of_sheet(
    before: ActionSheet, after: ActionSheet, axes: Mapping[str | None, str | None]
) -> Iterator[FieldDifference]:
    yield from _reworded("title", before.title, after.title)
    yield from _replaced("number", before.number, after.number)
    if before.axis != axes.get(after.axis, after.axis):
        yield ScalarDiff("axis", before.axis, after.axis)
    for name in (*PROSE_FIELDS[1:], *ITEM_FIELDS):
        yield from fields_between(name, getattr(before, name), getattr(after, name))


def fields_of_contract(
    before: Contract, after: Contract, axes: Matching[Axis]
) -> tuple[FieldDifference, ...]:
    """What differs between two contracts, their sheets apart: term, window, parties, axes."""
    return tuple(_of_contract(before, after, axes))


def _of_contract(
    before: Contract, after: Contract, axes: Matching[Axis]
) -> Iterator[FieldDifference]:
    for name in ("term", "window"):
        yield from _replaced(name, before.value(name), after.value(name))
    for name in ("signatories", "partners"):
        yield from _relisted(name, _texts(getattr(before, name)), _texts(getattr(after, name)))
    same = axes.after_to_before
    yield from _relisted(
        "axes",
        [(axis.code, axis.title or axis.code) for axis in before.axes],
        [(same.get(axis.code, (axis.code, "new")), axis.title or axis.code) for axis in after.axes],
    )
    for old, new in axes.both:
        yield from _replaced("axis_number", _written(old.number), _written(new.number), new.code)
        yield from _reworded("axis_title", old.title, new.title, new.code)


def _indicators(
    before: tuple[Indicator, ...], after: tuple[Indicator, ...]
) -> Iterator[FieldDifference]:
    yield from _relisted(
        "indicators",
        [(item.code, item.title) for item in before],
        [(item.code, item.title) for item in after],
    )
    known = {item.code: item for item in before}
    for new in after:
        if old := known.get(new.code):
            for name in ("title", "unit", "definition", "every", "target"):
                found = getattr(old, name), getattr(new, name)
                yield from _reworded(f"indicator_{name}", *found, new.code)
            yield from _relisted(
                "indicator_values", _measured(old.values), _measured(new.values), new.code
            )


def _measured(values: tuple[IndicatorValue, ...]) -> list[Keyed]:
    """What was measured, as one text for each period."""
    shown = []
    for item in values:
        about = ">" * item.at_least + "~" * item.about
        figure = "" if item.value is None else f"{about}{item.value}"
        said = ", ".join(filter(None, (figure, item.definition, item.words)))
        shown.append(f"{item.period}: {said}")
    return _texts(shown)


def _written(number: int | None) -> str | None:
    return None if number is None else str(number)


def _replaced(
    name: str, before: str | Period | None, after: str | Period | None, part: str | None = None
) -> Iterator[ScalarDiff]:
    if before != after:
        yield ScalarDiff(name, before, after, part)


def _reworded(
    name: str, before: str | None, after: str | None, part: str | None = None
) -> Iterator[TextDiff]:
    if before != after:
        yield TextDiff(name, before, after, part)


# --- lists


def _texts(items: Iterable[str]) -> list[Keyed]:
    """Items known by their words: one that stands twice is two items."""
    times: Counter[str] = Counter()
    keyed: list[Keyed] = []
    for text in items:
        plain = normalised(text)
        keyed.append(((plain, times[plain]), text))
        times[plain] += 1
    return keyed


def _relisted(
    name: str, before: list[Keyed], after: list[Keyed], part: str | None = None
) -> Iterator[ListDiff]:
    was = {key: position for position, (key, _) in enumerate(before)}
    now = {key: position for position, (key, _) in enumerate(after)}
    stayed = _in_order(was, now)
    both = [
        (key, Item(before[was[key]][1], text, was[key], position))
        for position, (key, text) in enumerate(after)
        if key in was
    ]
    # An indicator or an axis is known by its code: its title is a field of its own.
    retyped = [
        item
        for key, item in both
        if key in stayed and item.before != item.after and not isinstance(key, str)
    ]
    found = ListDiff(
        name,
        tuple(text for _, text in before),
        tuple(text for _, text in after),
        tuple(Item(text, None, was[key], None) for key, text in before if key not in now),
        tuple(Item(None, text, None, now[key]) for key, text in after if key not in was),
        tuple(item for key, item in both if key not in stayed),
        tuple(retyped),
        part,
    )
    if not found.typographic or found.retyped:
        yield found


def _in_order(was: Mapping[object, int], now: Mapping[object, int]) -> frozenset[object]:
    """The most items that can stay where they are while the others move round them."""
    common = [key for key in was if key in now]
    other = now
    if list(map(str, was)) > list(map(str, now)):
        # Where several answers are as good, it is the same one both ways round.
        common, other = [key for key in now if key in was], was
    # For each item the longest row that ends with it, the one with more items at their former
    # position where two are as long: how long, how many of those, and the item before it.
    rows: list[tuple[int, int, int | None]] = []
    for place, key in enumerate(common):
        before = [back for back in range(place) if other[common[back]] < other[key]]
        best = max(before, key=lambda back: rows[back][:2], default=None)
        length, still, _ = (0, 0, None) if best is None else rows[best]
        rows.append((length + 1, still + (was[key] == now[key]), best))
    at = max(range(len(rows)), key=lambda place: rows[place][:2], default=None)
    kept: list[object] = []
    while at is not None:
        kept.append(common[at])
        at = rows[at][2]
    return frozenset(kept)
