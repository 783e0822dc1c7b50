"""The changes of one or several files as one flat list, each with its place.

Amendments of one day, like the changes of one overlay, are judged together: their order means
nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.model import (
    Adapt,
    AdaptContract,
    Add,
    Axis,
    Changes,
    Exclude,
    Merge,
    Renumber,
    Take,
)

SheetChange = Take | Renumber | Adapt | Exclude | Merge | Add
_KINDS: Mapping[type, str] = {
    Take: "take",
    Renumber: "renumber",
    Adapt: "adapt",
    Exclude: "exclude",
    Merge: "merge",
    Add: "add",
}


class Placed(NamedTuple):
    """A change and where it is written."""

    change: SheetChange
    place: Place

    @property
    def kind(self) -> str:
        """The key under which it is written."""
        return _KINDS[type(self.change)]

    @property
    def targets(self) -> tuple[str, ...]:
        """The codes of the sheets it changes."""
        match self.change:
            case Add():
                return ()
            case Merge():
                return self.change.sheets
            case _:
                return (self.change.sheet,)

    def target_place(self, code: str) -> Place:
        """Where it names that sheet."""
        if isinstance(self.change, Merge):
            return self.place.at("sheets", self.change.sheets.index(code))
        return self.place.at("sheet")


@dataclass(frozen=True)
class ChangeFile:
    """A file of changes: an overlay or an amendment."""

    changes: Changes
    file: str

    def placed(self) -> Iterator[Placed]:
        """Its changes to sheets, each with its place."""
        return iter(self._placed)

    @cached_property
    def _placed(self) -> tuple[Placed, ...]:
        return tuple(
            Placed(change, Place(self.file, (kind, index)))
            for kind in _KINDS.values()
            for index, change in enumerate(getattr(self.changes, kind))
        )


class ChangeSet(NamedTuple):
    """Files of changes that are judged against one text. `listed`: only named sheets are taken.

    `offered`: in amendments of a local contract, sheets of its parent that they may take up.
    """

    files: tuple[ChangeFile, ...]
    listed: bool = False
    offered: frozenset[str] | None = None

    def placed(self) -> list[Placed]:
        """All changes to sheets."""
        return [placed for file in self.files for placed in file.placed()]

    def by_sheet(self) -> dict[str, list[Placed]]:
        """The changes that touch each sheet."""
        found: dict[str, list[Placed]] = {}
        for placed in self.placed():
            for code in placed.targets:
                found.setdefault(code, []).append(placed)
        return found

    def to_contract(self) -> list[tuple[AdaptContract, Place]]:
        """The changes to the contract itself."""
        return [
            (file.changes.contract, Place(file.file, ("contract",)))
            for file in self.files
            if file.changes.contract is not None
        ]

    def axes(self, base: tuple[Axis, ...]) -> tuple[Axis, ...]:
        """The axes after the changes: their own where they state any."""
        return next((file.changes.axes for file in self._stating_axes()), base)

    def placed_axes(self) -> list[tuple[Axis, Place]]:
        """The axes after the changes where they state any, each with its place."""
        return [
            (axis, Place(file.file, ("axes", index)))
            for file in self._stating_axes()[:1]
            for index, axis in enumerate(file.changes.axes)
        ]

    def places_of_axes(self) -> list[Place]:
        """Where axes are stated: in one file, unless two meet."""
        return [Place(file.file, ("axes",)) for file in self._stating_axes()]

    def has_own_axes(self) -> bool:
        """Whether axes are stated."""
        return bool(self._stating_axes())

    def _stating_axes(self) -> list[ChangeFile]:
        return [file for file in self.files if file.changes.axes]
