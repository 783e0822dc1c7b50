"""Finds the lines of files that hold values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.model import SIGNED, ActionSheet, Axis, Contract, Indicator
from cpps_cli.model.derived import LISTS
from cpps_cli.model.paths import SNAPSHOT, contract_file, contract_of, sheet_file

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Line:
    """A place that holds a value, the text it belongs to, and the sources it names.

    `value` is what it says: the whole, or one of several texts that were put together.
    `version` is `signed`, the id of an amendment, or `local` for the local text as it was signed.
    """

    place: Place
    value: Any
    version: str
    sources: tuple[str, ...] = ()

    @property
    def contract(self) -> str | None:
        """The id of the contract whose text it is; None for a file that belongs to none."""
        return contract_of(self.place.file)

    @property
    def is_local(self) -> bool:
        """Whether a local contract says it, in its text or in an amendment of its own."""
        return "/" in (self.contract or "")


def signed_lines(contract: Contract, code: str | None, field: str, value: Any) -> Iterator[Line]:
    """The line of a signed text that holds a value; none where it has no such sheet."""
    if code is None:
        yield held_line(contract, Place(contract_file(contract.id)), field, value)
    elif sheet := contract.sheet(code):
        yield held_line(sheet, Place(sheet_file(contract.id, code)), field, value)


def held_line(
    noun: ActionSheet | Contract,
    at: Place,
    field: str,
    value: Any,
    item: int | None = None,
) -> Line:
    """The line of a file that holds a value: in the claim that is retained, or in its field."""
    alone = at.file == SNAPSHOT
    version = "snapshot" if alone else SIGNED
    for index, claim in enumerate(() if _is_title(noun, field) else noun.claims):
        if claim.retained and field in claim.statement():
            return Line(at.at("claims", index, "says", field), value, version, claim.sources)
    place = at.at(field)
    if field in LISTS:
        items = enumerate(getattr(noun, field))
        index = next(i for i, other in items if is_same(other, value)) if item is None else item
        place = said_at(place.at(index), value)
    # Which of the sources that a file which stands alone names says just this is not recorded.
    if isinstance(value, Axis):
        sources = value.sources
    else:
        sources = noun.sources_for(field) if isinstance(noun, ActionSheet) else noun.sources
    return Line(place, value, version, () if alone else sources)


def _is_title(noun: ActionSheet | Contract, field: str) -> bool:
    """Whether a value is a contract's title: it has one, whatever the sources say."""
    return field == "title" and isinstance(noun, Contract)


def said_at(place: Place, value: Any) -> Place:
    """Where the words of a value stand: of an axis, its title, or its code where it has none."""
    if isinstance(value, Axis):
        return place.at("title" if value.title else "code")
    return place


def is_same(one: Any, other: Any) -> bool:
    """Whether two items are one; an axis is known by its code, and so is an indicator."""
    for noun in (Axis, Indicator):
        if isinstance(one, noun) and isinstance(other, noun):
            return one.code == other.code
    return bool(one == other)
