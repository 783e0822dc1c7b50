"""A local text, its parent as it was read and as it is: what flows, what agrees, what to ask.

Three texts are compared field by field, never line by line. What the parent changed where the local
text says nothing of its own flows through; what both changed in the same way is no longer a change;
the rest is a question. `edits` is what the file needs so that only the questions are left in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cpps_cli.engine.conflicts import Conflict, questions
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.diff import Differences, DiffSide, differences
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.engine.update_edits import edits_needed
from cpps_cli.engine.upstream import (
    RedundantChange,
    UpstreamChange,
    UpstreamSheet,
    arrivals_of,
    departures_of,
    flows_of,
    redundant_changes,
)
from cpps_cli.model import Derived, Overlay, Territory
from cpps_cli.model.edit import Edit, Put


@dataclass(frozen=True, slots=True)
class Update:
    """What a parent that moved on means for one local text.

    `layers`: its changes, then those of its amendments, each beside the text that they change.
    `edits`: by file, what is to be written so that only the questions are left.
    `ahead`: the text was written for a later version than the one asked for. `in_place`: the text
    it records is no longer the one that it was pinned to, though no amendment changed it.
    """

    derived: Derived
    territory: Territory
    overlay: Overlay
    written_for: str
    now: str
    questions: tuple[Conflict, ...]
    flows: tuple[UpstreamChange, ...]
    arrivals: tuple[UpstreamSheet, ...]
    departures: tuple[UpstreamSheet, ...]
    agreements: tuple[RedundantChange, ...]
    changed: Differences
    layers: tuple[ThreeWay, ...]
    edits: Mapping[str, tuple[Edit, ...]]
    ahead: bool = False
    in_place: bool = False

    @property
    def is_behind(self) -> bool:
        """Whether the file records another version of the parent than that of the day."""
        return self.written_for != self.now

    @property
    def only_marks(self) -> bool:
        """Whether nothing but fingerprints is to be written."""
        edits = [edit for found in self.edits.values() for edit in found]
        return bool(edits) and all(map(_is_mark, edits))

    @property
    def is_blocked(self) -> bool:
        """Whether a question has to be answered before the file can record the text of the day."""
        return any(question.blocks for question in self.questions)


def update(parent: Parent, overlay: Overlay, territory: Territory) -> Update:
    """The three texts compared."""
    derivation = parent.derive(overlay, territory)
    derived, layers = derivation.derived, tuple(text.beside for text in derivation.texts)
    if parent.is_before(overlay):
        return _left_alone(parent, overlay, territory, derived)
    asked = questions(layers, derived)
    changed = differences(DiffSide(layers[0].then), DiffSide(layers[0].now))
    return Update(
        derived,
        territory,
        overlay,
        overlay.parent_version,
        parent.now.version,
        asked,
        tuple(flows_of(changed, layers, derived, asked)),
        tuple(arrivals_of(changed, derived, asked)),
        tuple(departures_of(changed, overlay, asked)),
        tuple(agreement for beside in layers for agreement in redundant_changes(beside)),
        changed,
        layers,
        edits_needed(layers, overlay, parent, asked),
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
        questions=nothing,
        flows=nothing,
        arrivals=nothing,
        departures=nothing,
        agreements=nothing,
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
