"""Rebases a local text from its former parent onto the contract that replaces it.

Each operation of the local text has a disposition, so that nothing is lost in silence. What is
proposed is judged by the same engine as any local text, against the new parent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.rebase.disposition import ABOUT, PLACE, Disposition, Outcome, Why
from cpps_cli.engine.rebase.emit import Drafting
from cpps_cli.engine.rebase.remap import Remap
from cpps_cli.engine.rebase.squash import Squashed, squash
from cpps_cli.model import ActionSheet, Amendment, Contract, Overlay, Territory
from cpps_cli.model.contract import Correspondence
from cpps_cli.model.operation import change_at

__all__ = ["ABOUT", "PLACE", "Disposition", "Outcome", "Rebased", "Why", "rebase"]


@dataclass(frozen=True, slots=True)
class Rebased:
    """What is proposed for a local text under a new parent, and what became of each operation.

    `former` is the former parent's text of the day, `base` the one that the local text was written
    for. `squashed` is the local text with its amendments in force. `dispositions` are those of what
    people wrote, `of_draft` those of that one text, from which the draft is made.
    `new_sheets` take up nothing of the former contract, `unmatched` are those of which that is not
    known.
    `own_axes_added`: axes of the new parent that no local axis answers, and that were put in.
    """

    former: Contract
    base: Contract
    successor: Contract
    version: str
    correspondence: Correspondence
    overlay: Overlay
    squashed: Squashed
    proposal: Overlay
    dispositions: tuple[Disposition, ...]
    of_draft: tuple[Disposition, ...]
    new_sheets: tuple[ActionSheet, ...]
    unmatched: tuple[ActionSheet, ...]
    own_axes_added: tuple[str, ...] = ()

    def of(self, *outcomes: Outcome) -> tuple[Disposition, ...]:
        """The dispositions with these outcomes."""
        return tuple(item for item in self.dispositions if item.outcome in outcomes)

    def own_amendments(self) -> tuple[str, ...]:
        """The ids of the local contract's own amendments that are carried with its text."""
        changes = (file.changes for file in self.squashed.files)
        return tuple(item.id for item in changes if isinstance(item, Amendment))

    def change_at(self, place: Place) -> Any:
        """The change that an operation belongs to, as it is written."""
        files = {file.file: file for file in (*self.squashed.files, *self.squashed.later)}
        return change_at(files[place.file].changes, place.path)


def rebase(
    former: Parent,
    successor: Parent,
    links: Correspondence,
    overlay: Overlay,
    territory: Territory,
) -> Rebased:
    """Rebases the local text of a territory onto the parent's successor.

    The two are the texts of the day that each `Parent` stands for; the base is the former one that
    the local text was written for.
    """
    written_for = former.at_base_of(overlay)
    squashed = squash(overlay, written_for, territory, former.on)
    remap = Remap(written_for.now.contract, successor.now.contract, links, squashed.changes)
    draft = Drafting(overlay, successor, remap, territory).draft()
    written = squashed.as_written(draft.dispositions)
    origins = [(sheet, links.comes_from(sheet.code)) for sheet in remap.theirs.sheets]
    return Rebased(
        former.now.contract,
        remap.base,
        remap.theirs,
        successor.now.version,
        links,
        overlay,
        squashed,
        draft.proposal,
        _in_order(written, (*squashed.files, *squashed.later)),
        _in_order(draft.dispositions, squashed.changes.files),
        tuple(sheet for sheet, origin in origins if origin and not origin.before),
        tuple(sheet for sheet, origin in origins if origin is None),
        draft.axes_added,
    )


def _in_order(found: Iterable[Disposition], files: Iterable[ChangeFile]) -> tuple[Disposition, ...]:
    """Sorts by the order of the files, what a change says of itself behind the change."""
    placed = (item for file in files for item in file.placed())
    order = {item.place: rank for rank, item in enumerate(placed)}

    def rank(item: Disposition) -> tuple[int, bool]:
        return order.get(item.operation.change, len(order)), bool(item.operation.path)

    return tuple(sorted(found, key=rank))
