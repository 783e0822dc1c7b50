"""The words that changed between two texts."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from cpps_cli.engine.fingerprint import normalised

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
        return tuple(Segment(mark, text) for mark, text in _whole(before, after) if text)
    return marked


def _gap(old: list[str], new: list[str]) -> str:
    """A space, where the word came after others before and comes first now."""
    return " " if "".join(old)[:1].isspace() and not "".join(new)[:1].isspace() else ""


def _whole(before: str, after: str) -> tuple[tuple[Mark, str], tuple[Mark, str]]:
    return ("removed", before), ("added", after)


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
