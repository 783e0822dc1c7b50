"""What the files of a local text are to say, so that only the questions are left in them."""

from collections.abc import Iterator

from cpps_cli.derive.agreements import agreements_of
from cpps_cli.derive.beside import Beside, items_of
from cpps_cli.derive.changes import ChangeFile
from cpps_cli.derive.derivation import Parent
from cpps_cli.derive.footings import Footing, short
from cpps_cli.derive.head import local_file
from cpps_cli.derive.meeting import Meeting
from cpps_cli.derive.questions import Question
from cpps_cli.derive.revision import Revision, revised
from cpps_cli.model import (
    Adapt,
    AdaptContract,
    Exclude,
    Overlay,
)
from cpps_cli.model.edit import Drop, Edit, Put


def edits_needed(
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


def _of_file(file: ChangeFile, beside: Beside) -> Iterator[Edit]:
    listed = isinstance(file.changes, Overlay) and file.changes.takes == "listed"
    footings = [footing for footing in beside.footings if footing.place.file == file.file]
    yield from revised([_settled(footing, beside) for footing in footings], listed=listed)
    for agreement in agreements_of(beside):
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
