"""An array rewritten between the comments that stand in it: each stays with its item."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from cpps_cli.store.literals import literal, same


def commented_array(
    gaps: Sequence[str], words: Sequence[str], old: list[Any], new: list[Any]
) -> Iterator[str]:
    """The lines of an array, each old item that stays in its own words, between its comments."""
    # The first comment of a gap stands beside the item before it; the others are lone lines.
    comments = [[_comment(line) for line in gap.split("\n")] for gap in gaps]
    origins = _origins(old, new)
    done = 0
    yield "[" + comments[0][0]
    for index, item in enumerate(new):
        origin = origins.get(index)
        beside = ""
        if origin is not None:
            yield from (line for gap in comments[done : origin + 1] for line in gap[1:] if line)
            done = origin + 1
            beside = comments[done][0]
        kept = origin is not None and same(old[origin], item)
        yield f"    {words[done - 1] if kept else literal(item)},{beside}"
    yield from (line for gap in comments[done:] for line in gap[1:] if line)
    yield "]"


def _comment(line: str) -> str:
    """With the space before it: a column of comments stays one."""
    found = re.search(r"[ \t]*#[^\r]*", line)
    return found[0] if found else ""


def _origins(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Which old item each new one is, or takes the place of."""
    matcher = SequenceMatcher(None, [*map(repr, old)], [*map(repr, new)], autojunk=False)
    return {
        place: origin
        for kind, start, end, new_start, new_end in matcher.get_opcodes()
        if kind in {"equal", "replace"}
        for origin, place in zip(range(start, end), range(new_start, new_end), strict=False)
    }
