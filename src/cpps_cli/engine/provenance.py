"""Traces each value of a contract to the lines that say it.

Nothing is worked out a second time: each version keeps the one before it, and the parts from which
`apply` made a value lead from one to the other, back to the signed text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cpps_cli.diagnostics import CppsError, Place
from cpps_cli.engine.changes import ChangeFile, ContractVersion
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.head import INHERITABLE, amending
from cpps_cli.engine.lines import LOCAL, Line, held_line, is_same, said_at, signed_lines
from cpps_cli.engine.versions import FIELDS, FIELDS_OF_CONTRACT, value_of_field
from cpps_cli.model import (
    SIGNED,
    ActionSheet,
    Axis,
    Contract,
    Derived,
    DerivedSheet,
    Indicator,
    Origin,
    Overlay,
    Part,
    Parts,
    Stated,
)
from cpps_cli.model.derived import LISTS, Kept
from cpps_cli.model.operation import change_at
from cpps_cli.model.paths import SNAPSHOT, amendment_of, local_file
from cpps_cli.model.snapshot import Snapshot, SnapshotSheet
from cpps_cli.model.sources import with_retained

# Why a value holds that stands on no single line: several texts put together by a merge, or the
# name of a local contract that no text names.
Rule = Literal["joined"]
Traced = Iterator[tuple[str, int | None, Any]]


@dataclass(frozen=True, slots=True)
class FieldProvenance:
    """One value of a sheet or of a contract, or one item of a list, with where it comes from."""

    field: str
    item: int | None
    value: Any
    origin: Origin | Literal["signed", "amended", "unrecorded"]
    lines: tuple[Line, ...]
    rule: Rule | None = None


def provenance_of_parent(parent: Parent, sheet: ActionSheet | None) -> tuple[FieldProvenance, ...]:
    """Traces a parent's sheet in the text of the day; the contract itself where none is named."""
    lookup = ProvenanceLookup(parent)
    code = sheet.code if sheet else None
    return tuple(lookup.in_parent(code, *found) for found in _values(sheet or parent.now.contract))


def provenance_of_local(
    parent: Parent, derived: Derived, item: DerivedSheet | None
) -> tuple[FieldProvenance, ...]:
    """Traces a local sheet; the local contract itself where none is named."""
    lookup = ProvenanceLookup(parent, derived.overlay)
    return tuple(lookup.of_contract(derived) if item is None else lookup.of_sheet(item))


def provenance_of_all(
    parent: Parent, derived: Derived
) -> tuple[tuple[FieldProvenance, ...], dict[str, tuple[FieldProvenance, ...]]]:
    """Traces a local contract itself, then each of its sheets, by code."""
    lookup = ProvenanceLookup(parent, derived.overlay)
    sheets = {item.sheet.code: tuple(lookup.of_sheet(item)) for item in derived.sheets}
    return tuple(lookup.of_contract(derived)), sheets


def provenance_of_snapshot(
    snapshot: Snapshot, sheet: SnapshotSheet | None
) -> tuple[FieldProvenance, ...]:
    """Finds where a derived contract that stands alone, or a sheet of it, holds each value."""
    noun: Contract | ActionSheet = snapshot.contract
    at = Place(SNAPSHOT, ("contract",))
    if sheet is not None:
        noun, at = with_retained(sheet), Place(SNAPSHOT, ("sheets", snapshot.sheets.index(sheet)))
    return tuple(
        FieldProvenance(
            field,
            item,
            _words(value),
            "unrecorded",
            (held_line(noun, at, field, value, item),),
        )
        for field, item, value in _values(noun)
    )


def only(
    found: Iterable[FieldProvenance], field: str | None, *, of_contract: bool = False
) -> tuple[FieldProvenance, ...]:
    """Picks the values of one field, or all of them; raises `CppsError` where there is none such.

    `of_contract`: they are those of a contract itself, else of a sheet.
    """
    known = FIELDS_OF_CONTRACT if of_contract else FIELDS
    if field is not None and field not in known:
        if of_contract:
            raise CppsError("a contract has no field `{name}`", name=field, known=known)
        raise CppsError("a sheet has no field `{name}`", name=field, known=known)
    return tuple(item for item in found if field in (None, item.field))


class ProvenanceLookup:
    """Traces values through the versions of a parent contract, and of a local text on them."""

    def __init__(self, parent: Parent, overlay: Overlay | None = None) -> None:
        self.parent = parent
        self.now = parent.of_local(overlay).now if overlay else parent.now
        self.base = (parent.text(overlay.parent_version) if overlay else None) or parent.now
        files = [file for text in parent.texts for file in text.changes.files]
        if overlay is not None:
            files.append(ChangeFile(overlay, local_file(overlay)))
            files.extend(amending(overlay, overlay.amendments).files)
        self.changes = {file.file: file.changes for file in files}

    def in_parent(
        self, code: str | None, field: str, item: int | None, value: Any
    ) -> FieldProvenance:
        """Traces a value of a parent's sheet, or of the parent itself, in the text of the day."""
        lines = tuple(self.lines(self.parent.now, code, field, value))
        amended = any(line.version != SIGNED for line in lines)
        return _provenance(field, item, value, "amended" if amended else "signed", lines)

    def of_sheet(self, made: DerivedSheet) -> Iterator[FieldProvenance]:
        """Traces each value of a local sheet."""
        for field, item, value in _values(made.sheet):
            parts = _holding(made.fields, field, value)
            if parts is None:
                [code] = made.answers or (made.sheet.code,)
                parts = (Kept(value, code, field),)
            lines = tuple(self._of_parts(parts))
            own = any(line.is_local for line in lines)
            origin: Origin = made.origin if own or made.origin == "merged" else "inherited"
            # A sheet taken word for word under another number is inherited; its number is adapted.
            if own and origin == "inherited":
                origin = "adapted"
            yield _provenance(field, item, value, origin, lines)

    def of_contract(self, derived: Derived) -> Iterator[FieldProvenance]:
        """Traces each value of a local contract itself."""
        known = {axis.code for axis in derived.parent.axes}
        for field, item, value in _values(derived.contract):
            lines = tuple(self._of_parts(_holding(derived.fields, field, value) or ()))
            origin: Origin = "adapted" if any(line.is_local for line in lines) else "inherited"
            added = isinstance(value, Axis) and not {value.code, value.parent} & known
            origin = "added" if added and origin == "adapted" else origin
            yield _provenance(field, item, value, origin, lines)

    def lines(
        self, version: ContractVersion, code: str | None, field: str, value: Any
    ) -> Iterator[Line]:
        """Finds the lines that hold a value of a sheet, or of the contract itself, in a version."""
        if version.before is None:
            yield from signed_lines(version.contract, code, field, value)
            return
        made = version.made.get(code) if code else None
        fields = version.fields if code is None else made.fields if made else {}
        parts = _holding(fields, field, value)
        if parts is None:  # no change touched it
            # Repealed meanwhile, a sheet of the local text rests on an earlier one.
            before = made.answers[0] if made and made.answers else code
            parts = (Kept(value, before, field),)
        for part in parts:
            if isinstance(part, Stated):
                yield self.stated(part)
            else:
                yield from self.lines(version.before, part.sheet, part.field, part.value)

    def stated(self, part: Stated) -> Line:
        """The line on which a change states a part.

        Its sources are those of the field in a sheet that is added, the change's, or the file's.
        """
        changes = self.changes.get(part.place.file)
        change = changes and change_at(changes, part.place.path)
        of_fields = getattr(change, "sources_of", {})
        own = next((of_fields[key] for key in part.place.path if key in of_fields), ())
        sources = own or getattr(change, "sources", ()) or getattr(changes, "sources", ())
        version = amendment_of(part.place.file) or LOCAL
        return Line(said_at(part.place, part.value), part.value, version, sources)

    def _of_parts(self, parts: Iterable[Part]) -> Iterator[Line]:
        """Finds the lines of the parts of a local text."""
        for part in parts:
            if isinstance(part, Stated):
                yield self.stated(part)
            else:
                yield from self.lines(self._version_of(part), part.sheet, part.field, part.value)

    def _version_of(self, part: Kept) -> ContractVersion:
        """The version from which a local text has a value of a sheet: that of the day, or of its
        signature; where the parent has repealed the sheet since, one that it was read in.

        That is the base, but for a field that was read at another time.
        """
        if part.sheet is None and part.field in INHERITABLE:
            return self.parent.now
        if part.sheet is None or part.sheet in self.now.by_code:
            return self.now
        texts = (self.base, *reversed(self.parent.texts))
        return next((text for text in texts if _says(text, part)), self.base)


def _says(text: ContractVersion, part: Kept) -> bool:
    """Whether a sheet has a value in one of the texts."""
    value = getattr(text.by_code.get(part.sheet or ""), part.field, None)
    if part.field in LISTS:
        return any(is_same(part.value, item) for item in value or ())
    return bool(part.value == value)


def _provenance(
    field: str, item: int | None, value: Any, origin: Any, lines: tuple[Line, ...]
) -> FieldProvenance:
    # A local contract has its parent's axes without what is announced of them, and its indicators
    # without their figures.
    whole = isinstance(value, Axis | Indicator) or all(line.value == value for line in lines)
    return FieldProvenance(field, item, _words(value), origin, lines, None if whole else "joined")


def _holding(fields: Mapping[str, Parts], field: str, value: Any) -> Parts | None:
    """The parts that hold a value of a field; None where no change touched the field."""
    parts = fields.get(field)
    if parts is None or field not in LISTS:
        return parts
    return tuple(part for part in parts if is_same(part.value, value))


def _values(noun: ActionSheet | Contract) -> Traced:
    """Each value that a sheet or a contract holds, and each item of its lists."""
    for field in FIELDS_OF_CONTRACT if isinstance(noun, Contract) else FIELDS:
        value = value_of_field(noun, field)
        if field in LISTS:
            yield from ((field, index, item) for index, item in enumerate(value))
        elif value is not None:
            yield field, None, value


def _words(value: Any) -> Any:
    """What people read of a value: of an axis, its title, or its code where it has none."""
    return value.title or value.code if isinstance(value, Axis) else value
