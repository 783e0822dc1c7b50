"""What each change of a local text rests on: fields of its parent, and a fingerprint of them.

A change of one field rests on that field alone, so that what the parent changes elsewhere does not
reopen it. What is left out rests on all that the sheet says; a sheet that is only taken, or only
gets another number, rests on nothing: its text is the parent's own. Nothing is merged here.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.engine.merge3 import ListChange, digest, is_mark_of, short
from cpps_cli.model import TEXT_FIELDS, Adapt, AdaptContract, Contract, Exclude, Indicator, Merge
from cpps_cli.model.operation import by_field

# The code of a sheet, None for the contract itself, and a field.
Cell = tuple[str | None, str]
Anchored = Adapt | AdaptContract | Exclude | Merge
WHOLE_SHEET = "sheet"


class Dependency(NamedTuple):
    """What one change rests on under one key: the same fields of one or several sheets.

    `sheets` is empty for a field of the contract itself. `key` is the field, or `sheet` for all.
    `ways` are the ways in which the change touches it, each with its value.
    """

    change: Anchored
    place: Place
    key: str
    sheets: tuple[str, ...]
    ways: Mapping[str, Any]

    @property
    def items(self) -> ListChange:
        """The items of a list that the change puts in and takes out."""
        return ListChange(self.ways.get("append", ()), self.ways.get("remove", ()))

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
        """Why what the parent said was not taken, where that was written down."""
        return self.change.refused.get(self.key)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Each field of each sheet."""
        return tuple((code, field) for code in self.sheets or (None,) for field in self.fields)

    def values(self, text: Contract) -> tuple[Any, ...]:
        """What a text says there: a value for each cell, None where its sheet is not there."""
        values = tuple(value_in(text, cell) for cell in self.cells)
        named = self._indicators
        return values if named is None else tuple(_named(value, named) for value in values)

    @property
    def _indicators(self) -> frozenset[str] | None:
        """The codes of the indicators that an adaptation names; None where it is about others."""
        if self.key != "indicators" or not isinstance(self.change, Adapt):
            return None
        changed = (item.code for item in self.ways.get("set", ()) if not item.only_measures)
        return frozenset((*changed, *self.ways.get("remove", ())))

    def was_read_in(self, text: Contract) -> bool:
        """Whether the fingerprint that the file states is that of what a text says there."""
        # Those of earlier files are of all the indicators of a sheet, whichever a change names.
        held = (self.values(text), tuple(value_in(text, cell) for cell in self.cells))
        return any(is_mark_of(self.written or "", values) for values in held)

    def mark(self, text: Contract) -> str:
        """The fingerprint of what a text says there, as the file states it where it does."""
        if self.written is not None and self.was_read_in(text):
            return self.written
        return mark_of(*self.values(text))


def _named(indicators: tuple[Indicator, ...] | None, codes: frozenset[str]) -> Any:
    """Those indicators that have one of these codes; None where there is no such sheet."""
    return indicators and tuple(item for item in indicators if item.code in codes)


def value_in(text: Contract, cell: Cell) -> Any:
    """What a text says in one field."""
    code, field = cell
    return text.value(field) if code is None else getattr(text.sheet(code), field, None)


def mark_of(*values: Any) -> str:
    """The fingerprint of values that a change rests on together."""
    return short(digest(values))


def dependencies(file: ChangeFile) -> Iterator[Dependency]:
    """What the changes of a file rest on, in the order of the file's kinds."""
    for placed in file.all_placed():
        yield from _dependencies_of(placed)


def _dependencies_of(placed: Placed) -> Iterator[Dependency]:
    match placed.change:
        case Exclude() as exclude:
            whole = {WHOLE_SHEET: exclude.sheet}
            yield Dependency(exclude, placed.place, WHOLE_SHEET, placed.targets, whole)
        case Adapt() | AdaptContract() | Merge() as change:
            ways = by_field(text for text in placed.texts if not text.only_measures)
            for field in sorted(ways):
                # A merge may keep a field by a name that no sheet has.
                if field in TEXT_FIELDS or not isinstance(change, Merge):
                    yield Dependency(change, placed.place, field, placed.targets, ways[field])
        case _:
            return
