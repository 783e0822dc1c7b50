"""A local contract without its sheets: its title, parties, dates and axes, built from parts."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.engine.apply import Fields, apply_to_contract
from cpps_cli.engine.changes import ChangeFile, ChangeSet
from cpps_cli.engine.marks import marks_after
from cpps_cli.engine.three_way import ThreeWay, two_way
from cpps_cli.engine.versions import day_by_day, in_force, with_parts
from cpps_cli.model import (
    Amendment,
    Axis,
    Contract,
    Overlay,
    Part,
    Parts,
    Stated,
    Territory,
    kept,
    value_of,
)
from cpps_cli.model.derived import Kept, stated
from cpps_cli.model.paths import TERRITORIES, local_amendment_file, local_file
from cpps_cli.model.sources import stating_only

INHERITABLE = ("term", "window")
_PARTIES = ("signatories", "partners")
# What the local text says of itself, and what it is named by in tables and in files.
_OWN = ("milestones", "sources", "note")


class Head(NamedTuple):
    """A local contract without its sheets, and the parts of each of its fields.

    A part that is kept is the parent's.
    """

    contract: Contract
    fields: Fields

    @property
    def inherited(self) -> tuple[str, ...]:
        """Which of the term and the window are the parent's, known or not."""
        return tuple(name for name in INHERITABLE if not self._has_own(name))

    def without_axes(self) -> "Head":
        """The same where nothing says that its axes are the parent's."""
        return Head(self.contract.replace(axes=()), {**self.fields, "axes": ()})

    def _has_own(self, name: str) -> bool:
        parts = self.fields.get(name)
        return parts is not None and not any(isinstance(part, Kept) for part in parts)


def local_head(
    parent: Contract,
    overlay: Overlay | None,
    territory: Territory,
    three_way: ThreeWay | None = None,
    dated: Contract | None = None,
) -> Head:
    """The head of a local contract as it was signed; `three_way` where its changes stand in time.

    `dated` is the parent with the term and the window of the day, where those have moved since.

    What the overlay does not state of the term, the window and the axes is the parent's. Parties
    are the parent's too where the whole local text is held; else nobody can say who signed.
    """
    dated = dated or parent
    inherited = {
        **dict(_inherited(parent, overlay, territory)),
        **{
            name: (Kept(value, None, name),) for name in INHERITABLE if (value := dated.value(name))
        },
    }
    fields = (
        inherited
        if overlay is None
        else {**inherited, **_stated(overlay, three_way or two_way(parent))}
    )
    claims = _claims(dated, overlay, fields)
    claimed = {name for claim in claims for name in claim.statement()}
    values = {
        name: value_of(name, parts)
        for name, parts in fields.items()
        if parts and (name == "title" or name not in claimed)
    }
    own = {} if overlay is None else {name: getattr(overlay, name) for name in _OWN}
    head: dict[str, Any] = {
        "id": f"{parent.id}/{territory.code}",
        "territory": territory.code,
        "parent": parent.id,
    }
    marks = _marks(dated, overlay, fields)
    return Head(Contract(**head, **own, **values, **marks, claims=claims), fields)


def _marks(parent: Contract, overlay: Overlay | None, fields: Fields) -> dict[str, Any]:
    """The marks of its dates: the local text's, and the parent's of those that it inherits."""
    own = {
        name
        for name in INHERITABLE
        if not all(isinstance(part, Kept) for part in fields.get(name, ()))
    }
    said = [overlay.contract] if overlay and overlay.contract else []
    return {mark: names for mark, names in marks_after(parent, own, said).items() if names}


def amended_head(head: Head, changes: ChangeSet, three_way: ThreeWay | None = None) -> Head:
    """The head after amendments of the local contract."""
    fields = apply_to_contract(changes, three_way or two_way(head.contract))
    found = {name: tuple(_resolved(parts, name, head)) for name, parts in fields.items()}
    return Head(with_parts(head.contract, fields, changes), {**head.fields, **found})


def local_head_on(
    parent: Contract, overlay: Overlay | None, territory: Territory, on: date
) -> tuple[Contract, tuple[str, ...]]:
    """A local contract without its sheets on a day, and which of its dates are the parent's.

    A text that is not signed yet on that day states nothing.
    """
    signed = overlay if overlay and not_signed_before(overlay, on) is None else None
    head = local_head(parent, signed, territory)
    if signed is not None:
        for amendments in day_by_day(in_force(signed.amendments, on)):
            head = amended_head(head, amending(signed, amendments))
    return head.contract, head.inherited


def amending(overlay: Overlay, amendments: tuple[Amendment, ...]) -> ChangeSet:
    """The changes of amendments of one day of a local contract."""
    return ChangeSet(
        tuple(ChangeFile(item, local_amendment_file(overlay, item.id)) for item in amendments)
    )


def not_signed_before(contract: Contract | Overlay, on: date | None) -> date | None:
    """The day a contract was signed, where that is after `on`: on that day it had no text."""
    dates = [item.on for item in contract.milestones if item.kind == "signed" and item.on]
    if isinstance(contract, Contract) and (held := contract.retained("signed_on")):
        dates = [held.value]
    if on is None or not dates or on >= dates[0].first:
        return None
    return dates[0].first


def _inherited(
    parent: Contract, overlay: Overlay | None, territory: Territory
) -> Iterator[tuple[str, Parts]]:
    """What is the parent's, with the name that a contract has where no text gives it another."""
    names = Place(TERRITORIES, ("territories", territory.code))
    short = "short_name" if territory.short_name else "name"
    named = "short_title" if parent.short_title else "title"
    yield "title", (*kept(parent, "title"), Stated(territory.name, names.at("name")))
    label = (Kept(parent.label, None, named), Stated(territory.label, names.at(short)))
    yield "short_title", label
    yield "axes", tuple(_unannounced(part) for part in kept(parent, "axes"))
    for name in _PARTIES if overlay is not None and overlay.text == "full" else ():
        yield name, kept(parent, name)


def _stated(overlay: Overlay, three_way: ThreeWay) -> Fields:
    """What the local text states itself, with what it keeps of a list of the parent's."""
    place = Place(local_file(overlay))
    fields = {
        name: stated(value, name, place.at(name))
        for name in ("title", "short_title", "announced_sheets")
        if (value := getattr(overlay, name)) is not None
    }
    fields |= apply_to_contract(ChangeSet((ChangeFile(overlay, place.file),)), three_way)
    for index, claim in enumerate(overlay.claims):
        for name, value in claim.statement().items():
            if name == "title":  # a contract has one, whatever the sources say
                continue
            fields.setdefault(name, ())
            if claim.retained:
                fields[name] = (Stated(value, place.at("claims", index, "says", name)),)
    return fields


def _claims(parent: Contract, overlay: Overlay | None, fields: Fields) -> tuple[Any, ...]:
    """The local text's claims, and the parent's about a term and a window that are its own."""
    inherited = {
        name
        for name in INHERITABLE
        if all(isinstance(part, Kept) for part in fields.get(name, ()))
        and not any(name in claim.statement() for claim in (overlay.claims if overlay else ()))
    }
    found = [claim for claim in parent.claims if set(claim.statement()) & inherited]
    about = (stating_only(claim, inherited & set(claim.statement())) for claim in found)
    return (*(overlay.claims if overlay else ()), *about)


def _unannounced(part: Part) -> Part:
    """An axis of the parent's in a local contract: what it announces is said of the parent."""
    axis: Axis = part.value
    if axis.announced_sheets is None:
        return part
    stated_ = {name: getattr(axis, name) for name in axis.model_fields_set - {"announced_sheets"}}
    return part._replace(value=Axis(**stated_))


def _resolved(parts: Parts, name: str, head: Head) -> Iterator[Part]:
    """The parts, with what they keep of the text before as the parts that it is made of there."""
    for part in parts:
        if isinstance(part, Stated):
            yield part
        else:
            yield from (item for item in head.fields.get(name, ()) if item.value == part.value)
