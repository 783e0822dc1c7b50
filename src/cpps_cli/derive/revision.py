"""One change of a local text, said otherwise: fields and items less, other fingerprints.

A revision says what is to stay of the change; the edits of the file follow from it. A change of
which no text stays becomes a plain `take` or `renumber`, or goes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cpps_cli.derive.footings import Anchored, Footing
from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.model import Adapt, AdaptContract, Exclude, Merge
from cpps_cli.model.edit import Drop, Edit, Put, Rename

_PARTS = ("set", "append", "remove", "keep")


@dataclass(frozen=True, slots=True)
class Revision:
    """What becomes of one key of a change.

    `lists` are the items that stay of `append` or `remove`, where they are others than before;
    `gone` are the parts under which the field no longer stands. `mark` is the fingerprint of what
    it is read against, and `refused` the reason that stands beside it; None for none.
    """

    footing: Footing
    mark: str | None
    refused: str | None = None
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    @property
    def stays(self) -> bool:
        """Whether the change still touches the field."""
        return any(part not in self._all_gone for part in _parts_of(self.footing))

    @property
    def _all_gone(self) -> frozenset[str]:
        return self.gone | {part for part, items in self.lists.items() if not items}

    def edits(self) -> Iterator[Edit]:
        """The edits of the file, while the change itself stays."""
        path, key = self.footing.place.path, self.footing.key
        for part, items in self.lists.items():
            if items:
                yield Put((*path, part, key), items)
        for part in sorted(self._all_gone):
            yield Drop((*path, part, key))
        change = self.footing.change
        mark, refused = (self.mark, self.refused) if self.stays else (None, None)
        yield from _noted(path, "rests_on", key, change.rests_on.get(key), mark)
        yield from _noted(path, "refused", key, change.refused.get(key), refused)


def revised(revisions: Iterable[Revision], *, listed: bool) -> tuple[Edit, ...]:
    """The edits of several changes; a change without any text left becomes a plain one, or goes."""
    by_change: dict[Place, list[Revision]] = {}
    for revision in revisions:
        by_change.setdefault(revision.footing.place, []).append(revision)
    return tuple(edit for group in by_change.values() for edit in _of_change(group, listed=listed))


def _of_change(group: list[Revision], *, listed: bool) -> Iterator[Edit]:
    change, place = group[0].footing.change, group[0].footing.place
    gone = {revision.footing.key for revision in group if not revision.stays}
    if gone and gone >= _keys(change):
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


def _keys(change: Anchored) -> set[str]:
    if isinstance(change, Exclude):
        return {"sheet"}
    found: set[str] = set()
    for part in _PARTS:
        value: Any = getattr(change, part, None)
        if value is not None:
            found |= set(value) if isinstance(value, dict) else value.model_fields_set
    return found


def _parts_of(footing: Footing) -> tuple[str, ...]:
    """The parts of the change under which the field stands; of an exclusion, the whole of it."""
    if isinstance(footing.change, Exclude):
        return ("sheet",)
    return tuple(part for part in _PARTS if footing.key in _named(footing.change, part))


def _named(change: Anchored, part: str) -> set[str]:
    value: Any = getattr(change, part, None)
    if value is None:
        return set()
    return set(value) if isinstance(value, dict) else value.model_fields_set


def _noted(path: KeyPath, part: str, key: str, old: str | None, new: str | None) -> Iterator[Edit]:
    if new is not None and new != old:
        yield Put((*path, part, key), new)
    elif new is None and old is not None:
        yield Drop((*path, part, key))
