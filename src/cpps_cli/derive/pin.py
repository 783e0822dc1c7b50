"""The fingerprints that a local text is to state, so that what moved under it is found.

Only what is missing is written. A fingerprint that differs from the text of the day is a question
that somebody has to answer, and must not be written over.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cpps_cli.derive.derivation import Parent
from cpps_cli.derive.fingerprint import fingerprint
from cpps_cli.derive.footings import short
from cpps_cli.model import Overlay, Territory
from cpps_cli.model.edit import Edit, Put


@dataclass(frozen=True, slots=True)
class Pins:
    """The fingerprints of one local text: how many it states already, and those to write."""

    overlay: Overlay
    territory: Territory
    stated: int
    edits: tuple[Edit, ...]


def pins(parent: Parent, overlay: Overlay, territory: Territory) -> Pins:
    """What is missing in a local text, as of the text of the parent that it records."""
    beside = parent.beside(overlay)
    stated = sum(footing.written is not None for footing in beside.footings)
    stated += overlay.parent_fingerprint is not None
    return Pins(overlay, territory, stated, tuple(_missing(parent, overlay)))


def _missing(parent: Parent, overlay: Overlay) -> Iterator[Edit]:
    beside = parent.beside(overlay)
    recorded = parent.written_for(overlay).now.contract
    if overlay.parent_fingerprint is None:
        yield Put(("parent_fingerprint",), short(fingerprint(recorded)))
    for footing in beside.footings:
        if footing.written is None:
            path = (*footing.place.path, "rests_on", footing.key)
            yield Put(path, footing.mark(recorded))
