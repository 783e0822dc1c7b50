"""Rules of a derived contract that stands alone in one file: all that it names is in it."""

from collections.abc import Iterator

from cpps_cli.check.context import Index
from cpps_cli.check.contract import repeated_axes, repeated_codes, same_numbers, sheet_axis
from cpps_cli.check.nouns import check_noun
from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, nearest
from cpps_cli.model.snapshot import SNAPSHOT, Snapshot, SnapshotSheet

_LEFT_OUT = Word(N_("left out here"))


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
    yield from _sheets(snapshot, place)
    yield from _left_out(snapshot, place)


def _sheets(snapshot: Snapshot, place: Place) -> Iterator[Diagnostic]:
    yield from repeated_codes(snapshot.sheets, place.at("sheets"))
    first: dict[str, SnapshotSheet] = {}
    numbered: dict[str, Place] = {}
    for position, sheet in enumerate(snapshot.sheets):
        at = place.at("sheets", position)
        yield from sheet_axis(sheet, snapshot.contract, at)
        yield from repeated_codes(sheet.indicators, at.at("indicators"))
        if sheet.code not in first:  # a sheet written twice is one fault
            first[sheet.code], numbered[sheet.code] = sheet, at.at("number")
    yield from same_numbers(tuple(first.values()), numbered)


def _left_out(snapshot: Snapshot, place: Place) -> Iterator[Diagnostic]:
    """A sheet of the parent is left out once, and no sheet answers it."""
    yield from repeated_codes(snapshot.left_out, place.at("left_out"))
    left_out = {
        item.code: place.at("left_out", position, "code")
        for position, item in reversed(list(enumerate(snapshot.left_out)))
    }
    for position, sheet in enumerate(snapshot.sheets):
        for answer, code in enumerate(sheet.answers or ()):
            if code in left_out:
                at = place.at("sheets", position, "answers", answer)
                related = (Related(left_out[code], _LEFT_OUT),)
                yield Diagnostic("CP403", at, {"name": code}, related)
