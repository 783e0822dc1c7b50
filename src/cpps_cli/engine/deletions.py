"""The items that a list had in an earlier text, and the change that took each of them out.

A value that is held says where it stands; one that is gone stands nowhere, and only the change
that removed it can be shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, Placed
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.head import amending
from cpps_cli.engine.lines import Line
from cpps_cli.engine.merge3 import key_of
from cpps_cli.engine.provenance import ProvenanceLookup
from cpps_cli.engine.versions import day_by_day, in_force
from cpps_cli.model import (
    ITEM_FIELDS,
    ActionSheet,
    Adapt,
    Contract,
    Derived,
    DerivedSheet,
    Indicator,
    IndicatorChange,
    Merge,
    Stated,
)
from cpps_cli.model.operation import by_field
from cpps_cli.model.paths import local_file

PARTIES = ("signatories", "partners")
Removal = tuple[Placed, Place]  # a change, and where it takes an item out


@dataclass(frozen=True, slots=True)
class DeletedItem:
    """An item that a list has no longer; `line` is the change that took it out, and its value."""

    field: str
    line: Line
    reason: str | None = None


class _Lifetime(NamedTuple):
    """A sheet, or the contract, in each of its texts, and the changes that led from one to one."""

    texts: tuple[Contract | ActionSheet, ...]
    changes: tuple[Placed, ...]

    def items(self, field: str) -> list[Any]:
        """All that a list has ever held."""
        held = [value for noun in self.texts for value in getattr(noun, field)]
        return [*held, *(value for change in self.changes for value in _put_in(change, field))]


def deleted_from_parent(parent: Parent, sheet: ActionSheet | None) -> tuple[DeletedItem, ...]:
    """Finds what amendments took out of a sheet's lists; of the contract's where none is named."""
    lives = [_lifetime(parent, sheet.code if sheet else None)]
    lookup = ProvenanceLookup(parent)
    return tuple(_deleted(lookup, (*lives, _Lifetime((), ())), sheet or parent.now.contract))


def deleted_from_local(
    parent: Parent, derived: Derived, item: DerivedSheet | None
) -> tuple[DeletedItem, ...]:
    """The same of a local sheet, or of a local contract itself where none is named.

    What amendments of the parent took out of the sheets that it answers is gone from it too.
    """
    codes: tuple[str | None, ...] = (None,) if item is None else item.answers or ()
    own = _Lifetime((), tuple(_own_changes(parent, derived, item)))
    lives = (*(_lifetime(parent, code) for code in codes), own)
    lookup = ProvenanceLookup(parent, derived.overlay)
    return tuple(_deleted(lookup, lives, derived.contract if item is None else item.sheet))


def of_field(deleted: Iterable[DeletedItem], field: str | None) -> tuple[DeletedItem, ...]:
    """Those of one field; all of them where none is named."""
    return tuple(item for item in deleted if field in (None, item.field))


def _deleted(
    lookup: ProvenanceLookup, lives: tuple[_Lifetime, ...], now: ActionSheet | Contract
) -> Iterator[DeletedItem]:
    """`lives`: those of the parent's nouns that `now` is made from, then its own changes."""
    for field in ITEM_FIELDS if isinstance(now, ActionSheet) else PARTIES:
        held = {key_of(value) for value in getattr(now, field)}
        once: dict[str, Any] = {}
        for value in (value for life in lives for value in life.items(field)):
            if isinstance(value, Indicator) or not isinstance(value, IndicatorChange):
                once[key_of(value)] = value
        for key, value in once.items():
            if key not in held and (removal := _removal(lives, field, value)):
                placed, place = removal
                line = lookup.stated(Stated(value, place))
                yield DeletedItem(field, line, placed.change.reason)


def _removal(lives: tuple[_Lifetime, ...], field: str, value: Any) -> Removal | None:
    """The change after which none of the nouns has an item any more, the own changes last."""
    *parents, own = lives
    known = [life for life in parents if key_of(value) in map(key_of, life.items(field))]
    ends = [_end(life.changes, field, value) for life in known]
    return _end(own.changes, field, value, None if None in ends or not ends else ends[-1])


def _end(
    changes: Iterable[Placed], field: str, value: Any, end: Removal | None = None
) -> Removal | None:
    """What took an item out after it was last put in; `end`: what had taken it out before."""
    for change in changes:
        if key_of(value) in map(key_of, _put_in(change, field)):
            end = None
        else:
            end = end or _taken_out(change, field, value)
    return end


def _taken_out(placed: Placed, field: str, value: Any) -> Removal | None:
    """Where a change takes an item out of a list, or leaves it out of the list that it states."""
    ways = _ways(placed, field)
    removed = [key_of(item) for item in ways.get("remove", ())]
    if key_of(value) in removed:
        return placed, placed.place.at("remove", field, removed.index(key_of(value)))
    if field == "indicators" and isinstance(placed.change, Adapt):
        return None  # it changes those that it names, and leaves the others
    stating = next((way for way in ("set", "keep") if way in ways), None)
    return (placed, placed.place.at(stating, field)) if stating else None


def _put_in(placed: Placed, field: str) -> tuple[Any, ...]:
    """The items that a change puts in itself."""
    ways = _ways(placed, field)
    return (*ways.get("set", ()), *ways.get("append", ()))


def _ways(placed: Placed, field: str) -> Mapping[str, Any]:
    return by_field(placed.texts).get(field, {})


def _lifetime(parent: Parent, code: str | None) -> _Lifetime:
    """A sheet, or the contract, in each text until that of the day."""
    texts = parent.until_now
    nouns = [text.contract if code is None else text.contract.sheet(code) for text in texts]
    files = [file for text in texts for file in text.changes.files]
    changes = tuple(change for file in files for change in _in_file(file, (code,)))
    return _Lifetime(tuple(noun for noun in nouns if noun is not None), changes)


def _own_changes(parent: Parent, derived: Derived, item: DerivedSheet | None) -> Iterator[Placed]:
    """The changes of a local text and of its own amendments to a sheet, or to the contract."""
    overlay = derived.overlay
    if overlay is None:
        return
    codes = (None,) if item is None else (*(item.answers or ()), item.sheet.code)
    yield from _in_file(ChangeFile(overlay, local_file(overlay)), codes)
    for amendments in day_by_day(in_force(overlay.amendments, parent.on)):
        for file in amending(overlay, amendments).files:
            yield from _in_file(file, codes[-1:])


def _in_file(file: ChangeFile, codes: tuple[str | None, ...]) -> list[Placed]:
    """The changes of a file to sheets of these codes; to the contract itself for None."""
    made = [placed for placed in file.all_placed() if placed.texts and _made_by(placed) in codes]
    # What a merge makes stands before it is adapted.
    return sorted(made, key=lambda placed: isinstance(placed.change, Adapt))


def _made_by(placed: Placed) -> str | None:
    """The code of the sheet that a change makes of others; None for the contract itself."""
    if isinstance(placed.change, Merge):
        return placed.change.code
    return placed.targets[0] if placed.targets else None
