"""Where a local change meets what the parent changed: agreed, apart, or to be read again.

One judgement for all who ask: `build` (which text stands), `update` (what to ask) and `check`.
Typing alone is never a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from cpps_cli.engine.fingerprint import digest, normalised

# untouched: the parent says what it said; agreed: both texts say the same now; apart: both changes
# stand side by side; editorial: the parent only put it in other words; to_reread: they disagree.
Outcome = Literal["untouched", "agreed", "apart", "editorial", "to_reread"]


class ListChange(NamedTuple):
    """Items that a local change puts into a list and takes out of it."""

    append: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


_NOTHING = ListChange()


@dataclass(frozen=True, slots=True)
class Merged:
    """A local change of one field beside the parent's.

    `agreed` are the appended and removed items that the parent has meanwhile put in, or taken out,
    itself. `became` says, for a removed item that the parent no longer has, what stands in its
    place there.
    """

    outcome: Outcome
    agreed: ListChange = _NOTHING
    became: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def differ(one: Any, other: Any) -> bool:
    """Whether two values of a field say other things: typing alone is no change."""
    return bool(one != other) and digest(one) != digest(other)


def merge_scalar(value: Any, then: Any, now: Any, *, editorial: bool) -> Merged:
    """A local value beside what the parent said and says."""
    if not differ(then, now):
        return Merged("untouched")
    if not differ(value, now):
        return Merged("agreed")
    return Merged("editorial" if editorial else "to_reread")


def merge_selection(then: tuple[Any, ...], now: tuple[Any, ...], *, editorial: bool) -> Merged:
    """A choice made of texts: to leave them out, to merge them, to keep one of them."""
    if not any(differ(old, new) for old, new in zip(then, now, strict=True)):
        return Merged("untouched")
    return Merged("editorial" if editorial else "to_reread")


def merge_list(
    change: ListChange, then: tuple[str, ...], now: tuple[str, ...], *, editorial: bool
) -> Merged:
    """Local items beside the parent's list then and now: two additions never disagree."""
    if not differ(then, now):
        return Merged("untouched")
    became = {item: in_its_place(item, then, now) for item in change.remove if lacks(now, item)}
    agreed = ListChange(
        tuple(item for item in change.append if not lacks(now, item)),
        tuple(item for item, others in became.items() if not others),
    )
    reworded = {item: others for item, others in became.items() if others}
    if reworded and not editorial:
        return Merged("to_reread", agreed, reworded)
    if agreed == change:
        return Merged("agreed", agreed)
    return Merged("editorial" if editorial else "apart", agreed, reworded)


def lacks(items: tuple[str, ...], item: str) -> bool:
    """Whether a list does not have an item, however it is typed."""
    return normalised(item) not in map(normalised, items)


def in_its_place(item: str, then: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """The new items that stand where one stood that is no longer there."""
    before, after = [normalised(text) for text in then], [normalised(text) for text in now]
    if normalised(item) not in before:
        return ()
    at = before.index(normalised(item))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace" and start <= at < end:
            places = range(first, last)
            return tuple(now[place] for place in places if after[place] not in before)
    return ()
