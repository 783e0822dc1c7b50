"""What differs between two texts: two contracts, two days of one, or two generations.

Everything is told by code, never by position: a sheet that only got another number is the same
sheet. Of two generations a correspondence may say which sheets are the same, which were split,
merged, dropped or are new. Where no code is common to both, sheets of one title are held to be the
same, and the result says so. Nothing is worded here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from cpps_cli.engine.diff_fields import FieldDifference, fields_of_contract, fields_of_sheet
from cpps_cli.engine.matching import Generations, Matching, match_axes, match_sheets
from cpps_cli.model import SIGNED, ActionSheet, Basis, Contract, LeftOut
from cpps_cli.model.beside import SheetsMatched
from cpps_cli.model.sheet import measured_by

# Of a sheet that one text lacks: it is not there, it stands in another sheet or in several, or we
# cannot tell.
Fate = Literal["absent", "merged", "split", "unknown"]


@dataclass(frozen=True, slots=True)
class DiffSide:
    """One of two texts: a contract, and what is known of how it came to be.

    `on`: the day that is meant, None for the signed text. `whole`: all its sheets are held.
    `answers` are the sheets of an earlier text, or of the parent's, that a sheet comes from;
    `left_out` is what a local text does not take, by code; `own` are the codes of its sheets that
    answer none of the parent's. Of a local one, `version` is its parent's, `own_version` its own,
    and `parent` the parent's text.
    """

    contract: Contract
    version: str = SIGNED
    on: date | None = None
    whole: bool = True
    basis: Basis | None = None
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    own_version: str | None = None
    parent: Contract | None = None

    @property
    def generation(self) -> str:
        """The id of the contract of the city that it is, or is derived from."""
        return self.contract.parent or self.contract.id

    def roots(self, code: str) -> frozenset[str]:
        """The sheet itself and those it comes from."""
        return frozenset((code, *self.answers.get(code, ())))


@dataclass(frozen=True, slots=True)
class SheetDifference:
    """A sheet that both texts have, and the fields in which they differ.

    `match` is what a correspondence says of it.
    """

    before: ActionSheet
    after: ActionSheet
    fields: tuple[FieldDifference, ...]
    match: SheetsMatched | None = None

    @property
    def typographic(self) -> bool:
        """Whether nobody would have to read it again."""
        return all(item.typographic for item in self.fields)


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A sheet that only one of the texts has; `linked`: sheets of the other that hold its matter.

    `left_out` says why the other text, where it is a local one, does not take it; `match` is what a
    correspondence says of it.
    """

    sheet: ActionSheet
    fate: Fate
    linked: tuple[str, ...] = ()
    left_out: LeftOut | None = None
    match: SheetsMatched | None = None

    @property
    def in_passage(self) -> bool:
        """Whether a correspondence says that it was split, or merged with others."""
        stated = self.match is not None and self.match.kind in ("split", "merged")
        return stated and bool(self.linked)


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between `before` and `after`.

    `by_title`: the sheets have no common code. `generations`: what was said of the sheets of two
    generations.
    """

    before: DiffSide
    after: DiffSide
    contract: tuple[FieldDifference, ...]
    removed: tuple[Unpaired, ...]
    added: tuple[Unpaired, ...]
    sheets: tuple[SheetDifference, ...]
    unchanged: int
    by_title: bool = False
    generations: Generations | None = None

    @property
    def passages(self) -> tuple[SheetsMatched, ...]:
        """The splits and mergers that a correspondence states, in its order."""
        told = {id(item.match) for item in (*self.removed, *self.added) if item.in_passage}
        every = self.generations.matches if self.generations else ()
        return tuple(item for item in every if id(item) in told)

    @property
    def changed(self) -> tuple[SheetDifference, ...]:
        """The sheets that say something else, or stand elsewhere."""
        return tuple(item for item in self.sheets if not item.typographic)

    @property
    def retyped(self) -> tuple[SheetDifference, ...]:
        """The sheets that differ in typography alone."""
        return tuple(item for item in self.sheets if item.typographic)

    def __bool__(self) -> bool:
        """Whether they differ: typography, and sheets that one may have or not, apart."""
        known = (item for item in (*self.removed, *self.added) if item.fate != "unknown")
        own = (item for item in self.contract if not item.typographic)
        return any(known) or any(own) or bool(self.changed)

    def about(self, codes: Collection[str]) -> "Differences":
        """Only what touches these sheets."""
        return replace(
            self,
            contract=(),
            removed=tuple(item for item in self.removed if item.sheet.code in codes),
            added=tuple(item for item in self.added if item.sheet.code in codes),
            sheets=tuple(item for item in self.sheets if item.after.code in codes),
        )


def differences(
    before: DiffSide, after: DiffSide, generations: Generations | None = None
) -> Differences:
    """What `after` says that `before` does not, and the reverse.

    `generations`: what is said of the sheets of both, where they are of two generations.
    """
    axes = match_axes(before.contract, after.contract, generations)
    pairs = match_sheets(before.contract.sheets, after.contract.sheets, generations)
    sheets = tuple(_sheets(pairs, axes.after_to_before, generations))
    return Differences(
        before,
        after,
        fields_of_contract(before.contract, after.contract, axes),
        tuple(_Side(before, after, generations, first=True).unpaired(pairs.only_before)),
        tuple(_Side(after, before, generations, first=False).unpaired(pairs.only_after)),
        sheets,
        len(pairs.both) - len(sheets),
        pairs.by_title,
        generations,
    )


def _words(sheet: ActionSheet) -> ActionSheet:
    """Leaves its figures out: what was measured meanwhile is not what the contract says."""
    return measured_by(sheet, date.min)


def _sheets(
    pairs: Matching[ActionSheet],
    axes: Mapping[str | None, str | None],
    generations: Generations | None,
) -> Iterator[SheetDifference]:
    for pair in pairs.both:
        before, after = pair if pair[0] is pair[1] else map(_words, pair)
        if fields := fields_of_sheet(before, after, axes):
            match = generations.of((before.code,), first=True) if generations else None
            yield SheetDifference(before, after, fields, match)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts, beside the other; `first`: it is the first of the two."""

    one: DiffSide
    other: DiffSide
    generations: Generations | None
    first: bool

    def unpaired(self, sheets: tuple[ActionSheet, ...]) -> Iterator[Unpaired]:
        """The sheets that this text has alone, and what became of each in the other."""
        for sheet in map(_words, sheets):
            roots = self.one.roots(sheet.code)
            match = self.generations.of(roots, first=self.first) if self.generations else None
            if match is not None and self.generations is not None:
                across = self.generations.across(roots, first=self.first)
                yield self._matched(sheet, match, across)
            else:
                yield self._by_code(sheet, roots)

    def _matched(
        self, sheet: ActionSheet, match: SheetsMatched, across: frozenset[str]
    ) -> Unpaired:
        """A sheet of which a correspondence says what it is in the other generation."""
        if linked := self._holding(across):
            fate: Fate = "split" if match.kind == "split" else "merged"
            return Unpaired(sheet, fate, linked, None, match)
        outs = [self.other.left_out[code] for code in across if code in self.other.left_out]
        if any(item.origin == "unknown" for item in outs):
            return Unpaired(sheet, "unknown", match=match)
        return Unpaired(sheet, "absent", (), outs[0] if outs else None, match)

    def _by_code(self, sheet: ActionSheet, roots: frozenset[str]) -> Unpaired:
        linked = () if self.generations else self._holding(roots)
        left_out = self.other.left_out.get(sheet.code) if self.generations is None else None
        if linked:
            return Unpaired(sheet, "merged", linked)
        if self._is_absent(sheet, left_out):
            return Unpaired(sheet, "absent", (), left_out)
        return Unpaired(sheet, "unknown")

    def _holding(self, codes: frozenset[str]) -> tuple[str, ...]:
        """The sheets of the other text that are one of these, or come from one of them."""
        sheets = self.other.contract.sheets
        return tuple(found.code for found in sheets if codes & self.other.roots(found.code))

    def _is_absent(self, sheet: ActionSheet, left_out: LeftOut | None) -> bool:
        """Whether it is known that the other text does not have a sheet of this one."""
        if left_out is not None:
            return left_out.origin != "unknown"
        if self.one.contract.parent == self.other.contract.id and sheet.code in self.one.own:
            return True
        if self.generations is not None and sheet.code not in self.one.own:
            return False  # the correspondence does not say what became of it
        # Between two days of one contract, codes say all there is to know.
        return self.other.whole or self.one.contract.id == self.other.contract.id
