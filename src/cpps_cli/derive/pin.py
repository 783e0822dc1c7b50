"""The fingerprints that a local text is to state, so that what moved under it is found.

Only what is missing is written. A fingerprint that differs from the text of the day is a question
that somebody has to answer, and must not be written over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cpps_cli.derive.beside import Beside
from cpps_cli.derive.derivation import Parent
from cpps_cli.derive.fingerprint import fingerprint
from cpps_cli.derive.footings import short
from cpps_cli.derive.head import local_file
from cpps_cli.model import Overlay, Territory
from cpps_cli.model.edit import Edit, Put


@dataclass(frozen=True, slots=True)
class Pins:
    """The fingerprints of one local text and of its amendments.

    `stated`: how many there are already; `edits`: by file, those to write.
    """

    overlay: Overlay
    territory: Territory
    stated: int
    edits: Mapping[str, tuple[Edit, ...]]


def pins(parent: Parent, overlay: Overlay, territory: Territory) -> Pins:
    """What is missing in a local text, as of the text of the parent that it records."""
    layers = [text.beside for text in parent.derive(overlay, territory).texts]
    stated = sum(footing.written is not None for beside in layers for footing in beside.footings)
    stated += overlay.parent_fingerprint is not None
    edits: dict[str, list[Edit]] = {}
    if overlay.parent_fingerprint is None:
        recorded = parent.written_for(overlay).now.contract
        mark = Put(("parent_fingerprint",), short(fingerprint(recorded)))
        edits[local_file(overlay)] = [mark]
    for beside in layers:
        for file, edit in _missing(beside):
            edits.setdefault(file, []).append(edit)
    return Pins(overlay, territory, stated, {file: tuple(found) for file, found in edits.items()})


def _missing(beside: Beside) -> Iterator[tuple[str, Edit]]:
    for footing in beside.footings:
        if footing.written is None:
            path = (*footing.place.path, "rests_on", footing.key)
            yield footing.place.file, Put(path, footing.mark(beside.then))
