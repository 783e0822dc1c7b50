"""Rules of a local contract: its file, and what follows from it."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.check.contract import repeated_axes, same_numbers, sheet_axis
from cpps_cli.check.index import Index
from cpps_cli.check.nouns import check_noun
from cpps_cli.derive import Parent
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.model import Derived, Overlay, Territory


def check_local(
    overlay: Overlay, parent: Parent, territory: Territory | None, index: Index
) -> Iterator[Diagnostic]:
    """What is wrong with a local text, alone and once derived."""
    place = Place(f"{overlay.parent}/local/{overlay.territory}.toml")
    yield from check_noun(overlay, place, index)
    yield from repeated_axes(overlay.axes, place)
    yield from _parent_axes(overlay, parent, place)
    if territory is None:
        values: dict[str, Any] = {"name": overlay.territory}
        yield Diagnostic(
            "CP202", place, {**values, **nearest(overlay.territory, index.territories)}
        )
        return
    if overlay.territory not in parent.now.contract.local_territories:
        values = {"name": overlay.territory, "contract": f"{overlay.parent}/contract.toml"}
        yield Diagnostic("CP212", place, values)
    derivation = parent.derive(overlay, territory)
    yield from derivation.faults
    # Numbers and axes of what the changes give mean little where the changes are at fault.
    if all(fault.severity != "error" for fault in derivation.faults):
        yield from _derived(derivation.derived, place)


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


def _derived(derived: Derived, place: Place) -> Iterator[Diagnostic]:
    places = {
        item.sheet.code: place.at(*(item.change or ())) if item.change else place
        for item in derived.sheets
    }
    yield from same_numbers(derived.contract.sheets, places)
    for item in derived.sheets:
        if item.origin != "added":
            yield from sheet_axis(item.sheet, derived.contract, places[item.sheet.code])
    announced = derived.contract.announced_sheets
    if announced is not None and announced != len(derived.sheets):
        values = {"announced": announced, "present": len(derived.sheets)}
        yield Diagnostic("CP213", place.at("announced_sheets"), values)
