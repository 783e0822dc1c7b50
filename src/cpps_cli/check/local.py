"""Rules of a local contract: its file, and what follows from it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cpps_cli.check.contract import (
    changed_numbers,
    numbered_texts,
    repeated_axes,
    repeated_indicators,
    sheet_axis,
)
from cpps_cli.check.index import Index
from cpps_cli.check.milestones import check_milestones
from cpps_cli.check.nouns import check_noun
from cpps_cli.derive import Parent
from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, nearest
from cpps_cli.model import Derived, Overlay, Territory

_CLASHES = {
    "CP204": Word(N_("no such axis in the text of today")),
    "CP206": Word(N_("another sheet has this number in the text of today")),
}
_SAME_CODE = Word(N_("the parent of today has a sheet of this code"))


def check_overlay(overlay: Overlay, index: Index) -> Iterator[Diagnostic]:
    """What is wrong with a local text alone."""
    place = _place(overlay)
    yield from check_noun(overlay, place, index)
    yield from repeated_axes(overlay.axes, place)
    yield from repeated_indicators(overlay, place)
    yield from check_milestones(overlay.milestones, place)
    if index.lacks_territory(overlay.territory):
        values: dict[str, Any] = {"name": overlay.territory}
        values |= nearest(overlay.territory, index.territories or ())
        yield Diagnostic("CP202", place, values)


def check_local(overlay: Overlay, parent: Parent, territory: Territory) -> Iterator[Diagnostic]:
    """What is wrong with a local text beside its parent, and once derived.

    It is judged against the text it was written for; where it clashes only with the parent of
    today, it is not wrong but to be read again, and the warning shows those places too.
    """
    place, contract = _place(overlay), parent.now.contract
    then = parent.written_for(overlay)
    if overlay.territory not in contract.local_territories:
        values = {"name": overlay.territory, "contract": f"{contract.id}/contract.toml"}
        yield Diagnostic("CP212", place, values)
    derivation, written = parent.derive(overlay, territory), then.derive(overlay, territory)
    sound = all(fault.severity != "error" for fault in derivation.faults)
    faults = list(_beside(then, overlay, written.derived, sound))
    yield from faults
    clashes: list[Related] = []
    if then is not parent:
        today = list(_beside(parent, overlay, derivation.derived, sound))
        clashes += _same_codes(derivation.derived, written.derived, place) if sound else ()
        clashes += _clashes(today, faults)
    for fault in derivation.faults:
        yield replace(fault, related=tuple(clashes)) if fault.code == "CP408" else fault


def _beside(
    parent: Parent, overlay: Overlay, derived: Derived, sound: bool
) -> Iterator[Diagnostic]:
    """What is wrong with a local text beside one text of its parent."""
    yield from _parent_axes(overlay, parent, _place(overlay))
    # Numbers and axes of what the changes give mean little where the changes are at fault.
    if sound:
        yield from _derived(derived, _place(overlay), parent)


def _clashes(today: list[Diagnostic], before: list[Diagnostic]) -> Iterator[Related]:
    """What would be wrong beside the parent of today, and was not beside the one of then."""
    said = {(fault.code, fault.where) for fault in before}
    for fault in today:
        if fault.code in _CLASHES and (fault.code, fault.where) not in said:
            yield Related(fault.where, _CLASHES[fault.code])


def _place(overlay: Overlay) -> Place:
    return Place(f"{overlay.parent}/local/{overlay.territory}.toml")


def _parent_axes(overlay: Overlay, parent: Parent, place: Place) -> Iterator[Diagnostic]:
    contract = parent.now.contract
    known = [axis.code for axis in contract.axes]
    named = [
        (code, place.at("whole_axes", position)) for position, code in enumerate(overlay.whole_axes)
    ]
    named += [
        (axis.parent, place.at("axes", position, "parent"))
        for position, axis in enumerate(overlay.axes)
        if axis.parent
    ]
    for code, at in named:
        if code not in known:
            values: dict[str, Any] = {"name": code, "contract": contract.id}
            yield Diagnostic("CP204", at, {**values, **nearest(code, known)})


def _same_codes(today: Derived, written: Derived, place: Place) -> Iterator[Related]:
    """The local sheets whose code the parent took since they were written."""
    taken = {sheet.code for sheet in today.parent.sheets}
    taken -= {sheet.code for sheet in written.parent.sheets}
    for item in today.sheets:
        if item.change and item.change[0] in ("add", "merge") and item.sheet.code in taken:
            yield Related(place.at(*item.change, "code"), _SAME_CODE)


def _derived(derived: Derived, place: Place, parent: Parent) -> Iterator[Diagnostic]:
    """What is wrong with the sheets that the changes make; the parent's own faults are its own."""
    numbers = {text.version: places for text, places, _faults in numbered_texts(parent)}
    yield from changed_numbers(derived.sheets, numbers[parent.now.version])[1]
    for item in derived.sheets:
        if item.origin != "added" and item.change:
            yield from sheet_axis(item.sheet, derived.contract, place.at(*item.change))
    announced = derived.contract.announced_sheets
    if announced is not None and announced != len(derived.sheets):
        values = {"announced": announced, "present": len(derived.sheets)}
        yield Diagnostic("CP213", place.at("announced_sheets"), values)
