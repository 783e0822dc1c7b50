"""What somebody must read again: the places where a local text and its parent disagree.

Each question is about one change, under one key, and shows three texts: what the parent said when
the change was read, what it says now, and what the local text says. Nothing is answered here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cpps_cli.derive.beside import Beside
from cpps_cli.derive.changes import Placed
from cpps_cli.derive.footings import WHOLE_SHEET, Footing, value_in
from cpps_cli.derive.meeting import differ
from cpps_cli.diagnostics import Place
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
class Question:
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


def questions(beside: Beside, derived: Derived) -> tuple[Question, ...]:
    """All that is to be read again in one file of changes, in the order of its places."""
    found = [*_about_sheets(beside), *_about_fields(beside, derived)]
    return tuple(sorted(found, key=lambda item: (item.place.path[0] != "contract", item.sheet)))


def _about_sheets(beside: Beside) -> Iterator[Question]:
    known = {sheet.code for sheet in beside.now.sheets}
    before = {sheet.code for sheet in beside.then.sheets}
    for placed in beside.file.placed():
        gone = [code for code in placed.targets if code in before and code not in known]
        if gone and not isinstance(placed.change, Exclude):
            yield _repealed(placed, gone, beside)
        if isinstance(placed.change, Add | Merge) and placed.change.code in known - before:
            by_hand = isinstance(placed.change, Merge)
            code = placed.change.code
            yield Question("code_taken", placed.place, code, WHOLE_SHEET, by_hand=by_hand)


def _repealed(placed: Placed, gone: list[str], beside: Beside) -> Question:
    left = len(placed.targets) - len(gone)
    cells = tuple((code, "title") for code in gone)
    return Question(
        "repealed",
        placed.place,
        placed.change.code if isinstance(placed.change, Merge) else gone[0],
        WHOLE_SHEET,
        moved=tuple(Moved(*cell, value_in(beside.then, cell), None) for cell in cells),
        amendments=tuple(after.version for _before, after in beside.steps(cells)),
        by_hand=isinstance(placed.change, Merge) and left < FEWEST_LEFT_TO_MERGE,
    )


def _about_fields(beside: Beside, derived: Derived) -> Iterator[Question]:
    known = {sheet.code for sheet in beside.now.sheets}
    for footing in beside.footings:
        meeting = beside.meeting(footing)
        if meeting.outcome != "to_reread" or not known.issuperset(footing.sheets):
            continue
        unheld = beside.is_unheld(footing)
        yield Question(
            "edited_in_place" if unheld else "reworded",
            footing.place,
            _local_code(footing),
            footing.key,
            tuple(_moved(footing, beside, unheld=unheld)),
            _local_value(footing, derived),
            meeting.became,
            tuple(after.version for _before, after in _steps(footing, beside)),
            footing.refused,
        )


def _steps(footing: Footing, beside: Beside) -> Any:
    return () if beside.is_unheld(footing) else beside.steps_under(footing)


def _moved(footing: Footing, beside: Beside, *, unheld: bool) -> Iterator[Moved]:
    for cell in footing.cells:
        now = value_in(beside.now, cell)
        before = None if unheld else value_in(beside.then, cell)
        if differ(before, now):
            yield Moved(*cell, before, now)


def _local_code(footing: Footing) -> str | None:
    if isinstance(footing.change, Merge):
        return footing.change.code
    return footing.sheets[0] if footing.sheets else None


def _local_value(footing: Footing, derived: Derived) -> Any:
    """What the local text says under a footing; None of a sheet that is left out."""
    contract: Contract = derived.contract
    if not footing.sheets:
        return value_in(contract, (None, footing.key))
    held = contract.sheet(_local_code(footing) or "")
    return None if footing.key == WHOLE_SHEET else getattr(held, footing.key, None)
