"""Finds the operations of several changes that touch one field of one sheet of the new parent.

Two local texts on one field are a question that nobody but the town hall can answer: neither is
written, both are kept beside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeSet
from cpps_cli.engine.merge3 import digest
from cpps_cli.engine.rebase.disposition import (
    ABOUT,
    PLACE,
    Disposition,
    Outcome,
    Why,
    operations_of_change,
    unique,
)
from cpps_cli.model import Contract, Merge

# What a change became of which nothing is carried: the gravest of what its operations became.
_GRAVEST: tuple[Outcome, ...] = ("to_decide", "orphaned", "said_already", "discarded")
_BY_THEMSELVES = ("take", "exclude", "merge")


@dataclass(frozen=True, slots=True)
class LiveMerge:
    """A merge that still merges several sheets: those of the new parent."""

    merge: Merge
    place: Place
    sheets: tuple[str, ...]


def live_merges(changes: ChangeSet, found: Iterable[Disposition]) -> tuple[LiveMerge, ...]:
    """Lists the merges that can be written, each sheet in one at most: the first that is read."""
    by_change = grouped(found)
    live: list[LiveMerge] = []
    for placed in changes.placed():
        if isinstance(placed.change, Merge):
            sheets = _merged_sheets(by_change[placed.place])
            free = not set(sheets) & {code for other in live for code in other.sheets}
            if len(sheets) > 1 and free:
                live.append(LiveMerge(placed.change, placed.place, sheets))
    return tuple(live)


def without_conflicts(
    found: Iterable[Disposition], merges: tuple[LiveMerge, ...]
) -> tuple[Disposition, ...]:
    """Leaves to decide what would change a field of a sheet twice."""
    live = {merge.place for merge in merges}
    owner = {code: merge.merge.code for merge in merges for code in merge.sheets}
    apart: list[Disposition] = []
    for change, own in grouped(found).items():
        if change in live:
            apart += own
        elif own[0].operation.kind == "merge" and len(_merged_sheets(own)) > 1:
            apart += (_to_decide(item, "merged_elsewhere") for item in own)
        else:
            apart += (_beside_merges(item, owner) for item in own)
    rivals = _rivals(item for item in apart if item.operation.change not in live)
    return tuple(_to_decide(item, "meet") if item in rivals else item for item in apart)


def without_idle_places(
    found: tuple[Disposition, ...], merges: tuple[LiveMerge, ...], theirs: Contract
) -> tuple[Disposition, ...]:
    """Drops the place of a sheet that only gets the one it has already.

    A merged sheet has no place but the one it is given, whatever sheet its code is that of.
    """
    live = {merge.place for merge in merges}
    carried = [item for item in found if item.is_remapped and item.operation.change not in live]
    placing = [item for item in carried if item.operation.field in PLACE]
    changed = {code for item in carried if item.operation.way for code in item.to}
    for item in placing:
        sheets = ((code, theirs.sheet(code)) for code in item.to)
        field = str(item.operation.field)
        changed |= {code for code, sheet in sheets if getattr(sheet, field, None) != item.value}
    idle = [item for item in placing if set(item.to) - changed]
    said: Outcome = "said_already"
    return tuple(
        replace(item, outcome=said, why="parent_says_it") if item in idle else item
        for item in found
    )


def with_reasons(found: tuple[Disposition, ...], changes: ChangeSet) -> tuple[Disposition, ...]:
    """Adds what each change says of itself: it goes where the change goes."""
    by_change = grouped(found)
    reasons: list[Disposition] = []
    for placed in (*changes.placed(), *changes.to_contract()):
        about = [item for item in operations_of_change(placed) if item.field in ABOUT]
        if about and (own := by_change.get(placed.place)):
            whole = _as_a_whole(own)
            if not changes.listed and _stands_nowhere(own):
                whole = replace(whole, outcome="discarded", why="one_sheet_now")
            reasons += (replace(whole, operation=item, value=item.value) for item in about)
    return (*found, *reasons)


def grouped(found: Iterable[Disposition]) -> dict[Place, list[Disposition]]:
    """The dispositions of each change, in the order of the file."""
    by_change: dict[Place, list[Disposition]] = {}
    for item in found:
        by_change.setdefault(item.operation.change, []).append(item)
    return by_change


def _merged_sheets(own: list[Disposition]) -> tuple[str, ...]:
    carried = (item for item in own if item.is_remapped and item.operation.field == "sheets")
    return unique(code for item in carried for code in item.to)


def _to_decide(item: Disposition, why: Why) -> Disposition:
    if not item.is_remapped:
        return item
    return replace(item, outcome="to_decide", why=why, to_reread=False)


def _beside_merges(item: Disposition, owner: Mapping[str, str]) -> Disposition:
    """An operation on a sheet that the local text merges: the sheet is in it, the rest is asked."""
    if not item.is_remapped or not set(item.to) & set(owner):
        return item
    if item.operation.field is None:
        return replace(item, to=unique(owner.get(code, code) for code in item.to))
    return _to_decide(item, "merged_elsewhere")


def _rivals(found: Iterable[Disposition]) -> list[Disposition]:
    """Lists the operations that would change one field of one sheet in two ways."""
    meeting: dict[tuple[str, str], list[Disposition]] = defaultdict(list)
    for item in found:
        field = item.operation.field
        if item.is_remapped and field not in (None, "sheets"):
            for code in item.to:
                meeting[code, str(field)].append(item)
    rivals: list[Disposition] = []
    for own in meeting.values():
        alone = [item for item in own if item.operation.way not in ("append", "remove")]
        values = {digest(item.value) for item in alone}
        if len(values) > 1 or (alone and len(alone) < len(own)):
            rivals += own
    return rivals


def _as_a_whole(own: list[Disposition]) -> Disposition:
    """Where a change goes: to every sheet on which something of it stands."""
    alone = own[0].operation.kind in _BY_THEMSELVES
    counting = [item for item in own if item.operation.field or alone] or own
    carried = [item for item in counting if item.is_remapped and not _names_a_sheet(item)]
    outcome, why = _gravest(carried or counting)
    to = unique(code for item in carried or counting for code in item.to)
    return Disposition(own[0].operation, outcome, why, to)


def _names_a_sheet(item: Disposition) -> bool:
    """Whether an operation of a merge only says which of the parent's sheets it speaks of."""
    return item.operation.field == "sheets" or item.operation.way == "keep"


def _stands_nowhere(own: list[Disposition]) -> bool:
    """Whether nothing is written for a merge that the new parent has made itself."""
    stating = [item for item in own if item.is_remapped]
    return own[0].why == "one_sheet_now" and all(
        item.operation.field in (None, "sheets") for item in stating
    )


def _gravest(own: list[Disposition]) -> tuple[Outcome, Why]:
    if any(item.is_remapped for item in own):
        return "remapped", ""
    gravest = min(own, key=lambda item: _GRAVEST.index(item.outcome))
    return gravest.outcome, gravest.why
