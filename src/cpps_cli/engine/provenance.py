"""Where each value of a contract comes from: the lines that hold it, and the text that said it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from cpps_cli.diagnostics import CppsError, Place
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.provenance_lookup import (
    Line,
    ProvenanceLookup,
    claim_line,
    holding,
    parts_of,
    said_at,
)
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Axis,
    Contract,
    Derived,
    DerivedSheet,
    Origin,
    Parts,
)
from cpps_cli.model.derived import LISTS
from cpps_cli.model.paths import SNAPSHOT
from cpps_cli.model.snapshot import Snapshot, SnapshotSheet
from cpps_cli.model.sources import with_retained

# Why a value holds that stands on no single line: several texts put together by a merge, or the
# name of a local contract that no text names.
Rule = Literal["joined"]
FIELDS = ("number", "axis", *TEXT_FIELDS)
FIELDS_OF_CONTRACT = (
    "title",
    "short_title",
    "term",
    "window",
    "announced_sheets",
    "signatories",
    "partners",
    "axes",
)


@dataclass(frozen=True, slots=True)
class FieldProvenance:
    """One value of a sheet or of a contract, or one item of a list, with where it comes from."""

    field: str
    item: int | None
    value: Any
    origin: Origin | Literal["signed", "amended", "unrecorded"]
    lines: tuple[Line, ...]
    rule: Rule | None = None


def provenance_of_parent(parent: Parent, sheet: ActionSheet) -> tuple[FieldProvenance, ...]:
    """Where each value of a parent's sheet comes from, in the text of the day."""
    lookup = ProvenanceLookup(parent)
    return tuple(_of_parent(lookup, sheet.code, *found) for found in _values(sheet, FIELDS))


def provenance_of_parent_contract(parent: Parent) -> tuple[FieldProvenance, ...]:
    """Where each value of the parent contract itself comes from, in the text of the day."""
    lookup = ProvenanceLookup(parent)
    values = _values(parent.now.contract, FIELDS_OF_CONTRACT)
    return tuple(_of_parent(lookup, None, *found) for found in values)


def provenance_of_local(
    parent: Parent, derived: Derived, item: DerivedSheet
) -> tuple[FieldProvenance, ...]:
    """Where each value of a local sheet comes from."""
    lookup = ProvenanceLookup(parent, derived.overlay)
    return tuple(_of_local(lookup, item))


def provenance_of_local_contract(parent: Parent, derived: Derived) -> tuple[FieldProvenance, ...]:
    """Where each value of a local contract itself comes from."""
    lookup = ProvenanceLookup(parent, derived.overlay)
    return tuple(_of_local_contract(lookup, derived))


def provenance_of_snapshot(
    snapshot: Snapshot, sheet: SnapshotSheet | None
) -> tuple[FieldProvenance, ...]:
    """Where each value of a derived contract that stands alone, or of a sheet of it, is held."""
    noun: Contract | ActionSheet = snapshot.contract
    fields: tuple[str, ...] = FIELDS_OF_CONTRACT
    at = Place(SNAPSHOT, ("contract",))
    if sheet is not None:
        noun, fields = with_retained(sheet), FIELDS
        at = Place(SNAPSHOT, ("sheets", snapshot.sheets.index(sheet)))
    return tuple(
        FieldProvenance(
            field, item, _words(value), "unrecorded", (_alone(noun, at, field, item, value),)
        )
        for field, item, value in _values(noun, fields)
    )


def _alone(
    noun: ActionSheet | Contract, at: Place, field: str, item: int | None, value: Any
) -> Line:
    """The line of a file that stands alone that holds a value."""
    claimed = (
        None
        if field == "title" and isinstance(noun, Contract)
        else claim_line(noun.claims, at, field, value)
    )
    if claimed is not None:
        return replace(claimed, version="snapshot")
    # Which of the sources that the sheet or the contract names says just this is not recorded.
    return Line(
        at.at(field) if item is None else said_at(at.at(field, item), value), value, "snapshot"
    )


def provenance_of_all(
    parent: Parent, derived: Derived
) -> tuple[tuple[FieldProvenance, ...], dict[str, tuple[FieldProvenance, ...]]]:
    """Where the values of a local contract come from: its own, then those of its sheets by code."""
    lookup = ProvenanceLookup(parent, derived.overlay)
    sheets = {item.sheet.code: tuple(_of_local(lookup, item)) for item in derived.sheets}
    return tuple(_of_local_contract(lookup, derived)), sheets


def _of_parent(
    lookup: ProvenanceLookup, code: str | None, field: str, item: int | None, value: Any
) -> FieldProvenance:
    lines = tuple(lookup.lines(lookup.now, code, field, value))
    amended = any(line.version != "signed" for line in lines)
    origin: Literal["signed", "amended"] = "amended" if amended else "signed"
    return FieldProvenance(field, item, _words(value), origin, lines, _rule(value, lines))


def _of_local(lookup: ProvenanceLookup, item: DerivedSheet) -> Iterator[FieldProvenance]:
    for field, position, value in _values(item.sheet, FIELDS):
        parts = parts_of(item, field, value)
        if parts is None:
            [code] = item.answers or (item.sheet.code,)
            lines = tuple(lookup.lines(lookup.under(code, field, value), code, field, value))
            yield FieldProvenance(field, position, value, "inherited", lines, _rule(value, lines))
            continue
        lines = tuple(_lines(lookup, parts))
        own = any(line.is_local for line in lines)
        origin: Origin = item.origin if own or item.origin == "merged" else "inherited"
        # A sheet taken word for word under another number is inherited; its number is adapted.
        if own and origin == "inherited":
            origin = "adapted"
        yield FieldProvenance(field, position, value, origin, lines, _rule(value, lines))


def _of_local_contract(lookup: ProvenanceLookup, derived: Derived) -> Iterator[FieldProvenance]:
    known = {axis.code for axis in derived.parent.axes}
    for field, position, value in _values(derived.contract, FIELDS_OF_CONTRACT):
        parts = holding(derived.fields, field, value) or ()
        lines = tuple(_lines(lookup, parts))
        origin: Origin = "adapted" if any(line.is_local for line in lines) else "inherited"
        if (
            isinstance(value, Axis)
            and origin == "adapted"
            and not {value.code, value.parent} & known
        ):
            origin = "added"
        yield FieldProvenance(field, position, _words(value), origin, lines, _rule(value, lines))


def _lines(lookup: ProvenanceLookup, parts: Parts) -> Iterator[Line]:
    for part in parts:
        yield from lookup.local(part)


def _rule(value: Any, lines: tuple[Line, ...]) -> Rule | None:
    """Why a value holds that none of its lines says whole."""
    # A local contract has its parent's axes without what is announced of them.
    whole = isinstance(value, Axis) or all(line.value == value for line in lines)
    return None if whole else "joined"


def _values(
    noun: ActionSheet | Contract, fields: tuple[str, ...]
) -> Iterator[tuple[str, int | None, Any]]:
    """Each value that a sheet or a contract holds, and each item of its lists."""
    for field in fields:
        value = _held(noun, field)
        if field in LISTS:
            yield from ((field, index, item) for index, item in enumerate(value))
        elif value is not None:
            yield field, None, value


def _held(noun: ActionSheet | Contract, field: str) -> Any:
    """A value, as the claim that is retained states it where sources disagree."""
    if isinstance(noun, Contract) and field not in LISTS and field != "title":
        held = noun.retained(field)
        return None if held is None else held.value
    return getattr(noun, field)


def _words(value: Any) -> Any:
    """What people read of a value: of an axis, its title, or its code where it has none."""
    return value.title or value.code if isinstance(value, Axis) else value


def only(
    accounts: Iterable[FieldProvenance], field: str | None, *, of_contract: bool = False
) -> tuple[FieldProvenance, ...]:
    """The accounts of one field, or all of them; raises `CppsError` where there is no such field.

    `of_contract`: they are those of a contract itself, else of a sheet.
    """
    known = FIELDS_OF_CONTRACT if of_contract else FIELDS
    if field is not None and field not in known:
        if of_contract:
            raise CppsError("a contract has no field `{name}`", name=field, known=known)
        raise CppsError("a sheet has no field `{name}`", name=field, known=known)
    return tuple(item for item in accounts if field in (None, item.field))
