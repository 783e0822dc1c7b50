"""The reasons that stay beside a change once the parent's words are taken in it.

They are somebody's words, so that no command takes them away; they may be about what went.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpps_cli.diagnostics import Place
from cpps_cli.engine.resolution import Resolution, conflicts_resolved
from cpps_cli.engine.update import Update


@dataclass(frozen=True, slots=True)
class StatedReason:
    """A reason, and what it is of: sheets, or () for the contract itself. Lines may move."""

    file: str
    sheets: tuple[str, ...]
    reason: str


def reasons_at_stake(resolution: Resolution, update: Update) -> frozenset[StatedReason]:
    """The reasons of the changes in which the parent's words are taken."""
    if resolution.side == "local":
        return frozenset()
    places = {conflict.place for conflict in conflicts_resolved(resolution, update)}
    return frozenset(reason for place, reason in _reasons(update) if place in places)


def stale_reasons(
    at_stake: frozenset[StatedReason], updates: Iterable[Update]
) -> list[tuple[Place, str]]:
    """Those that stand there once it is written, each where it stands."""
    return [
        (place.at("reason"), reason.reason)
        for update in updates
        for place, reason in _reasons(update)
        if reason in at_stake
    ]


def _reasons(update: Update) -> Iterator[tuple[Place, StatedReason]]:
    for file in (file for layer in update.layers for file in layer.files):
        for placed in file.all_placed():
            if placed.change.reason:
                yield placed.place, StatedReason(file.file, placed.targets, placed.change.reason)
