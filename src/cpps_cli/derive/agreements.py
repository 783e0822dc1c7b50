"""The changes of a local text that the parent has come to agree with."""

from collections.abc import Iterator
from dataclasses import dataclass

from cpps_cli.derive.beside import Beside
from cpps_cli.diagnostics import Place
from cpps_cli.model import (
    Renumber,
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a local change and the parent say in the same way now: the change has done its work.

    `key` is a field, or `sheet` where the whole change goes; `items` those of a list.
    """

    place: Place
    sheet: str | None
    key: str
    items: tuple[str, ...] = ()


def agreements_of(beside: Beside) -> Iterator[Agreement]:
    """What the changes of a layer and the parent say in the same way now."""
    for footing in beside.footings:
        meeting = beside.meeting(footing)
        items = (*meeting.agreed.append, *meeting.agreed.remove)
        if meeting.outcome == "agreed" or items:
            code = footing.sheets[0] if footing.sheets else None
            yield Agreement(footing.place, code, footing.key, items)
    for placed in beside.placed():
        if isinstance(placed.change, Renumber) and _is_there(placed.change, beside):
            yield Agreement(placed.place, placed.change.sheet, "sheet")


def _is_there(renumber: Renumber, beside: Beside) -> bool:
    sheet = beside.now.sheet(renumber.sheet)
    return (
        sheet is not None
        and renumber.number in (None, sheet.number)
        and renumber.axis in (None, sheet.axis)
    )
