"""The changes of one or several files as one flat list, each with its place.

Amendments of one day, like the changes of one overlay, are validated together: their order means
nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine.merge3 import fingerprint
from cpps_cli.model import (
    ActionSheet,
    Adapt,
    AdaptContract,
    Amendment,
    Axis,
    Changes,
    Contract,
    DerivedSheet,
    Merge,
    Parts,
    Renumber,
    Take,
)
from cpps_cli.model.operation import KINDS, Operation, SheetChange, sheets_of, texts_of
from cpps_cli.model.sheet import DOUBTS


class Placed(NamedTuple):
    """A change, where it is written, and the sheets whose texts it touches, as `texts` say.

    `targets` are the codes of those sheets; () for the contract itself, or a new sheet.
    """

    change: SheetChange | AdaptContract
    place: Place
    targets: tuple[str, ...] = ()
    texts: tuple[Operation, ...] = ()

    @property
    def kind(self) -> str:
        """The key under which it is written."""
        return str(self.place.path[0])

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
    def contract(self) -> Placed | None:
        """Its change to the contract itself."""
        change, place = self.changes.contract, Place(self.file, ("contract",))
        return Placed(change, place, (), texts_of(change, place, ())) if change else None

    def all_placed(self) -> Iterator[Placed]:
        """Its change to the contract itself, then those to sheets."""
        if self.contract:
            yield self.contract
        yield from self._placed

    def placed_axes(self) -> list[tuple[Axis, Place]]:
        """The axes that it states, each with its place."""
        return [
            (axis, Place(self.file, ("axes", index)))
            for index, axis in enumerate(self.changes.axes)
        ]

    @cached_property
    def _placed(self) -> tuple[Placed, ...]:
        return tuple(
            _placed(change, Place(self.file, (kind, index)))
            for kind in KINDS
            for index, change in enumerate(getattr(self.changes, kind))
        )


class ChangeSet(NamedTuple):
    """Files of changes that are validated against one text. `listed`: only named sheets are taken.

    `offered`: in amendments of a local contract, sheets of its parent that they may take up.
    `given_up`: codes of sheets that the parent has in this text, and no longer in its last one.
    `coming` and `gone`, in amendments: codes of sheets that the contract does not have yet, and no
    longer has, each with the id of the amendment that brings it, or took it out.
    """

    files: tuple[ChangeFile, ...]
    listed: bool = False
    offered: frozenset[str] | None = None
    given_up: frozenset[str] = frozenset()
    coming: Mapping[str, str] = MappingProxyType({})
    gone: Mapping[str, str] = MappingProxyType({})

    def placed_again(self, placed: Placed, sheet: ActionSheet | None) -> tuple[str, ...]:
        """Which of the number and the axis a change gives a sheet that stands there already.

        () where it gives it another place, or none. A text held in part may well tell the place.
        Under axes of its own, one code can be another axis; a sheet that an amendment takes up has
        no place yet in the local text.
        """
        change = placed.change
        if sheet is None or not isinstance(change, Take | Renumber | Adapt):
            return ()
        if self.is_partial or self.axes(()) or (isinstance(change, Take) and self._amend):
            return ()
        stated = tuple(name for name in ("number", "axis") if getattr(change, name) is not None)
        return stated if all(_is_sure(change, sheet, name) for name in stated) else ()

    @property
    def is_partial(self) -> bool:
        """Whether they are those of a local text that is held in part."""
        return any(getattr(file.changes, "text", None) == "partial" for file in self.files)

    @property
    def _amend(self) -> bool:
        return any(isinstance(file.changes, Amendment) for file in self.files)

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

    def to_contract(self) -> list[Placed]:
        """The changes to the contract itself."""
        return [file.contract for file in self.files if file.contract]

    def axes(self, base: tuple[Axis, ...]) -> tuple[Axis, ...]:
        """The axes after the changes: their own where they state any."""
        return next((file.changes.axes for file in self._stating_axes()), base)

    def placed_axes(self) -> list[tuple[Axis, Place]]:
        """The axes after the changes where they state any, each with its place."""
        return next((file.placed_axes() for file in self._stating_axes()), [])

    def places_of_axes(self) -> list[Place]:
        """Where axes are stated: in one file, unless two meet."""
        return [Place(file.file, ("axes",)) for file in self._stating_axes()]

    def _stating_axes(self) -> list[ChangeFile]:
        return [file for file in self.files if file.changes.axes]


def brought_by(amendments: Iterable[Amendment]) -> dict[str, str]:
    """The codes of the sheets that amendments make, each with the id of the first that does."""
    found: dict[str, str] = {}
    for amendment in amendments:
        codes = [*(item.code for item in amendment.add), *(item.code for item in amendment.merge)]
        for code in codes:
            found.setdefault(code, amendment.id)
    return found


def _is_sure(change: Take | Renumber | Adapt, sheet: ActionSheet, field: str) -> bool:
    """Whether a change gives a sheet a number, or an axis, that it has already for certain.

    A text that prints a number which was inferred before says something.
    """
    doubted = any(field in getattr(noun, mark) for noun in (change, sheet) for mark in DOUBTS)
    disputed = any(field in claim.statement() for claim in sheet.claims)
    return getattr(change, field) == getattr(sheet, field) and not (doubted or disputed)


def _placed(change: SheetChange, place: Place) -> Placed:
    targets = sheets_of(change)
    if isinstance(change, Adapt | Merge):
        return Placed(change, place, targets, texts_of(change, place, targets))
    return Placed(change, place, targets)


@dataclass(frozen=True)
class ContractVersion:
    """The text of a contract after some amendments; `version` is the id of the last of them.

    `changes` are those of the last amendments; `sheets` and `fields` say what they made of the
    sheets and of the contract's own fields of the version `before`. The signed text has none.
    """

    contract: Contract
    version: str
    faults: tuple[Diagnostic, ...] = ()
    sheets: tuple[DerivedSheet, ...] = ()
    fields: Mapping[str, Parts] = field(default_factory=dict)
    changes: ChangeSet = field(default_factory=lambda: ChangeSet(()))
    before: "ContractVersion | None" = None

    # What is asked again for each local contract.

    @cached_property
    def fingerprint(self) -> str:
        """What its words come to: `sha256:` and figures."""
        return fingerprint(self.contract)

    @cached_property
    def territories(self) -> frozenset[str]:
        """The codes of the territories for which it is derived."""
        return frozenset(self.contract.local_territories)

    @cached_property
    def by_code(self) -> Mapping[str, ActionSheet]:
        """Its sheets by their codes, in their order."""
        return {sheet.code: sheet for sheet in self.contract.sheets}

    @cached_property
    def made(self) -> Mapping[str, DerivedSheet]:
        """What the last amendments made of the sheets before, by the codes of those after."""
        return {item.sheet.code: item for item in self.sheets}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each sheet, by its code."""
        return {code: rank for rank, code in enumerate(self.by_code)}

    @cached_property
    def untouched(self) -> Mapping[str, DerivedSheet]:
        """What each sheet is, by its code, in a contract that takes it word for word."""
        sheets = self.by_code.items()
        return {code: DerivedSheet(sheet, "inherited", (code,)) for code, sheet in sheets}
