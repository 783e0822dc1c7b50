"""Updates a local text (ours) from its parent as it was read (base) to the one of the day (theirs).

Three texts are compared field by field, never line by line. What the parent changed where the local
text says nothing of its own is taken; what both changed in the same way is no longer a change; the
rest is a conflict. `edits` is what the file needs so that only conflicts are left in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from cpps_cli.engine.conflicts import Conflict, RedundantChange, conflicts, redundant_changes
from cpps_cli.engine.dependencies import Cell
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.diff import Differences, DiffSide, SheetDifference, differences
from cpps_cli.engine.diff_fields import FieldDifference
from cpps_cli.engine.head import INHERITABLE
from cpps_cli.engine.local_text import LocalText
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.engine.update_edits import edits_needed
from cpps_cli.model import ActionSheet, Derived, Overlay, Territory
from cpps_cli.model.derived import SinceSignature
from cpps_cli.model.edit import Edit, Put

Nature = Literal["substantive", "editorial", "typographic"]


# inherited: the local text says it too; own: it has words of its own there; not_taken: it does not
# hold the sheet.
Effect = Literal["inherited", "own", "not_taken"]


@dataclass(frozen=True, slots=True)
class UpstreamChange:
    """A field that the parent changed without a conflict.

    `sheet` is the parent's, base and theirs; None for the contract itself.
    """

    sheet: SheetDifference | None
    difference: FieldDifference
    nature: Nature
    effect: Effect
    amendments: tuple[str, ...] = ()

    @property
    def cell(self) -> Cell:
        """The sheet, and the field that it is in."""
        return (self.sheet.after.code if self.sheet else None, _key(self.difference))

    @property
    def is_date(self) -> bool:
        """Whether it is the term or the window, which a local contract has from its parent."""
        return self.sheet is None and self.difference.field in INHERITABLE


@dataclass(frozen=True, slots=True)
class UpstreamSheet:
    """A sheet that the parent added or deleted; `effect`: whether the local text follows."""

    sheet: ActionSheet
    effect: Effect


@dataclass(frozen=True, slots=True)
class Update:
    """What a parent that moved on means for one local text.

    `texts`: the one that was signed, then one after each of its amendments.
    `edits`: by file, what is to be written so that only conflicts are left.
    `signed_on`: of a signed text that does not follow its parent, which has changed since, as
    `since_signature` says: no file is written into.
    `ahead`: the text was written for a later version than the one asked for. `in_place`: the text
    it records is no longer the one that it was pinned to, though no amendment changed it.
    """

    derived: Derived
    territory: Territory
    overlay: Overlay
    base_version: str
    theirs_version: str
    changed: Differences
    conflicts: tuple[Conflict, ...] = ()
    upstream_changes: tuple[UpstreamChange, ...] = ()
    upstream_added: tuple[UpstreamSheet, ...] = ()
    upstream_deleted: tuple[UpstreamSheet, ...] = ()
    redundant_changes: tuple[RedundantChange, ...] = ()
    texts: tuple[LocalText, ...] = ()
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    signed_on: date | None = None
    since_signature: tuple[SinceSignature, ...] = ()
    ahead: bool = False
    in_place: bool = False

    @property
    def layers(self) -> tuple[ThreeWay, ...]:
        """Its changes, then those of its amendments, each beside the text that they change."""
        return tuple(text.three_way for text in self.texts)

    @property
    def is_behind(self) -> bool:
        """Whether the file records another version of the parent than that of the day."""
        return self.base_version != self.theirs_version

    @property
    def only_marks(self) -> bool:
        """Whether nothing but fingerprints is to be written."""
        edits = [edit for found in self.edits.values() for edit in found]
        return bool(edits) and all(map(_is_mark, edits))

    @property
    def is_blocked(self) -> bool:
        """Whether a conflict has to be resolved before the file can record the text of the day."""
        return any(conflict.blocks for conflict in self.conflicts)


def update(parent: Parent, overlay: Overlay, territory: Territory) -> Update:
    """Compares the three texts."""
    derivation = parent.derive_following(overlay, territory)
    derived, layers = derivation.derived, tuple(text.three_way for text in derivation.texts)
    texts = (derived, territory, overlay, overlay.parent_version, parent.now.version)
    if parent.is_before(overlay):  # it was read since
        now = DiffSide(parent.now.contract)
        return Update(*texts, differences(now, now), ahead=True)
    found = tuple(conflicts(layers, derived))
    changed = differences(DiffSide(layers[0].base), DiffSide(layers[0].theirs))
    made = Update(
        *texts,
        changed,
        found,
        tuple(upstream_changes(changed, layers, derived, found)),
        tuple(upstream_added(changed, derived, found)),
        tuple(upstream_deleted(changed, overlay, found)),
        tuple(redundant for layer in layers for redundant in redundant_changes(layer)),
        derivation.texts,
        edits_needed(layers, overlay, parent, found),
        in_place=parent.is_edited_in_place(overlay),
    )
    return made if parent.of_local(overlay) is parent else _of_signed(made, parent)


def _of_signed(made: Update, parent: Parent) -> Update:
    """What is left to take up in a signed text: nothing is written into its file."""
    since = parent.derive(made.overlay, made.territory).derived.since_signature
    cells = {(item.code, item.field) for item in since}
    return replace(
        made,
        since_signature=since,
        signed_on=made.overlay.signed_on,
        conflicts=tuple(item for item in made.conflicts if _is_left(item, cells)),
        upstream_changes=tuple(
            item for item in made.upstream_changes if item.is_date or item.cell in cells
        ),
        upstream_added=tuple(i for i in made.upstream_added if (i.sheet.code, None) in cells),
        upstream_deleted=tuple(i for i in made.upstream_deleted if (i.sheet.code, None) in cells),
        redundant_changes=(),
        edits={},
    )


def _is_left(item: Conflict, cells: AbstractSet[tuple[str | None, str | None]]) -> bool:
    return any(cells & {(moved.sheet, moved.field), (moved.sheet, None)} for moved in item.moved)


def _is_mark(edit: Edit) -> bool:
    match edit:
        case Put(path=("parent_fingerprint",)) | Put(path=(*_, "rests_on", _)):
            return True
        case _:
            return False


def upstream_changes(
    changed: Differences,
    layers: tuple[ThreeWay, ...],
    derived: Derived,
    conflicts: Iterable[Conflict],
) -> Iterator[UpstreamChange]:
    """Finds the fields that the parent changed without a conflict."""
    cells = {(moved.sheet, moved.field) for item in conflicts for moved in item.moved}
    for difference in changed.contract:
        if (None, difference.field) not in cells:
            yield _upstream_change(None, difference, layers, derived)
    for sheet in changed.sheets:
        for difference in sheet.fields:
            if (sheet.after.code, _key(difference)) not in cells:
                yield _upstream_change(sheet, difference, layers, derived)


def _upstream_change(
    sheet: SheetDifference | None,
    difference: FieldDifference,
    layers: tuple[ThreeWay, ...],
    derived: Derived,
) -> UpstreamChange:
    code = sheet.after.code if sheet else None
    cells = ((code, _key(difference)),)
    steps = layers[0].steps(cells)
    nature: Nature = "substantive"
    if difference.typographic:
        nature = "typographic"
    elif layers[0].is_cosmetic(cells):
        nature = "editorial"
    effect: Effect = _effect(sheet.after, derived) if sheet else "inherited"
    if effect == "inherited" and _says_otherwise(layers, *cells[0]):
        effect = "own"
    return UpstreamChange(
        sheet, difference, nature, effect, tuple(after.version for _, after in steps)
    )


def _key(difference: FieldDifference) -> str:
    """The field of a sheet that a difference is in: an indicator's title is in `indicators`."""
    return "indicators" if difference.field.startswith("indicator") else difference.field


def _says_otherwise(layers: Iterable[ThreeWay], code: str | None, key: str) -> bool:
    """Whether a local change has words of its own for a field."""
    return any(
        (code, key) in dependency.cells
        for three_way in layers
        for dependency in three_way.dependencies
    )


def _effect(sheet: ActionSheet, derived: Derived) -> Effect:
    answered = {code for item in derived.sheets for code in item.answers or ()}
    return "inherited" if sheet.code in answered else "not_taken"


def upstream_added(
    changed: Differences, derived: Derived, conflicts: Iterable[Conflict]
) -> Iterator[UpstreamSheet]:
    """Finds the sheets that the parent added."""
    taken = {item.sheet for item in conflicts if item.kind == "code_taken"}
    for item in changed.added:
        if item.sheet.code not in taken:
            yield UpstreamSheet(item.sheet, _effect(item.sheet, derived))


def upstream_deleted(
    changed: Differences, overlay: Overlay, conflicts: Iterable[Conflict]
) -> Iterator[UpstreamSheet]:
    """Finds the sheets that the parent deleted, and that no change of the local text names."""
    named = {moved.sheet for item in conflicts if item.kind == "repealed" for moved in item.moved}
    left_out = {change.sheet for change in overlay.exclude}
    for item in changed.removed:
        code = item.sheet.code
        if code not in named:
            follows = overlay.takes == "all" and code not in left_out
            yield UpstreamSheet(item.sheet, "inherited" if follows else "not_taken")
