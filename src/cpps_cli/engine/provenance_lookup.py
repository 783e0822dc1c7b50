"""The texts that a contract has had, and the lines in them that hold a value.

Nothing is worked out a second time: the parts from which `build` made a value are followed back,
version by version, to the signed text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine.derive import Parent
from cpps_cli.model import (
    Amendment,
    Axis,
    Claim,
    Contract,
    DerivedSheet,
    Overlay,
    Part,
    Parts,
    Stated,
)
from cpps_cli.model.derived import LISTS, Kept
from cpps_cli.model.operation import change_at
from cpps_cli.model.paths import (
    amendment_file,
    amendment_of,
    contract_file,
    contract_of,
    local_amendment_file,
    local_file,
    sheet_file,
)

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


class ProvenanceLookup:
    """The texts that a parent contract has had, the signed one first, and a local text on them."""

    def __init__(self, parent: Parent, overlay: Overlay | None = None) -> None:
        self.texts = parent.texts
        self.now = next(index for index, text in enumerate(self.texts) if text is parent.now)
        written_for = parent.now if overlay is None else parent.text(overlay.parent_version)
        places = (at for at, text in enumerate(self.texts) if text is written_for)
        self.then = next(places, self.now)
        contract = parent.now.contract.id
        self.changes: dict[str, Amendment | Overlay] = {
            amendment_file(contract, item.id): item for item in parent.amendments
        }
        if overlay is not None:
            self.changes[local_file(overlay)] = overlay
            for item in overlay.amendments:
                self.changes[local_amendment_file(overlay, item.id)] = item

    def local(self, part: Part) -> Iterator[Line]:
        """The lines of one part of a local text."""
        kept = part if isinstance(part, Kept) else None
        under = self.under(kept.sheet, kept.field, kept.value) if kept else self.now
        yield from self.of_part(under, part, LOCAL)

    def under(self, code: str | None, field: str, value: Any) -> int:
        """The text from which a local one has a value of a sheet: that of the day or, where the
        parent has repealed the sheet since, one that it was read in.

        That is the one it was written for, but for a field that was read at another time.
        """
        if code is None or self.texts[self.now].contract.sheet(code) is not None:
            return self.now
        ranks = (self.then, *reversed(range(len(self.texts))))
        return next((rank for rank in ranks if self._says(rank, code, field, value)), self.then)

    def _says(self, rank: int, code: str, field: str, value: Any) -> bool:
        """Whether a sheet has a value in one of the texts."""
        sheet = self.texts[rank].contract.sheet(code)
        said = getattr(sheet, field, None)
        return bool(value in (said or ()) if field in LISTS else value == said)

    def lines(self, text: int, code: str | None, field: str, value: Any) -> Iterator[Line]:
        """The lines that hold a value of a sheet, or of the contract itself where `code` is None,
        as of the text at `text`.
        """
        signed = self.texts[0]
        if text == 0 and code is None:
            yield from _signed_contract(signed.contract, field, value)
        elif text == 0:
            yield from _signed_sheet(signed.contract, str(code), field, value)
        elif code is None:
            parts = holding(self.texts[text].fields, field, value)
            yield from self._before(text, parts, None, field, value)
        else:
            made = next((item for item in self.texts[text].sheets if item.sheet.code == code), None)
            parts = holding(made.fields, field, value) if made else None
            # Repealed meanwhile, a sheet of the local text rests on an earlier one.
            before = made.answers[0] if made and made.answers else code
            yield from self._before(text, parts, before, field, value)

    def _before(
        self, text: int, parts: Parts | None, code: str | None, field: str, value: Any
    ) -> Iterator[Line]:
        """The lines of parts; where no change touched the value, those of the text before."""
        if parts is None:
            yield from self.lines(text - 1, code, field, value)
            return
        for part in parts:
            yield from self.of_part(text - 1, part, self.texts[text].version)

    def of_part(self, before: int, part: Part, version: str) -> Iterator[Line]:
        """The lines of one part: where a change states it, or those of the text before."""
        if isinstance(part, Stated):
            named = amendment_of(part.place.file) or version
            yield Line(
                said_at(part.place, part.value), part.value, named, self._sources(part.place)
            )
        else:
            yield from self.lines(before, part.sheet, part.field, part.value)

    def _sources(self, place: Place) -> tuple[str, ...]:
        """The sources that the change at a place names; where it names none, those of its file."""
        changes = self.changes.get(place.file)
        if changes is None:
            return ()
        return getattr(change_at(changes, place.path), "sources", ()) or changes.sources


def holding(fields: Any, field: str, value: Any) -> Parts | None:
    """The parts that hold a value of a field; None where no change touched the field."""
    parts: Parts | None = fields.get(field)
    if parts is None or field not in LISTS:
        return parts
    return tuple(part for part in parts if _is_same(part.value, value))


def parts_of(item: DerivedSheet, field: str, value: Any) -> Parts | None:
    """The parts of a derived sheet that hold a value of a field; None where nothing touched it."""
    return holding(item.fields, field, value)


def _is_same(one: Any, other: Any) -> bool:
    """Whether two items are one; an axis is known by its code."""
    if isinstance(one, Axis) and isinstance(other, Axis):
        return one.code == other.code
    return bool(one == other)


def _signed_sheet(contract: Contract, code: str, field: str, value: Any) -> Iterator[Line]:
    sheet = contract.sheet(code)
    if sheet is None:
        return
    place = Place(sheet_file(contract.id, code))
    claimed = claim_line(sheet.claims, place, field, value)
    if claimed is not None:
        yield claimed
        return
    where = (field, getattr(sheet, field).index(value)) if field in LISTS else (field,)
    yield Line(place.at(*where), value, "signed", sheet.sources)


def _signed_contract(contract: Contract, field: str, value: Any) -> Iterator[Line]:
    place = Place(contract_file(contract.id))
    claimed = None if field == "title" else claim_line(contract.claims, place, field, value)
    if claimed is not None:
        yield claimed
    elif field in LISTS:
        items = getattr(contract, field)
        index = next(index for index, item in enumerate(items) if _is_same(item, value))
        sources = value.sources if isinstance(value, Axis) else contract.sources
        yield Line(said_at(place.at(field, index), value), value, "signed", sources)
    else:
        yield Line(place.at(field), value, "signed", contract.sources)


def claim_line(claims: tuple[Claim, ...], place: Place, field: str, value: Any) -> Line | None:
    """Where the claim that is retained states a field; None where none is."""
    for index, claim in enumerate(claims):
        if claim.retained and field in claim.statement():
            at = place.at("claims", index, "says", field)
            return Line(at, value, "signed", claim.sources)
    return None


def said_at(place: Place, value: Any) -> Place:
    """Where the words of a value stand: of an axis, its title, or its code where it has none."""
    if isinstance(value, Axis):
        return place.at("title" if value.title else "code")
    return place
