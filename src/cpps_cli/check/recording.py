"""Rules of a milestone to be recorded: it is possible beside those that are on record."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, get_args

from cpps_cli.diagnostics import N_, CppsError, Place, Span, nearest
from cpps_cli.model import Contract, Milestone, MilestoneKind

Locate = Callable[[Place], Span]
KINDS: tuple[MilestoneKind, ...] = get_args(MilestoneKind)
ONCE: frozenset[MilestoneKind] = frozenset({"signed", "in_force", "replaced"})
_LATER: frozenset[MilestoneKind] = frozenset(
    {"amended", "reviewed", "evaluated", "renegotiated", "extended", "replaced"}
)
# What can only come after it.
_FOLLOWED_BY: Mapping[MilestoneKind, frozenset[MilestoneKind]] = {
    "drafted": frozenset(KINDS) - {"drafted"},
    "signed": _LATER,
    **dict.fromkeys(("amended", "renegotiated", "extended"), frozenset({"replaced"})),
}


class RecordTarget(NamedTuple):
    """The contract that a milestone is recorded of, and the file that holds its milestones."""

    contract: Contract
    file: str


def milestone_kind(word: str) -> MilestoneKind:
    """The milestone that is called so; raises `CppsError` where none is."""
    named = word.strip().casefold().replace("-", "_").replace(" ", "_")
    for kind in KINDS:
        if kind == named:
            return kind
    values: dict[str, Any] = {"known": KINDS, **nearest(named, KINDS)}
    raise CppsError("`{word}` is not a milestone", word=word, **values)


def sources_named(known: Collection[str], names: Iterable[str]) -> tuple[str, ...]:
    """The ids, each once; raises `CppsError` on one that the library does not have."""
    named = tuple(dict.fromkeys(name.strip() for name in names))
    for name in named:
        if name not in known:
            values: dict[str, Any] = {"name": name, **nearest(name, known)}
            raise CppsError(
                "there is no source `{name}` in this library",
                help=N_("describe it in sources.toml first"),
                **values,
            )
    return named


def refuse_milestone(
    target: RecordTarget, milestone: Milestone, today: date, locate: Locate
) -> None:
    """Raises `CppsError` where a milestone is impossible, or on record already."""
    _refuse_future(milestone, today)
    _refuse_again(locate, target, milestone)
    _refuse_disorder(locate, target, milestone)
    _refuse_before_begin(target.contract, milestone)


def _refuse_future(milestone: Milestone, today: date) -> None:
    if milestone.on is not None and milestone.on.first > today:
        raise CppsError(
            "`{value}` is still to come: what happened is recorded once it has happened",
            value=milestone.on.written,
        )


def _refuse_again(locate: Locate, target: RecordTarget, milestone: Milestone) -> None:
    held = target.contract.retained("signed_on") if milestone.kind == "signed" else None
    if held is not None and held.claim is not None:
        raise _again(locate, milestone, Place(target.file, ("claims", held.claim)))
    for place, other in _milestones(target):
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
    first, second = one.on or one.no_later_than, other.on
    if first is None or second is None:
        return True
    apart = one.body is not None and other.body is not None and one.body != other.body
    return not apart and first.first <= second.last and second.first <= first.last


def _refuse_disorder(locate: Locate, target: RecordTarget, milestone: Milestone) -> None:
    for place, other in _milestones(target):
        if message := _disorder(milestone, other):
            raise CppsError(
                message,
                help=N_("check the date; where it is right, correct the other one first"),
                kind=milestone.kind,
                day=str(milestone.on),
                other=other.kind,
                other_day=str(other.on or other.no_later_than),
                file=place.file,
                line=locate(place).line,
            )


def _disorder(new: Milestone, other: Milestone) -> str | None:
    """What is impossible about the two of them together."""
    if other.kind in _FOLLOWED_BY.get(new.kind, ()) and _precedes(other, new):
        return N_("`{kind}` ({day}) would come after `{other}` ({other_day}): {file}, line {line}")
    if new.kind in _FOLLOWED_BY.get(other.kind, ()) and _precedes(new, other):
        return N_("`{kind}` ({day}) would come before `{other}` ({other_day}): {file}, line {line}")
    return None


def _precedes(one: Milestone, other: Milestone) -> bool:
    """Whether the one was certainly over before the other began."""
    latest = one.on or one.no_later_than
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


def _milestones(target: RecordTarget) -> Iterator[tuple[Place, Milestone]]:
    for position, milestone in enumerate(target.contract.milestones):
        yield Place(target.file, ("milestones", position)), milestone
