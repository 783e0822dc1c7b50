"""A derived contract: each sheet with its origin, the parts of its fields, what is left out.

The value of a field follows from its parts, and so does its origin: there is no second account of
where it came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from cpps_cli.diagnostics import Place
from cpps_cli.model.change import SIGNED, Overlay
from cpps_cli.model.contract import Contract
from cpps_cli.model.fields import ITEM_FIELDS, SHEET_FIELDS
from cpps_cli.model.sheet import ActionSheet

# How several texts become one, where a merge neither sets nor keeps the field.
JOINED_BY = {"short_title": " – "} | {field.name: field.joined for field in SHEET_FIELDS}
LISTS = frozenset((*ITEM_FIELDS, "signatories", "axes"))


class Stated(NamedTuple):
    """A value, or one item of a list, that a change states at `place`."""

    value: Any
    place: Place


class Kept(NamedTuple):
    """A value, or the item at `item` of a list, of the text before the change.

    `sheet` is None for a field of the contract itself.
    """

    value: Any
    sheet: str | None
    field: str
    item: int | None = None


Part = Stated | Kept
Parts = tuple[Part, ...]


def kept(noun: ActionSheet | Contract, field: str) -> Parts:
    """Makes the parts of a field that is kept from a sheet or a contract; () where it is empty."""
    value, code = getattr(noun, field), noun.code if isinstance(noun, ActionSheet) else None
    if field in LISTS:
        return tuple(Kept(item, code, field, index) for index, item in enumerate(value))
    return () if value is None else (Kept(value, code, field),)


def stated(value: Any, field: str, place: Place) -> Parts:
    """Makes the parts of a field whose value, or whose items, a change states."""
    if field in LISTS:
        return tuple(Stated(item, place.at(index)) for index, item in enumerate(value))
    return (Stated(value, place),)


def value_of(field: str, parts: Parts) -> Any:
    """Joins the parts to a value: each item of a list once, several texts joined."""
    if len(parts) == 1 and field not in LISTS:
        return parts[0].value
    values: list[Any] = []
    for part in parts:
        if part.value not in values:
            values.append(part.value)
    if field in LISTS:
        return tuple(values)
    if len(values) > 1:
        return JOINED_BY[field].join(values)
    return values[0] if values else None


Origin = Literal["inherited", "adapted", "merged", "added"]
LeftOutOrigin = Literal["excluded", "not_taken_up", "unknown", "since_signature"]
SinceKind = Literal["added", "repealed", "changed"]
Basis = Literal["no_text", "partial", "full"]
ORIGINS: tuple[Origin, ...] = ("inherited", "adapted", "merged", "added")


@dataclass(frozen=True, slots=True)
class DerivedSheet:
    """A sheet of a local contract.

    `answers` are the parent's sheets it comes from: () where it answers none, None where that is
    not known. `change` is the path, in the file of changes, of the change that made it. `fields`
    are the parts of each field that a change touches; the others are those of its one answer.
    `amended` are the changes of the local contract's own amendments that touched it since.
    """

    sheet: ActionSheet
    origin: Origin
    answers: tuple[str, ...] | None
    link_inferred: bool = False
    change: tuple[str | int, ...] | None = None
    to_reread: bool = False
    fields: Mapping[str, Parts] = field(default_factory=dict)
    amended: tuple[Place, ...] = ()


class LeftOut(NamedTuple):
    """A sheet of the parent that the local contract does not hold, and why.

    `to_reread`: the parent says otherwise since what it was left out for.
    `repealed_by` is the id of the amendment of its own that took it out.
    """

    sheet: ActionSheet
    origin: LeftOutOrigin
    reason: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    review_on: date | None = None
    to_reread: bool = False
    repealed_by: str | None = None


class SinceSignature(NamedTuple):
    """What the parent changed since a local contract took its text: a field of a sheet, or a sheet.

    `code` is None for a field of the contract itself, `field` for a sheet added or repealed.
    """

    code: str | None
    kind: SinceKind
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A local contract as it follows from its parent and what we hold of its own text.

    `parent` is the text of the parent that it is derived from, `parent_now` that of the day: they
    differ where it was signed and does not follow its parent, and `since_signature` says in what.
    `inherited` names which of its term and its window are the parent's. `version` is the id of the
    last of its own amendments in force, or `signed`. `fields` are the parts of each field of the
    contract itself.
    """

    contract: Contract
    parent: Contract
    overlay: Overlay | None
    basis: Basis
    parent_version: str
    parent_fingerprint: str
    sheets: tuple[DerivedSheet, ...]
    left_out: tuple[LeftOut, ...]
    to_reread: bool = False
    not_signed_before: date | None = None
    inherited: tuple[str, ...] = ()
    version: str = SIGNED
    fields: Mapping[str, Parts] = field(default_factory=dict)
    parent_now: Contract | None = None
    since_signature: tuple[SinceSignature, ...] = ()

    @property
    def parent_of_day(self) -> Contract:
        """The parent's text of the day, whether or not this contract has followed it."""
        return self.parent_now or self.parent

    def parent_sheet(self, code: str) -> ActionSheet | None:
        """The parent's sheet of that code, in the text that it took, or in that of the day."""
        return self.parent.sheet(code) or self.parent_of_day.sheet(code)

    def summary(self) -> dict[Origin, int]:
        """Counts the local sheets of each origin."""
        return {origin: sum(item.origin == origin for item in self.sheets) for origin in ORIGINS}

    def parent_summary(self) -> dict[str, int]:
        """Counts what became of the parent's sheets of the day; it adds up to all of them."""
        answered = {code for item in self.sheets for code in item.answers or ()}
        left_out = {item.sheet.code: item.origin for item in self.left_out}
        # A local sheet may still answer one that the parent has repealed since.
        codes = [sheet.code for sheet in self.parent_of_day.sheets]
        fates = [left_out.get(code, "since_signature") for code in codes if code not in answered]
        return {
            "taken": len(codes) - len(fates),
            **{origin: fates.count(origin) for origin in get_args(LeftOutOrigin)},
        }
