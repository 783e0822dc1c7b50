"""Changes in space: the parent's text of the day and an overlay give a local contract."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from operator import is_
from typing import Any, NamedTuple

from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.engine.changes import ChangeFile, ContractVersion
from cpps_cli.engine.head import local_head, not_signed_before
from cpps_cli.engine.local_text import LocalText, LocalVersions
from cpps_cli.engine.merge3 import states
from cpps_cli.engine.since_signature import changed_since, is_taken_up
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.engine.versions import in_force, versions
from cpps_cli.model import (
    SIGNED,
    ActionSheet,
    Amendment,
    Contract,
    Derived,
    DerivedSheet,
    Exclude,
    LeftOut,
    LibraryReader,
    Milestone,
    Overlay,
    Territory,
    milestones_by,
)
from cpps_cli.model.derived import SinceSignature
from cpps_cli.model.paths import local_file
from cpps_cli.model.sheet import measured_by


class Derivation(NamedTuple):
    """A local contract, with the faults of its text and of its amendments.

    `texts` are those it has had until the day; () where none is known.
    """

    derived: Derived
    faults: tuple[Diagnostic, ...] = ()
    texts: tuple[LocalText, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether no change of the local text is at fault."""
        return not any(fault.severity == "error" for fault in self.faults)


class Parent:
    """A parent contract with its amendments, from which many local contracts are derived.

    `measured` is the day until which figures count; all of them where none is given. `dated` is the
    text whose term and window a local contract has that states none: they are no words of its own.
    """

    def __init__(
        self,
        signed: Contract,
        amendments: Iterable[Amendment],
        on: date | None = None,
        measured: date | None = None,
    ) -> None:
        self.measured = measured
        self.amendments = tuple(measured_by(item, measured) for item in amendments)
        self.texts = versions(measured_by(signed, measured), self.amendments)
        self.now = self.dated = self.text_on(on)
        self.on = on
        self._at: dict[tuple[str, date | None, str], Parent] = {}
        self._since: dict[tuple[str, str], tuple[SinceSignature, ...]] = {}

    @cached_property
    def _words(self) -> tuple[ContractVersion, ...]:
        """Its texts without figures: what it measured is no word of a local contract."""
        signed = self.texts[0].contract
        amendments = tuple(measured_by(item, date.min) for item in self.amendments)
        bare = measured_by(signed, date.min)
        if bare is signed and all(map(is_, amendments, self.amendments)):
            return self.texts
        return versions(bare, amendments)

    @cached_property
    def _days(self) -> list[date]:
        """The days from which its texts hold, but for the signed one."""
        return sorted({item.in_force_on for item in self.amendments})

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {text.version: rank for rank, text in enumerate(self.texts)}

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the text of the day."""
        return self.now.fingerprint

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the amendments that made the text of the day."""
        return tuple(fault for text in self.until_now for fault in text.faults)

    @property
    def until_now(self) -> tuple[ContractVersion, ...]:
        """The texts it has had until the day."""
        return self.texts[: self._rank(self.now) + 1]

    @property
    def territories(self) -> frozenset[str]:
        """The codes of the territories for which the text of the day is derived."""
        return self.now.territories

    def text_on(self, on: date | None) -> ContractVersion:
        """The text of a day; the last one where no day is given."""
        return self.texts[-1 if on is None else bisect_right(self._days, on)]

    def text(self, version: str) -> ContractVersion | None:
        """The text of that version."""
        rank = self._ranks.get(version)
        return None if rank is None else self.texts[rank]

    def is_before(self, overlay: Overlay) -> bool:
        """Whether a local text was written for a later text than that of the day."""
        base_version = self.text(overlay.parent_version)
        return base_version is not None and self._rank(base_version) > self._rank(self.now)

    def at_base_of(self, overlay: Overlay) -> "Parent":
        """This parent as of the text that a local one was written for, whatever the day."""
        text = self.text(overlay.parent_version) or self.now
        return self if text is self.now and self.on is None else self._with(text, None, text)

    def as_of(self, day: date) -> "Parent":
        """This parent on another day."""
        text = self.text_on(day)
        return self._with(text, day, text)

    def of_local(self, overlay: Overlay) -> "Parent":
        """This parent as of the text that a local one takes from it on that day.

        A signed text has the words of the day of its signature, or of the later version that it
        records, unless it follows its parent.
        """
        rank = self._rank_taken(overlay)
        if rank is None or rank >= self._rank(self.now):
            return self
        return self._with(self.texts[rank], self.on, self.now)

    def _rank_taken(self, overlay: Overlay) -> int | None:
        """Which of its texts a signed local one took; None where it goes with its parent."""
        if overlay.follows == "parent" or (signed_on := overlay.signed_on) is None:
            return None
        texts = (self.text_on(signed_on), self.text(overlay.parent_version) or self.texts[0])
        return max(map(self._rank, texts))

    def _with(self, text: ContractVersion, on: date | None, dated: ContractVersion) -> "Parent":
        """This parent with one of its texts for that of the day, and the dates of another."""
        key = (text.version, on, dated.version)
        if key not in self._at:
            other = copy(self)
            other.now, other.on, other.dated = text, on, dated
            self._at[key] = other
        return self._at[key]

    def derive(self, overlay: Overlay | None, territory: Territory) -> Derivation:
        """The local contract of a territory, on the day this parent stands for."""
        if overlay is None or (held := self.of_local(overlay)) is self:
            return self.derive_following(overlay, territory)
        found = held.derive_following(overlay, territory)
        texts = (held.now.version, self.now.version)
        if texts not in self._since:
            self._since[texts] = tuple(changed_since(held.now, self.now))
        derived = replace(found.derived, parent_now=self.now.contract)
        since = (item for item in self._since[texts] if not is_taken_up(item, derived))
        return found._replace(derived=replace(derived, since_signature=tuple(since)))

    def derive_following(self, overlay: Overlay | None, territory: Territory) -> Derivation:
        """The local contract as it is where it has the words that this parent has now."""
        overlay = overlay and measured_by(overlay, self.measured)
        unsigned = None if overlay is None else not_signed_before(overlay, self.on)
        if overlay is None or unsigned is not None:
            return Derivation(self._without_text(territory, unsigned, overlay))
        texts = self.local_texts(overlay, territory).after(in_force(overlay.amendments, self.on))
        faults = (
            *self._faults_of_version(overlay),
            *(fault for text in texts for fault in text.faults),
            *self._to_reread(overlay, texts),
        )
        return Derivation(self._derived(overlay, texts), faults, texts)

    def local_texts(self, overlay: Overlay, territory: Territory) -> LocalVersions:
        """The texts of a local contract beside this parent's text of the day."""
        base_version = self.text(overlay.parent_version) or self.now
        file = ChangeFile(overlay, local_file(overlay))
        base, theirs = (self._words[self._rank(text)] for text in (base_version, self.now))
        three_way = ThreeWay((file,), self._words, (base, theirs), measured=self.texts)
        local = LocalVersions(overlay, territory, three_way, self.dated.contract)
        if (rank := self._rank_taken(overlay)) is None:
            return local
        signed = self._words[min(rank, self._rank(self.now))].contract
        return local._replace(signed=signed, parent_on=self._words_on)

    def _words_on(self, on: date) -> Contract:
        return self._words[self._rank(self.text_on(on))].contract

    def is_edited_in_place(self, overlay: Overlay) -> bool:
        """Whether the text that a local one records is not the one that it was pinned to."""
        text, pinned = self.text(overlay.parent_version), overlay.parent_fingerprint
        if text is None or pinned is None:
            return False
        return not states(pinned, text.contract)

    def _rank(self, text: ContractVersion) -> int:
        return self._ranks[text.version]

    def _derived(self, overlay: Overlay, texts: tuple[LocalText, ...]) -> Derived:
        text = texts[-1]
        behind = overlay.parent_version != self.now.version
        return Derived(
            contract=self._until_the_day(text.contract),
            parent=self._words[self._rank(self.now)].contract,
            overlay=overlay,
            basis="full" if overlay.text == "full" else "partial",
            parent_version=self.now.version,
            parent_fingerprint=self.fingerprint,
            sheets=text.sheets,
            left_out=_left_out(overlay, self.now.contract, texts),
            to_reread=behind or any(item.three_way.has_conflicts for item in texts),
            inherited=text.head.inherited,
            version=text.version,
            fields=text.head.fields,
        )

    def _without_text(
        self, territory: Territory, unsigned: date | None, overlay: Overlay | None
    ) -> Derived:
        """Derives what would be inherited, with what had happened before a signature."""
        parent = self._words[self._rank(self.now)].contract
        sheets = tuple(DerivedSheet(sheet, "inherited", (sheet.code,)) for sheet in parent.sheets)
        head = local_head(parent, None, territory)
        return Derived(
            contract=head.contract.replace(
                sheets=parent.sheets, milestones=self._met(overlay.milestones if overlay else ())
            ),
            parent=parent,
            overlay=None,
            basis="no_text",
            parent_version=self.now.version,
            parent_fingerprint=self.fingerprint,
            sheets=sheets,
            left_out=(),
            not_signed_before=unsigned,
            inherited=head.inherited,
            fields=head.fields,
        )

    def _met(self, milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
        """Lists milestones in order, up to the day."""
        return milestones_by(milestones, self.on or date.max)

    def _until_the_day(self, contract: Contract) -> Contract:
        met = self._met(contract.milestones)
        return contract if met == contract.milestones else contract.replace(milestones=met)

    def _faults_of_version(self, overlay: Overlay) -> Iterator[Diagnostic]:
        """What is to be said of the version of the parent that a local text records."""
        place, written = Place(local_file(overlay), ("parent_version",)), overlay.parent_version
        known = [text.version for text in self.texts]
        if written not in known:
            values: dict[str, Any] = {"name": written}
            yield Diagnostic("CP210", place, {**values, **nearest(written, known)})
        elif written != self.now.version and not self.is_before(overlay):
            values = {"written": written, "current": self.now.version}
            yield Diagnostic("CP408", place, values)

    def _to_reread(self, overlay: Overlay, texts: Iterable[LocalText]) -> Iterator[Diagnostic]:
        """The changes that rest on what the parent says otherwise since, whatever the version."""
        lost, early = False, self.is_before(overlay)
        for text in texts:
            for dependency in text.three_way.dependencies:
                values: dict[str, Any] = {"field": dependency.key}
                if text.three_way.base_is_lost(dependency):
                    lost = True
                    yield Diagnostic(
                        "CP409", dependency.place.at("rests_on", dependency.key), values
                    )
                elif not early and text.three_way.merge(dependency).outcome == "conflict":
                    yield Diagnostic("CP410", dependency.place, values)
        if self.is_edited_in_place(overlay) and not lost:
            place = Place(local_file(overlay), ("parent_fingerprint",))
            yield Diagnostic("CP409", place, {"field": "parent_fingerprint"})


def _left_out(
    overlay: Overlay, parent: Contract, texts: tuple[LocalText, ...]
) -> tuple[LeftOut, ...]:
    """What became of the parent's sheets that no local sheet answers."""
    text = texts[-1]
    answered = {code for item in text.sheets for code in item.answers or ()}
    return tuple(
        _excluded(sheet, *text.excluded[sheet.code], texts)
        if sheet.code in text.excluded
        else _not_answered(sheet, overlay)
        for sheet in parent.sheets
        if sheet.code not in answered
    )


def _excluded(
    sheet: ActionSheet, change: Exclude, version: str, texts: tuple[LocalText, ...]
) -> LeftOut:
    return LeftOut(
        sheet,
        "excluded",
        change.reason,
        change.decided_by,
        change.decided_on,
        change.review_on,
        to_reread=any(text.three_way.has_conflict(change) for text in texts),
        repealed_by=None if version == SIGNED else version,
    )


def _not_answered(sheet: ActionSheet, overlay: Overlay) -> LeftOut:
    # A sheet without title cannot be recognised in the local text; where we hold only a part of
    # that text, a sheet of another axis may stand in the rest of it.
    beyond = overlay.text == "partial" and (
        sheet.axis not in overlay.whole_axes or "axis" in sheet.uncertain
    )
    return LeftOut(sheet, "unknown" if sheet.title is None or beyond else "not_taken_up")


def local_contracts(
    parent: Parent, reader: LibraryReader, codes: Iterable[str] | None = None
) -> Iterator[tuple[Derivation, Territory]]:
    """The contract of each territory for which the parent is derived, known or not; of `codes`
    only, where they are given.
    """
    for territory, overlay in local_texts(parent.now.contract, reader, codes):
        yield parent.derive(overlay, territory), territory


def local_texts(
    contract: Contract, reader: LibraryReader, codes: Iterable[str] | None = None
) -> Iterator[tuple[Territory, Overlay | None]]:
    """Each territory of a contract with its local text, None where none is known.

    A territory whose file is at fault is passed over: "no text is known" would be untrue.
    """
    held = frozenset(reader.overlay_codes(contract.id))
    for code in contract.local_territories if codes is None else codes:
        territory, overlay = reader.territories.get(code), reader.overlay(contract.id, code)
        if territory is not None and (overlay is not None or code not in held):
            yield territory, overlay
