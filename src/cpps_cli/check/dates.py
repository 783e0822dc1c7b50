"""Rules of days: milestones follow each other, on record or to be recorded, and a text is signed
before it changes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from cpps_cli.diagnostics import (
    N_,
    CppsError,
    Diagnostic,
    Locate,
    Place,
    Related,
    Word,
    nearest,
    no_such,
)
from cpps_cli.model import Amendment, Contract, Milestone, MilestoneKind, Overlay, Period
from cpps_cli.model.paths import text_file

# What cannot have happened before a step: all the rest before the draft; what ends, moves or
# judges a contract before its signature. It may be in force before, where it says so itself.
_AFTER_SIGNATURE: frozenset[MilestoneKind] = frozenset(
    {"amended", "reviewed", "evaluated", "renegotiated", "extended", "terminated"}
)
_STEPS: tuple[tuple[MilestoneKind, Word, frozenset[str]], ...] = (
    ("drafted", Word(N_("drafted")), frozenset(get_args(MilestoneKind)) - {"drafted"}),
    ("signed", Word(N_("signed")), _AFTER_SIGNATURE),
)
_HERE = Word(N_("the day of that step"))


def check_milestones(milestones: tuple[Milestone, ...], place: Place) -> Iterator[Diagnostic]:
    """Finds milestones that are dated, for certain, before a step that comes first."""
    reported: set[int] = set()
    for kind, step, later in _STEPS:
        for index, day in _dated(milestones, {kind}):
            for other in (at for at, item in enumerate(milestones) if item.kind in later):
                when = milestones[other].when
                if when is not None and when.last < day.first and other not in reported:
                    reported.add(other)
                    yield _too_early(milestones[other], step, place, (other, index))


def check_replaced(
    contract: Contract, others: Iterable[Contract], place: Place
) -> Iterator[Diagnostic]:
    """Requires a contract that is recorded as replaced to have a successor."""
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
    key = "on" if early.on else "no_later_than"
    at, first = place.at("milestones", found[0], key), place.at("milestones", found[1], "on")
    values: dict[str, Any] = {"kind": early.kind, "on": str(early.when), "step": step}
    return Diagnostic("CP305", at, values, (Related(first, _HERE),))


_SIGNED = Word(N_("the day of that signature"))
# When a text was signed, and where that is written.
Signature = tuple[Period, Place]


def check_in_force(
    amendment: Amendment, file: str, signed: Signature | None
) -> Iterator[Diagnostic]:
    """Requires an amendment to be in force after the signatures, the contract's and its own.

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
    """Finds when a contract was signed: by the claim that is retained, else by its milestone."""
    for index, claim in enumerate(contract.claims):
        if claim.retained and claim.says is not None and claim.says.signed_on is not None:
            return claim.says.signed_on, place.at("claims", index, "says", "signed_on")
    for index, milestone in enumerate(contract.milestones):
        if milestone.kind == "signed" and milestone.on is not None:
            return milestone.on, place.at("milestones", index, "on")
    return None


# --- a milestone to be recorded: what is impossible is refused with its reason

KINDS: tuple[MilestoneKind, ...] = get_args(MilestoneKind)
ONCE: frozenset[MilestoneKind] = frozenset({"signed", "in_force", "replaced", "terminated"})
_ENDS: frozenset[MilestoneKind] = frozenset({"replaced", "terminated"})
_LATER: frozenset[MilestoneKind] = _AFTER_SIGNATURE | _ENDS
# What can only come after it.
_FOLLOWED_BY: Mapping[MilestoneKind, frozenset[MilestoneKind]] = {
    "drafted": frozenset(KINDS) - {"drafted"},
    "signed": _LATER,
    **dict.fromkeys(("amended", "renegotiated", "extended"), _ENDS),
}


def milestone_kind(word: str) -> MilestoneKind:
    """Finds the milestone that is called so; raises `CppsError` where none is."""
    named = word.strip().casefold().replace("-", "_").replace(" ", "_")
    for kind in KINDS:
        if kind == named:
            return kind
    values: dict[str, Any] = {"known": KINDS, **nearest(named, KINDS)}
    raise CppsError("`{word}` is not a milestone", word=word, **values)


def sources_named(known: Collection[str], names: Iterable[str]) -> tuple[str, ...]:
    """Lists the ids, each once; raises `CppsError` on one that the library does not have."""
    named = tuple(dict.fromkeys(name.strip() for name in names))
    for name in named:
        if name not in known:
            raise CppsError(
                "there is no source `{name}` in this library",
                help=N_("describe it in sources.toml first"),
                **no_such(name, known),
            )
    return named


def refuse_milestone(contract: Contract, milestone: Milestone, today: date, locate: Locate) -> None:
    """Raises `CppsError` where a milestone is impossible, or on record already."""
    _refuse_future(milestone, today)
    _refuse_again(locate, contract, milestone)
    _refuse_disorder(locate, contract, milestone)
    _refuse_before_begin(contract, milestone)


def _refuse_future(milestone: Milestone, today: date) -> None:
    if milestone.on is not None and milestone.on.first > today:
        raise CppsError(
            "`{value}` is still to come: what happened is recorded once it has happened",
            value=milestone.on.written,
        )


def _refuse_again(locate: Locate, contract: Contract, milestone: Milestone) -> None:
    signed_on = contract.retained("signed_on") if milestone.kind == "signed" else None
    if signed_on is not None and signed_on.claim is not None:
        raise _again(locate, milestone, Place(text_file(contract), ("claims", signed_on.claim)))
    for place, other in _milestones(contract):
        if other.kind == milestone.kind and (milestone.kind in ONCE or _same(other, milestone)):
            raise _again(locate, milestone, place)


def _again(locate: Locate, milestone: Milestone, place: Place) -> CppsError:
    return CppsError(
        "`{kind}` is on record already: {file}, line {line}",
        help=N_("to correct it or to make it more precise, change it there"),
        kind=milestone.kind,
        file=place.file,
        line=locate(place).line,
    )


def _same(one: Milestone, other: Milestone) -> bool:
    """Whether the two may be one and the same: at a time they share, before the same body."""
    first, second = one.when, other.on
    if first is None or second is None:
        return True
    apart = one.body is not None and other.body is not None and one.body != other.body
    return not apart and first.first <= second.last and second.first <= first.last


def _refuse_disorder(locate: Locate, contract: Contract, milestone: Milestone) -> None:
    for place, other in _milestones(contract):
        if message := _disorder(milestone, other):
            raise CppsError(
                message,
                help=N_("check the date; where it is right, correct the other one first"),
                kind=milestone.kind,
                day=str(milestone.on),
                other=other.kind,
                other_day=str(other.when),
                file=place.file,
                line=locate(place).line,
            )


def _disorder(new: Milestone, other: Milestone) -> str | None:
    """Says why the two of them cannot be true together."""
    if other.kind in _FOLLOWED_BY.get(new.kind, ()) and _precedes(other, new):
        return N_("`{kind}` ({day}) would come after `{other}` ({other_day}): {file}, line {line}")
    if new.kind in _FOLLOWED_BY.get(other.kind, ()) and _precedes(new, other):
        return N_("`{kind}` ({day}) would come before `{other}` ({other_day}): {file}, line {line}")
    return None


def _precedes(one: Milestone, other: Milestone) -> bool:
    """Whether the one was certainly over before the other began."""
    latest = one.when
    return latest is not None and other.on is not None and latest.last < other.on.first


def _refuse_before_begin(contract: Contract, milestone: Milestone) -> None:
    begins = contract.begins_on()
    if begins is None or milestone.on is None or milestone.kind not in _LATER:
        return
    if milestone.on.last < begins.first:
        raise CppsError(
            "`{kind}` ({day}) would come before {contract} begins ({begins})",
            help=N_("check the date, and which contract is meant: `--contract ID`"),
            kind=milestone.kind,
            day=milestone.on.written,
            contract=contract.label,
            begins=begins.first.isoformat(),
        )


def _milestones(contract: Contract) -> Iterator[tuple[Place, Milestone]]:
    for position, milestone in enumerate(contract.milestones):
        yield Place(text_file(contract), ("milestones", position)), milestone
