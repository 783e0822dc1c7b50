"""Which sheets, and which axes, of two texts are the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from cpps_cli.derive.fingerprint import normalised
from cpps_cli.derive.generations import Generations
from cpps_cli.model import ActionSheet, Axis, Contract

T = TypeVar("T", ActionSheet, Axis)


@dataclass(frozen=True, slots=True)
class Pairs(Generic[T]):
    """What both texts have, in the order of the second, and what only one of them has."""

    both: tuple[tuple[T, T], ...]
    only_before: tuple[T, ...]
    only_after: tuple[T, ...]
    by_title: bool = False

    @property
    def after_to_before(self) -> Mapping[str | None, str | None]:
        """The code in the first text for each code of the second that has one there."""
        return {after.code: before.code for before, after in self.both}


def sheet_pairs(
    before: tuple[ActionSheet, ...],
    after: tuple[ActionSheet, ...],
    generations: Generations | None = None,
) -> Pairs[ActionSheet]:
    """Sheets that a correspondence says are the same; of the others, those of one code.

    Where no code is common, those of one title.
    """
    if generations is None:
        return _alike(before, after)
    rest = _alike(
        generations.not_named(before, first=True), generations.not_named(after, first=False)
    )
    alike = {one.code: other.code for one, other in rest.both}
    by_title = rest.by_title and bool(alike)
    return _paired(before, after, {**alike, **generations.same()}, by_title=by_title)


def _alike(before: tuple[ActionSheet, ...], after: tuple[ActionSheet, ...]) -> Pairs[ActionSheet]:
    if {sheet.code for sheet in before} & {sheet.code for sheet in after}:
        return _paired(before, after, {sheet.code: sheet.code for sheet in before})
    same_title = _same_title(before, after)
    return _paired(before, after, same_title, by_title=bool(before and after))


def axis_pairs(
    before: Contract, after: Contract, generations: Generations | None = None
) -> Pairs[Axis]:
    """Axes of one code, or that answer one axis of the parent; else those of one title.

    Those of two generations are the same where a correspondence says so.
    """
    links = {axis.code: axis.code for axis in before.axes}
    former, new = _by_root(before.axes), _by_root(after.axes)
    if generations is not None:
        answered = ((one, other) for one, other in generations.axes if one in former)
        links |= {former[one]: new[other] for one, other in answered if other in new}
    elif (before.parent or before.id) == (after.parent or after.id):
        links |= _links(former, new)
    pairs = _paired(before.axes, after.axes, links)
    rest = _same_title(pairs.only_before, pairs.only_after)
    return _paired(before.axes, after.axes, {**links, **rest})


def _by_root(axes: tuple[Axis, ...]) -> dict[str, str]:
    """The first axis that answers each axis of the parent."""
    return {axis.parent or axis.code: axis.code for axis in reversed(axes)}


def _paired(
    before: tuple[T, ...], after: tuple[T, ...], links: Mapping[str, str], *, by_title: bool = False
) -> Pairs[T]:
    """`links`: for a code of the first text, the code of the second that is the same thing."""
    former = {links[item.code]: item for item in before if item.code in links}
    both = tuple((former[item.code], item) for item in after if item.code in former)
    paired = {item.code for item, _ in both}
    return Pairs(
        both,
        tuple(item for item in before if item.code not in paired),
        tuple(item for item in after if item.code not in former),
        by_title,
    )


def _same_title(before: tuple[T, ...], after: tuple[T, ...]) -> dict[str, str]:
    """Codes of the first text with those of the second, where one title names one of each."""
    return _links(_by_title(before), _by_title(after))


def _links(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {code: after[name] for name, code in before.items() if name in after}


def _by_title(items: Iterable[T]) -> dict[str, str]:
    titles = [(normalised(item.title).casefold(), item.code) for item in items if item.title]
    times = Counter(title for title, _ in titles)
    return {title: code for title, code in titles if times[title] == 1}
