"""Squashes a local text and its own amendments into one text that says the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.engine.apply import apply_to_sheets
from cpps_cli.engine.changes import ChangeFile, ChangeSet
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.marks import is_link_inferred
from cpps_cli.engine.rebase.disposition import (
    ABOUT,
    PLACE,
    Disposition,
    Table,
    as_written,
    emitted,
    joined,
    operations_of_file,
    operations_of_head,
    remarks_of_file,
)
from cpps_cli.engine.rebase.in_force import (
    WAYS_OF_A_LIST,
    InForce,
    OperationsInForce,
    Part,
    listed_apart,
)
from cpps_cli.engine.rebase.remap import together
from cpps_cli.engine.three_way import two_way
from cpps_cli.engine.versions import day_by_day, in_force
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Add, Amendment, Changes, Overlay, Territory
from cpps_cli.model.contract import Contract, ContractText
from cpps_cli.model.operation import Operation
from cpps_cli.model.paths import local_amendment_file, local_file

_OF_AN_ADD = frozenset(("parent", "reason"))


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
            for operation in operations_of_head(file):
                yield as_written(operation, "discarded", "former_contract")
            for operation in remarks_of_file(file):
                yield as_written(operation, "discarded", "refused")
        for file in self.later:
            for operation in operations_of_file(file):
                yield as_written(operation, "discarded", "not_in_force")


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
    text = _OneText(current, current.base, texts[-1].contract, overlay, signed.file)
    changes = ChangeSet(text.files(), listed)
    files = (signed, *(file for files in days for file in files))
    return Squashed(changes, files, later, text.written, tuple(current.settled), sheets)


def _files(overlay: Overlay, amendments: Iterable[Amendment]) -> tuple[ChangeFile, ...]:
    return tuple(ChangeFile(item, local_amendment_file(overlay, item.id)) for item in amendments)


@dataclass(slots=True)
class _OneText:
    """One text made of the operations in force; the values are those of the last text.

    What amendments change in a sheet of the parent's stays a change of its own, with its reason;
    what they change in a merged or an added sheet goes into the change that made it.
    """

    current: OperationsInForce
    base: Contract
    text: Contract
    overlay: Overlay
    file: str
    written: dict[Place, tuple[Operation, ...]] = field(default_factory=dict)
    made: dict[str, list[Any]] = field(default_factory=dict)

    def files(self) -> tuple[ChangeFile, ...]:
        """Makes the text, its parts noted in `written`; other files only change the contract."""
        sheets = {sheet.code: sheet for sheet in self.text.sheets}
        automatic = self._axes_without_change()
        for code, own in self.current.sheets.items():
            self._sheet(sheets[code], own, automatic)
        for code, operations in self.current.excluded.items():
            parts = [Part(item.path, item.value, (item,)) for item in operations]
            self._write("exclude", {"sheet": code}, parts, [])
        for index, (_axis, operations) in enumerate(self.current.axes):
            place = Place(self.file, ("axes", index))
            self.written |= {place.at(*item.path): (item,) for item in operations}
        stated: Table = {kind: tuple(nouns) for kind, nouns in self.made.items()}
        contracts = self._contracts()
        if self.file in contracts:
            stated["contract"] = contracts.pop(self.file)
        if self.current.axes:
            stated["axes"] = tuple(axis for axis, _own in self.current.axes)
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
        axes = tuple(axis for axis, _own in self.current.axes)
        own = ChangeFile(Changes.model_validate({"axes": axes}), self.file)
        made = apply_to_sheets(ChangeSet((own,)), two_way(self.base))
        return {item.sheet.code: item.sheet.axis for item in made}

    def _sheet(self, sheet: ActionSheet, own: InForce, automatic: Mapping[str, str | None]) -> None:
        if not own.answers:
            self._added(sheet, own)
            return
        answers = (item.code for item in self.base.sheets if item.code in own.answers)
        expected = automatic.get(next(answers, own.answers[0]))
        parts = [*own.placed(sheet, expected), *self._text(own, sheet)]
        if len(own.answers) > 1:
            parts += (*own.codes(), *_about(own.operations))
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
        if stated & {"set", *WAYS_OF_A_LIST}:
            return "adapt"
        if self.overlay.takes == "listed":
            return "take"
        return "renumber" if stated & set(PLACE) else None

    def _text(self, own: InForce, sheet: ActionSheet) -> Iterator[Part]:
        """The text of a sheet, where it is not that of the parent's sheets that it answers."""
        if own.made_by is None:
            yield from own.stated(TEXT_FIELDS, sheet)
            return
        sheets = [item for item in self.base.sheets if item.code in own.answers]
        for name in TEXT_FIELDS:
            operations, value = own.on(name), getattr(sheet, name)
            if len(sheets) > 1 and len(operations) == 1 and self._keeps(operations[0], own, value):
                yield Part(("keep", name), operations[0].value, operations)
            elif operations or value != together(sheets, name):
                yield Part(("set", name), value, operations)

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
            if is_link_inferred(add):
                table["inferred"] = (*sheet.inferred, "sheet")
        for part in _about(operations):
            name = str(part.path[0])
            before = [table[name]] if table.get(name) else []
            table[name] = joined(name, [*before, part.value])
        parts = [part for part in own.placed(sheet, sheet.axis) if part.operations]
        self._write("add", table, parts, operations)

    def _contracts(self) -> dict[str, Any]:
        """The changes to the contract itself, by the file that holds them."""
        own, found = self.current.contract, {}
        ways = list(own.stated(tuple(ContractText.model_fields), self.text))
        for operations, stated in _by_change(own.operations, ways):
            place = operations[0].change
            found[place.file] = self._emit(place, {}, [*stated, *_about(operations)], operations)
        return found

    def _write(
        self, kind: str, target: Table, parts: list[Part], operations: list[Operation]
    ) -> None:
        nouns = self.made.setdefault(kind, [])
        place = Place(self.file, (kind, len(nouns)))
        nouns.append(self._emit(place, target, parts, operations))

    def _emit(
        self, place: Place, target: Table, parts: list[Part], operations: list[Operation]
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
    operations: list[Operation], parts: list[Part]
) -> Iterator[tuple[list[Operation], list[Part]]]:
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


def _numbered(parts: Iterable[Part]) -> list[Part]:
    """Numbers the items of each list from 0."""
    seen: Counter[KeyPath] = Counter()
    found = []
    for part in parts:
        path = (*part.path[:2], seen[part.path]) if len(part.path) == 3 else part.path
        seen[part.path] += 1
        found.append(part._replace(path=path))
    return found


def _about(operations: list[Operation]) -> Iterator[Part]:
    """What the changes say of themselves, together."""
    for name in ABOUT:
        if own := tuple(item for item in operations if item.field == name):
            yield Part((name,), joined(name, [item.value for item in own]), own)
