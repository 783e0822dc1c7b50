"""Finds the conflicts of a local text with its parent, and the changes that it made redundant.

A conflict is about one change, under one key, and shows three texts: what the parent said when the
change was read (base), what it says now (theirs), and what the local text says (ours).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeSet, Placed
from cpps_cli.engine.dependencies import WHOLE_SHEET, Dependency, value_in
from cpps_cli.engine.merge3 import differ
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import Add, Derived, Exclude, Merge, Renumber

# reworded: the parent changed what a change rests on; edited_in_place: it did so without an
# amendment, and its former words are held nowhere; repealed: it gave up a sheet that a change
# names; code_taken: it has meanwhile a sheet of the code of one that is local.
Kind = Literal["reworded", "edited_in_place", "repealed", "code_taken"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A field of the parent as it was read, and as it is. `sheet` is None for the contract."""

    sheet: str | None
    field: str
    base: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change to read again under one key: a field, or `sheet` where all of it is concerned.

    `sheet` is the code of the local sheet, None for the contract itself; `ours` what it says.
    `became` is as in a `Merged`; `amendments` are the versions that changed the parent, and
    `refused` why an earlier change of it was not taken. What cannot be decided by a command is to
    be settled `by_hand`.
    """

    kind: Kind
    place: Place
    sheet: str | None
    key: str
    moved: tuple[Moved, ...] = ()
    ours: Any = None
    became: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    amendments: tuple[str, ...] = ()
    refused: str | None = None
    by_hand: bool = False

    @property
    def blocks(self) -> bool:
        """Whether the file cannot be brought to the text of the day before it is resolved."""
        return self.kind in ("repealed", "code_taken")


def conflicts(layers: Iterable[ThreeWay], derived: Derived) -> tuple[Conflict, ...]:
    """Finds the conflicts of a local text and its amendments, the contract first."""
    found: list[Conflict] = []
    for three_way in layers:
        found += (*_about_sheets(three_way), *_about_fields(three_way, derived))
    return tuple(sorted(found, key=lambda item: (item.sheet is not None, item.sheet or "")))


def _about_sheets(three_way: ThreeWay) -> Iterator[Conflict]:
    known = {sheet.code for sheet in three_way.theirs.sheets}
    before = {sheet.code for sheet in three_way.base.sheets}
    for placed in three_way.placed():
        deleted = [code for code in placed.targets if code in before and code not in known]
        if deleted and not isinstance(placed.change, Exclude):
            yield _repealed(placed, deleted, three_way)
        if isinstance(placed.change, Add | Merge) and placed.change.code in known - before:
            by_hand = isinstance(placed.change, Merge)
            code = placed.change.code
            yield Conflict("code_taken", placed.place, code, WHOLE_SHEET, by_hand=by_hand)


def _repealed(placed: Placed, deleted: list[str], three_way: ThreeWay) -> Conflict:
    cells = tuple((code, "title") for code in deleted)
    return Conflict(
        "repealed",
        placed.place,
        placed.change.code if isinstance(placed.change, Merge) else deleted[0],
        WHOLE_SHEET,
        moved=tuple(Moved(*cell, value_in(three_way.base, cell), None) for cell in cells),
        amendments=tuple(after.version for _before, after in three_way.steps(cells)),
    )


def _about_fields(three_way: ThreeWay, derived: Derived) -> Iterator[Conflict]:
    known = {sheet.code for sheet in three_way.theirs.sheets}
    for dependency in three_way.dependencies:
        merged = three_way.merge(dependency)
        if merged.outcome != "conflict" or not known.issuperset(dependency.sheets):
            continue
        lost = three_way.base_is_lost(dependency)
        steps = () if lost else three_way.steps_under(dependency)
        yield Conflict(
            "edited_in_place" if lost else "reworded",
            dependency.place,
            _local_code(dependency),
            dependency.key,
            tuple(_moved(dependency, three_way, lost=lost)),
            _our_value(dependency, derived),
            merged.became,
            tuple(after.version for _before, after in steps),
            dependency.refused,
        )


def _moved(dependency: Dependency, three_way: ThreeWay, *, lost: bool) -> Iterator[Moved]:
    for cell in dependency.cells:
        theirs = value_in(three_way.theirs, cell)
        base = None if lost else value_in(three_way.base, cell)
        if differ(base, theirs):
            yield Moved(*cell, base, theirs)


def _local_code(dependency: Dependency) -> str | None:
    if isinstance(dependency.change, Merge):
        return dependency.change.code
    return dependency.sheets[0] if dependency.sheets else None


def _our_value(dependency: Dependency, derived: Derived) -> Any:
    """What the local text says under a dependency; None of a sheet that is left out."""
    if dependency.key == WHOLE_SHEET:
        return None
    return value_in(derived.contract, (_local_code(dependency), dependency.key))


@dataclass(frozen=True, slots=True)
class RedundantChange:
    """A change that says what the parent says by now: it has done its work.

    `key` is a field, or `sheet` where the whole change goes; `items` those of a list.
    """

    place: Place
    sheet: str | None
    key: str
    items: tuple[str, ...] = ()


def redundant_changes(three_way: ThreeWay) -> Iterator[RedundantChange]:
    """Finds the changes of a layer that say what the parent says by now."""
    for dependency in three_way.dependencies:
        merged = three_way.merge(dependency)
        items = (*merged.converged.append, *merged.converged.remove)
        if merged.outcome == "converged" or items:
            code = dependency.sheets[0] if dependency.sheets else None
            yield RedundantChange(dependency.place, code, dependency.key, items)
    changes = ChangeSet(three_way.files)
    for placed in changes.placed():
        code = next(iter(placed.targets), None)
        again = changes.placed_again(placed, three_way.version.by_code.get(code or ""))
        if again and isinstance(placed.change, Renumber):
            yield RedundantChange(placed.place, code, WHOLE_SHEET)
            continue
        for name in again:
            yield RedundantChange(placed.place, code, name)
