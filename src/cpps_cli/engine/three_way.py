"""Merges files of changes (ours) with their parent, from their base to the text of a day (theirs).

The base is the text of the version that a file records, but for the fields whose change states a
fingerprint of its own: those were read at another time, and have the words of the version which
has that fingerprint. Where none has it, the parent was edited in place, without an
amendment, and its former words are held nowhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress, pairwise
from typing import Any, assert_never

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile, ContractVersion, Placed
from cpps_cli.engine.dependencies import Cell, Dependency, dependencies, value_in
from cpps_cli.engine.merge3 import (
    Merged,
    differ,
    merge_indicators,
    merge_list,
    merge_scalar,
    merge_selection,
)
from cpps_cli.model import ActionSheet, Adapt, AdaptContract, Contract, Exclude, Merge, about_others
from cpps_cli.model.change import Edited

# A text, and the one that amendments made of it.
Step = tuple[ContractVersion, ContractVersion]


class ThreeWay:
    """Merges the changes of files with those that led from one version of the parent to another.

    `texts` are all its versions, `ends` the one that the files were written for and that of the
    day. `base` is the text as the files were read against it, field by
    field; `version` is that of the day, `theirs` its contract. `in_other_words` says of a field
    whether no commitment changed in it, where the versions do not tell who changed them.
    `measured` are the versions with the figures, which counted in fingerprints of earlier files.
    """

    def __init__(
        self,
        files: tuple[ChangeFile, ...],
        texts: Sequence[ContractVersion],
        ends: Step,
        in_other_words: Callable[[Cell], bool] | None = None,
        measured: Sequence[ContractVersion] = (),
    ) -> None:
        self.files = files
        self._base_version, self.version = ends
        self.theirs = self.version.contract
        self._texts = texts
        self._in_other_words = in_other_words
        self._measured = {text.version: text.contract for text in measured}
        self._merged: dict[tuple[Place, str], Merged] = {}

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """What the changes of the files rest on."""
        return tuple(dependency for file in self.files for dependency in dependencies(file))

    def of_file(self, file: ChangeFile) -> Iterator[Dependency]:
        """What the changes of one of the files rest on."""
        return (item for item in self.dependencies if item.place.file == file.file)

    @cached_property
    def base_by_code(self) -> Mapping[str, ActionSheet]:
        """The sheets of the text that the changes were read against, by their codes."""
        base_version = self._base_version
        if self.base is base_version.contract:
            return base_version.by_code
        return {sheet.code: sheet for sheet in self.base.sheets}

    @cached_property
    def given_up(self) -> frozenset[str]:
        """The codes of the sheets of the base that the last text of the parent has no longer."""
        return frozenset(self.base_by_code.keys() - self._texts[-1].by_code.keys())

    def elsewhere(self, code: str) -> tuple[bool, str] | None:
        """Whether a sheet that the base lacks comes later, and the version that brings it, or took
        it out; None where no version has it.
        """
        rank = next(i for i, text in enumerate(self._texts) if text is self._base_version)
        for text in self._texts[rank:]:
            if code in text.by_code:
                return True, text.version
        for before, text in reversed(tuple(pairwise(self._texts[: rank + 1]))):
            if code in before.by_code:
                return False, text.version
        return None

    @cached_property
    def _is_still(self) -> bool:
        """Whether nothing can have moved: they were read against the very text of the day."""
        pinned = any(dependency.written is not None for dependency in self.dependencies)
        return not pinned and self._base_version is self.version

    def placed(self) -> Iterator[Placed]:
        """The changes to sheets, each with its place."""
        return (placed for file in self.files for placed in file.placed())

    @cached_property
    def _by_place(self) -> dict[tuple[Place, str], Dependency]:
        return {(dependency.place, dependency.key): dependency for dependency in self.dependencies}

    @cached_property
    def base(self) -> Contract:
        """The parent's text as the changes were read against it."""
        text = self._base_version.contract
        for dependency in self.dependencies:
            source = self._read_in(dependency)
            if source is not None and source is not self._base_version:
                text = _with_words_of(text, dependency, source.contract)
        return text

    def merge_at(self, place: Place, key: str) -> Merged:
        """Merges the change at a place under one key."""
        dependency = self._by_place.get((place, key))
        return Merged("unchanged") if dependency is None else self.merge(dependency)

    def has_conflict(self, change: object) -> bool:
        """Whether a change conflicts with the parent."""
        return not self._is_still and any(
            dependency.change is change and self.merge(dependency).outcome == "conflict"
            for dependency in self.dependencies
        )

    @property
    def has_conflicts(self) -> bool:
        """Whether any change conflicts with the parent."""
        return not self._is_still and any(
            self.merge(dependency).outcome == "conflict" for dependency in self.dependencies
        )

    def base_is_lost_at(self, place: Place, key: str) -> bool:
        """Whether no version has the words that the change at a place was read against."""
        dependency = self._by_place.get((place, key))
        return dependency is not None and self.base_is_lost(dependency)

    def base_is_lost(self, dependency: Dependency) -> bool:
        """Whether no version has the words that a change was read against."""
        return self._read_in(dependency) is None

    def merge(self, dependency: Dependency) -> Merged:
        """Merges a change with what became of the fields it rests on, once."""
        known = self._merged.get((dependency.place, dependency.key))
        if known is None:
            known = self._merged[dependency.place, dependency.key] = self._merge(dependency)
        return known

    def _merge(self, dependency: Dependency) -> Merged:
        if self.base_is_lost(dependency):
            return Merged("conflict")
        if self.base is self.theirs:
            return Merged("unchanged")
        if dependency.sheets and not any(map(self.theirs.sheet, dependency.sheets)):
            return Merged("converged" if isinstance(dependency.change, Exclude) else "conflict")
        base, theirs = dependency.values(self.base), dependency.values(self.theirs)
        cosmetic = self._is_cosmetic(dependency)
        match dependency.change:
            case Exclude():
                return merge_selection(base, theirs, cosmetic=cosmetic)
            case Merge():
                put_aside = [code != dependency.ways.get("keep") for code in dependency.sheets]
                base, theirs = tuple(compress(base, put_aside)), tuple(compress(theirs, put_aside))
                return merge_selection(base, theirs, cosmetic=cosmetic)
            case Adapt() | AdaptContract():
                return _adapted(dependency, base[0], theirs[0], cosmetic=cosmetic)
            case _:
                assert_never(dependency.change)

    def steps(
        self, cells: Iterable[Cell], since: ContractVersion | None = None
    ) -> tuple[Step, ...]:
        """The versions that changed these fields since a text, each with the one before it."""
        order = [id(text) for text in self._texts]
        ends = (order.index(id(since or self._base_version)), order.index(id(self.version)))
        passed = self._texts[min(ends) : max(ends) + 1]
        return tuple(step for step in pairwise(passed) if any(_moved(cells, *step)))

    def steps_under(self, dependency: Dependency) -> tuple[Step, ...]:
        """The versions that changed what a change rests on, since it was read."""
        return self.steps(dependency.cells, self._read_in(dependency))

    def is_cosmetic(self, cells: tuple[Cell, ...], since: ContractVersion | None = None) -> bool:
        """Whether amendments only put these fields in other words since a text."""
        steps = self.steps(cells, since)
        return bool(steps) and all(
            _in_other_words(step[1], cell) for step in steps for cell in _moved(cells, *step)
        )

    def _is_cosmetic(self, dependency: Dependency) -> bool:
        if self._in_other_words is not None:
            ends = (self._base_version, self.version)
            return all(map(self._in_other_words, _moved(dependency.cells, *ends)))
        return self.is_cosmetic(dependency.cells, self._read_in(dependency))

    def _read_in(self, dependency: Dependency) -> ContractVersion | None:
        """The version whose words a change was read against; None where no version has them."""
        if dependency.written is None:
            return self._base_version
        texts = (self._base_version, *reversed(self._texts))
        with_figures = ((text, self._measured.get(text.version, text.contract)) for text in texts)
        return next((text for text, held in with_figures if dependency.was_read_in(held)), None)


def two_way(base: Contract, files: tuple[ChangeFile, ...] = ()) -> ThreeWay:
    """Changes that are applied to the very text that they were written for."""
    text = ContractVersion(base, "")
    return ThreeWay(files, (text,), (text, text))


def _moved(
    cells: Iterable[Cell], before: ContractVersion, after: ContractVersion
) -> Iterator[Cell]:
    for cell in cells:
        if differ(value_in(before.contract, cell), value_in(after.contract, cell)):
            yield cell


def _in_other_words(text: ContractVersion, cell: Cell) -> bool:
    """Whether changes of the last amendments touched a field, all of them editorial."""
    code, field = cell
    sheets = () if code is None else (code,)
    editorial = [
        placed.change.editorial or getattr(file.changes, "editorial", False)
        for file in text.changes.files
        for placed in file.all_placed()
        if isinstance(placed.change, Edited)
        and placed.targets == sheets
        and any(text.field == field for text in placed.texts)
    ]
    return bool(editorial) and all(editorial)


def _adapted(dependency: Dependency, base: Any, theirs: Any, *, cosmetic: bool) -> Merged:
    if dependency.key == "indicators":
        return merge_indicators(dependency.ways, base or (), theirs or (), cosmetic=cosmetic)
    if "set" in dependency.ways:
        return merge_scalar(dependency.ways["set"], base, theirs, cosmetic=cosmetic)
    return merge_list(dependency.items, base or (), theirs or (), cosmetic=cosmetic)


def _with_words_of(text: Contract, dependency: Dependency, source: Contract) -> Contract:
    """The text with what another version says under one dependency."""
    if not dependency.sheets:
        claims = tuple(about_others(text.claims, (dependency.key,)))
        value = value_in(source, (None, dependency.key))
        return text.replace(claims=claims, **{dependency.key: value})
    sheets = {sheet.code: sheet for sheet in text.sheets}
    for code in dependency.sheets:
        if other := source.sheet(code):
            known = sheets.get(code, other)
            words = {name: getattr(other, name) for name in dependency.fields}
            sheets[code] = known.replace(**words)
    return text.replace(sheets=tuple(sheets.values()))
