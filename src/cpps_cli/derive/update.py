"""A local text, its parent as it was read and as it is: what flows, what agrees, what to ask.

Three texts are compared field by field, never line by line. What the parent changed where the local
text says nothing of its own flows through; what both changed in the same way is no longer a change;
the rest is a question. `edits` is what the file needs so that only the questions are left in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cpps_cli.derive.beside import Beside, is_editorial, items_of
from cpps_cli.derive.changes import ChangeFile
from cpps_cli.derive.derivation import Parent
from cpps_cli.derive.differences import Differences, Edition, SheetDifference, differences
from cpps_cli.derive.fields import FieldDifference
from cpps_cli.derive.footings import Footing, short
from cpps_cli.derive.head import local_file
from cpps_cli.derive.meeting import Meeting
from cpps_cli.derive.questions import Question, questions
from cpps_cli.derive.revision import Revision, revised
from cpps_cli.diagnostics import Place
from cpps_cli.model import (
    ActionSheet,
    Adapt,
    AdaptContract,
    Derived,
    Exclude,
    Overlay,
    Renumber,
    Territory,
)
from cpps_cli.model.edit import Drop, Edit, Put

Nature = Literal["substantive", "editorial", "typographic"]
# inherited: the local text says it too; own: it has words of its own there; not_taken: it does not
# hold the sheet.
Stance = Literal["inherited", "own", "not_taken"]


@dataclass(frozen=True, slots=True)
class Flow:
    """A field that the parent changed and that nobody has to read again.

    `sheet` is the parent's, then and now; None for the contract itself.
    """

    sheet: SheetDifference | None
    difference: FieldDifference
    nature: Nature
    stance: Stance
    amendments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sheet that the parent has since, or has no longer; `stance`: whether the local follows."""

    sheet: ActionSheet
    stance: Stance


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a local change and the parent say in the same way now: the change has done its work.

    `key` is a field, or `sheet` where the whole change goes; `items` those of a list.
    """

    place: Place
    sheet: str | None
    key: str
    items: tuple[str, ...] = ()


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
    questions: tuple[Question, ...]
    flows: tuple[Flow, ...]
    arrivals: tuple[Arrival, ...]
    departures: tuple[Arrival, ...]
    agreements: tuple[Agreement, ...]
    changed: Differences
    layers: tuple[Beside, ...]
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
    changed = differences(Edition(layers[0].then), Edition(layers[0].now))
    return Update(
        derived,
        territory,
        overlay,
        overlay.parent_version,
        parent.now.version,
        asked,
        tuple(_flows(changed, layers, derived, asked)),
        tuple(_arrivals(changed, derived, asked)),
        tuple(_departures(changed, overlay, asked)),
        tuple(agreement for beside in layers for agreement in _agreements(beside)),
        changed,
        layers,
        _edits(layers, overlay, parent, asked),
        in_place=parent.is_edited_in_place(overlay),
    )


def _left_alone(parent: Parent, overlay: Overlay, territory: Territory, derived: Derived) -> Update:
    """A text written for a later version than the one asked for: it was read since."""
    now, nothing = Edition(parent.now.contract), ()
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


# --- what flows


def _flows(
    changed: Differences,
    layers: tuple[Beside, ...],
    derived: Derived,
    asked: Iterable[Question],
) -> Iterator[Flow]:
    cells = {(moved.sheet, moved.field) for item in asked for moved in item.moved}
    for difference in changed.contract:
        if (None, difference.field) not in cells:
            yield _flow(None, difference, layers, derived)
    for sheet in changed.sheets:
        for difference in sheet.fields:
            if (sheet.after.code, _key(difference)) not in cells:
                yield _flow(sheet, difference, layers, derived)


def _flow(
    sheet: SheetDifference | None,
    difference: FieldDifference,
    layers: tuple[Beside, ...],
    derived: Derived,
) -> Flow:
    code = sheet.after.code if sheet else None
    cells = ((code, _key(difference)),)
    steps = layers[0].steps(cells)
    nature: Nature = "substantive"
    if difference.typographic:
        nature = "typographic"
    elif steps and all(is_editorial(step, cells) for step in steps):
        nature = "editorial"
    stance: Stance = _stance(sheet.after, derived) if sheet else "inherited"
    if stance == "inherited" and _says_otherwise(layers, *cells[0]):
        stance = "own"
    return Flow(sheet, difference, nature, stance, tuple(after.version for _, after in steps))


def _key(difference: FieldDifference) -> str:
    """The field of a sheet that a difference is in: an indicator's title is in `indicators`."""
    return "indicators" if difference.field.startswith("indicator") else difference.field


def _says_otherwise(layers: Iterable[Beside], code: str | None, key: str) -> bool:
    """Whether a local change has words of its own for a field."""
    return any((code, key) in footing.cells for beside in layers for footing in beside.footings)


def _stance(sheet: ActionSheet, derived: Derived) -> Stance:
    answered = {code for item in derived.sheets for code in item.answers or ()}
    return "inherited" if sheet.code in answered else "not_taken"


def _arrivals(
    changed: Differences, derived: Derived, asked: Iterable[Question]
) -> Iterator[Arrival]:
    taken = {item.sheet for item in asked if item.kind == "code_taken"}
    for item in changed.added:
        if item.sheet.code not in taken:
            yield Arrival(item.sheet, _stance(item.sheet, derived))


def _departures(
    changed: Differences, overlay: Overlay, asked: Iterable[Question]
) -> Iterator[Arrival]:
    """The sheets that the parent gave up, and that no change of the local text names."""
    named = {moved.sheet for item in asked if item.kind == "repealed" for moved in item.moved}
    left_out = {change.sheet for change in overlay.exclude}
    for item in changed.removed:
        code = item.sheet.code
        if code not in named:
            follows = overlay.takes == "all" and code not in left_out
            yield Arrival(item.sheet, "inherited" if follows else "not_taken")


# --- what agrees


def _agreements(beside: Beside) -> Iterator[Agreement]:
    for footing in beside.footings:
        meeting = beside.meeting(footing)
        items = (*meeting.agreed.append, *meeting.agreed.remove)
        if meeting.outcome == "agreed" or items:
            code = footing.sheets[0] if footing.sheets else None
            yield Agreement(footing.place, code, footing.key, items)
    for placed in beside.placed():
        if isinstance(placed.change, Renumber) and _is_there(placed.change, beside):
            yield Agreement(placed.place, placed.change.sheet, "sheet")


def _is_there(renumber: Renumber, beside: Beside) -> bool:
    sheet = beside.now.sheet(renumber.sheet)
    return (
        sheet is not None
        and renumber.number in (None, sheet.number)
        and renumber.axis in (None, sheet.axis)
    )


# --- what the file needs


def _edits(
    layers: tuple[Beside, ...], overlay: Overlay, parent: Parent, asked: tuple[Question, ...]
) -> dict[str, tuple[Edit, ...]]:
    """Nothing while a question blocks, and nothing in a file that is up to date already."""
    pinned, version = overlay.parent_fingerprint, parent.now.version
    behind = overlay.parent_version != version
    if any(question.blocks for question in asked) or not (behind or pinned):
        return {}
    edits: dict[str, list[Edit]] = {local_file(overlay): []}
    if behind:
        edits[local_file(overlay)].append(Put(("parent_version",), version))
    mark = short(parent.fingerprint)
    if mark != pinned:
        edits[local_file(overlay)].append(Put(("parent_fingerprint",), mark))
    for beside in layers:
        for file in beside.files:
            edits.setdefault(file.file, []).extend(_of_file(file, beside))
    # The file that records the version comes last: until it is written, the others are not wrong.
    ordered = sorted(edits, key=lambda file: file == local_file(overlay))
    return {file: tuple(edits[file]) for file in ordered if edits[file]}


def _is_mark(edit: Edit) -> bool:
    match edit:
        case Put(path=("parent_fingerprint",)) | Put(path=(*_, "rests_on", _)):
            return True
        case _:
            return False


def _of_file(file: ChangeFile, beside: Beside) -> Iterator[Edit]:
    listed = isinstance(file.changes, Overlay) and file.changes.takes == "listed"
    footings = [footing for footing in beside.footings if footing.place.file == file.file]
    yield from revised([_settled(footing, beside) for footing in footings], listed=listed)
    for agreement in _agreements(beside):
        if agreement.place.file == file.file and agreement.place.path[0] == "renumber":
            yield Drop(agreement.place.path)


def _settled(footing: Footing, beside: Beside) -> Revision:
    """What stays of a change once it is read against the text of the day, questions apart."""
    meeting = beside.meeting(footing)
    if meeting.outcome == "to_reread":
        # The question stays: the fingerprint goes on saying what the change was read against.
        mark = footing.written or footing.mark(beside.then)
        return Revision(footing, mark, footing.refused, _left(footing, meeting, reworded=False))
    if meeting.outcome == "agreed":
        return Revision(footing, None, gone=frozenset(_everything(footing)))
    lists = _left(footing, meeting, reworded=True)
    return Revision(footing, footing.mark(beside.now), footing.refused, lists)


def _left(footing: Footing, meeting: Meeting, *, reworded: bool) -> dict[str, tuple[str, ...]]:
    """The items that stay; `reworded`: what is taken out goes under its new words."""
    change, key = footing.change, footing.key
    if not isinstance(change, Adapt | AdaptContract):
        return {}
    items = items_of(change, key)
    append = tuple(item for item in items.append if item not in meeting.agreed.append)
    remove: list[str] = []
    for item in items.remove:
        if item not in meeting.agreed.remove:
            words = meeting.became.get(item, (item,)) if reworded else (item,)
            remove.extend(word for word in words if word not in remove)
    left = {"append": append, "remove": tuple(remove)}
    return {part: found for part, found in left.items() if found != getattr(items, part)}


def _everything(footing: Footing) -> tuple[str, ...]:
    if isinstance(footing.change, Exclude):
        return ("sheet",)
    parts = ("set", "append", "remove")
    return tuple(
        part
        for part in parts
        if (value := getattr(footing.change, part, None)) and footing.key in value.model_fields_set
    )
