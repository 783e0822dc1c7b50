"""The one text that what stands of a local text and of its amendments makes."""

from collections.abc import Iterable, Mapping
from typing import Any

from cpps_cli.derive.changes import ChangeFile
from cpps_cli.derive.head import local_file
from cpps_cli.derive.local_text import LocalText
from cpps_cli.derive.migration.fate import (
    PLACE,
    Piece,
)
from cpps_cli.derive.migration.fold import Fold, Standing, told
from cpps_cli.derive.migration.parts import (
    WAYS_OF_A_LIST,
    Part,
    Table,
    axes_without_change,
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
    table_of,
    whole_change,
)
from cpps_cli.diagnostics import Place
from cpps_cli.model import (
    ActionSheet,
    Adapt,
    AdaptContract,
    Add,
    Changes,
    Exclude,
    ListItems,
    Merge,
    Overlay,
    Renumber,
    SheetText,
    Take,
)
from cpps_cli.model.change import PartyItems
from cpps_cli.model.contract import ContractText

_KINDS = {
    "take": Take,
    "renumber": Renumber,
    "adapt": Adapt,
    "exclude": Exclude,
    "merge": Merge,
    "add": Add,
}
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
        self.written: dict[Place, tuple[Piece, ...]] = {}
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
            found[place.file] = AdaptContract(**table_of(parts, ContractText, PartyItems))
        return found

    def _write(self, kind: str, target: Table, parts: list[Part], pieces: Iterable[Piece]) -> None:
        nouns = self.made.setdefault(kind, [])
        numbered = numbered_parts(parts)
        self._note(Place(self.file, (kind, len(nouns))), numbered, pieces)
        nouns.append(_KINDS[kind](**{**target, **table_of(numbered, SheetText, ListItems)}))

    def _note(self, place: Place, parts: Iterable[Part], pieces: Iterable[Piece]) -> None:
        """Notes what each part stands for; the pieces of none go where the change goes."""
        shown = {id(piece) for part in parts for piece in part.pieces}
        rest = tuple(piece for piece in pieces if id(piece) not in shown)
        if rest:
            self.written[place] = rest
        self.written |= {place.at(*part.path): part.pieces for part in parts}
