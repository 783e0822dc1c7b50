"""Rules of a local contract: its file, and what follows from it."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.check.contract import repeated_axes, same_numbers, sheet_axis, sheet_place
from cpps_cli.check.index import Index
from cpps_cli.check.nouns import check_noun
from cpps_cli.derive import Parent
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.model import Contract, Derived, Overlay, Territory


def check_overlay(overlay: Overlay, index: Index) -> Iterator[Diagnostic]:
    """What is wrong with a local text alone."""
    place = _place(overlay)
    yield from check_noun(overlay, place, index)
    yield from repeated_axes(overlay.axes, place)
    if index.lacks_territory(overlay.territory):
        values: dict[str, Any] = {"name": overlay.territory}
        values |= nearest(overlay.territory, index.territories or ())
        yield Diagnostic("CP202", place, values)


def check_local(overlay: Overlay, parent: Parent, territory: Territory) -> Iterator[Diagnostic]:
    """What is wrong with a local text beside its parent, and once derived."""
    place = _place(overlay)
    yield from _parent_axes(overlay, parent, place)
    contract = parent.now.contract
    if overlay.territory not in contract.local_territories:
        values = {"name": overlay.territory, "contract": f"{contract.id}/contract.toml"}
        yield Diagnostic("CP212", place, values)
    derivation = parent.derive(overlay, territory)
    yield from derivation.faults
    # Numbers and axes of what the changes give mean little where the changes are at fault.
    if all(fault.severity != "error" for fault in derivation.faults):
        yield from _derived(derivation.derived, place, parent.texts[0].contract)


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


def _derived(derived: Derived, place: Place, signed: Contract) -> Iterator[Diagnostic]:
    """What is wrong with the sheets that the changes make; the parent's own faults are its own."""
    changes = {item.sheet.code: item.change for item in derived.sheets}
    places = {code: place.at(*change) for code, change in changes.items() if change}
    # Those of the parent first, so that a number used twice is found where a change gives it.
    sheets = sorted(derived.contract.sheets, key=lambda sheet: sheet.code in places)
    numbered = {
        sheet.code: places.get(sheet.code, _in_parent(sheet.code, signed, place)).at("number")
        for sheet in sheets
    }
    for fault in same_numbers(tuple(sheets), numbered):
        if fault.values["name"] in places:
            yield fault
    for item in derived.sheets:
        if item.origin != "added" and item.sheet.code in places:
            yield from sheet_axis(item.sheet, derived.contract, places[item.sheet.code])
    announced = derived.contract.announced_sheets
    if announced is not None and announced != len(derived.sheets):
        values = {"announced": announced, "present": len(derived.sheets)}
        yield Diagnostic("CP213", place.at("announced_sheets"), values)


def _in_parent(code: str, signed: Contract, place: Place) -> Place:
    """The file of a sheet that is taken as it is; the local text where an amendment added it."""
    return sheet_place(signed.id, code) if signed.sheet(code) else Place(place.file)
