"""Rules of a derived contract that stands alone in one file: all that it names is in it."""

from collections.abc import Iterator

from cpps_cli.check.contract import repeated_axes, same_numbers, sheet_axis
from cpps_cli.check.index import Index
from cpps_cli.check.nouns import check_noun
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.model.snapshot import SNAPSHOT, Snapshot


def check_snapshot(snapshot: Snapshot) -> Iterator[Diagnostic]:
    """What is wrong with a snapshot."""
    place = Place(SNAPSHOT)
    known = frozenset(snapshot.territories)
    index = Index(frozenset(snapshot.sources), known, frozenset({snapshot.snapshot.parent}))
    yield from check_noun(snapshot, place, index)
    yield from repeated_axes(snapshot.contract.axes, place.at("contract"))
    territory = snapshot.contract.territory
    if territory not in known:
        values = {"name": territory, **nearest(territory, known)}
        yield Diagnostic("CP202", place.at("contract", "territory"), values)
    places = {sheet.code: place.at("sheets", index) for index, sheet in enumerate(snapshot.sheets)}
    for sheet in snapshot.sheets:
        yield from sheet_axis(sheet, snapshot.contract, places[sheet.code])
    numbered = {code: at.at("number") for code, at in places.items()}
    yield from same_numbers(snapshot.sheets, numbered)
