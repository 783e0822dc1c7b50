"""A local text with its own amendments as one text that makes the same contract.

It is held against the parent as any local text is. Each part of it remembers the pieces that it
stands for, in the files where people wrote them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from cpps_cli.derive.beside import alone
from cpps_cli.derive.build import built_sheets
from cpps_cli.derive.changes import ChangeFile, ChangeSet
from cpps_cli.derive.consolidation import day_by_day, in_force, local_amendment_file
from cpps_cli.derive.derivation import Parent
from cpps_cli.derive.head import local_file
from cpps_cli.derive.local_text import LocalText
from cpps_cli.derive.migration.fate import (
    ABOUT,
    PLACE,
    Fate,
    Piece,
    all_pieces,
    head_pieces,
    remarks_of,
)
from cpps_cli.derive.migration.fold import Fold, Standing, told
from cpps_cli.diagnostics import Place
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    AdaptContract,
    Add,
    Amendment,
    Axis,
    Changes,
    Contract,
    Exclude,
    ListItems,
    Merge,
    Overlay,
    Renumber,
    SheetText,
    Take,
    Territory,
    kept,
    value_of,
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
_WAYS_OF_A_LIST = ("append", "remove")
Table = dict[str, Any]


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
    writing = _Writing(fold, texts[-1], overlay)
    changes = ChangeSet(writing.files(), listed)
    files = (signed, *(file for files in days for file in files))
    settled = tuple(fold.settled)
    return Equivalent(changes, files, _files(overlay, later), writing.written, settled, sheets)


def _files(overlay: Overlay, amendments: Iterable[Amendment]) -> tuple[ChangeFile, ...]:
    return tuple(ChangeFile(item, local_amendment_file(overlay, item.id)) for item in amendments)


class _Part(NamedTuple):
    """A part of a change: where it stands in it, its value, and the pieces it stands for."""

    path: tuple[str | int, ...]
    value: Any
    pieces: tuple[Piece, ...]


class _Writing:
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
        automatic = _axes_without_change(self.then, self.axes, self.file)
        for code, standing in self.fold.sheets.items():
            self._sheet(code, standing, automatic)
        for code, pieces in self.fold.excluded.items():
            self._write("exclude", {"sheet": code}, [_itself(piece) for piece in pieces], ())
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
        expected = automatic.get(_first(standing.answers, self.then))
        parts = [*_placed(standing, sheet, expected)]
        if len(standing.answers) > 1:
            parts += [*_merged_text(standing, sheet, self.then), *_merged_codes(standing)]
            parts += _about(standing.pieces)
            target: Table = {"sheets": standing.answers, "code": code}
            self._write("merge", target, parts, standing.pieces)
            return
        parts += _plain_text(standing, sheet, self.then)
        # A sheet that amendments made of several is one change, whatever it was made of.
        whole = [(standing.pieces, parts)]
        apart = whole if standing.made_by else list(_apart(standing.pieces, parts))
        if not apart and self.overlay.takes == "listed":
            apart = [([], [])]
        for pieces, own in apart:
            kind = self._kind({str(part.path[0]) for part in own})
            if kind is None:
                self.fold.settle(pieces, "undoes")
            else:
                about = list(_about(pieces))
                self._write(kind, {"sheet": standing.answers[0]}, [*own, *about], pieces)

    def _kind(self, stated: set[str]) -> str | None:
        if stated & {"set", *_WAYS_OF_A_LIST}:
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
        for part in _about(pieces):
            name = str(part.path[0])
            before = table.get(name)
            table[name] = _joined(name, [*([before] if before else []), part.value])
        parts = [part for part in _placed(standing, sheet, sheet.axis) if part.pieces]
        self._write("add", table, parts, pieces)

    def _contracts(self) -> dict[str, AdaptContract]:
        """The changes to the contract itself, by the file they are held in."""
        standing, found = self.fold.contract, {}
        fields = tuple(ContractText.model_fields)
        ways = list(_ways(standing, fields, lambda name: _said(self.text, name)))
        for pieces, own in _apart(standing.pieces, ways):
            place = pieces[0].change
            parts = _numbered([*own, *_about(pieces)])
            self._note(place, parts, pieces)
            found[place.file] = AdaptContract(**_table(parts, ContractText, PartyItems))
        return found

    def _write(self, kind: str, target: Table, parts: list[_Part], pieces: Iterable[Piece]) -> None:
        nouns = self.made.setdefault(kind, [])
        numbered = _numbered(parts)
        self._note(Place(self.file, (kind, len(nouns))), numbered, pieces)
        nouns.append(_KINDS[kind](**{**target, **_table(numbered, SheetText, ListItems)}))

    def _note(self, place: Place, parts: Iterable[_Part], pieces: Iterable[Piece]) -> None:
        """Notes what each part stands for; the pieces of none go where the change goes."""
        shown = {id(piece) for part in parts for piece in part.pieces}
        rest = tuple(piece for piece in pieces if id(piece) not in shown)
        if rest:
            self.written[place] = rest
        self.written |= {place.at(*part.path): part.pieces for part in parts}


def _itself(piece: Piece) -> _Part:
    return _Part(piece.path, piece.value, (piece,))


def _apart(pieces: list[Piece], parts: list[_Part]) -> Iterator[tuple[list[Piece], list[_Part]]]:
    """The pieces and the parts of each change; changes that make one value are one change."""
    owner = {piece.change: piece.change for piece in pieces}
    for part in parts:
        joined = [owner[piece.change] for piece in part.pieces]
        owner |= {change: joined[0] for change in owner if owner[change] in joined}
    for change in dict.fromkeys(owner.values()):
        own = [part for part in parts if part.pieces and owner[part.pieces[0].change] == change]
        yield [piece for piece in pieces if owner[piece.change] == change], own
    for part in parts:
        if not part.pieces:
            yield [], [part]


def _numbered(parts: Iterable[_Part]) -> list[_Part]:
    """The parts, the items of each list numbered from 0."""
    seen: dict[tuple[str | int, ...], int] = {}
    found = []
    for part in parts:
        path = part.path
        if len(path) == 3:
            seen[path] = seen.get(path, -1) + 1
            path = (*path[:2], seen[part.path])
        found.append(part._replace(path=path))
    return found


def _axes_without_change(
    then: Contract, axes: tuple[Axis, ...], file: str
) -> dict[str, str | None]:
    """The local axis of each sheet of the parent's, where no change places it."""
    own = Changes.model_validate({"axes": axes})
    made = built_sheets(ChangeSet((ChangeFile(own, file),)), alone(then))
    return {item.sheet.code: item.sheet.axis for item in made}


def _first(codes: tuple[str, ...], then: Contract) -> str:
    """The first of several sheets in the parent's order, whose axis is that of what they make."""
    return next((sheet.code for sheet in then.sheets if sheet.code in codes), codes[0])


def _placed(standing: Standing, sheet: ActionSheet, expected: str | None) -> Iterator[_Part]:
    """The number and the axis, where a change states them or axes stated again move the sheet."""
    for name in PLACE:
        pieces = tuple(piece for piece in standing.pieces if piece.field == name)
        moved = name == "axis" and sheet.axis not in (None, expected)
        if pieces or moved:
            yield _Part((name,), getattr(sheet, name), pieces)


def _about(pieces: Iterable[Piece]) -> Iterator[_Part]:
    """What the changes say of themselves, together."""
    every = tuple(pieces)
    for name in ABOUT:
        own = tuple(piece for piece in every if piece.field == name)
        if own:
            yield _Part((name,), _joined(name, [piece.value for piece in own]), own)


def _joined(name: str, values: list[Any]) -> Any:
    if name in ("reason", "note"):
        return " ".join(dict.fromkeys(values))
    return tuple(dict.fromkeys(item for items in values for item in items))


def _plain_text(standing: Standing, sheet: ActionSheet, then: Contract) -> Iterator[_Part]:
    """The text of a sheet that answers one of the parent's."""
    before = then.sheet(standing.answers[0])
    if standing.made_by is None:
        yield from _ways(standing, TEXT_FIELDS, lambda name: getattr(sheet, name))
        return
    for name in TEXT_FIELDS:
        if standing.on(name) or getattr(sheet, name) != getattr(before, name, None):
            yield _Part(("set", name), getattr(sheet, name), tuple(standing.on(name)))


def _merged_text(standing: Standing, sheet: ActionSheet, then: Contract) -> Iterator[_Part]:
    """The text of a merged sheet, where it is not that of the parent's sheets together."""
    for name in TEXT_FIELDS:
        pieces, value = standing.on(name), getattr(sheet, name)
        if len(pieces) == 1 and _still_keeps(pieces[0], standing, then, value):
            yield _Part(("keep", name), pieces[0].value, (pieces[0],))
        elif pieces or value != _together(name, standing.answers, then):
            yield _Part(("set", name), value, tuple(pieces))


def _still_keeps(piece: Piece, standing: Standing, then: Contract, value: Any) -> bool:
    """Whether a field is what a piece keeps of one sheet, and no later merge put more to it."""
    if piece.way != "keep" or piece.value not in standing.answers:
        return False
    return bool(getattr(then.sheet(piece.value), str(piece.field), None) == value)


def _together(name: str, codes: tuple[str, ...], then: Contract) -> Any:
    present = [sheet for sheet in then.sheets if sheet.code in codes]
    return value_of(name, tuple(part for sheet in present for part in kept(sheet, name)))


def _merged_codes(standing: Standing) -> Iterator[_Part]:
    """The code of a merged sheet and those that it merges, for the pieces that name them."""
    for piece in standing.pieces:
        if standing.made_by and piece.change != standing.made_by.place:
            continue
        if piece.field == "code":
            yield _Part(("code",), None, (piece,))
        elif piece.field == "sheets" and piece.value in standing.answers:
            yield _Part(("sheets", standing.answers.index(piece.value)), None, (piece,))


def _ways(
    standing: Standing, fields: tuple[str, ...], value: Callable[[str], Any]
) -> Iterator[_Part]:
    """Items put in and taken out where nothing else touches a list, else the value it has."""
    for name in fields:
        pieces = standing.on(name)
        if any(piece.way not in _WAYS_OF_A_LIST for piece in pieces):
            alone_ = len(pieces) == 1
            yield _Part(("set", name), pieces[0].value if alone_ else value(name), tuple(pieces))
            continue
        for way in _WAYS_OF_A_LIST:
            for piece in pieces:
                if piece.way == way:
                    yield _Part((way, name, 0), piece.value, (piece,))


def _said(contract: Contract, name: str) -> Any:
    held = contract.held(name) if name not in PartyItems.model_fields else None
    return held.value if held else getattr(contract, name)


def _table(parts: Iterable[_Part], text: type, items: type) -> Table:
    """The keys of a change, from its parts."""
    table: Table = {}
    ways: dict[str, dict[str, Any]] = {}
    for part in parts:
        match part.path:
            case (str(key),) if part.value is not None:
                table[key] = part.value
            case (str(way), str(name)):
                ways.setdefault(way, {})[name] = part.value
            case (str(way), str(name), int()):
                found = ways.setdefault(way, {})
                found[name] = (*found.get(name, ()), part.value)
            case _:  # the change itself, and the codes that it names
                continue
    nouns = {"set": text, "append": items, "remove": items, "keep": dict}
    return {**table, **{way: nouns[way](**fields) for way, fields in ways.items()}}
