"""Pairs of two texts: sheets, items of a list, words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from cpps_cli.engine.merge3 import normalised
from cpps_cli.model import ActionSheet, Axis, Contract
from cpps_cli.model.beside import Correspondence, Passage, SheetsMatched

# What a passage is when it is told from the new contract to the former one.
_BACKWARDS: dict[Passage, Passage] = {
    "same": "same",
    "split": "merged",
    "merged": "split",
    "dropped": "new",
    "new": "dropped",
}


@dataclass(frozen=True, slots=True)
class Generations:
    """The passages from the first text's generation to the second's; `axes` by code."""

    correspondence: Correspondence
    matches: tuple[SheetsMatched, ...]
    axes: tuple[tuple[str, str], ...]

    def of(self, roots: Iterable[str], *, first: bool) -> SheetsMatched | None:
        """What is said of a sheet of the first text, or of the second, known by its roots."""
        codes = set(roots)
        return next((item for item in self.matches if codes & set(_codes(item, first))), None)

    def across(self, roots: Iterable[str], *, first: bool) -> frozenset[str]:
        """The codes in the other generation for a sheet of the first text, or of the second."""
        codes = set(roots)
        found = (item for item in self.matches if codes & set(_codes(item, first)))
        return frozenset(code for item in found for code in _codes(item, not first))

    def same(self) -> dict[str, str]:
        """The codes of sheets that stayed one, those of the first text with the second's."""
        return {
            item.before[0]: item.after[0]
            for item in self.matches
            if item.kind == "same" and item.before and item.after
        }

    def not_named(self, sheets: tuple[ActionSheet, ...], *, first: bool) -> tuple[ActionSheet, ...]:
        """The sheets of one side of which nothing is said."""
        named = {code for item in self.matches for code in _codes(item, first)}
        return tuple(sheet for sheet in sheets if sheet.code not in named)


def generations(correspondence: Correspondence, *, backwards: bool = False) -> Generations:
    """What it says from the former contract to the new one, or `backwards`."""
    axes = tuple((item.before, item.after) for item in correspondence.axes)
    if not backwards:
        return Generations(correspondence, correspondence.sheets, axes)
    return Generations(
        correspondence,
        tuple(map(_turned, correspondence.sheets)),
        tuple((after, before) for before, after in axes),
    )


def _turned(item: SheetsMatched) -> SheetsMatched:
    return item.replace(kind=_BACKWARDS[item.kind], before=item.after, after=item.before)


def _codes(item: SheetsMatched, first: bool) -> tuple[str, ...]:
    return item.before if first else item.after


T = TypeVar("T", ActionSheet, Axis)


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """What both texts have, in the order of the second, and what only one of them has."""

    both: tuple[tuple[T, T], ...]
    only_before: tuple[T, ...]
    only_after: tuple[T, ...]
    by_title: bool = False

    @property
    def after_to_before(self) -> Mapping[str | None, str | None]:
        """The code in the first text for each code of the second that has one there."""
        return {after.code: before.code for before, after in self.both}


def match_sheets(
    before: tuple[ActionSheet, ...],
    after: tuple[ActionSheet, ...],
    generations: Generations | None = None,
) -> Matching[ActionSheet]:
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


def _alike(
    before: tuple[ActionSheet, ...], after: tuple[ActionSheet, ...]
) -> Matching[ActionSheet]:
    if {sheet.code for sheet in before} & {sheet.code for sheet in after}:
        return _paired(before, after, {sheet.code: sheet.code for sheet in before})
    same_title = _same_title(before, after)
    return _paired(before, after, same_title, by_title=bool(before and after))


def match_axes(
    before: Contract, after: Contract, generations: Generations | None = None
) -> Matching[Axis]:
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
) -> Matching[T]:
    """`links`: for a code of the first text, the code of the second that is the same thing."""
    former = {links[item.code]: item for item in before if item.code in links}
    both = tuple((former[item.code], item) for item in after if item.code in former)
    paired = {item.code for item, _ in both}
    return Matching(
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


Mark = Literal["same", "removed", "added"]
# Where two texts share less than this part of their words, marks word by word could not be read.
LEAST_SHARED = 1 / 3
# A word or a sign, with the white space before it: how lines are broken is no change.
_WORD = re.compile(r"\s*(?:\w+|[^\w\s])")
Block = tuple[int, int, int]  # where the same words begin in each text, and how many there are


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that both texts have, or only one; they keep the white space before them."""

    mark: Mark
    text: str


def diff_words(before: str, after: str) -> tuple[Segment, ...]:
    """Both texts as one, what was removed before what was added; marks do not see typography.

    Asked the other way round, the same words are marked, as added instead of removed.
    """
    old, new = _words(before), _words(after)
    segments: list[Segment] = []
    for (i, j, length), (next_i, next_j, _) in pairwise([(0, 0, 0), *_shared(old, new)]):
        segments.append(
            Segment("same", _gap(old[i : i + 1], new[j : j + 1]) + "".join(new[j : j + length]))
        )
        segments.append(Segment("removed", "".join(old[i + length : next_i])))
        segments.append(Segment("added", "".join(new[j + length : next_j])))
    marked = tuple(run for run in segments if run.text)
    if all(run.mark == "same" for run in marked):
        # Only spaces differ, in a way that is not mere typing.
        whole: tuple[tuple[Mark, str], ...] = (("removed", before), ("added", after))
        return tuple(Segment(mark, text) for mark, text in whole if text)
    return marked


def _gap(old: list[str], new: list[str]) -> str:
    """A space, where the word came after others before and comes first now."""
    return " " if "".join(old)[:1].isspace() and not "".join(new)[:1].isspace() else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def _shared(old: list[str], new: list[str]) -> list[Block]:
    """The stretches that both have, in order; the last one is empty and ends both."""
    end = (len(old), len(new), 0)
    keys, others = [normalised(word) for word in old], [normalised(word) for word in new]
    if keys > others:
        # The matcher does not find the same both ways round: it always looks one way.
        found = [(i, j, length) for j, i, length in _matched(others, keys)]
    else:
        found = _matched(keys, others)
    kept = [block for block in found if _reads_alone(block, keys, len(others))]
    shared = sum(length for _, _, length in kept)
    return [*kept, end] if shared >= LEAST_SHARED * max(len(old), len(new)) else [end]


def _matched(keys: list[str], others: list[str]) -> list[Block]:
    blocks = SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _reads_alone(block: Block, keys: list[str], others: int) -> bool:
    """Whether a shared stretch is more than a comma between two changes."""
    i, j, length = block
    at_an_edge = (i, j) == (0, 0) or (i + length, j + length) == (len(keys), others)
    return at_an_edge or any(key[:1].isalnum() for key in keys[i : i + length])
