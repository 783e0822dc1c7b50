"""A local text with its own amendments as one text that makes the same contract.

It is held against the parent as any local text is. Each part of it remembers the pieces that it
stands for, in the files where people wrote them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cpps_cli.derive.changes import ChangeFile, ChangeSet
from cpps_cli.derive.consolidation import day_by_day, in_force, local_amendment_file
from cpps_cli.derive.derivation import Parent
from cpps_cli.derive.head import local_file
from cpps_cli.derive.migration.fate import (
    Fate,
    Piece,
    all_pieces,
    head_pieces,
    remarks_of,
)
from cpps_cli.derive.migration.fold import Fold
from cpps_cli.derive.migration.writing import Writing
from cpps_cli.diagnostics import Place
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Overlay,
    Territory,
)


@dataclass(frozen=True, slots=True)
class Equivalent:
    """The one text, and what it is made of.

    `changes` are those of the one text, `files` are what they were made of,
    `later` are the files of amendments that are not in force yet.
    `written` leads from a place in it to the pieces it stands for; a place without one was written
    by nobody. `settled` is what the amendments have put aside. `sheets` are the local ones, by
    code, in the last text that had them.
    """

    changes: ChangeSet
    files: tuple[ChangeFile, ...]
    later: tuple[ChangeFile, ...] = ()
    written: Mapping[Place, tuple[Piece, ...]] | None = None
    settled: tuple[Fate, ...] = ()
    sheets: Mapping[str, ActionSheet] = field(default_factory=dict)

    def told(self, fates: Iterable[Fate]) -> Iterator[Fate]:
        """The fates of its pieces as those of what was written."""
        for fate in fates:
            if self.written is None:
                yield fate
            else:
                for piece in self.written.get(fate.piece.place, ()):
                    yield replace(fate, piece=piece)
        yield from self.settled
        yield from self._left_behind()

    def place_order(self) -> dict[Place, int]:
        """The rank of each change in the files."""
        files = (*self.files, *self.later)
        placed = [item.place for file in files for item in file.placed()]
        return {place: rank for rank, place in enumerate(placed)}

    def _left_behind(self) -> Iterator[Fate]:
        """What the files say of themselves and of the former parent's words, and what may come."""
        for file in (*self.files, *self.later):
            for piece in head_pieces(file):
                yield Fate(piece, "left_behind", "former_contract", value=piece.value)
            for piece in remarks_of(file):
                yield Fate(piece, "left_behind", "refused", value=piece.value)
        for file in self.later:
            for piece in all_pieces(file):
                yield Fate(piece, "left_behind", "not_in_force", value=piece.value)


def equivalent(
    overlay: Overlay, former: Parent, territory: Territory, on: date | None
) -> Equivalent:
    """The local text with its amendments in force on a day.

    `former` is the former parent as of the text that the local one was written for.
    """
    amendments = in_force(overlay.amendments, on)
    signed = ChangeFile(overlay, local_file(overlay))
    later = tuple(item for item in overlay.amendments if item not in amendments)
    texts = former.local_texts(overlay, territory).after(amendments)
    sheets = {item.sheet.code: item.sheet for text in texts for item in text.sheets}
    listed = overlay.takes == "listed"
    if not amendments:
        changes = ChangeSet((signed,), listed)
        return Equivalent(changes, (signed,), _files(overlay, later), sheets=sheets)
    days = [_files(overlay, same_day) for same_day in day_by_day(amendments)]
    fold = Fold(former.now.contract, listed=listed)
    for files in ((signed,), *days):
        fold.read(files)
    fold.close()
    writing = Writing(fold, texts[-1], overlay)
    changes = ChangeSet(writing.files(), listed)
    files = (signed, *(file for files in days for file in files))
    settled = tuple(fold.settled)
    return Equivalent(changes, files, _files(overlay, later), writing.written, settled, sheets)


def _files(overlay: Overlay, amendments: Iterable[Amendment]) -> tuple[ChangeFile, ...]:
    return tuple(ChangeFile(item, local_amendment_file(overlay, item.id)) for item in amendments)
