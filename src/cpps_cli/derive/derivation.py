"""Changes in space: the parent's text of the day and an overlay give a local contract."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cpps_cli.derive.build import built_fields, built_sheets
from cpps_cli.derive.changes import ChangeFile, ChangeSet
from cpps_cli.derive.consolidation import Consolidated, versions
from cpps_cli.derive.fingerprint import fingerprint
from cpps_cli.derive.judge import judged
from cpps_cli.diagnostics import Diagnostic, Place, nearest
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Axis,
    Basis,
    Contract,
    Derived,
    DerivedSheet,
    Exclude,
    LeftOut,
    Overlay,
    Territory,
    stating_only,
)

INHERITABLE = ("term", "window")


@dataclass(frozen=True, slots=True)
class Derivation:
    """A local contract, with the faults of its overlay."""

    derived: Derived
    faults: tuple[Diagnostic, ...] = ()


class Parent:
    """A parent contract with its amendments, from which many local contracts are derived."""

    def __init__(
        self, signed: Contract, amendments: Iterable[Amendment], on: date | None = None
    ) -> None:
        self.amendments = tuple(amendments)
        self.texts = versions(signed, self.amendments)
        days = {item.in_force_on for item in self.amendments}
        in_force = {day for day in days if on is None or day <= on}
        self.now = self.texts[len(in_force)]
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
        file = f"{overlay.parent}/local/{overlay.territory}.toml"
        then = self.text(overlay.parent_version)
        faults = [] if then else [self._unknown_version(overlay, file)]
        written_for = then or self.now
        changes = ChangeSet((ChangeFile(overlay, file),), overlay.takes == "listed")
        faults.extend(judged(changes, written_for.contract))
        moved_on = written_for.version != self.now.version
        if moved_on:
            faults.append(self._to_reread(overlay, file))
        sheets = built_sheets(changes, self.now.contract, written_for.contract)
        return Derivation(self._derived(overlay, territory, sheets), tuple(faults))

    def _derived(
        self,
        overlay: Overlay,
        territory: Territory,
        sheets: tuple[DerivedSheet, ...],
    ) -> Derived:
        head = local_head(self.now.contract, overlay, territory)
        basis: Basis = "full" if overlay.text == "full" else "partial"
        if basis == "partial" and not sheets and not overlay.axes:
            head = head.with_fields(axes=())  # nothing says that its axes are the parent's
        return Derived(
            contract=head.with_fields(sheets=tuple(item.sheet for item in sheets)),
            parent=self.now.contract,
            overlay=overlay,
            basis=basis,
            parent_version=self.now.version,
            parent_fingerprint=self.fingerprint,
            sheets=sheets,
            left_out=_left_out(overlay, self.now.contract, sheets),
            to_reread=overlay.parent_version != self.now.version,
            inherited=inherited_fields(head, overlay),
        )

    def _without_text(self, territory: Territory, unsigned: date | None) -> Derived:
        parent = self.now.contract
        sheets = tuple(DerivedSheet(sheet, "inherited", (sheet.code,)) for sheet in parent.sheets)
        return Derived(
            contract=local_head(parent, None, territory).with_fields(sheets=parent.sheets),
            parent=parent,
            overlay=None,
            basis="no_text",
            parent_version=self.now.version,
            parent_fingerprint=self.fingerprint,
            sheets=sheets,
            left_out=(),
            not_signed_before=unsigned,
            inherited=INHERITABLE,
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


def local_head(parent: Contract, overlay: Overlay | None, territory: Territory) -> Contract:
    """A local contract without its sheets: its parties, dates, axes and claims.

    What the overlay does not state of the term, the window and the axes is the parent's. Parties
    are the parent's too where the whole local text is held; else nobody can say who signed.
    """
    fields: dict[str, Any] = {
        "id": f"{parent.id}/{territory.code}",
        "title": overlay.title if overlay else f"{parent.title} – {territory.name}",
        "short_title": overlay.short_title if overlay else None,
        "territory": territory.code,
        "parent": parent.id,
        "axes": tuple(_inherited_axis(axis) for axis in parent.axes),
        "claims": (),
    }
    if overlay is not None and overlay.text == "full":
        fields |= {"signatories": parent.signatories, "partners": parent.partners}
    if overlay is not None:
        own = ("milestones", "claims", "sources", "announced_sheets", "note")
        changes = ChangeSet((ChangeFile(overlay, overlay.id),))
        fields |= {name: getattr(overlay, name) for name in own}
        fields |= {"axes": changes.axes(fields["axes"]), **built_fields(changes, parent)}
    fields["short_title"] = fields["short_title"] or f"{parent.label} – {territory.label}"
    return Contract(**{**fields, **_inherited_dates(parent, fields)})


def _inherited_axis(axis: Axis) -> Axis:
    """An axis of the parent's in a local contract: what it announces is said of the parent."""
    stated = {name: getattr(axis, name) for name in axis.model_fields_set - {"announced_sheets"}}
    return Axis(**stated)


def inherits(local: Contract, overlay: Overlay | None, field: str) -> bool:
    """Whether a local contract has its term or its window from its parent."""
    if local.parent is None:
        return False
    if overlay is None:
        return True
    change = overlay.contract.set if overlay.contract else None
    stated = change.model_fields_set if change else ()
    return field not in stated and not any(field in claim.statement() for claim in overlay.claims)


def inherited_fields(local: Contract, overlay: Overlay | None) -> tuple[str, ...]:
    """Which of the term and the window a local contract has from its parent."""
    return tuple(field for field in INHERITABLE if inherits(local, overlay, field))


def local_head_on(
    parent: Contract, overlay: Overlay | None, territory: Territory, on: date
) -> tuple[Contract, tuple[str, ...]]:
    """A local contract without its sheets on a day, and which of its dates are the parent's.

    A text that is not signed yet on that day states nothing.
    """
    signed = overlay if overlay and not_signed_before(overlay, on) is None else None
    local = local_head(parent, signed, territory)
    return local, inherited_fields(local, signed)


def not_signed_before(contract: Contract | Overlay, on: date | None) -> date | None:
    """The day a contract was signed, where that is after `on`: on that day it had no text."""
    dates = [item.on for item in contract.milestones if item.kind == "signed" and item.on]
    if isinstance(contract, Contract) and (held := contract.held("signed_on")):
        dates = [held.value]
    if on is None or not dates or on >= dates[0].first:
        return None
    return dates[0].first


def _inherited_dates(parent: Contract, own: dict[str, Any]) -> dict[str, Any]:
    """The parent's term and window, with the claims about them, where the local has none."""
    stated = {name for claim in own["claims"] for name in claim.statement()}
    missing = [name for name in INHERITABLE if name not in own and name not in stated]
    claims = [claim for claim in parent.claims if set(claim.statement()) & set(missing)]
    found: dict[str, Any] = {name: getattr(parent, name) for name in missing}
    found["claims"] = (*own["claims"], *(stating_only(claim, missing) for claim in claims))
    return found


def _left_out(
    overlay: Overlay, parent: Contract, sheets: tuple[DerivedSheet, ...]
) -> tuple[LeftOut, ...]:
    """What became of the parent's sheets that no local sheet answers."""
    answered = {code for item in sheets for code in item.answers or ()}
    excluded = {change.sheet: change for change in overlay.exclude}
    return tuple(
        _fate(sheet, excluded.get(sheet.code), overlay)
        for sheet in parent.sheets
        if sheet.code not in answered
    )


def _fate(sheet: ActionSheet, exclude: Exclude | None, overlay: Overlay) -> LeftOut:
    if exclude is not None:
        return LeftOut(
            sheet,
            "excluded",
            exclude.reason,
            exclude.decided_by,
            exclude.decided_on,
            exclude.review_on,
        )
    # A sheet without title cannot be recognised in the local text; where we hold only a part of
    # that text, a sheet of another axis may stand in the rest of it.
    beyond = overlay.text == "partial" and (
        sheet.axis not in overlay.whole_axes or "axis" in sheet.uncertain
    )
    return LeftOut(sheet, "unknown" if sheet.title is None or beyond else "not_taken_up")
