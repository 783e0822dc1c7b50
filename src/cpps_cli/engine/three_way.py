"""Files of changes between the text of its parent that it was read against and that of the day.

The text it was read against is the one of the version that it records, but for the fields whose
change states a fingerprint of its own: those were read at another time, and have the words of the
version which has that fingerprint. Where none has it, the parent was edited in place, without an
amendment, and its former words are held nowhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress, pairwise
from typing import Any, assert_never

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, ContractVersion, Placed
from cpps_cli.engine.dependencies import Cell, Dependency, dependencies, value_in
from cpps_cli.engine.merge3 import Merged, differ, merge_list, merge_scalar, merge_selection
from cpps_cli.model import (
    ActionSheet,
    Adapt,
    AdaptContract,
    Amendment,
    Contract,
    Exclude,
    Merge,
    about_others,
)
from cpps_cli.model.change import Edited

# A text, and the one that amendments made of it.
Step = tuple[ContractVersion, ContractVersion]


class ThreeWay:
    """`texts` are the versions of the parent; the files were `written_for` one, `now` is another.

    `then` is the text as the files were read against it, field by field. `in_other_words` says of a
    field whether no commitment changed in it, where the versions do not tell who changed them.
    """

    def __init__(
        self,
        files: tuple[ChangeFile, ...],
        texts: Sequence[ContractVersion],
        written_for: ContractVersion,
        now: ContractVersion,
        in_other_words: Callable[[Cell], bool] | None = None,
    ) -> None:
        self.files = files
        self.now = now.contract
        self._texts = texts
        self._written_for = written_for
        self._now = now
        self._in_other_words = in_other_words
        self._meetings: dict[tuple[Place, str], Merged] = {}

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """What the changes of the files rest on."""
        return tuple(dependency for file in self.files for dependency in dependencies(file))

    @property
    def text(self) -> ContractVersion:
        """The text of the day, with what is known of it."""
        return self._now

    @cached_property
    def then_by_code(self) -> Mapping[str, ActionSheet]:
        """The sheets of the text that the changes were read against, by their codes."""
        written_for = self._written_for
        if self.then is written_for.contract:
            return written_for.by_code
        return {sheet.code: sheet for sheet in self.then.sheets}

    @cached_property
    def _is_still(self) -> bool:
        """Whether nothing can have moved: they were read against the very text of the day."""
        pinned = any(dependency.written is not None for dependency in self.dependencies)
        return not pinned and self._written_for is self._now

    def placed(self) -> Iterator[Placed]:
        """The changes to sheets, each with its place."""
        return (placed for file in self.files for placed in file.placed())

    @cached_property
    def _by_place(self) -> dict[tuple[Place, str], Dependency]:
        return {(dependency.place, dependency.key): dependency for dependency in self.dependencies}

    @cached_property
    def then(self) -> Contract:
        """The parent's text as the changes were read against it."""
        text = self._written_for.contract
        for dependency in self.dependencies:
            source = self._read_in(dependency)
            if source is not None and source is not self._written_for:
                text = _with_words_of(text, dependency, source.contract)
        return text

    def met(self, place: Place, key: str) -> Merged:
        """How the change at a place stands in one of its fields."""
        dependency = self._by_place.get((place, key))
        return Merged("untouched") if dependency is None else self.meeting(dependency)

    def is_to_reread(self, change: object) -> bool:
        """Whether a change rests on what the parent says otherwise now."""
        return not self._is_still and any(
            dependency.change is change and self.meeting(dependency).outcome == "to_reread"
            for dependency in self.dependencies
        )

    @property
    def is_anything_to_reread(self) -> bool:
        """Whether any change rests on what the parent says otherwise now."""
        return not self._is_still and any(
            self.meeting(dependency).outcome == "to_reread" for dependency in self.dependencies
        )

    def is_unheld_at(self, place: Place, key: str) -> bool:
        """Whether the words that the change at a place was read against are held nowhere."""
        dependency = self._by_place.get((place, key))
        return dependency is not None and self.is_unheld(dependency)

    def is_unheld(self, dependency: Dependency) -> bool:
        """Whether the words that a change was read against are held in no version."""
        return self._read_in(dependency) is None

    def meeting(self, dependency: Dependency) -> Merged:
        """How a change stands beside what became of the fields it rests on."""
        known = self._meetings.get((dependency.place, dependency.key))
        if known is None:
            known = self._meetings[dependency.place, dependency.key] = self._met(dependency)
        return known

    def _met(self, dependency: Dependency) -> Merged:
        if self.is_unheld(dependency):
            return Merged("to_reread")
        if self.then is self.now:
            return Merged("untouched")
        if dependency.sheets and not any(map(self.now.sheet, dependency.sheets)):
            return Merged("agreed" if isinstance(dependency.change, Exclude) else "to_reread")
        then, now = dependency.values(self.then), dependency.values(self.now)
        editorial = self._is_editorial(dependency)
        match dependency.change:
            case Exclude():
                return merge_selection(then, now, editorial=editorial)
            case Merge():
                put_aside = [code != dependency.ways.get("keep") for code in dependency.sheets]
                then, now = tuple(compress(then, put_aside)), tuple(compress(now, put_aside))
                return merge_selection(then, now, editorial=editorial)
            case Adapt() | AdaptContract():
                return _adapted(dependency, then[0], now[0], editorial=editorial)
            case _:
                assert_never(dependency.change)

    def steps(
        self, cells: Iterable[Cell], since: ContractVersion | None = None
    ) -> tuple[Step, ...]:
        """The versions that changed these fields since a text, each with the one before it."""
        order = [id(text) for text in self._texts]
        ends = (order.index(id(since or self._written_for)), order.index(id(self._now)))
        passed = self._texts[min(ends) : max(ends) + 1]
        return tuple(step for step in pairwise(passed) if any(_moved(cells, *step)))

    def steps_under(self, dependency: Dependency) -> tuple[Step, ...]:
        """The versions that changed what a change rests on, since it was read."""
        return self.steps(dependency.cells, self._read_in(dependency))

    def is_in_other_words(self, cell: Cell) -> bool:
        """Whether amendments only put a field in other words since the text was written for."""
        steps = self.steps((cell,))
        return bool(steps) and all(is_editorial(step, (cell,)) for step in steps)

    def _is_editorial(self, dependency: Dependency) -> bool:
        if self._in_other_words is not None:
            ends = (self._written_for, self._now)
            return all(map(self._in_other_words, _moved(dependency.cells, *ends)))
        steps = self.steps_under(dependency)
        return bool(steps) and all(is_editorial(step, dependency.cells) for step in steps)

    def _read_in(self, dependency: Dependency) -> ContractVersion | None:
        """The version whose words a change was read against; None where no version has them."""
        written = dependency.written
        if written is None:
            return self._written_for
        texts = (self._written_for, *reversed(self._texts))
        return next((text for text in texts if dependency.mark(text.contract) == written), None)


def alone(base: Contract, files: tuple[ChangeFile, ...] = ()) -> ThreeWay:
    """Changes that are applied to the very text that they were written for."""
    text = ContractVersion(base, "")
    return ThreeWay(files, (text,), text, text)


def is_editorial(step: Step, cells: Iterable[Cell]) -> bool:
    """Whether the amendments of one day only put these fields in other words."""
    _before, after = step
    return all(_in_other_words(after, cell) for cell in _moved(cells, *step))


def _moved(
    cells: Iterable[Cell], before: ContractVersion, after: ContractVersion
) -> Iterator[Cell]:
    for cell in cells:
        if differ(value_in(before.contract, cell), value_in(after.contract, cell)):
            yield cell


def _in_other_words(text: ContractVersion, cell: Cell) -> bool:
    """Whether an editorial change of the last amendments touched a field."""
    code, field = cell
    sheets = () if code is None else (code,)
    for file in text.changes.files:
        whole = isinstance(file.changes, Amendment) and file.changes.editorial
        for placed in file.all_placed():
            touched = any(text.field == field for text in placed.texts)
            if isinstance(placed.change, Edited) and placed.targets == sheets and touched:
                return whole or placed.change.editorial
    return False


def _adapted(dependency: Dependency, then: Any, now: Any, *, editorial: bool) -> Merged:
    if "set" in dependency.ways:
        return merge_scalar(dependency.ways["set"], then, now, editorial=editorial)
    return merge_list(dependency.items, then or (), now or (), editorial=editorial)


def _with_words_of(text: Contract, dependency: Dependency, source: Contract) -> Contract:
    """The text with what another version says under one footing."""
    if not dependency.sheets:
        claims = tuple(about_others(text.claims, (dependency.key,)))
        value = value_in(source, (None, dependency.key))
        return text.replace(claims=claims, **{dependency.key: value})
    sheets = {sheet.code: sheet for sheet in text.sheets}
    for code in dependency.sheets:
        if other := source.sheet(code):
            known = sheets.get(code, other)
            sheets[code] = _with_fields(known, other, dependency.fields)
    return text.replace(sheets=tuple(sheets.values()))


def _with_fields(sheet: ActionSheet, other: ActionSheet, fields: Iterable[str]) -> ActionSheet:
    present = {name: getattr(sheet, name) for name in sheet.model_fields_set}
    return ActionSheet(**{**present, **{name: getattr(other, name) for name in fields}})
