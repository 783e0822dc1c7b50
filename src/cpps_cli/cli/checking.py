"""The check of a whole library: its local contracts are read, judged and let go of."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread

if TYPE_CHECKING:
    from cpps_cli.check.ground import Ground
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.library.reader import LibraryFolder

    State = tuple[LibraryFolder, Ground]
    Found = list[Diagnostic]


def everything_wrong(folder: "LibraryFolder", on: date, workers: int | None = None) -> "Found":
    """Every fault of a library, those of its files and those of what they say.

    What local texts have to read again is as of the day.
    """
    from cpps_cli.check import check_library

    if folder.snapshot is not None:
        return [*check_library(folder, on), *folder.faults]
    found = list(_by_contract(folder, on, workers))
    # The reader's own faults are known once everything was read.
    return [*found, *folder.faults]


def _by_contract(folder: "LibraryFolder", on: date, workers: int | None) -> "Iterator[Diagnostic]":
    from cpps_cli.check.library import check_common, check_parent, index_of

    index = index_of(folder)
    yield from check_common(folder, index)
    for contract_id in folder.contract_ids():
        ground, found = check_parent(folder, contract_id, index, on)
        yield from found
        codes = folder.overlay_codes(contract_id)
        parts = spread(_judged, (folder, ground), codes, workers)
        for part in shown(parts, len(codes), AT_A_TIME):
            yield from part


def _judged(state: "State", codes: Names) -> "Found":
    """What is wrong with some local contracts, and with their files."""
    from cpps_cli.check.library import check_locals

    folder, ground = state
    with folder.passing(ground.contract_id) as faults:
        found = list(check_locals(folder, ground, codes))
    return [*found, *faults]
