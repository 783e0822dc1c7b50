"""The items that a list had in an earlier text, and the change that took each of them out.

A value that is held says where it stands; one that is gone stands nowhere, and only the change
that removed it can be shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.fingerprint import normalised
from cpps_cli.engine.head import amending
from cpps_cli.engine.provenance_lookup import LOCAL, Line
from cpps_cli.engine.versions import day_by_day, in_force
from cpps_cli.model import (
    ITEM_FIELDS,
    ActionSheet,
    Adapt,
    Contract,
    Derived,
    DerivedSheet,
    Indicator,
    Merge,
)
from cpps_cli.model.paths import amendment_of, local_file

PARTIES = ("signatories", "partners")


@dataclass(frozen=True, slots=True)
class DeletedItem:
    """An item that a list has no longer; `line` is the change that took it out, and its value."""

    field: str
    line: Line
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """A change that may touch lists, and the sources of its file."""

    placed: Placed
    sources: tuple[str, ...]

    def ways(self, field: str) -> Mapping[str, Any]:
        """How it touches a field, each way with its value."""
        return {str(text.way): text.value for text in self.placed.texts if text.field == field}

    def deleted(self, field: str, path: tuple[str | int, ...], value: Any) -> DeletedItem:
        """A value that it took out."""
        place = self.placed.place.at(*path)
        version = amendment_of(place.file) or LOCAL
        sources = self.placed.change.sources or self.sources
        return DeletedItem(field, Line(place, value, version, sources), self.placed.change.reason)


@dataclass(frozen=True, slots=True)
class _Life:
    """A sheet, or the contract, in each of its texts, and the changes that led from one to one."""

    texts: tuple[Contract | ActionSheet, ...]
    steps: tuple[_Step, ...]

    def items(self, field: str) -> list[Any]:
        """All that a list has ever held."""
        held = [value for noun in self.texts for value in getattr(noun, field)]
        return [*held, *(value for step in self.steps for value in _put_in(step, field))]


def deleted_from_parent(parent: Parent, sheet: ActionSheet | None) -> tuple[DeletedItem, ...]:
    """What amendments took out of a sheet's lists; of the contract's own where none is named."""
    code = sheet.code if sheet else None
    return tuple(_deleted_items([_life(parent, code)], (), sheet or parent.now.contract))


def deleted_from_local(
    parent: Parent, derived: Derived, item: DerivedSheet | None
) -> tuple[DeletedItem, ...]:
    """The same of a local sheet, or of a local contract itself where none is named.

    What amendments of the parent took out of the sheets that it answers is gone from it too.
    """
    codes: tuple[str | None, ...] = (None,) if item is None else item.answers or ()
    now = derived.contract if item is None else item.sheet
    own = tuple(_own_steps(parent, derived, item))
    return tuple(_deleted_items([_life(parent, code) for code in codes], own, now))


def of_field(deleted: Iterable[DeletedItem], field: str | None) -> tuple[DeletedItem, ...]:
    """Those of one field; all of them where none is named."""
    return tuple(item for item in deleted if field in (None, item.field))


def _deleted_items(
    lives: Iterable[_Life], own: tuple[_Step, ...], now: ActionSheet | Contract
) -> Iterator[DeletedItem]:
    """`lives`: the parent's nouns that the one of `now` is made from by its `own` changes."""
    lived = (*lives, _Life((), own))
    for field in ITEM_FIELDS if isinstance(now, ActionSheet) else PARTIES:
        held = {_key(value) for value in getattr(now, field)}
        once = {_key(value): value for life in lived for value in life.items(field)}
        for key, value in once.items():
            if key not in held and (deleted := _taken_by(lived, field, value)):
                yield deleted


def _taken_by(lived: tuple[_Life, ...], field: str, value: Any) -> DeletedItem | None:
    """The change after which none of the nouns has an item any more, the own changes last."""
    *parents, own = lived
    known = [life for life in parents if _key(value) in map(_key, life.items(field))]
    ends = [_end(life.steps, field, value) for life in known]
    return _end(own.steps, field, value, None if None in ends or not ends else ends[-1])


def _end(
    steps: Iterable[_Step], field: str, value: Any, deleted: DeletedItem | None = None
) -> DeletedItem | None:
    """What took an item out after it was last put in; `deleted`: what had taken it out before."""
    for step in steps:
        if _key(value) in map(_key, _put_in(step, field)):
            deleted = None
        else:
            deleted = deleted or _taken_out(step, field, value)
    return deleted


def _taken_out(step: _Step, field: str, value: Any) -> DeletedItem | None:
    """An item that a change takes out of a list, or leaves out of the list that it states."""
    ways = step.ways(field)
    removed = [_key(item) for item in ways.get("remove", ())]
    if _key(value) in removed:
        return step.deleted(field, ("remove", field, removed.index(_key(value))), value)
    stating = next((way for way in ("set", "keep") if way in ways), None)
    return step.deleted(field, (stating, field), value) if stating else None


def _put_in(step: _Step, field: str) -> tuple[Any, ...]:
    """The items that a change puts in itself."""
    ways = step.ways(field)
    return (*ways.get("set", ()), *ways.get("append", ()))


def _key(value: Any) -> str:
    """What an item is known by: its words, typing apart, or its code."""
    return value.code if isinstance(value, Indicator) else normalised(str(value))


def _life(parent: Parent, code: str | None) -> _Life:
    """A sheet, or the contract, in each text until that of the day."""
    texts = parent.until_now
    held = [text.contract if code is None else text.contract.sheet(code) for text in texts]
    return _Life(tuple(noun for noun in held if noun is not None), tuple(_steps(parent, code)))


def _steps(parent: Parent, code: str | None) -> Iterator[_Step]:
    """The changes that amendments in force make to a sheet, or to the contract itself."""
    for text in parent.until_now:
        for file in text.changes.files:
            yield from _in_file(file, (code,))


def _own_steps(parent: Parent, derived: Derived, item: DerivedSheet | None) -> Iterator[_Step]:
    """The same of a local text and of its own amendments."""
    overlay = derived.overlay
    if overlay is None:
        return
    codes = (None,) if item is None else (*(item.answers or ()), item.sheet.code)
    yield from _in_file(ChangeFile(overlay, local_file(overlay)), codes)
    for amendments in day_by_day(in_force(overlay.amendments, parent.on)):
        for file in amending(overlay, amendments).files:
            yield from _in_file(file, codes[-1:])


def _in_file(file: ChangeFile, codes: tuple[str | None, ...]) -> Iterator[_Step]:
    """The changes of a file to sheets of these codes; to the contract itself for None."""
    made = [placed for placed in file.all_placed() if placed.texts and _made_by(placed) in codes]
    # What a merge makes stands before it is adapted.
    for placed in sorted(made, key=lambda placed: isinstance(placed.change, Adapt)):
        yield _Step(placed, getattr(file.changes, "sources", ()))


def _made_by(placed: Placed) -> str | None:
    """The code of the sheet that a change makes of others; None for the contract itself."""
    if isinstance(placed.change, Merge):
        return placed.change.code
    return placed.targets[0] if placed.targets else None
