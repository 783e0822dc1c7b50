"""The texts that people compare: a contract or a local one, on the day or in the version meant."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cpps_cli.diagnostics import N_, CppsError, nearest
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.diff import DiffSide
from cpps_cli.model import SIGNED, Amendment, Contract, Derived, Overlay

Amendments = tuple[Amendment, ...]
BEFORE_EVERY_AMENDMENT = date.min


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a version: `signed`, or the id of an amendment; today where neither is said."""

    day: date | None = None
    version: str | None = None


def day_of_text(signed: Contract, amendments: Amendments, when: When, today: date) -> date:
    """The day on which a contract has the text that is meant.

    Raises `CppsError` on a version that it has not.
    """
    if when.version == SIGNED:
        return BEFORE_EVERY_AMENDMENT
    if when.version is not None:
        return _in_force(signed.label, amendments, when.version)
    return when.day or today


def day_of_local_text(
    overlay: Overlay | None, parent: Contract, amendments: Amendments, when: When, today: date
) -> date:
    """The same for a local text: `signed` is the day it was signed itself.

    A version is the id of an amendment of its own, or else of one of its parent's.
    """
    own = overlay.amendments if overlay else ()
    if when.version in {item.id for item in own}:
        return _in_force(parent.label, own, str(when.version))
    if when.version != SIGNED:
        return day_of_text(parent, (*own, *amendments), when, today)
    dates = [item.on for item in overlay.milestones if item.kind == "signed"] if overlay else []
    known = [on.first for on in dates if on is not None]
    if not known:
        raise CppsError(
            "the day on which this local contract was signed is not known",
            help=N_("name a day instead: `…@2022-10-01`"),
            exit_code=1,
        )
    return known[0]


def parent_side(parent: Parent) -> DiffSide:
    """A parent contract as one of two texts."""
    contract = parent.now.contract
    titled = [sheet for sheet in contract.sheets if sheet.title]
    announced = contract.value("announced_sheets") or 1
    whole = len(titled) == len(contract.sheets) >= max(1, announced)
    return DiffSide(contract, parent.now.version, _on(parent), whole, answers=_merged(parent))


def local_side(parent: Parent, derived: Derived) -> DiffSide:
    """A local contract as one of two texts."""
    before = _merged(parent)
    answers = {
        item.sheet.code: tuple(
            root for code in item.answers or () for root in (code, *before.get(code, ()))
        )
        for item in derived.sheets
    }
    return DiffSide(
        derived.contract,
        derived.parent_version,
        _on(parent),
        derived.basis != "partial",
        derived.basis,
        answers,
        {item.sheet.code: item for item in derived.left_out},
        frozenset(item.sheet.code for item in derived.sheets if item.answers == ()),
        derived.version if derived.overlay else None,
        derived.parent,
    )


def _on(parent: Parent) -> date | None:
    return None if parent.on == BEFORE_EVERY_AMENDMENT else parent.on


def _merged(parent: Parent) -> dict[str, tuple[str, ...]]:
    """For each sheet that amendments in force made by merging, all the sheets it comes from."""
    found: dict[str, tuple[str, ...]] = {}
    for amendment in sorted(parent.amendments, key=lambda item: (item.in_force_on, item.id)):
        if parent.on is None or amendment.in_force_on <= parent.on:
            for merge in amendment.merge:
                earlier = [root for code in merge.sheets for root in found.get(code, ())]
                found[merge.code] = (*merge.sheets, *earlier)
    return found


def _in_force(label: str, amendments: Amendments, version: str) -> date:
    days = {amendment.id: amendment.in_force_on for amendment in amendments}
    if version not in days:
        values: dict[str, Any] = {"name": version, **nearest(version, (SIGNED, *days))}
        raise CppsError(
            "{contract} has no version `{name}`",
            help=N_("a version is `signed`, or the id of an amendment; a day is 2022-10-01"),
            contract=label,
            **values,
        )
    return days[version]
