"""What changed in a contract, when, and by which amendment; or in one of its sheets."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cpps_cli.engine.changes import ChangeFile, ContractVersion, Placed
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.diff import Differences, DiffSide, differences
from cpps_cli.engine.local_text import LocalText
from cpps_cli.engine.lookup import find_sheet
from cpps_cli.engine.versions import consolidated
from cpps_cli.model import (
    ActionSheet,
    Add,
    Amendment,
    Contract,
    Derived,
    DerivedSheet,
    Exclude,
    LeftOut,
    Merge,
    Milestone,
    Take,
    Territory,
    milestones_by,
)
from cpps_cli.model.paths import amendment_file, local_amendment_file
from cpps_cli.model.sheet import sheet_called


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an amendment changes sheets, or the contract itself where `sheets` is empty.

    `editorial`: the change touches no commitment, only words.
    """

    sheets: tuple[str, ...]
    words: str | None
    decided_by: str | None = None
    decided_on: date | None = None
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One amendment: what it changed in the text it found, and why."""

    amendment: Amendment
    differences: Differences
    reasons: tuple[Reason, ...]

    def about(self, codes: Collection[str]) -> "Entry":
        """Only what touches these sheets."""
        reasons = tuple(item for item in self.reasons if set(item.sheets) & set(codes))
        return replace(self, differences=self.differences.about(codes), reasons=reasons)

    @property
    def touches(self) -> bool:
        """Whether it changes anything."""
        found = self.differences
        return bool(found.contract or found.removed or found.added or found.sheets)


@dataclass(frozen=True, slots=True)
class History:
    """The life of a contract as known on a day: its signed text, then its amendments in order.

    `sheet`, where one sheet was asked for, is its text of the day, or else its last; `entries` are
    then those that touched it.
    """

    signed: Contract
    now: ContractVersion
    on: date
    entries: tuple[Entry, ...]
    sheet: ActionSheet | None = None

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """What had happened to the contract by the day, in order; none for a single sheet."""
        return () if self.sheet else milestones_by(self.signed.milestones, self.on)


@dataclass(frozen=True, slots=True)
class LocalHistory:
    """The life of a local contract beside that of its parent; `item` is the one sheet asked for.

    `unread`: ids of the amendments in force that came after the parent's text it was written for.
    `own`: what its own amendments changed.
    """

    derived: Derived
    parent: History
    unread: frozenset[str]
    own: tuple[Entry, ...] = ()
    item: DerivedSheet | LeftOut | None = None


def history(signed: Contract, amendments: Iterable[Amendment], on: date) -> History:
    """All that changed, amendments to come included."""
    ordered = sorted(amendments, key=lambda item: (item.in_force_on, item.id))
    entries = tuple(_entry(signed, amendment, ordered) for amendment in ordered)
    return History(signed, consolidated(signed, ordered, on), on, entries)


def sheet_history(parent: Parent, whole: History, word: str) -> History:
    """What became of one sheet, repealed or not; raises `CppsError` where there never was one."""
    now = {sheet.code: sheet for sheet in parent.now.contract.sheets}
    ever = {sheet.code: sheet for text in parent.texts for sheet in text.contract.sheets}
    # The text of the day comes first: a number may be given again, a code may not.
    every = (*now.values(), *(sheet for code, sheet in ever.items() if code not in now))
    held = sheet_called(now.values(), word)
    sheet = held or find_sheet(Parent(parent.now.contract.replace(sheets=every), ()), word)
    return replace(whole, entries=touching(whole.entries, (sheet.code,)), sheet=sheet)


def local_history(
    parent: Parent, derived: Derived, territory: Territory, whole: History, word: str | None
) -> LocalHistory:
    """What happened to a local contract, or to one sheet of it, and to its parent."""
    unread = _unread(whole, derived)
    own = tuple(_own_entries(parent, derived, territory))
    if word is None:
        return LocalHistory(derived, whole, unread, own)
    # The text of the day comes first, then those that came before and after it.
    later = tuple(sheet for entry in own for sheet in entry.differences.after.contract.sheets)
    earlier = tuple(sheet for entry in own for sheet in entry.differences.before.contract.sheets)
    held = sheet_called(derived.contract.sheets, word)
    local = held or (
        None
        if sheet_called(derived.parent.sheets, word)
        else sheet_called((*earlier, *later), word)
    )
    if local is None:
        found = sheet_history(parent, whole, word)
        left_out = (item for item in derived.left_out if item.sheet == found.sheet)
        code = found.sheet.code if found.sheet else word
        return LocalHistory(derived, found, unread, touching(own, (code,)), next(left_out, None))
    item = next((item for item in derived.sheets if item.sheet.code == local.code), None)
    answers = (item.answers if item else None) or (local.code,)
    shown = replace(whole, entries=touching(whole.entries, answers), sheet=local)
    return LocalHistory(derived, shown, unread, touching(own, (local.code,)), item)


def touching(entries: Iterable[Entry], codes: Collection[str]) -> tuple[Entry, ...]:
    """The amendments that touched one of these sheets, with nothing else."""
    found = (entry.about(codes) for entry in entries)
    return tuple(entry for entry in found if entry.touches)


def _entry(signed: Contract, amendment: Amendment, ordered: list[Amendment]) -> Entry:
    # Amendments of one day find the same text: none of them comes before another.
    before = consolidated(signed, _earlier(ordered, amendment))
    after = consolidated(before.contract, [amendment])
    reasons = _reasons(amendment, amendment_file(signed.id, amendment.id))
    return _between(before, after, amendment, tuple(reasons))


def _own_entries(parent: Parent, derived: Derived, territory: Territory) -> Iterator[Entry]:
    """The amendments of a local contract, beside its parent's text of the day."""
    overlay = derived.overlay
    if overlay is None:
        return
    texts = parent.local_texts(overlay, territory)
    for amendment in sorted(overlay.amendments, key=lambda item: (item.in_force_on, item.id)):
        earlier = _earlier(overlay.amendments, amendment)
        *_others, before, after = texts.after((*earlier, amendment))
        reasons = _reasons(amendment, local_amendment_file(overlay, amendment.id))
        yield _between(before, after, amendment, tuple(reasons))


def _earlier(amendments: Iterable[Amendment], than: Amendment) -> list[Amendment]:
    return [other for other in amendments if other.in_force_on < than.in_force_on]


def _between(
    before: ContractVersion | LocalText,
    after: ContractVersion | LocalText,
    amendment: Amendment,
    reasons: tuple[Reason, ...],
) -> Entry:
    answers = {merge.code: merge.sheets for merge in amendment.merge}
    found = differences(
        DiffSide(before.contract, before.version),
        DiffSide(after.contract, amendment.id, answers=answers),
    )
    return Entry(amendment, found, reasons)


def _reasons(amendment: Amendment, file: str) -> Iterator[Reason]:
    change = amendment.contract
    if change is not None and (change.reason or change.editorial):
        yield Reason((), change.reason, editorial=change.editorial)
    for placed in ChangeFile(amendment, file).placed():
        reason = _reason(placed)
        if reason.words or reason.decided_by or reason.decided_on or reason.editorial:
            yield reason


def _reason(placed: Placed) -> Reason:
    match placed.change:
        case Exclude() as repeal:
            return Reason(placed.targets, repeal.reason, repeal.decided_by, repeal.decided_on)
        case Merge() | Add() as made:
            return Reason((*placed.targets, made.code), made.reason)
        case Take() as taken:
            return Reason(placed.targets, taken.reason)
        case change:
            return Reason(placed.targets, change.reason, editorial=change.editorial)


def _unread(whole: History, derived: Derived) -> frozenset[str]:
    if derived.overlay is None:
        return frozenset()
    days = {entry.amendment.id: entry.amendment.in_force_on for entry in whole.entries}
    written = days.get(derived.overlay.parent_version, date.min)
    return frozenset(name for name, day in days.items() if written < day <= whole.on)
