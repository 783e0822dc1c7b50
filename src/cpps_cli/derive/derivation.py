"""Changes in space: the parent's text of the day and an overlay give a local contract."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cpps_cli.derive.consolidation import Consolidated, in_force, versions
from cpps_cli.derive.fingerprint import fingerprint
from cpps_cli.derive.head import local_file, local_head, not_signed_before
from cpps_cli.derive.local_text import LocalText, LocalTexts
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.model import (
    SIGNED,
    ActionSheet,
    Amendment,
    Contract,
    Derived,
    DerivedSheet,
    Exclude,
    LeftOut,
    Overlay,
    Territory,
)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A local contract, with the faults of its text and of its amendments.

    `texts` are those it has had until the day; () where none is known.
    """

    derived: Derived
    faults: tuple[Diagnostic, ...] = ()
    texts: tuple[LocalText, ...] = ()


class Parent:
    """A parent contract with its amendments, from which many local contracts are derived."""

    def __init__(
        self, signed: Contract, amendments: Iterable[Amendment], on: date | None = None
    ) -> None:
        self.amendments = tuple(amendments)
        self.texts = versions(signed, self.amendments)
        days = {item.in_force_on for item in self.amendments}
        begun = {day for day in days if on is None or day <= on}
        self.now = self.texts[len(begun)]
        self.on = on

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the text of the day."""
        return fingerprint(self.now.contract)

    def text(self, version: str) -> Consolidated | None:
        """The text of that version."""
        return next((text for text in self.texts if text.version == version), None)

    def written_for(self, overlay: Overlay) -> "Parent":
        """This parent as of the text that a local one was written for, whatever the day."""
        text = self.text(overlay.parent_version)
        if text is None or text is self.now:
            return self
        then = Parent(self.texts[0].contract, self.amendments)
        then.now = text
        return then

    def derive(self, overlay: Overlay | None, territory: Territory) -> Derivation:
        """The local contract of a territory, on the day this parent stands for."""
        unsigned = None if overlay is None else not_signed_before(overlay, self.on)
        if overlay is None or unsigned is not None:
            return Derivation(self._without_text(territory, unsigned))
        file = local_file(overlay)
        then = self.text(overlay.parent_version)
        faults = [] if then else [self._unknown_version(overlay, file)]
        beside = self.local_texts(overlay, territory)
        texts = beside.after(in_force(overlay.amendments, self.on))
        faults.extend(fault for text in texts for fault in text.faults)
        if beside.now is not beside.then:
            faults.append(self._to_reread(overlay, file))
        return Derivation(self._derived(overlay, texts[-1]), tuple(faults), texts)

    def local_texts(self, overlay: Overlay, territory: Territory) -> LocalTexts:
        """The texts of a local contract beside this parent's text of the day."""
        then = self.text(overlay.parent_version) or self.now
        return LocalTexts(overlay, territory, self.now.contract, then.contract)

    def _derived(self, overlay: Overlay, text: LocalText) -> Derived:
        return Derived(
            contract=text.contract,
            parent=self.now.contract,
            overlay=overlay,
            basis="full" if overlay.text == "full" else "partial",
            parent_version=self.now.version,
            parent_fingerprint=self.fingerprint,
            sheets=text.sheets,
            left_out=_left_out(overlay, self.now.contract, text),
            to_reread=overlay.parent_version != self.now.version,
            inherited=text.head.inherited,
            version=text.version,
            fields=text.head.fields,
        )

    def _without_text(self, territory: Territory, unsigned: date | None) -> Derived:
        parent = self.now.contract
        sheets = tuple(DerivedSheet(sheet, "inherited", (sheet.code,)) for sheet in parent.sheets)
        head = local_head(parent, None, territory)
        return Derived(
            contract=head.contract.with_fields(sheets=parent.sheets),
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

    def _unknown_version(self, overlay: Overlay, file: str) -> Diagnostic:
        known = [text.version for text in self.texts]
        values: dict[str, Any] = {"name": overlay.parent_version}
        return Diagnostic(
            "CP210",
            Place(file, ("parent_version",)),
            {**values, **nearest(overlay.parent_version, known)},
        )

    def _to_reread(self, overlay: Overlay, file: str) -> Diagnostic:
        values = {"written": overlay.parent_version, "current": self.now.version}
        return Diagnostic("CP408", Place(file, ("parent_version",)), values)


def _left_out(overlay: Overlay, parent: Contract, text: LocalText) -> tuple[LeftOut, ...]:
    """What became of the parent's sheets that no local sheet answers."""
    answered = {code for item in text.sheets for code in item.answers or ()}
    return tuple(
        _fate(sheet, text.excluded.get(sheet.code), overlay)
        for sheet in parent.sheets
        if sheet.code not in answered
    )


def _fate(sheet: ActionSheet, excluded: tuple[Exclude, str] | None, overlay: Overlay) -> LeftOut:
    if excluded is not None:
        change, version = excluded
        return LeftOut(
            sheet,
            "excluded",
            change.reason,
            change.decided_by,
            change.decided_on,
            change.review_on,
            None if version == SIGNED else version,
        )
    # A sheet without title cannot be recognised in the local text; where we hold only a part of
    # that text, a sheet of another axis may stand in the rest of it.
    beyond = overlay.text == "partial" and (
        sheet.axis not in overlay.whole_axes or "axis" in sheet.uncertain
    )
    return LeftOut(sheet, "unknown" if sheet.title is None or beyond else "not_taken_up")
