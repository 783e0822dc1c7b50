"""What each change of a local text rests on: fields of its parent, and a fingerprint of them.

A change of one field rests on that field alone, so that what the parent changes elsewhere does not
reopen it. What is left out rests on all that the sheet says; a sheet that is only taken, or only
gets another number, rests on nothing: its text is the parent's own. Nothing is judged here.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.engine.fingerprint import digest
from cpps_cli.model import (
    TEXT_FIELDS,
    Adapt,
    AdaptContract,
    Add,
    Contract,
    Exclude,
    Merge,
    Renumber,
    Take,
)

# The code of a sheet, None for the contract itself, and a field.
Cell = tuple[str | None, str]
Anchored = Adapt | AdaptContract | Exclude | Merge
WHOLE_SHEET = "sheet"
_MARK_LENGTH = len("sha256:") + 16


class Dependency(NamedTuple):
    """What one change rests on under one key: the same fields of one or several sheets.

    `sheets` is empty for a field of the contract itself. `key` is the field, or `sheet` for all.
    """

    change: Anchored
    place: Place
    key: str
    sheets: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are meant."""
        return TEXT_FIELDS if self.key == WHOLE_SHEET else (self.key,)

    @property
    def written(self) -> str | None:
        """The fingerprint that the file states; None where it states none."""
        return self.change.rests_on.get(self.key)

    @property
    def refused(self) -> str | None:
        """Why what the parent said then was not taken, where that was written down."""
        return self.change.refused.get(self.key)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Each field of each sheet."""
        return tuple((code, field) for code in self.sheets or (None,) for field in self.fields)

    def values(self, text: Contract) -> tuple[Any, ...]:
        """What a text says there: a value for each cell, None where its sheet is not there."""
        return tuple(value_in(text, cell) for cell in self.cells)

    def mark(self, text: Contract) -> str:
        """The fingerprint of what a text says there."""
        return mark_of(*self.values(text))


def value_in(text: Contract, cell: Cell) -> Any:
    """What a text says in one field."""
    code, field = cell
    if code is not None:
        return getattr(text.sheet(code), field, None)
    held = text.retained(field)
    return None if held is None else held.value


def mark_of(*values: Any) -> str:
    """The fingerprint of values that a change rests on together."""
    return short(digest(values))


def dependencies(file: ChangeFile) -> Iterator[Dependency]:
    """What the changes of a file rest on, in the order of the file's kinds."""
    if file.changes.contract is not None:
        change, place = file.changes.contract, Place(file.file, ("contract",))
        for field in touched(change):
            yield Dependency(change, place, field, ())
    for placed in file.placed():
        yield from dependencies_of(placed)


def dependencies_of(placed: Placed) -> Iterator[Dependency]:
    """What one change to sheets rests on."""
    match placed.change:
        case Adapt() as adapt:
            for field in touched(adapt):
                yield Dependency(adapt, placed.place, field, (adapt.sheet,))
        case Exclude() as exclude:
            yield Dependency(exclude, placed.place, WHOLE_SHEET, (exclude.sheet,))
        case Merge() as merge:
            own = merge.set.model_fields_set if merge.set else frozenset()
            for field in sorted(own | (set(merge.keep) & set(TEXT_FIELDS))):
                yield Dependency(merge, placed.place, field, merge.sheets)
        case Take() | Renumber() | Add():
            return


def touched(change: Adapt | AdaptContract) -> tuple[str, ...]:
    """The fields that a change sets, or whose lists it appends to or removes from."""
    parts = (change.set, change.append, change.remove)
    return tuple(sorted({field for part in parts if part for field in part.model_fields_set}))


def short(fingerprint: str) -> str:
    """A fingerprint as files state it: its first sixteen signs, enough to tell two texts apart."""
    return fingerprint[:_MARK_LENGTH]
