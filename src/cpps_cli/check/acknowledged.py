"""What a library says of itself that it knows: warnings and remarks that are told no more.

An error is never among them; what no longer occurs is told, so that the list stays true.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.diagnostics.codes import CODES
from cpps_cli.model import Library
from cpps_cli.model.library import Acknowledged
from cpps_cli.model.paths import MANIFEST


class Told(NamedTuple):
    """What is still to be told of a library, and how much of it was acknowledged."""

    faults: tuple[Diagnostic, ...]
    acknowledged: int = 0


def apart_from_acknowledged(found: Iterable[Diagnostic], library: Library | None) -> Told:
    """Puts aside what the library has acknowledged."""
    known = library.acknowledged if library else ()
    faults, count = [], 0
    met: set[int] = set()
    for fault in found:
        by = {rank for rank, item in enumerate(known) if _is_about(item, fault)}
        met |= by
        if by:
            count += 1
        else:
            faults.append(fault)
    return Told((*faults, *_useless(known, met)), count)


def _is_about(item: Acknowledged, fault: Diagnostic) -> bool:
    same_file = item.file is None or item.file == fault.file
    return fault.severity != "error" and item.code == fault.code and same_file


def _useless(known: tuple[Acknowledged, ...], met: set[int]) -> Iterator[Diagnostic]:
    for rank, item in enumerate(known):
        place = Place(MANIFEST, ("acknowledged", rank, "code"))
        code = CODES.get(item.code)
        if code is None or code.severity == "error":
            yield Diagnostic("CP228", place, {"code": item.code})
        elif rank not in met:
            yield Diagnostic("CP227", place, {"code": item.code})
