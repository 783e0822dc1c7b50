"""Pieces of several changes that meet on one sheet of the new parent, and what follows from it.

Two local texts on one field are a question that nobody but the town hall can answer: neither is
written, both are kept beside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeSet, Placed
from cpps_cli.engine.fingerprint import digest
from cpps_cli.engine.rebase.ground import Ground
from cpps_cli.engine.rebase.pieces import ABOUT, Disposition, Outcome, Why, pieces_of
from cpps_cli.model import Merge
from cpps_cli.model.operation import Operation

T = TypeVar("T")
# What a change became of which nothing is carried: the gravest of what its pieces became.
_GRAVEST: tuple[Outcome, ...] = ("to_decide", "no_home", "said_already", "left_behind")
_BY_THEMSELVES = ("take", "exclude", "merge")


@dataclass(frozen=True, slots=True)
class LiveMerge:
    """A merge that still merges several sheets: those of the new parent."""

    merge: Merge
    place: Place
    sheets: tuple[str, ...]


def live_merges(changes: ChangeSet, fates: Iterable[Disposition]) -> tuple[LiveMerge, ...]:
    """The merges that can be written, each sheet in one of them at most: the first that is read."""
    by_change = grouped(fates)
    found: list[LiveMerge] = []
    for placed in changes.placed():
        if isinstance(placed.change, Merge):
            sheets = _merged_sheets(by_change[placed.place])
            free = not set(sheets) & {code for other in found for code in other.sheets}
            if len(sheets) > 1 and free:
                found.append(LiveMerge(placed.change, placed.place, sheets))
    return tuple(found)


def met(fates: tuple[Disposition, ...], merges: tuple[LiveMerge, ...]) -> tuple[Disposition, ...]:
    """The same fates where each field of each sheet is changed once at most."""
    live = {merge.place for merge in merges}
    owner = {code: merge.merge.code for merge in merges for code in merge.sheets}
    apart = []
    for change, own in grouped(fates).items():
        if change in live:
            apart.extend(own)
        elif own[0].piece.kind == "merge" and len(_merged_sheets(own)) > 1:
            apart.extend(_to_decide(fate, "merged_elsewhere") for fate in own)
        else:
            apart.extend(_beside_merges(fate, owner) for fate in own)
    rivals = _rivals(fate for fate in apart if fate.piece.change not in live)
    return tuple(_to_decide(fate, "meet") if fate in rivals else fate for fate in apart)


def without_effect(
    fates: tuple[Disposition, ...], merges: tuple[LiveMerge, ...], ground: Ground
) -> tuple[Disposition, ...]:
    """The same, where a sheet that only gets the place it has already gets none.

    A merged sheet has no place but the one it is given, whatever sheet its code is that of.
    """
    if ground.changes.listed:
        return fates
    live = {merge.place for merge in merges}
    places: dict[str, list[Disposition]] = defaultdict(list)
    text: set[str] = set()
    for fate in fates:
        if fate.is_carried and fate.piece.change not in live:
            if fate.piece.way:
                text.update(fate.to)
            elif fate.piece.field in ("number", "axis"):
                for code in fate.to:
                    places[code].append(fate)
    idle: list[Disposition] = []
    for code, own in places.items():
        sheet = ground.new.sheet(code)
        if sheet is None or code in text:
            continue
        if all(getattr(sheet, str(fate.piece.field)) == fate.value for fate in own):
            idle.extend(own)
    said: Outcome = "said_already"
    return tuple(
        replace(fate, outcome=said, why="parent_says_it") if fate in idle else fate
        for fate in fates
    )


def with_reasons(fates: tuple[Disposition, ...], changes: ChangeSet) -> tuple[Disposition, ...]:
    """The same, and what each change says of itself: it goes where the change goes."""
    by_change = grouped(fates)
    found = list(fates)
    for placed in changes.placed():
        for piece in pieces_of(placed):
            if piece.field in ABOUT:
                fate = _as_a_whole(placed, by_change[placed.place])
                if not changes.listed and _stands_nowhere(by_change[placed.place]):
                    fate = replace(fate, outcome="left_behind", why="one_sheet_now")
                found.append(replace(fate, piece=piece, value=piece.value))
    for placed in changes.to_contract():
        own = by_change.get(placed.place, [])
        found += [
            Disposition(piece, *_gravest(own), value=piece.value)
            for piece in pieces_of(placed)
            if piece.field in ABOUT and own
        ]
    return tuple(found)


def grouped(fates: Iterable[Disposition]) -> dict[Place, list[Disposition]]:
    """The fates of each change, in the order of the file."""
    found: dict[Place, list[Disposition]] = {}
    for fate in fates:
        found.setdefault(fate.piece.change, []).append(fate)
    return found


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Each item once, in their order."""
    return tuple(dict.fromkeys(items))


def _merged_sheets(fates: list[Disposition]) -> tuple[str, ...]:
    carried = (fate for fate in fates if fate.is_carried and fate.piece.field == "sheets")
    return unique(code for fate in carried for code in fate.to)


def _to_decide(fate: Disposition, why: Why) -> Disposition:
    if not fate.is_carried:
        return fate
    return replace(fate, outcome="to_decide", why=why, to_reread=False)


def _beside_merges(fate: Disposition, owner: Mapping[str, str]) -> Disposition:
    """A piece on a sheet that the local text merges: the sheet is in it, the rest is asked."""
    if not fate.is_carried or not set(fate.to) & set(owner):
        return fate
    if fate.piece.field is None:
        return replace(fate, to=unique(owner.get(code, code) for code in fate.to))
    return _to_decide(fate, "merged_elsewhere")


def _rivals(fates: Iterable[Disposition]) -> list[Disposition]:
    """The pieces that would change one field of one sheet in two ways."""
    meeting: dict[tuple[str, str], list[Disposition]] = defaultdict(list)
    for fate in fates:
        if fate.is_carried and fate.piece.field:
            for code in fate.to:
                meeting[code, fate.piece.field].append(fate)
    found: list[Disposition] = []
    for (_, field), own in meeting.items():
        alone = [fate for fate in own if fate.piece.way not in ("append", "remove")]
        values = {digest(fate.value) for fate in alone}
        if field != "sheets" and (len(values) > 1 or (alone and len(alone) < len(own))):
            found.extend(own)
    return found


def _as_a_whole(placed: Placed, fates: list[Disposition]) -> Disposition:
    """Where a change goes: to every sheet on which something of it stands."""
    counting = [
        fate for fate in fates if fate.piece.field or placed.kind in _BY_THEMSELVES
    ] or fates
    carried = [fate for fate in counting if fate.is_carried and not _names_a_sheet(fate.piece)]
    to = unique(code for fate in carried or counting for code in fate.to)
    return Disposition(counting[0].piece, *_gravest(carried or counting), to)


def _names_a_sheet(piece: Operation) -> bool:
    """Whether a piece of a merge only says which of the parent's sheets it speaks of."""
    return piece.field == "sheets" or piece.way == "keep"


def _stands_nowhere(fates: list[Disposition]) -> bool:
    """Whether nothing is written for a merge that the new parent has made itself."""
    stating = [
        fate for fate in fates if fate.is_carried and fate.piece.field not in (None, "sheets")
    ]
    return fates[0].why == "one_sheet_now" and not stating


def _gravest(fates: list[Disposition]) -> tuple[Outcome, Why]:
    if any(fate.is_carried for fate in fates):
        return "carried", ""
    gravest = min(fates, key=lambda fate: _GRAVEST.index(fate.outcome))
    return gravest.outcome, gravest.why
