"""What a file says of its own reading, where there is nothing to say it of."""

from collections.abc import Iterator

from cpps_cli.derive.beside import Beside
from cpps_cli.derive.changes import ChangeFile, ChangeSet
from cpps_cli.derive.footings import Anchored, footings
from cpps_cli.derive.judge.said import no_effect
from cpps_cli.diagnostics import N_, Diagnostic, Place
from cpps_cli.model import (
    Overlay,
)
from cpps_cli.model.change import Edited


def anchors(changes: ChangeSet, beside: Beside) -> Iterator[Diagnostic]:
    """What a file says of its own reading, where there is nothing to say it of."""
    for file in changes.files:
        rests: dict[Place, tuple[Anchored, set[str]]] = {}
        for footing in footings(file):
            rests.setdefault(footing.place, (footing.change, set()))[1].add(footing.key)
        for place, (change, keys) in rests.items():
            for part in ("rests_on", "refused"):
                for key in getattr(change, part):
                    at = place.at(part, key)
                    if file not in beside.files:
                        yield no_effect(at, N_("only a local contract rests on another text"))
                    elif key not in keys:
                        yield no_effect(at, N_("the change does not touch this field"))
        if isinstance(file.changes, Overlay):
            yield from _editorial(file)


def _editorial(file: ChangeFile) -> Iterator[Diagnostic]:
    """A local contract has no text before it that a change could put in other words."""
    changes: list[tuple[object, Place]] = [(item.change, item.place) for item in file.placed()]
    changes.append((file.changes.contract, Place(file.file, ("contract",))))
    for change, place in changes:
        if isinstance(change, Edited) and change.editorial:
            what = N_("only the change of an amendment is editorial or not")
            yield no_effect(place.at("editorial"), what)
