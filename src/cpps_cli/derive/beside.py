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

from cpps_cli.derive.changes import ChangeFile, Placed
from cpps_cli.derive.consolidated import Consolidated
from cpps_cli.derive.footings import Cell, Footing, footings, touched, value_in
from cpps_cli.derive.meeting import (
    ListChange,
    Meeting,
    differ,
    met_by_choice,
    met_by_items,
    met_by_value,
)
from cpps_cli.diagnostics import Place
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

# A text, and the one that amendments made of it.
Step = tuple[Consolidated, Consolidated]


class Beside:
    """`texts` are the versions of the parent; the files were `written_for` one, `now` is another.

    `then` is the text as the files were read against it, field by field. `in_other_words` says of a
    field whether no commitment changed in it, where the versions do not tell who changed them.
    """

    def __init__(
        self,
        files: tuple[ChangeFile, ...],
        texts: Sequence[Consolidated],
        written_for: Consolidated,
        now: Consolidated,
        in_other_words: Callable[[Cell], bool] | None = None,
    ) -> None:
        self.files = files
        self.now = now.contract
        self._texts = texts
        self._written_for = written_for
        self._now = now
        self._in_other_words = in_other_words
        self._meetings: dict[tuple[Place, str], Meeting] = {}

    @cached_property
    def footings(self) -> tuple[Footing, ...]:
        """What the changes of the files rest on."""
        return tuple(footing for file in self.files for footing in footings(file))

    @property
    def text(self) -> Consolidated:
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
        pinned = any(footing.written is not None for footing in self.footings)
        return not pinned and self._written_for is self._now

    def placed(self) -> Iterator[Placed]:
        """The changes to sheets, each with its place."""
        return (placed for file in self.files for placed in file.placed())

    @cached_property
    def _by_place(self) -> dict[tuple[Place, str], Footing]:
        return {(footing.place, footing.key): footing for footing in self.footings}

    @cached_property
    def then(self) -> Contract:
        """The parent's text as the changes were read against it."""
        text = self._written_for.contract
        for footing in self.footings:
            source = self._read_in(footing)
            if source is not None and source is not self._written_for:
                text = _with_words_of(text, footing, source.contract)
        return text

    def met(self, place: Place, key: str) -> Meeting:
        """How the change at a place stands in one of its fields."""
        footing = self._by_place.get((place, key))
        return Meeting("untouched") if footing is None else self.meeting(footing)

    def is_to_reread(self, change: object) -> bool:
        """Whether a change rests on what the parent says otherwise now."""
        return not self._is_still and any(
            footing.change is change and self.meeting(footing).outcome == "to_reread"
            for footing in self.footings
        )

    @property
    def is_anything_to_reread(self) -> bool:
        """Whether any change rests on what the parent says otherwise now."""
        return not self._is_still and any(
            self.meeting(footing).outcome == "to_reread" for footing in self.footings
        )

    def is_unheld_at(self, place: Place, key: str) -> bool:
        """Whether the words that the change at a place was read against are held nowhere."""
        footing = self._by_place.get((place, key))
        return footing is not None and self.is_unheld(footing)

    def is_unheld(self, footing: Footing) -> bool:
        """Whether the words that a change was read against are held in no version."""
        return self._read_in(footing) is None

    def meeting(self, footing: Footing) -> Meeting:
        """How a change stands beside what became of the fields it rests on."""
        known = self._meetings.get((footing.place, footing.key))
        if known is None:
            known = self._meetings[footing.place, footing.key] = self._met(footing)
        return known

    def _met(self, footing: Footing) -> Meeting:
        if self.is_unheld(footing):
            return Meeting("to_reread")
        if self.then is self.now:
            return Meeting("untouched")
        if footing.sheets and not any(map(self.now.sheet, footing.sheets)):
            return Meeting("agreed" if isinstance(footing.change, Exclude) else "to_reread")
        then, now = footing.values(self.then), footing.values(self.now)
        editorial = self._is_editorial(footing)
        match footing.change:
            case Exclude():
                return met_by_choice(then, now, editorial=editorial)
            case Merge() as merge:
                put_aside = [code != merge.keep.get(footing.key) for code in footing.sheets]
                then, now = tuple(compress(then, put_aside)), tuple(compress(now, put_aside))
                return met_by_choice(then, now, editorial=editorial)
            case Adapt() | AdaptContract() as change:
                return _adapted(change, footing.key, (then[0], now[0]), editorial=editorial)
            case _:
                assert_never(footing.change)

    def steps(self, cells: Iterable[Cell], since: Consolidated | None = None) -> tuple[Step, ...]:
        """The versions that changed these fields since a text, each with the one before it."""
        order = [id(text) for text in self._texts]
        ends = (order.index(id(since or self._written_for)), order.index(id(self._now)))
        passed = self._texts[min(ends) : max(ends) + 1]
        return tuple(step for step in pairwise(passed) if any(_moved(cells, *step)))

    def steps_under(self, footing: Footing) -> tuple[Step, ...]:
        """The versions that changed what a change rests on, since it was read."""
        return self.steps(footing.cells, self._read_in(footing))

    def is_in_other_words(self, cell: Cell) -> bool:
        """Whether amendments only put a field in other words since the text was written for."""
        steps = self.steps((cell,))
        return bool(steps) and all(is_editorial(step, (cell,)) for step in steps)

    def _is_editorial(self, footing: Footing) -> bool:
        if self._in_other_words is not None:
            ends = (self._written_for, self._now)
            return all(map(self._in_other_words, _moved(footing.cells, *ends)))
        steps = self.steps_under(footing)
        return bool(steps) and all(is_editorial(step, footing.cells) for step in steps)

    def _read_in(self, footing: Footing) -> Consolidated | None:
        """The version whose words a change was read against; None where no version has them."""
        written = footing.written
        if written is None:
            return self._written_for
        texts = (self._written_for, *reversed(self._texts))
        return next((text for text in texts if footing.mark(text.contract) == written), None)


def alone(base: Contract, files: tuple[ChangeFile, ...] = ()) -> Beside:
    """Changes that are applied to the very text that they were written for."""
    text = Consolidated(base, "")
    return Beside(files, (text,), text, text)


def items_of(change: Adapt | AdaptContract, field: str) -> ListChange:
    """The items of a list that a change puts in and takes out."""
    return ListChange(getattr(change.append, field, ()), getattr(change.remove, field, ()))


def is_editorial(step: Step, cells: Iterable[Cell]) -> bool:
    """Whether the amendments of one day only put these fields in other words."""
    _before, after = step
    return all(_in_other_words(after, cell) for cell in _moved(cells, *step))


def _moved(cells: Iterable[Cell], before: Consolidated, after: Consolidated) -> Iterator[Cell]:
    for cell in cells:
        if differ(value_in(before.contract, cell), value_in(after.contract, cell)):
            yield cell


def _in_other_words(text: Consolidated, cell: Cell) -> bool:
    """Whether an editorial change of the last amendments touched a field."""
    code, field = cell
    for file in text.changes.files:
        whole = isinstance(file.changes, Amendment) and file.changes.editorial
        for change, sheet in _adaptations(file):
            if sheet == code and field in touched(change):
                return whole or change.editorial
    return False


def _adaptations(file: ChangeFile) -> Iterator[tuple[Adapt | AdaptContract, str | None]]:
    if file.changes.contract is not None:
        yield file.changes.contract, None
    yield from ((change, change.sheet) for change in file.changes.adapt)


def _adapted(
    change: Adapt | AdaptContract, field: str, ends: tuple[Any, Any], *, editorial: bool
) -> Meeting:
    then, now = ends
    if change.set is not None and field in change.set.model_fields_set:
        return met_by_value(getattr(change.set, field), then, now, editorial=editorial)
    return met_by_items(items_of(change, field), then or (), now or (), editorial=editorial)


def _with_words_of(text: Contract, footing: Footing, source: Contract) -> Contract:
    """The text with what another version says under one footing."""
    if not footing.sheets:
        claims = tuple(about_others(text.claims, (footing.key,)))
        value = value_in(source, (None, footing.key))
        return text.with_fields(claims=claims, **{footing.key: value})
    sheets = {sheet.code: sheet for sheet in text.sheets}
    for code in footing.sheets:
        if other := source.sheet(code):
            known = sheets.get(code, other)
            sheets[code] = _with_fields(known, other, footing.fields)
    return text.with_sheets(tuple(sheets.values()))


def _with_fields(sheet: ActionSheet, other: ActionSheet, fields: Iterable[str]) -> ActionSheet:
    present = {name: getattr(sheet, name) for name in sheet.model_fields_set}
    return ActionSheet(**{**present, **{name: getattr(other, name) for name in fields}})
