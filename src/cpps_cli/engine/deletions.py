"""The items that a list had in an earlier text, and the change that took each of them out.

A value that is held says where it stands; one that is gone stands nowhere, and only the change
that removed it can be shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.fingerprint import normalised
from cpps_cli.engine.provenance_lookup import LOCAL, Line
from cpps_cli.engine.versions import in_force
from cpps_cli.model import (
    ITEM_FIELDS,
    ActionSheet,
    Adapt,
    AdaptContract,
    Changes,
    Contract,
    Derived,
    DerivedSheet,
    Indicator,
    Merge,
)
from cpps_cli.model.paths import amendment_of, local_amendment_file, local_file

PARTIES = ("signatories", "partners")


@dataclass(frozen=True, slots=True)
class DeletedItem:
    """An item that a list has no longer; `line` is the change that took it out, and its value."""

    field: str
    line: Line
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """A change that may touch lists, where it stands, and the sources of its file."""

    change: Adapt | AdaptContract | Merge
    place: Place
    sources: tuple[str, ...]

    def line(self, path: tuple[str | int, ...], value: Any) -> Line:
        """The line of the change that took a value out."""
        version = amendment_of(self.place.file) or LOCAL
        return Line(self.place.at(*path), value, version, self.change.sources or self.sources)


@dataclass(frozen=True, slots=True)
class _Life:
    """A sheet, or the contract, in each of its texts, and the changes that led from one to one."""

    texts: tuple[Contract | ActionSheet, ...]
    steps: tuple[_Step, ...]

    def items(self, field: str) -> list[Any]:
        """All that a list has ever held."""
        held = [value for noun in self.texts for value in getattr(noun, field)]
        return [*held, *(value for step in self.steps for value in _put_in(step.change, field))]


def gone_from_parent(parent: Parent, sheet: ActionSheet | None) -> tuple[DeletedItem, ...]:
    """What amendments took out of a sheet's lists; of the contract's own where none is named."""
    code = sheet.code if sheet else None
    return tuple(_gone([_life(parent, code)], (), sheet or parent.now.contract))


def gone_from_local(
    parent: Parent, derived: Derived, item: DerivedSheet | None
) -> tuple[DeletedItem, ...]:
    """The same of a local sheet, or of a local contract itself where none is named.

    What amendments of the parent took out of the sheets that it answers is gone from it too.
    """
    codes: tuple[str | None, ...] = (None,) if item is None else item.answers or ()
    now = derived.contract if item is None else item.sheet
    own = tuple(_own_steps(parent, derived, item))
    return tuple(_gone([_life(parent, code) for code in codes], own, now))


def of_field(gone: Iterable[DeletedItem], field: str | None) -> tuple[DeletedItem, ...]:
    """Those of one field; all of them where none is named."""
    return tuple(item for item in gone if field in (None, item.field))


def _gone(
    lives: Iterable[_Life], own: tuple[_Step, ...], now: ActionSheet | Contract
) -> Iterator[DeletedItem]:
    """`lives`: the parent's nouns that the one of `now` is made from by its `own` changes."""
    lived = (*lives, _Life((), own))
    for field in ITEM_FIELDS if isinstance(now, ActionSheet) else PARTIES:
        held = {_key(value) for value in getattr(now, field)}
        once = {_key(value): value for life in lived for value in life.items(field)}
        for key, value in once.items():
            if key not in held and (gone := _taken_by(lived, field, value)):
                yield gone


def _taken_by(lived: tuple[_Life, ...], field: str, value: Any) -> DeletedItem | None:
    """The change after which none of the nouns has an item any more, the own changes last."""
    *parents, own = lived
    known = [life for life in parents if _key(value) in map(_key, life.items(field))]
    ends = [_end(life.steps, field, value) for life in known]
    return _end(own.steps, field, value, None if None in ends or not ends else ends[-1])


def _end(
    steps: Iterable[_Step], field: str, value: Any, gone: DeletedItem | None = None
) -> DeletedItem | None:
    """What took an item out after it was last put in; `gone`: what had taken it out before."""
    for step in steps:
        if _key(value) in map(_key, _put_in(step.change, field)):
            gone = None
        else:
            gone = gone or _taken_out(step, field, value)
    return gone


def _taken_out(step: _Step, field: str, value: Any) -> DeletedItem | None:
    """An item that a change takes out of a list, or leaves out of the list that it states."""
    change, path = step.change, None
    if isinstance(change, Merge):
        path = ("keep", field) if field in change.keep else None
    else:
        removed = [_key(item) for item in getattr(change.remove, field, ())]
        if _key(value) in removed:
            return DeletedItem(
                field,
                step.line(("remove", field, removed.index(_key(value))), value),
                change.reason,
            )
    if change.set is not None and field in change.set.model_fields_set:
        path = ("set", field)
    return DeletedItem(field, step.line(path, value), change.reason) if path else None


def _put_in(change: Adapt | AdaptContract | Merge, field: str) -> tuple[Any, ...]:
    """The items that a change puts in itself."""
    append = () if isinstance(change, Merge) else getattr(change.append, field, ())
    return (*getattr(change.set, field, ()), *append)


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
            yield from _in_file(file.changes, file.file, (code,))


def _own_steps(parent: Parent, derived: Derived, item: DerivedSheet | None) -> Iterator[_Step]:
    """The same of a local text and of its own amendments."""
    overlay = derived.overlay
    if overlay is None:
        return
    codes = (None,) if item is None else (*(item.answers or ()), item.sheet.code)
    yield from _in_file(overlay, local_file(overlay), codes)
    ordered = sorted(overlay.amendments, key=lambda own: (own.in_force_on, own.id))
    for amendment in in_force(ordered, parent.on):
        own = (None,) if item is None else (item.sheet.code,)
        yield from _in_file(amendment, local_amendment_file(overlay, amendment.id), own)


def _in_file(changes: Changes, file: str, codes: tuple[str | None, ...]) -> Iterator[_Step]:
    """The changes of a file to sheets of these codes; to the contract itself for None."""
    place, sources = Place(file), getattr(changes, "sources", ())
    if None in codes and changes.contract is not None:
        yield _Step(changes.contract, place.at("contract"), sources)
    for index, merge in enumerate(changes.merge):
        if merge.code in codes:
            yield _Step(merge, place.at("merge", index), sources)
    for index, adapt in enumerate(changes.adapt):
        if adapt.sheet in codes:
            yield _Step(adapt, place.at("adapt", index), sources)
