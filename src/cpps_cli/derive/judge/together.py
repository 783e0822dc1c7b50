"""What is wrong with several changes on one sheet: only one of them can be meant."""

from collections.abc import Iterator

from cpps_cli.derive.changes import ChangeSet, Placed
from cpps_cli.derive.judge.said import against, no_effect, twice
from cpps_cli.diagnostics import N_, Diagnostic, Place
from cpps_cli.model import (
    Adapt,
    Exclude,
    Merge,
    Renumber,
    Take,
)


def rivals(code: str, touching: list[Placed]) -> Iterator[Diagnostic]:
    """Changes on one sheet that cannot all be meant."""
    excluding = [item for item in touching if isinstance(item.change, Exclude)]
    merging = [item for item in touching if isinstance(item.change, Merge)]
    if excluding:
        first = excluding[0]
        for item in touching:
            if item is not first:
                yield against("CP403", item.target_place(code), first.place, {"name": code})
    elif merging:
        first = merging[0]
        values = {"name": code, "into": _code_of(first)}
        for item in touching:
            if item is not first:
                yield against("CP404", item.target_place(code), first.place, values)
    else:
        yield from _same_fields(code, touching)


def _same_fields(code: str, touching: list[Placed]) -> Iterator[Diagnostic]:
    seen: dict[str, Place] = {}
    for item in touching:
        for field, place in _touched(item):
            if field in seen:
                yield twice(field, code, place, seen[field])
            else:
                seen[field] = place


def _touched(placed: Placed) -> Iterator[tuple[str, Place]]:
    """The fields that one change touches, each once."""
    change = placed.change
    if isinstance(change, Take):
        yield "sheet", placed.place.at("sheet")
    if isinstance(change, Take | Renumber | Adapt):
        for name in ("number", "axis"):
            if getattr(change, name) is not None:
                yield name, placed.place.at(name)
    if isinstance(change, Adapt):
        fields: dict[str, Place] = {}
        for part in ("remove", "append", "set"):
            value = getattr(change, part)
            for field in value.model_fields_set if value else ():
                fields[field] = placed.place.at(part, field)
        yield from sorted(fields.items())


def without_effect_together(touching: list[Placed], changes: ChangeSet) -> Iterator[Diagnostic]:
    """Changes that another one of the same sheet makes needless."""
    adapted = any(isinstance(item.change, Adapt) for item in touching)
    for item in touching:
        if changes.listed and adapted and isinstance(item.change, Take):
            yield no_effect(item.place, N_("an `[[adapt]]` takes this sheet already"))


def _code_of(placed: Placed) -> str:
    return getattr(placed.change, "code", "")
