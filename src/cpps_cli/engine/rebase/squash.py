"""The one text that what stands of a local text and of its amendments makes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, ChangeSet
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.local_text import LocalText
from cpps_cli.engine.rebase.fold import Fold, Standing, told
from cpps_cli.engine.rebase.parts import (
    WAYS_OF_A_LIST,
    Part,
    Table,
    axes_without_change,
    change_made_of,
    first_of,
    joined,
    numbered_parts,
    parts_about,
    parts_by_change,
    parts_by_way,
    parts_of_codes,
    parts_of_merged_text,
    parts_of_place,
    parts_of_text,
    whole_change,
)
from cpps_cli.engine.rebase.pieces import PLACE, Disposition, all_pieces, head_pieces, remarks_of
from cpps_cli.engine.versions import day_by_day, in_force
from cpps_cli.model import ActionSheet, AdaptContract, Add, Amendment, Changes, Overlay, Territory
from cpps_cli.model.contract import ContractText
from cpps_cli.model.operation import Operation
from cpps_cli.model.paths import local_amendment_file, local_file

_OF_AN_ADD = frozenset(("parent", "reason"))


class Writing:
    """One text made of what stands; the values are those of the last text.

    What amendments change in a sheet of the parent's stays a change of its own, with its reason;
    what they change in a merged or an added sheet goes into the change that made it.
    """

    def __init__(self, fold: Fold, text: LocalText, overlay: Overlay) -> None:
        self.fold = fold
        self.then = fold.then
        self.text = text.contract
        self.overlay = overlay
        self.sheets = {item.sheet.code: item.sheet for item in text.sheets}
        self.file = local_file(overlay)
        self.axes = tuple(axis for axis, _pieces in fold.axes)
        self.written: dict[Place, tuple[Operation, ...]] = {}
        self.made: dict[str, list[Any]] = {}

    def files(self) -> tuple[ChangeFile, ...]:
        """The text, the places of its parts noted in `written`; others only change the contract."""
        automatic = axes_without_change(self.then, self.axes, self.file)
        for code, standing in self.fold.sheets.items():
            self._sheet(code, standing, automatic)
        for code, pieces in self.fold.excluded.items():
            self._write("exclude", {"sheet": code}, [whole_change(piece) for piece in pieces], ())
        for index, (_axis, pieces) in enumerate(self.fold.axes):
            place = Place(self.file, ("axes", index))
            self.written |= {place.at(*piece.path): (piece,) for piece in pieces}
        stated: Table = {kind: tuple(nouns) for kind, nouns in self.made.items()}
        contracts = self._contracts()
        if self.file in contracts:
            stated["contract"] = contracts.pop(self.file)
        if self.axes:
            stated["axes"] = self.axes
        head = self.overlay.model_fields_set - set(Changes.model_fields) - {"amendments"}
        text = Overlay(**{**{name: getattr(self.overlay, name) for name in head}, **stated})
        others = (
            ChangeFile(Changes.model_validate({"contract": change}), file)
            for file, change in contracts.items()
        )
        return (ChangeFile(text, self.file), *others)

    def _sheet(self, code: str, standing: Standing, automatic: Mapping[str, str | None]) -> None:
        sheet = self.sheets[code]
        if not standing.answers:
            self._added(sheet, standing)
            return
        expected = automatic.get(first_of(standing.answers, self.then))
        parts = [*parts_of_place(standing, sheet, expected)]
        if len(standing.answers) > 1:
            parts += [*parts_of_merged_text(standing, sheet, self.then), *parts_of_codes(standing)]
            parts += parts_about(standing.pieces)
            target: Table = {"sheets": standing.answers, "code": code}
            self._write("merge", target, parts, standing.pieces)
            return
        parts += parts_of_text(standing, sheet, self.then)
        # A sheet that amendments made of several is one change, whatever it was made of.
        whole = [(standing.pieces, parts)]
        apart = whole if standing.made_by else list(parts_by_change(standing.pieces, parts))
        if not apart and self.overlay.takes == "listed":
            apart = [([], [])]
        for pieces, own in apart:
            kind = self._kind({str(part.path[0]) for part in own})
            if kind is None:
                self.fold.settle(pieces, "undoes")
            else:
                about = list(parts_about(pieces))
                self._write(kind, {"sheet": standing.answers[0]}, [*own, *about], pieces)

    def _kind(self, stated: set[str]) -> str | None:
        if stated & {"set", *WAYS_OF_A_LIST}:
            return "adapt"
        if self.overlay.takes == "listed":
            return "take"
        return "renumber" if stated & set(PLACE) else None

    def _added(self, sheet: ActionSheet, standing: Standing) -> None:
        """A sheet that answers none of the parent's, with the text that it has by now."""
        own = standing.made_by.change if standing.made_by else None
        stated = {name: getattr(sheet, name) for name in sheet.model_fields_set}
        table: Table = {name: value for name, value in stated.items() if value not in ((), None)}
        pieces = standing.pieces
        if isinstance(own, Add):
            table |= {name: getattr(own, name) for name in own.model_fields_set & _OF_AN_ADD}
            pieces = list(told(pieces))
        for part in parts_about(pieces):
            name = str(part.path[0])
            before = table.get(name)
            table[name] = joined(name, [*([before] if before else []), part.value])
        parts = [part for part in parts_of_place(standing, sheet, sheet.axis) if part.pieces]
        self._write("add", table, parts, pieces)

    def _contracts(self) -> dict[str, AdaptContract]:
        """The changes to the contract itself, by the file they are held in."""
        standing, found = self.fold.contract, {}
        fields = tuple(ContractText.model_fields)
        ways = list(parts_by_way(standing, fields, lambda name: getattr(self.text, name)))
        for pieces, own in parts_by_change(standing.pieces, ways):
            place = pieces[0].change
            parts = numbered_parts([*own, *parts_about(pieces)])
            self._note(place, parts, pieces)
            found[place.file] = change_made_of("contract", {}, parts)
        return found

    def _write(
        self, kind: str, target: Table, parts: list[Part], pieces: Iterable[Operation]
    ) -> None:
        nouns = self.made.setdefault(kind, [])
        numbered = numbered_parts(parts)
        self._note(Place(self.file, (kind, len(nouns))), numbered, pieces)
        nouns.append(change_made_of(kind, target, numbered))

    def _note(self, place: Place, parts: Iterable[Part], pieces: Iterable[Operation]) -> None:
        """Notes what each part stands for; the pieces of none go where the change goes."""
        shown = {id(piece) for part in parts for piece in part.pieces}
        rest = tuple(piece for piece in pieces if id(piece) not in shown)
        if rest:
            self.written[place] = rest
        self.written |= {place.at(*part.path): part.pieces for part in parts}


@dataclass(frozen=True, slots=True)
class Squashed:
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
    written: Mapping[Place, tuple[Operation, ...]] | None = None
    settled: tuple[Disposition, ...] = ()
    sheets: Mapping[str, ActionSheet] = field(default_factory=dict)

    def told(self, fates: Iterable[Disposition]) -> Iterator[Disposition]:
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

    def _left_behind(self) -> Iterator[Disposition]:
        """What the files say of themselves and of the former parent's words, and what may come."""
        for file in (*self.files, *self.later):
            for piece in head_pieces(file):
                yield Disposition(piece, "left_behind", "former_contract", value=piece.value)
            for piece in remarks_of(file):
                yield Disposition(piece, "left_behind", "refused", value=piece.value)
        for file in self.later:
            for piece in all_pieces(file):
                yield Disposition(piece, "left_behind", "not_in_force", value=piece.value)


def equivalent(overlay: Overlay, former: Parent, territory: Territory, on: date | None) -> Squashed:
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
        return Squashed(changes, (signed,), _files(overlay, later), sheets=sheets)
    days = [_files(overlay, same_day) for same_day in day_by_day(amendments)]
    fold = Fold(former.now.contract, listed=listed)
    for files in ((signed,), *days):
        fold.read(files)
    fold.close()
    writing = Writing(fold, texts[-1], overlay)
    changes = ChangeSet(writing.files(), listed)
    files = (signed, *(file for files in days for file in files))
    settled = tuple(fold.settled)
    return Squashed(changes, files, _files(overlay, later), writing.written, settled, sheets)


def _files(overlay: Overlay, amendments: Iterable[Amendment]) -> tuple[ChangeFile, ...]:
    return tuple(ChangeFile(item, local_amendment_file(overlay, item.id)) for item in amendments)
