"""A new generation: the local text carried from the former parent to the one that replaces it.

Each piece of the local text has a fate, so that nothing is lost in silence. What is proposed is
judged by the same engine as any local text, against the new parent.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeSet
from cpps_cli.engine.derive import Derivation, Parent
from cpps_cli.engine.rebase.ground import Ground
from cpps_cli.engine.rebase.meeting import LiveMerge, live_merges, met, with_reasons, without_effect
from cpps_cli.engine.rebase.pieces import OUTCOMES, Disposition, Outcome, Why
from cpps_cli.engine.rebase.proposal import proposed_changes
from cpps_cli.engine.rebase.remap import landed, landed_beside
from cpps_cli.engine.rebase.squash import Squashed, equivalent
from cpps_cli.model import ActionSheet, Amendment, Axis, Changes, Contract, Overlay, Territory
from cpps_cli.model.correspondence import Correspondence
from cpps_cli.model.operation import change_at

__all__ = ["OUTCOMES", "Disposition", "Migration", "Outcome", "Why", "migration"]


@dataclass(frozen=True, slots=True)
class Migration:
    """What is proposed for a local text under a new parent, and what became of each piece of it.

    `former` is the former parent's text of the day, `then` the one that the local text was written
    for. `local` is the local text with its amendments in force. `fates` are those of what people
    wrote, `drafted` those of that one text, from which the draft is made.
    `new_sheets` take up nothing of the former contract, `unmatched` are those of which that is not
    known.
    `own_axes_added`: axes of the new parent that no local axis answers, and that were put in.
    """

    former: Contract
    then: Contract
    successor: Contract
    version: str
    correspondence: Correspondence
    overlay: Overlay
    local: Squashed
    proposal: Overlay
    fates: tuple[Disposition, ...]
    drafted: tuple[Disposition, ...]
    new_sheets: tuple[ActionSheet, ...]
    unmatched: tuple[ActionSheet, ...]
    own_axes_added: tuple[str, ...] = ()

    def of(self, *outcomes: Outcome) -> tuple[Disposition, ...]:
        """The fates of these kinds."""
        return tuple(fate for fate in self.fates if fate.outcome in outcomes)

    def own_amendments(self) -> tuple[str, ...]:
        """The ids of the local contract's own amendments that are carried with its text."""
        changes = (file.changes for file in self.local.files)
        return tuple(item.id for item in changes if isinstance(item, Amendment))

    def change_at(self, place: Place) -> Any:
        """The change that a piece belongs to, as it is written."""
        files = {file.file: file for file in (*self.local.files, *self.local.later)}
        return change_at(files[place.file].changes, place.path)


def migration(
    former: Parent,
    successor: Parent,
    correspondence: Correspondence,
    overlay: Overlay,
    territory: Territory,
) -> Migration:
    """The local text of a territory as it is proposed under the parent's successor.

    The two are the texts of the day that each `Parent` stands for; the local text is held against
    the former one that it was written for.
    """
    written_for = former.written_for(overlay)
    local = equivalent(overlay, written_for, territory, former.on)
    changes = local.changes
    then = written_for.now.contract
    ground = Ground(then, successor.now.contract, correspondence, changes)
    draft = _settled(overlay, successor, ground, _standing(changes, ground), territory)
    order = local.place_order()
    in_draft = {placed.place: rank for rank, placed in enumerate(changes.placed())}
    sheets = ground.new.sheets
    origins = {sheet.code: correspondence.comes_from(sheet.code) for sheet in sheets}
    return Migration(
        former.now.contract,
        then,
        ground.new,
        successor.now.version,
        correspondence,
        overlay,
        local,
        draft.proposal,
        tuple(sorted(local.told(draft.fates), key=lambda fate: _rank(fate, order))),
        tuple(sorted(draft.fates, key=lambda fate: _rank(fate, in_draft))),
        tuple(sheet for sheet in sheets if (origin := origins[sheet.code]) and not origin.before),
        tuple(sheet for sheet in sheets if origins[sheet.code] is None),
        draft.axes_added,
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where each piece stands, once those that meet are put apart."""

    fates: tuple[Disposition, ...]
    merges: tuple[LiveMerge, ...]

    def without_numbers(self, codes: set[str]) -> "_Standing":
        """The same, the numbers of these sheets left to be decided."""
        return _Standing(tuple(_without_number(fate, codes) for fate in self.fates), self.merges)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A proposal with the fates that it follows from."""

    proposal: Overlay
    fates: tuple[Disposition, ...]
    axes_added: tuple[str, ...]


def _standing(changes: ChangeSet, ground: Ground) -> _Standing:
    alone = [fate for placed in changes.placed() for fate in landed(placed, ground)]
    merges = live_merges(changes, alone)
    beside = tuple(landed_beside(changes, ground))
    return _Standing((*met(tuple(alone), merges), *beside), merges)


def _settled(
    overlay: Overlay, successor: Parent, ground: Ground, standing: _Standing, territory: Territory
) -> _Draft:
    """The proposal without the numbers that other sheets have."""
    while True:
        draft = _drafted(overlay, successor, ground, standing, territory)
        taken = set(_numbers_taken(draft, successor, territory))
        if not taken:
            return draft
        standing = standing.without_numbers(taken)


def _drafted(
    overlay: Overlay, successor: Parent, ground: Ground, standing: _Standing, territory: Territory
) -> _Draft:
    fates = with_reasons(without_effect(standing.fates, standing.merges, ground), ground.changes)
    changes = proposed_changes(fates, standing.merges, ground)
    bare = _overlay(overlay, changes, successor)
    added = _axes_missing(successor.derive(bare, territory), ground)
    if not added:
        return _Draft(bare, fates, ())
    stated = {name: getattr(changes, name) for name in changes.model_fields_set}
    whole = Changes(**{**stated, "axes": (*changes.axes, *added)})
    codes = tuple(axis.code for axis in added)
    return _Draft(_overlay(overlay, whole, successor), fates, codes)


def _overlay(overlay: Overlay, changes: Changes, successor: Parent) -> Overlay:
    """The changes as the text of the same place, begun on the new parent."""
    return Overlay(
        territory=overlay.territory,
        parent=successor.now.contract.id,
        title=overlay.title,
        parent_version=successor.now.version,
        takes=overlay.takes,
        text="partial",
        **{name: getattr(changes, name) for name in changes.model_fields_set},
    )


def _axes_missing(derivation: Derivation, ground: Ground) -> tuple[Axis, ...]:
    """The axes of the new parent in which sheets stand that no local axis receives."""
    faults = derivation.faults
    missing = {fault.values["axis"] for fault in faults if fault.code == "CP407"}
    return tuple(
        Axis.model_validate({"code": axis.code, "title": axis.title})
        for axis in ground.new.axes
        if axis.code in missing
    )


def _numbers_taken(draft: _Draft, successor: Parent, territory: Territory) -> Iterator[str]:
    """The sheets whose local number is that of another sheet of the local contract."""
    stated = {
        code
        for fate in draft.fates
        if fate.is_carried and fate.piece.field == "number"
        for code in fate.to
    }
    having: dict[str, list[str]] = defaultdict(list)
    for item in successor.derive(draft.proposal, territory).derived.sheets:
        if item.sheet.number:
            having[item.sheet.number].append(item.sheet.code)
    for codes in having.values():
        if len(codes) > 1:
            yield from stated & set(codes)


def _without_number(fate: Disposition, codes: set[str]) -> Disposition:
    if fate.is_carried and fate.piece.field == "number" and set(fate.to) & codes:
        return replace(fate, outcome="to_decide", why="number_taken")
    return fate


def _rank(fate: Disposition, order: Mapping[Place, int]) -> tuple[int, int]:
    """The order of the files, what a change says of itself behind the change."""
    return (order.get(fate.piece.change, len(order)), bool(fate.piece.path))
