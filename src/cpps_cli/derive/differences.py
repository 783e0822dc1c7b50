"""What differs between two texts: two contracts, two days of one, or two generations.

Everything is told by code, never by position: a sheet that only got another number is the same
sheet. Where no code is common to both, sheets of one title are held to be the same, and the result
says so. Nothing is worded here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from cpps_cli.derive.fields import FieldDifference, fields_of_contract, fields_of_sheet
from cpps_cli.derive.pairs import Pairs, axis_pairs, sheet_pairs
from cpps_cli.model import SIGNED, ActionSheet, Basis, Contract, LeftOut

# Of a sheet that one text lacks: it is not there, it stands in another sheet, or we cannot tell.
Fate = Literal["absent", "merged", "unknown"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One of two texts: a contract, and what is known of how it came to be.

    `on`: the day that is meant, None for the signed text. `whole`: all its sheets are held.
    `answers` are the sheets of an earlier text, or of the parent's, that a sheet comes from;
    `left_out` is what a local text does not take, by code; `own` are the codes of its sheets that
    answer none of the parent's. Of a local one, `version` is its parent's, `own_version` its own.
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

    def roots(self, code: str) -> frozenset[str]:
        """The sheet itself and those it comes from."""
        return frozenset((code, *self.answers.get(code, ())))


@dataclass(frozen=True, slots=True)
class SheetDifference:
    """A sheet that both texts have, and the fields in which they differ."""

    before: ActionSheet
    after: ActionSheet
    fields: tuple[FieldDifference, ...]

    @property
    def typographic(self) -> bool:
        """Whether nobody would have to read it again."""
        return all(item.typographic for item in self.fields)


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A sheet that only one of the texts has; `linked`: sheets of the other that hold its matter.

    `left_out` says why the other text, where it is a local one, does not take it.
    """

    sheet: ActionSheet
    fate: Fate
    linked: tuple[str, ...] = ()
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between `before` and `after`; `by_title`: the sheets have no common code."""

    before: Edition
    after: Edition
    contract: tuple[FieldDifference, ...]
    removed: tuple[Unpaired, ...]
    added: tuple[Unpaired, ...]
    sheets: tuple[SheetDifference, ...]
    unchanged: int
    by_title: bool = False

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


def differences(before: Edition, after: Edition) -> Differences:
    """What `after` says that `before` does not, and the reverse."""
    axes = axis_pairs(before.contract, after.contract)
    pairs = sheet_pairs(before.contract.sheets, after.contract.sheets)
    sheets = tuple(_sheets(pairs, axes.after_to_before))
    return Differences(
        before,
        after,
        fields_of_contract(before.contract, after.contract, axes),
        tuple(_unpaired(pairs.only_before, before, after)),
        tuple(_unpaired(pairs.only_after, after, before)),
        sheets,
        len(pairs.both) - len(sheets),
        pairs.by_title,
    )


def _sheets(
    pairs: Pairs[ActionSheet], axes: Mapping[str | None, str | None]
) -> Iterator[SheetDifference]:
    for before, after in pairs.both:
        if fields := fields_of_sheet(before, after, axes):
            yield SheetDifference(before, after, fields)


def _unpaired(sheets: tuple[ActionSheet, ...], one: Edition, other: Edition) -> Iterator[Unpaired]:
    """The sheets that `one` has alone, and what became of each in `other`."""
    for sheet in sheets:
        linked = tuple(
            found.code
            for found in other.contract.sheets
            if one.roots(sheet.code) & other.roots(found.code)
        )
        left_out = other.left_out.get(sheet.code)
        if linked:
            yield Unpaired(sheet, "merged", linked)
        elif _is_absent(sheet, left_out, one, other):
            yield Unpaired(sheet, "absent", (), left_out)
        else:
            yield Unpaired(sheet, "unknown")


def _is_absent(sheet: ActionSheet, left_out: LeftOut | None, one: Edition, other: Edition) -> bool:
    """Whether it is known that `other` does not have a sheet of `one`."""
    if left_out is not None:
        return left_out.origin != "unknown"
    if one.contract.parent == other.contract.id and sheet.code in one.own:
        return True
    # Between two days of one contract, codes say all there is to know.
    return other.whole or one.contract.id == other.contract.id
