"""Squashes a local text and its own amendments into one text that says the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.engine.apply import apply_to_sheets
from cpps_cli.engine.changes import ChangeFile, ChangeSet
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.local_text import LocalText
from cpps_cli.engine.rebase.disposition import (
    ABOUT,
    PLACE,
    Disposition,
    Table,
    Why,
    emitted,
    joined,
    operations_of_file,
    operations_of_head,
    remarks_of_file,
)
from cpps_cli.engine.rebase.in_force import InForce, OperationsInForce, listed_apart
from cpps_cli.engine.rebase.remap import together
from cpps_cli.engine.three_way import two_way
from cpps_cli.engine.versions import day_by_day, in_force
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Add, Amendment, Changes, Overlay, Territory
from cpps_cli.model.contract import ContractText
from cpps_cli.model.operation import Operation
from cpps_cli.model.paths import local_amendment_file, local_file

_OF_AN_ADD = frozenset(("parent", "reason"))
_WAYS_OF_A_LIST = ("append", "remove")


@dataclass(frozen=True, slots=True)
class Squashed:
    """The one text, and what it is made of.

    `changes` are those of the one text, `files` are what they were made of,
    `later` are the files of amendments that are not in force yet.
    `written` leads from a place in it to the operations it stands for; a place without one was
    written by nobody. `settled` is what the amendments have put aside. `sheets` are the local ones,
    by code, in the last text that had them.
    """

    changes: ChangeSet
    files: tuple[ChangeFile, ...]
    later: tuple[ChangeFile, ...] = ()
    written: Mapping[Place, tuple[Operation, ...]] | None = None
    settled: tuple[Disposition, ...] = ()
    sheets: Mapping[str, ActionSheet] = field(default_factory=dict)

    def as_written(self, found: Iterable[Disposition]) -> Iterator[Disposition]:
        """Follows the dispositions of its operations back to the operations that people wrote."""
        for item in found:
            if self.written is None:
                yield item
            else:
                for operation in self.written.get(item.operation.place, ()):
                    yield replace(item, operation=operation)
        yield from self.settled
        for file in (*self.files, *self.later):
            yield from _discarded(operations_of_head(file), "former_contract")
            yield from _discarded(remarks_of_file(file), "refused")
        for file in self.later:
            yield from _discarded(operations_of_file(file), "not_in_force")


def squash(overlay: Overlay, former: Parent, territory: Territory, on: date | None) -> Squashed:
    """Squashes a local text and its amendments in force on a day.

    `former` is the former parent as of the text that the local one was written for.
    """
    amendments = in_force(overlay.amendments, on)
    signed = ChangeFile(overlay, local_file(overlay))
    later = _files(overlay, (item for item in overlay.amendments if item not in amendments))
    texts = former.local_texts(overlay, territory).after(amendments)
    sheets = {item.sheet.code: item.sheet for text in texts for item in text.sheets}
    listed = overlay.takes == "listed"
    if not amendments:
        return Squashed(ChangeSet((signed,), listed), (signed,), later, sheets=sheets)
    days = [_files(overlay, same_day) for same_day in day_by_day(amendments)]
    current = OperationsInForce(former.now.contract, listed=listed)
    for files in ((signed,), *days):
        current.read(files)
    current.close()
    text = _OneText(current, texts[-1], overlay)
    changes = ChangeSet(text.files(), listed)
    files = (signed, *(file for files in days for file in files))
    return Squashed(changes, files, later, text.written, tuple(current.settled), sheets)


def _files(overlay: Overlay, amendments: Iterable[Amendment]) -> tuple[ChangeFile, ...]:
    return tuple(ChangeFile(item, local_amendment_file(overlay, item.id)) for item in amendments)


def _discarded(operations: Iterable[Operation], why: Why) -> Iterator[Disposition]:
    return (Disposition(item, "discarded", why, value=item.value) for item in operations)


class _Part(NamedTuple):
    """A part of a change: where it stands in it, its value, and the operations it stands for."""

    path: KeyPath
    value: Any
    operations: tuple[Operation, ...]


class _OneText:
    """One text made of the operations in force; the values are those of the last text.

    What amendments change in a sheet of the parent's stays a change of its own, with its reason;
    what they change in a merged or an added sheet goes into the change that made it.
    """

    def __init__(self, current: OperationsInForce, text: LocalText, overlay: Overlay) -> None:
        self.current = current
        self.base = current.base
        self.text = text.contract
        self.overlay = overlay
        self.file = local_file(overlay)
        self.axes = tuple(axis for axis, _own in current.axes)
        self.written: dict[Place, tuple[Operation, ...]] = {}
        self.made: dict[str, list[Any]] = {}

    def files(self) -> tuple[ChangeFile, ...]:
        """Makes the text, its parts noted in `written`; other files only change the contract."""
        sheets = {sheet.code: sheet for sheet in self.text.sheets}
        automatic = self._axes_without_change()
        for code, own in self.current.sheets.items():
            self._sheet(sheets[code], own, automatic)
        for code, operations in self.current.excluded.items():
            parts = [_Part(item.path, item.value, (item,)) for item in operations]
            self._write("exclude", {"sheet": code}, parts, [])
        for index, (_axis, operations) in enumerate(self.current.axes):
            place = Place(self.file, ("axes", index))
            self.written |= {place.at(*item.path): (item,) for item in operations}
        stated: Table = {kind: tuple(nouns) for kind, nouns in self.made.items()}
        contracts = self._contracts()
        if self.file in contracts:
            stated["contract"] = contracts.pop(self.file)
        if self.axes:
            stated["axes"] = self.axes
        left_out = {"amendments", *Changes.model_fields}
        head = {
            name: value for name, value in self.overlay.stated().items() if name not in left_out
        }
        text = Overlay(**{**head, **stated})
        others = (
            ChangeFile(Changes.model_validate({"contract": own}), file)
            for file, own in contracts.items()
        )
        return (ChangeFile(text, self.file), *others)

    def _axes_without_change(self) -> Mapping[str, str | None]:
        """The local axis of each sheet of the parent's, where no change places it."""
        own = ChangeFile(Changes.model_validate({"axes": self.axes}), self.file)
        made = apply_to_sheets(ChangeSet((own,)), two_way(self.base))
        return {item.sheet.code: item.sheet.axis for item in made}

    def _sheet(self, sheet: ActionSheet, own: InForce, automatic: Mapping[str, str | None]) -> None:
        if not own.answers:
            self._added(sheet, own)
            return
        answers = (item.code for item in self.base.sheets if item.code in own.answers)
        expected = automatic.get(next(answers, own.answers[0]))
        parts = [*_place(own, sheet, expected), *self._text(own, sheet)]
        if len(own.answers) > 1:
            parts += (*_codes(own), *_about(own.operations))
            self._write("merge", {"sheets": own.answers, "code": sheet.code}, parts, own.operations)
            return
        # A sheet that amendments made of several is one change, whatever it was made of.
        whole = [(own.operations, parts)]
        apart = whole if own.made_by else list(_by_change(own.operations, parts))
        if not apart and self.overlay.takes == "listed":
            apart = [([], [])]
        for operations, changed in apart:
            if kind := self._kind({str(part.path[0]) for part in changed}):
                stated = [*changed, *_about(operations)]
                self._write(kind, {"sheet": own.answers[0]}, stated, operations)
            else:
                self.current.settle(operations, "undoes")

    def _kind(self, stated: set[str]) -> str | None:
        if stated & {"set", *_WAYS_OF_A_LIST}:
            return "adapt"
        if self.overlay.takes == "listed":
            return "take"
        return "renumber" if stated & set(PLACE) else None

    def _text(self, own: InForce, sheet: ActionSheet) -> Iterator[_Part]:
        """The text of a sheet, where it is not that of the parent's sheets that it answers."""
        if own.made_by is None:
            yield from _by_way(own, TEXT_FIELDS, sheet)
            return
        sheets = [item for item in self.base.sheets if item.code in own.answers]
        for name in TEXT_FIELDS:
            operations, value = own.on(name), getattr(sheet, name)
            if len(sheets) > 1 and len(operations) == 1 and self._keeps(operations[0], own, value):
                yield _Part(("keep", name), operations[0].value, operations)
            elif operations or value != together(sheets, name):
                yield _Part(("set", name), value, operations)

    def _keeps(self, operation: Operation, own: InForce, value: Any) -> bool:
        """Whether a field is what is kept of one sheet, and no later merge put more to it."""
        if operation.way != "keep" or operation.value not in own.answers:
            return False
        kept = self.base.sheet(operation.value)
        return bool(getattr(kept, str(operation.field), None) == value)

    def _added(self, sheet: ActionSheet, own: InForce) -> None:
        """Writes a sheet that answers none of the parent's, with the text that it has by now."""
        table = {name: value for name, value in sheet.stated().items() if value not in ((), None)}
        operations = own.operations
        if own.made_by and isinstance(add := own.made_by.change, Add):
            table |= {name: getattr(add, name) for name in add.model_fields_set & _OF_AN_ADD}
            operations = list(listed_apart(operations))
        for part in _about(operations):
            name = str(part.path[0])
            before = [table[name]] if table.get(name) else []
            table[name] = joined(name, [*before, part.value])
        parts = [part for part in _place(own, sheet, sheet.axis) if part.operations]
        self._write("add", table, parts, operations)

    def _contracts(self) -> dict[str, Any]:
        """The changes to the contract itself, by the file that holds them."""
        own, found = self.current.contract, {}
        ways = list(_by_way(own, tuple(ContractText.model_fields), self.text))
        for operations, stated in _by_change(own.operations, ways):
            place = operations[0].change
            found[place.file] = self._emit(place, {}, [*stated, *_about(operations)], operations)
        return found

    def _write(
        self, kind: str, target: Table, parts: list[_Part], operations: list[Operation]
    ) -> None:
        nouns = self.made.setdefault(kind, [])
        place = Place(self.file, (kind, len(nouns)))
        nouns.append(self._emit(place, target, parts, operations))

    def _emit(
        self, place: Place, target: Table, parts: list[_Part], operations: list[Operation]
    ) -> Any:
        """Makes a change; notes what each part stands for, and the change for all the others."""
        shown = {id(item) for part in parts for item in part.operations}
        if rest := tuple(item for item in operations if id(item) not in shown):
            self.written[place] = rest
        numbered = _numbered(parts)
        self.written |= {place.at(*part.path): part.operations for part in numbered}
        stated = ((part.path, part.value) for part in numbered)
        return emitted(str(place.path[0]), target, stated)


def _by_change(
    operations: list[Operation], parts: list[_Part]
) -> Iterator[tuple[list[Operation], list[_Part]]]:
    """Splits operations and parts by change; changes that make one value are one change."""
    owner = {item.change: item.change for item in operations}
    for part in parts:
        joint = [owner[item.change] for item in part.operations]
        owner |= {change: joint[0] for change in owner if owner[change] in joint}
    for change in dict.fromkeys(owner.values()):
        made = [part for part in parts if part.operations]
        own = [part for part in made if owner[part.operations[0].change] == change]
        yield [item for item in operations if owner[item.change] == change], own
    yield from (([], [part]) for part in parts if not part.operations)


def _numbered(parts: Iterable[_Part]) -> list[_Part]:
    """Numbers the items of each list from 0."""
    seen: dict[KeyPath, int] = {}
    found = []
    for part in parts:
        path = part.path
        if len(path) == 3:
            seen[path] = seen.get(path, -1) + 1
            path = (*path[:2], seen[path])
        found.append(part._replace(path=path))
    return found


def _place(own: InForce, sheet: ActionSheet, expected: str | None) -> Iterator[_Part]:
    """The number and the axis, where a change states them or axes stated again move the sheet."""
    for name in PLACE:
        operations = tuple(item for item in own.operations if item.field == name)
        if operations or (name == "axis" and sheet.axis not in (None, expected)):
            yield _Part((name,), getattr(sheet, name), operations)


def _about(operations: list[Operation]) -> Iterator[_Part]:
    """What the changes say of themselves, together."""
    for name in ABOUT:
        if own := tuple(item for item in operations if item.field == name):
            yield _Part((name,), joined(name, [item.value for item in own]), own)


def _codes(own: InForce) -> Iterator[_Part]:
    """The code of a merged sheet and those that it merges, for the operations that name them."""
    for item in own.operations:
        if own.made_by and item.change != own.made_by.place:
            continue
        if item.field == "code":
            yield _Part(("code",), None, (item,))
        elif item.field == "sheets" and item.value in own.answers:
            yield _Part(("sheets", own.answers.index(item.value)), None, (item,))


def _by_way(own: InForce, fields: tuple[str, ...], noun: Any) -> Iterator[_Part]:
    """Items put in and taken out where nothing else touches a list, else the value it has."""
    for name in fields:
        operations = own.on(name)
        if any(item.way not in _WAYS_OF_A_LIST for item in operations):
            value = operations[0].value if len(operations) == 1 else getattr(noun, name)
            yield _Part(("set", name), value, operations)
            continue
        for way in _WAYS_OF_A_LIST:
            yield from (
                _Part((way, name, 0), item.value, (item,)) for item in operations if item.way == way
            )
