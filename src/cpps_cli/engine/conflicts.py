"""What somebody must read again: the places where a local text and its parent disagree.

Each question is about one change, under one key, and shows three texts: what the parent said when
the change was read, what it says now, and what the local text says. Nothing is answered here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import Placed
from cpps_cli.engine.dependencies import WHOLE_SHEET, Dependency, value_in
from cpps_cli.engine.merge3 import differ
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.model import Add, Contract, Derived, Exclude, Merge

# reworded: the parent changed what a change rests on; edited_in_place: it did so without an
# amendment, and its former words are held nowhere; repealed: it gave up a sheet that a change
# names; code_taken: it has meanwhile a sheet of the code of one that is local.
Kind = Literal["reworded", "edited_in_place", "repealed", "code_taken"]
FEWEST_LEFT_TO_MERGE = 2


@dataclass(frozen=True, slots=True)
class Moved:
    """A field of the parent as it was read, and as it is. `sheet` is None for the contract."""

    sheet: str | None
    field: str
    before: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change to read again under one key: a field, or `sheet` where all of it is concerned.

    `sheet` is the code of the local sheet, None for the contract itself; `local` what it says.
    `became` is told in a `Meeting`; `amendments` are the versions that changed the parent, and
    `refused` why an earlier change of it was not taken. What cannot be decided by a command is to
    be settled `by_hand`.
    """

    kind: Kind
    place: Place
    sheet: str | None
    key: str
    moved: tuple[Moved, ...] = ()
    local: Any = None
    became: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    amendments: tuple[str, ...] = ()
    refused: str | None = None
    by_hand: bool = False

    @property
    def blocks(self) -> bool:
        """Whether the file cannot be brought to the text of the day before it is answered."""
        return self.kind in ("repealed", "code_taken")


def questions(layers: Iterable[ThreeWay], derived: Derived) -> tuple[Conflict, ...]:
    """All that is to be read again in a local text and its amendments, the contract first."""
    found: list[Conflict] = []
    for beside in layers:
        found += (*_about_sheets(beside), *_about_fields(beside, derived))
    return tuple(sorted(found, key=lambda item: (item.sheet is not None, item.sheet or "")))


def _about_sheets(beside: ThreeWay) -> Iterator[Conflict]:
    known = {sheet.code for sheet in beside.now.sheets}
    before = {sheet.code for sheet in beside.then.sheets}
    for placed in beside.placed():
        gone = [code for code in placed.targets if code in before and code not in known]
        if gone and not isinstance(placed.change, Exclude):
            yield _repealed(placed, gone, beside)
        if isinstance(placed.change, Add | Merge) and placed.change.code in known - before:
            by_hand = isinstance(placed.change, Merge)
            code = placed.change.code
            yield Conflict("code_taken", placed.place, code, WHOLE_SHEET, by_hand=by_hand)


def _repealed(placed: Placed, gone: list[str], beside: ThreeWay) -> Conflict:
    left = len(placed.targets) - len(gone)
    cells = tuple((code, "title") for code in gone)
    return Conflict(
        "repealed",
        placed.place,
        placed.change.code if isinstance(placed.change, Merge) else gone[0],
        WHOLE_SHEET,
        moved=tuple(Moved(*cell, value_in(beside.then, cell), None) for cell in cells),
        amendments=tuple(after.version for _before, after in beside.steps(cells)),
        by_hand=isinstance(placed.change, Merge) and left < FEWEST_LEFT_TO_MERGE,
    )


def _about_fields(beside: ThreeWay, derived: Derived) -> Iterator[Conflict]:
    known = {sheet.code for sheet in beside.now.sheets}
    for dependency in beside.dependencies:
        meeting = beside.meeting(dependency)
        if meeting.outcome != "to_reread" or not known.issuperset(dependency.sheets):
            continue
        unheld = beside.is_unheld(dependency)
        yield Conflict(
            "edited_in_place" if unheld else "reworded",
            dependency.place,
            _local_code(dependency),
            dependency.key,
            tuple(_moved(dependency, beside, unheld=unheld)),
            _local_value(dependency, derived),
            meeting.became,
            tuple(after.version for _before, after in _steps(dependency, beside)),
            dependency.refused,
        )


def _steps(dependency: Dependency, beside: ThreeWay) -> Any:
    return () if beside.is_unheld(dependency) else beside.steps_under(dependency)


def _moved(dependency: Dependency, beside: ThreeWay, *, unheld: bool) -> Iterator[Moved]:
    for cell in dependency.cells:
        now = value_in(beside.now, cell)
        before = None if unheld else value_in(beside.then, cell)
        if differ(before, now):
            yield Moved(*cell, before, now)


def _local_code(dependency: Dependency) -> str | None:
    if isinstance(dependency.change, Merge):
        return dependency.change.code
    return dependency.sheets[0] if dependency.sheets else None


def _local_value(dependency: Dependency, derived: Derived) -> Any:
    """What the local text says under a footing; None of a sheet that is left out."""
    contract: Contract = derived.contract
    if not dependency.sheets:
        return value_in(contract, (None, dependency.key))
    held = contract.sheet(_local_code(dependency) or "")
    return None if dependency.key == WHOLE_SHEET else getattr(held, dependency.key, None)
