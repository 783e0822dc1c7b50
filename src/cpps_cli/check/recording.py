"""A milestone to be recorded: what stands against it, and the library as it would be with it.

Nothing is written to find out. What is impossible is refused with its reason; the rest of the
library is not judged here, only what the new entry would make wrong in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from cpps_cli.check.staging import new_errors
from cpps_cli.diagnostics import N_, CppsError, Diagnostic, Place, nearest
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_edit import EditFailed
from cpps_cli.library.toml_format import plain_table
from cpps_cli.library.transaction import EditedFolder, FileEdit, edited_file
from cpps_cli.model import Contract, Milestone, MilestoneKind
from cpps_cli.model.edit import Append

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


@dataclass(frozen=True, slots=True)
class Target:
    """The contract that a milestone is recorded of, and the file that holds its milestones."""

    contract: Contract
    file: str


@dataclass(frozen=True, slots=True)
class Recording:
    """The library as it would be: `edit` writes it, `errors` stand against it."""

    milestone: Milestone
    edit: FileEdit
    folder: EditedFolder
    errors: tuple[Diagnostic, ...]
    where: Place


def milestone_kind(word: str) -> MilestoneKind:
    """The milestone that is called so; raises `CppsError` where none is."""
    named = word.strip().casefold().replace("-", "_").replace(" ", "_")
    for kind in KINDS:
        if kind == named:
            return kind
    values: dict[str, Any] = {"known": KINDS, **nearest(named, KINDS)}
    raise CppsError("`{word}` is not a milestone", word=word, **values)


def sources_named(folder: LibraryFolder, names: Iterable[str]) -> tuple[str, ...]:
    """The ids, each once; raises `CppsError` on one that the library does not have."""
    known = folder.source_ids() or frozenset()
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


def recording(
    folder: LibraryFolder, target: Target, milestone: Milestone, today: date
) -> Recording:
    """The library with one milestone more.

    Raises `CppsError` where the milestone is impossible or on record already, `ChangedMeanwhile`
    where the file is no longer the one that was read.
    """
    _refuse_future(milestone, today)
    _refuse_again(folder, target, milestone)
    _refuse_disorder(folder, target, milestone)
    _refuse_before_begin(target.contract, milestone)
    entry = plain_table(milestone)
    try:
        edit = edited_file(folder, target.file, [Append("milestones", entry)])
    except EditFailed:
        raise CppsError(
            "a milestone cannot be added to `{file}` without rewriting what is there",
            help=N_("write each milestone under a heading `[[milestones]]` of its own"),
            exit_code=1,
            file=target.file,
        ) from None
    edited = EditedFolder(folder.root, [edit])
    where = Place(target.file, ("milestones", len(target.contract.milestones)))
    return Recording(milestone, edit, edited, tuple(new_errors(folder, edited)), where)


def _refuse_future(milestone: Milestone, today: date) -> None:
    if milestone.on is not None and milestone.on.first > today:
        raise CppsError(
            "`{value}` is still to come: what happened is recorded once it has happened",
            value=milestone.on.written,
        )


def _refuse_again(folder: LibraryFolder, target: Target, milestone: Milestone) -> None:
    held = target.contract.retained("signed_on") if milestone.kind == "signed" else None
    if held is not None and held.claim is not None:
        raise _again(folder, milestone, Place(target.file, ("claims", held.claim)))
    for place, other in _milestones(target):
        if other.kind == milestone.kind and (milestone.kind in ONCE or _same(other, milestone)):
            raise _again(folder, milestone, place)


def _again(folder: LibraryFolder, milestone: Milestone, place: Place) -> CppsError:
    return CppsError(
        "`{kind}` is on record already: {file}, line {line}",
        help=N_("to correct it or to make it more precise, change it there"),
        kind=milestone.kind,
        file=place.file,
        line=folder.locate(place).line,
    )


def _same(one: Milestone, other: Milestone) -> bool:
    """Whether the two may be one and the same: at a time they share, before the same body."""
    first, second = one.on or one.no_later_than, other.on
    if first is None or second is None:
        return True
    apart = one.body is not None and other.body is not None and one.body != other.body
    return not apart and first.first <= second.last and second.first <= first.last


def _refuse_disorder(folder: LibraryFolder, target: Target, milestone: Milestone) -> None:
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
                line=folder.locate(place).line,
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


def _milestones(target: Target) -> Iterator[tuple[Place, Milestone]]:
    for position, milestone in enumerate(target.contract.milestones):
        yield Place(target.file, ("milestones", position)), milestone
