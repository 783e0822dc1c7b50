"""Rules of days: milestones follow each other, and a text is signed before it changes."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word
from cpps_cli.model import Amendment, Contract, Milestone, MilestoneKind, Overlay, Period

# What cannot have happened before a step: all the rest before the draft; what ends, moves or
# judges a contract before its signature. It may be in force before, where it says so itself.
_AFTER_SIGNATURE = frozenset({"amended", "reviewed", "evaluated", "renegotiated", "extended"})
_STEPS: tuple[tuple[MilestoneKind, Word, frozenset[str]], ...] = (
    ("drafted", Word(N_("drafted")), frozenset(get_args(MilestoneKind)) - {"drafted"}),
    ("signed", Word(N_("signed")), _AFTER_SIGNATURE),
)
_HERE = Word(N_("the day of that step"))


def check_milestones(milestones: tuple[Milestone, ...], place: Place) -> Iterator[Diagnostic]:
    """The milestones that are dated, for certain, before a step that comes first."""
    said: set[int] = set()
    for kind, step, later in _STEPS:
        for index, day in _dated(milestones, {kind}):
            for other, when in _dated(milestones, later):
                if when.last < day.first and other not in said:
                    said.add(other)
                    yield _too_early(milestones[other], step, place, (other, index))


def check_replaced(
    contract: Contract, others: Iterable[Contract], place: Place
) -> Iterator[Diagnostic]:
    """A contract that is recorded as replaced has a successor."""
    if any(other.replaces == contract.id for other in others):
        return
    for index, milestone in enumerate(contract.milestones):
        if milestone.kind == "replaced":
            yield Diagnostic("CP306", place.at("milestones", index, "kind"), {"name": contract.id})


def _dated(milestones: tuple[Milestone, ...], kinds: Iterable[str]) -> Iterator[tuple[int, Period]]:
    wanted = frozenset(kinds)
    for index, milestone in enumerate(milestones):
        if milestone.kind in wanted and milestone.on is not None:
            yield index, milestone.on


def _too_early(early: Milestone, step: Word, place: Place, found: tuple[int, int]) -> Diagnostic:
    at, first = (place.at("milestones", index, "on") for index in found)
    values: dict[str, Any] = {"kind": early.kind, "on": str(early.on), "step": step}
    return Diagnostic("CP305", at, values, (Related(first, _HERE),))


_SIGNED = Word(N_("the day of that signature"))
# When a text was signed, and where that is written.
Signature = tuple[Period, Place]


def check_in_force(
    amendment: Amendment, file: str, signed: Signature | None
) -> Iterator[Diagnostic]:
    """The amendment is not in force, for certain, before the contract was signed, or itself was.

    `signed`: when the contract was. One fault is said once.
    """
    place = Place(file)
    own = (amendment.signed_on, place.at("signed_on")) if amendment.signed_on else None
    for code, signature in (("CP307", signed), ("CP308", own)):
        if signature is not None and amendment.in_force_on < signature[0].first:
            values = {"on": amendment.in_force_on.isoformat()}
            related = (Related(signature[1], _SIGNED),)
            yield Diagnostic(code, place.at("in_force_on"), values, related)
            return


def signature_of(contract: Contract | Overlay, place: Place) -> Signature | None:
    """When a contract was signed, as the claim that is retained has it, or else its milestone."""
    for index, claim in enumerate(contract.claims):
        if claim.retained and claim.says is not None and claim.says.signed_on is not None:
            return claim.says.signed_on, place.at("claims", index, "says", "signed_on")
    for index, milestone in enumerate(contract.milestones):
        if milestone.kind == "signed" and milestone.on is not None:
            return milestone.on, place.at("milestones", index, "on")
    return None
