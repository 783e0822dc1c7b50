"""One change of a local text, said otherwise: fields and items less, other fingerprints.

A revision says what is to stay of the change; the edits of the file follow from it. A change of
which no text stays becomes a plain `take` or `renumber`, or goes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.engine.changes import ChangeFile
from cpps_cli.engine.conflicts import Conflict, redundant_changes
from cpps_cli.engine.dependencies import WHOLE_SHEET, Anchored, Dependency
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.merge3 import Merged, fingerprint, short, states
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import Adapt, AdaptContract, Exclude, IndicatorChange, Merge, Overlay, Territory
from cpps_cli.model.edit import Drop, Edit, Put, Rename
from cpps_cli.model.operation import texts_of
from cpps_cli.model.paths import local_file


@dataclass(frozen=True, slots=True)
class Revision:
    """What becomes of one key of a change.

    `lists` are the items that stay of `append` or `remove`, where they are others than before;
    `deleted` are the ways in which the field is no longer touched. `mark` is the fingerprint of
    its base, and `refused` the reason that stands beside it; None for none.
    """

    dependency: Dependency
    mark: str | None
    refused: str | None = None
    lists: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()

    @classmethod
    def without_words(cls, dependency: Dependency) -> "Revision":
        """What stays where the parent's words are taken: the figures that the change states."""
        stated = dependency.ways.get("set")
        figures: tuple[IndicatorChange, ...] = ()
        if dependency.key == "indicators" and isinstance(dependency.change, Adapt):
            figures = tuple(
                IndicatorChange.model_validate({"code": item.code, "values": item.values})
                for item in stated or ()
                if item.values
            )
        lists = {"set": figures} if figures else {}
        return cls(dependency, None, lists=lists, deleted=frozenset(dependency.ways) - lists.keys())

    @property
    def stays(self) -> bool:
        """Whether the change still touches the field."""
        return not self.dependency.ways.keys() <= self._all_deleted

    @property
    def _all_deleted(self) -> frozenset[str]:
        return self.deleted | {part for part, items in self.lists.items() if not items}

    def edits(self) -> Iterator[Edit]:
        """The edits of the file, while the change itself stays."""
        path, key = self.dependency.place.path, self.dependency.key
        for part, items in self.lists.items():
            if items:
                yield Put((*path, part, key), items)
        for part in sorted(self._all_deleted):
            yield Drop((*path, part, key))
        change = self.dependency.change
        mark, refused = (self.mark, self.refused) if self.stays else (None, None)
        yield from _noted(path, "rests_on", key, change.rests_on.get(key), mark)
        yield from _noted(path, "refused", key, change.refused.get(key), refused)


def revised(revisions: Iterable[Revision], *, listed: bool) -> tuple[Edit, ...]:
    """The edits of several changes; a change without any text left becomes a plain one, or goes."""
    by_change: dict[Place, list[Revision]] = {}
    for revision in revisions:
        by_change.setdefault(revision.dependency.place, []).append(revision)
    return tuple(edit for group in by_change.values() for edit in _of_change(group, listed=listed))


def _of_change(group: list[Revision], *, listed: bool) -> Iterator[Edit]:
    change, place = group[0].dependency.change, group[0].dependency.place
    deleted = {revision.dependency.key for revision in group if not revision.stays}
    if deleted and deleted >= _keys(change, place):
        yield from _emptied(change, place, group, listed=listed)
        return
    for revision in group:
        yield from revision.edits()


def _emptied(
    change: Anchored, place: Place, group: list[Revision], *, listed: bool
) -> Iterator[Edit]:
    match change:
        case Merge():  # sheets that become one without a text of their own are still merged
            for revision in group:
                yield from revision.edits()
        case Adapt() if listed or change.number or change.axis:
            for part in ("set", "append", "remove", "rests_on", "refused"):
                if getattr(change, part):  # as a whole: it may have a header of its own
                    yield Drop((*place.path, part))
            yield Rename(place.path, "take" if listed else "renumber")
        case Adapt() | AdaptContract() | Exclude():
            yield Drop(place.path)


def _keys(change: Anchored, place: Place) -> set[str | None]:
    """The keys under which a change touches something."""
    if isinstance(change, Exclude):
        return {WHOLE_SHEET}
    return {text.field for text in texts_of(change, place, ())}


def _noted(path: KeyPath, part: str, key: str, old: str | None, new: str | None) -> Iterator[Edit]:
    if new is not None and new != old:
        yield Put((*path, part, key), new)
    elif new is None and old is not None:
        yield Drop((*path, part, key))


def edits_needed(
    layers: tuple[ThreeWay, ...], overlay: Overlay, parent: Parent, conflicts: tuple[Conflict, ...]
) -> dict[str, tuple[Edit, ...]]:
    """Makes the edits of an update: none while one conflict blocks, none in a file up to date."""
    pinned, version = overlay.parent_fingerprint, parent.now.version
    behind = overlay.parent_version != version
    if any(conflict.blocks for conflict in conflicts) or not (behind or pinned):
        return {}
    edits: dict[str, list[Edit]] = {local_file(overlay): []}
    if behind:
        edits[local_file(overlay)].append(Put(("parent_version",), version))
    mark = short(parent.fingerprint)
    if pinned is None or not states(pinned, parent.now.contract):
        edits[local_file(overlay)].append(Put(("parent_fingerprint",), mark))
    for three_way in layers:
        for file in three_way.files:
            edits.setdefault(file.file, []).extend(_of_file(file, three_way))
    # The file that records the version comes last: until it is written, the others are not wrong.
    ordered = sorted(edits, key=lambda file: file == local_file(overlay))
    return {file: tuple(edits[file]) for file in ordered if edits[file]}


def _of_file(file: ChangeFile, three_way: ThreeWay) -> Iterator[Edit]:
    listed = isinstance(file.changes, Overlay) and file.changes.takes == "listed"
    dependencies = [
        dependency for dependency in three_way.dependencies if dependency.place.file == file.file
    ]
    yield from revised(
        [_settled(dependency, three_way) for dependency in dependencies], listed=listed
    )
    for redundant in redundant_changes(three_way):
        if redundant.place.file != file.file:
            continue
        if redundant.place.path[0] == "renumber":
            yield Drop(redundant.place.path)
        elif redundant.key in ("number", "axis"):
            yield Drop((*redundant.place.path, redundant.key))


def _settled(dependency: Dependency, three_way: ThreeWay) -> Revision:
    """What stays of a change once it is read against the text of the day, conflicts apart."""
    merged = three_way.merge(dependency)
    if merged.outcome == "conflict":
        # The conflict stays: the fingerprint goes on saying what the change was read against.
        mark = dependency.written or dependency.mark(three_way.base)
        return Revision(
            dependency, mark, dependency.refused, _left(dependency, merged, reworded=False)
        )
    if merged.outcome == "converged":
        return Revision.without_words(dependency)
    lists = _left(dependency, merged, reworded=True)
    return Revision(dependency, dependency.mark(three_way.theirs), dependency.refused, lists)


def _left(dependency: Dependency, merged: Merged, *, reworded: bool) -> dict[str, tuple[str, ...]]:
    """The items that stay; `reworded`: what is taken out goes under its new words."""
    items = dependency.items
    append = tuple(item for item in items.append if item not in merged.converged.append)
    remove: list[str] = []
    for item in items.remove:
        if item not in merged.converged.remove:
            words = merged.became.get(item, (item,)) if reworded else (item,)
            remove.extend(word for word in words if word not in remove)
    left = {"append": append, "remove": tuple(remove)}
    return {part: found for part, found in left.items() if found != getattr(items, part)}


@dataclass(frozen=True, slots=True)
class Pins:
    """The fingerprints of one local text and of its amendments.

    `stated`: how many there are already; `edits`: by file, those to write.
    """

    overlay: Overlay
    territory: Territory
    stated: int
    edits: Mapping[str, tuple[Edit, ...]]


def pins(parent: Parent, overlay: Overlay, territory: Territory) -> Pins:
    """What is missing in a local text, as of the text of the parent that it records."""
    layers = [text.three_way for text in parent.derive(overlay, territory).texts]
    stated = sum(
        dependency.written is not None
        for three_way in layers
        for dependency in three_way.dependencies
    )
    stated += overlay.parent_fingerprint is not None
    edits: dict[str, list[Edit]] = {}
    if overlay.parent_fingerprint is None:
        recorded = parent.at_base_of(overlay).now.contract
        mark = Put(("parent_fingerprint",), short(fingerprint(recorded)))
        edits[local_file(overlay)] = [mark]
    for three_way in layers:
        for file, edit in _missing(three_way):
            edits.setdefault(file, []).append(edit)
    return Pins(overlay, territory, stated, {file: tuple(found) for file, found in edits.items()})


def _missing(three_way: ThreeWay) -> Iterator[tuple[str, Edit]]:
    for dependency in three_way.dependencies:
        if dependency.written is None:
            path = (*dependency.place.path, "rests_on", dependency.key)
            yield dependency.place.file, Put(path, dependency.mark(three_way.base))
