"""Where each value of a sheet comes from: the lines that hold it, and the text that said it.

Nothing is worked out a second time: the parts from which `build` made a value are followed back,
version by version, to the signed text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cpps_cli.derive.consolidated import Consolidated
from cpps_cli.derive.consolidation import amendment_file, amendment_of
from cpps_cli.derive.derivation import Parent, overlay_file
from cpps_cli.diagnostics import CppsError, Place
from cpps_cli.model import (
    LIST_FIELDS,
    TEXT_FIELDS,
    ActionSheet,
    Changes,
    Derived,
    DerivedSheet,
    Origin,
    Overlay,
    Part,
    Stated,
)

# Why a value holds that stands on no single line: several texts put together by a merge.
Rule = Literal["joined"]
FIELDS = ("number", "axis", *TEXT_FIELDS)
_LISTS = frozenset((*LIST_FIELDS, "indicators"))
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Line:
    """A place that holds a value, the text it belongs to, and the sources it names.

    `version` is `signed`, the id of an amendment, or `local` for the local text.
    """

    place: Place
    version: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One value of a sheet, or one item of a list, with where it comes from."""

    field: str
    item: int | None
    value: Any
    origin: Origin | Literal["signed", "amended"]
    lines: tuple[Line, ...]
    rule: Rule | None = None


def account_of_parent(parent: Parent, sheet: ActionSheet) -> tuple[Account, ...]:
    """Where each value of a parent's sheet comes from, in the text of the day."""
    history = _History(parent)
    found = []
    for field, item, value in _values(sheet):
        lines = tuple(history.lines(history.now, sheet.code, field, value))
        amended = any(line.version != "signed" for line in lines)
        found.append(Account(field, item, value, "amended" if amended else "signed", lines))
    return tuple(found)


def account_of_local(parent: Parent, derived: Derived, item: DerivedSheet) -> tuple[Account, ...]:
    """Where each value of a local sheet comes from."""
    history = _History(parent, derived.overlay)
    return tuple(_accounts(history, item))


def _accounts(history: "_History", item: DerivedSheet) -> Iterator[Account]:
    for field, position, value in _values(item.sheet):
        parts = _parts(item, field, value)
        if parts is None:
            [code] = item.answers or (item.sheet.code,)
            lines = tuple(history.lines(history.now, code, field, value))
            yield Account(field, position, value, "inherited", lines)
            continue
        lines = tuple(line for part in parts for line in history.of_part(history.now, part, LOCAL))
        own = any(line.version == LOCAL for line in lines)
        origin: Origin = item.origin if own or item.origin == "merged" else "inherited"
        # A sheet taken word for word under another number is inherited; its number is adapted.
        if own and origin == "inherited":
            origin = "adapted"
        rule: Rule | None = "joined" if position is None and len(parts) > 1 else None
        yield Account(field, position, value, origin, lines, rule)


class _History:
    """The texts that a parent contract has had, the signed one first."""

    def __init__(self, parent: Parent, overlay: Overlay | None = None) -> None:
        self.texts = parent.texts
        self.now = next(index for index, text in enumerate(self.texts) if text is parent.now)
        contract = parent.now.contract.id
        self.changes: dict[str, Changes] = {
            amendment_file(contract, item.id): item for item in parent.amendments
        }
        if overlay is not None:
            self.changes[overlay_file(overlay)] = overlay

    def lines(self, text: int, code: str, field: str, value: Any) -> Iterator[Line]:
        """The lines that hold a value of a sheet, as of the text at `text`."""
        if text == 0:
            yield from _signed(self.texts[0], code, field, value)
            return
        made = next((item for item in self.texts[text].sheets if item.sheet.code == code), None)
        if made is None:  # repealed meanwhile: the local text rests on an earlier one
            yield from self.lines(text - 1, code, field, value)
            return
        parts = _parts(made, field, value)
        if parts is None:
            [before] = made.answers or (code,)
            yield from self.lines(text - 1, before, field, value)
            return
        for part in parts:
            yield from self.of_part(text - 1, part, self.texts[text].version)

    def of_part(self, before: int, part: Part, version: str) -> Iterator[Line]:
        """The lines of one part: where a change states it, or those of the text before."""
        if isinstance(part, Stated):
            named = amendment_of(part.place.file) or version
            yield Line(part.place, named, self._sources(part.place))
        else:
            yield from self.lines(before, part.sheet, part.field, part.value)

    def _sources(self, place: Place) -> tuple[str, ...]:
        """The sources that the change at a place names."""
        kind, index = place.path[:2]
        changes = getattr(self.changes[place.file], str(kind))
        sources: tuple[str, ...] = changes[index].sources
        return sources


def _parts(made: DerivedSheet, field: str, value: Any) -> tuple[Part, ...] | None:
    """The parts that hold a value of a field; None where no change touched the field."""
    parts = made.fields.get(field)
    if parts is None:
        return None
    if field in _LISTS:
        return tuple(part for part in parts if part.value == value)
    return parts


def _signed(text: Consolidated, code: str, field: str, value: Any) -> Iterator[Line]:
    sheet = text.contract.sheet(code)
    if sheet is None:
        return
    place = Place(f"{text.contract.id}/sheets/{code}.toml")
    for index, claim in enumerate(sheet.claims):
        if claim.retained and field in claim.statement():
            yield Line(place.at("claims", index, "says", field), text.version, claim.sources)
            return
    if field in _LISTS:
        place = place.at(field, getattr(sheet, field).index(value))
    else:
        place = place.at(field)
    yield Line(place, text.version, sheet.sources)


def _values(sheet: ActionSheet) -> Iterator[tuple[str, int | None, Any]]:
    """Each value that a sheet holds, and each item of its lists."""
    for field in FIELDS:
        value = getattr(sheet, field)
        if field in _LISTS:
            yield from ((field, index, item) for index, item in enumerate(value))
        elif value is not None:
            yield field, None, value


def field_named(word: str | None) -> str | None:
    """The field of that name; raises `CppsError` where no sheet has it."""
    if word is not None and word not in FIELDS:
        raise CppsError("a sheet has no field `{name}`", name=word, known=FIELDS)
    return word


def only(accounts: Iterable[Account], field: str | None) -> tuple[Account, ...]:
    """The accounts of one field, or all of them."""
    return tuple(item for item in accounts if field in (None, item.field))
