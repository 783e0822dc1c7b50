"""Updates a local text (ours) from its parent as it was read (base) to the one of the day (theirs).

Three texts are compared field by field, never line by line. What the parent changed where the local
text says nothing of its own is taken; what both changed in the same way is no longer a change; the
rest is a conflict. `edits` is what the file needs so that only conflicts are left in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cpps_cli.engine.conflicts import Conflict, conflicts
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.diff import Differences, DiffSide, differences
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.engine.update_edits import edits_needed
from cpps_cli.engine.upstream import (
    RedundantChange,
    UpstreamChange,
    UpstreamSheet,
    redundant_changes,
    upstream_added,
    upstream_changes,
    upstream_deleted,
)
from cpps_cli.model import Derived, Overlay, Territory
from cpps_cli.model.edit import Edit, Put


@dataclass(frozen=True, slots=True)
class Update:
    """What a parent that moved on means for one local text.

    `layers`: its changes, then those of its amendments, each beside the text that they change.
    `edits`: by file, what is to be written so that only conflicts are left.
    `ahead`: the text was written for a later version than the one asked for. `in_place`: the text
    it records is no longer the one that it was pinned to, though no amendment changed it.
    """

    derived: Derived
    territory: Territory
    overlay: Overlay
    base_version: str
    theirs_version: str
    conflicts: tuple[Conflict, ...]
    upstream_changes: tuple[UpstreamChange, ...]
    upstream_added: tuple[UpstreamSheet, ...]
    upstream_deleted: tuple[UpstreamSheet, ...]
    redundant_changes: tuple[RedundantChange, ...]
    changed: Differences
    layers: tuple[ThreeWay, ...]
    edits: Mapping[str, tuple[Edit, ...]]
    ahead: bool = False
    in_place: bool = False

    @property
    def is_behind(self) -> bool:
        """Whether the file records another version of the parent than that of the day."""
        return self.base_version != self.theirs_version

    @property
    def only_marks(self) -> bool:
        """Whether nothing but fingerprints is to be written."""
        edits = [edit for found in self.edits.values() for edit in found]
        return bool(edits) and all(map(_is_mark, edits))

    @property
    def is_blocked(self) -> bool:
        """Whether a conflict has to be resolved before the file can record the text of the day."""
        return any(conflict.blocks for conflict in self.conflicts)


def update(parent: Parent, overlay: Overlay, territory: Territory) -> Update:
    """Compares the three texts."""
    derivation = parent.derive(overlay, territory)
    derived, layers = derivation.derived, tuple(text.three_way for text in derivation.texts)
    if parent.is_before(overlay):
        return _left_alone(parent, overlay, territory, derived)
    found = conflicts(layers, derived)
    changed = differences(DiffSide(layers[0].base), DiffSide(layers[0].theirs))
    return Update(
        derived,
        territory,
        overlay,
        overlay.parent_version,
        parent.now.version,
        found,
        tuple(upstream_changes(changed, layers, derived, found)),
        tuple(upstream_added(changed, derived, found)),
        tuple(upstream_deleted(changed, overlay, found)),
        tuple(redundant for three_way in layers for redundant in redundant_changes(three_way)),
        changed,
        layers,
        edits_needed(layers, overlay, parent, found),
        in_place=parent.is_edited_in_place(overlay),
    )


def _left_alone(parent: Parent, overlay: Overlay, territory: Territory, derived: Derived) -> Update:
    """A text written for a later version than the one asked for: it was read since."""
    now, nothing = DiffSide(parent.now.contract), ()
    return Update(
        derived,
        territory,
        overlay,
        overlay.parent_version,
        parent.now.version,
        conflicts=nothing,
        upstream_changes=nothing,
        upstream_added=nothing,
        upstream_deleted=nothing,
        redundant_changes=nothing,
        changed=differences(now, now),
        layers=nothing,
        edits={},
        ahead=True,
    )


def _is_mark(edit: Edit) -> bool:
    match edit:
        case Put(path=("parent_fingerprint",)) | Put(path=(*_, "rests_on", _)):
            return True
        case _:
            return False
