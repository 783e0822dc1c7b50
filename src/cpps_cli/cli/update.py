"""`cpps update`: the parent changed; what must each arrondissement read again?"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from cpps_cli.cli.complete import complete_conflicting, complete_sheet
from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    a_day,
    option,
)
from cpps_cli.cli.parallel import Names
from cpps_cli.cli.proposal import propose, refuse_signed
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import (
    ArrondissementsOption,
    LocalUpdates,
    Notation,
    Part,
    Stream,
    local_parts,
    refuse_snapshot,
    updates_asked,
    updates_of,
)
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpps_cli.engine import Parent
    from cpps_cli.engine.resolution import Resolution, StatedReason
    from cpps_cli.engine.update import Update
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.library.transaction import Committed, EditGroup
    from cpps_cli.model import Territory
    from cpps_cli.present.sections.update import LocalReport, Updates

    # Reports on some local texts, and the territories of which none is held.
    Compared = tuple[tuple[LocalReport, ...], tuple[Territory, ...]]

_ALL = option("--all", help=_("Every local contract."))
_APPLY = option("--apply", help=_("Write what needs no decision; without it, only report."))
_TAKE = option(
    "--take", help=_("Decide for one side, and write it: `--sheet` and `--field` say where.")
)
_REFUSE = option(
    "--refuse",
    metavar="REASON",
    help=_("Keep the local text and write down why; not asked again until the next change."),
)
_SHEET = option(
    "--sheet",
    metavar="SHEET",
    help=_("The sheet that is decided on; without it, a field of the contract itself."),
    complete=complete_sheet,
)
_FIELD = option(
    "--field",
    metavar="FIELD",
    help=_("The field that is decided on; all that is asked of the sheet if none is named."),
    complete=complete_conflicting,
)
_AMENDMENT = option(
    "--amendment",
    metavar="NAME",
    help=_("Write the file of an amendment to a signed text: what its parent has changed since."),
)
_IN_FORCE_ON = option(
    "--in-force-on",
    metavar="DATE",
    parser=a_day,
    help=_("With `--amendment`: the day from which it holds."),
)
_CHECK = option("--check", help=_("Exit with 1 where something is to be read again."))


def update(
    session: Session,
    arrondissement: ArrondissementsOption = None,
    all: Annotated[bool, _ALL] = False,
    apply: Annotated[bool, _APPLY] = False,
    take: Annotated[Literal["parent", "local"] | None, _TAKE] = None,
    refuse: Annotated[str | None, _REFUSE] = None,
    sheet: Annotated[str | None, _SHEET] = None,
    field: Annotated[str | None, _FIELD] = None,
    check: Annotated[bool, _CHECK] = False,
    amendment: Annotated[str | None, _AMENDMENT] = None,
    in_force_on: Annotated[date | None, _IN_FORCE_ON] = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Reports what a parent that moved on means for its local contracts; writes what is asked."""
    from cpps_cli.present.sections.update import updates

    asked = _Asked(arrondissement, apply, _resolution(take, refuse, sheet, field), (sheet, field))
    asked.refuse_contradictions(everywhere=all)
    if asked.writes:
        session.own_library()
    parent = session.text_on(contract, on)
    if proposes := asked.proposes(amendment, in_force_on):
        return propose(session, parent, *proposes)
    with nothing_lost():
        done, at_stake = _committed(session, parent, asked, session.repeated(contract, on))
        stream = _stream(
            session,
            parent,
            arrondissement,
            session.repeated(contract, on),
            Notation(format, dialect),
        )
        named = arrondissement is not None or all
        found = replace(_found(session, parent, stream, done), named=named)
        complete = session.mention_faults(stream.faults)
        session.refuse_dialect(dialect, format)
        session.pour_all(stream.written(session.stood(updates(found))))
        _mention_reasons(session, parent, asked, done, at_stake)
        if done and done.refused:
            raise done.refused
    fails = (check and found.open) or found.left or not complete
    return 1 if fails else 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be compared, and what is to be written."""

    places: str | None
    apply: bool
    resolution: "Resolution | None"
    named: tuple[str | None, str | None]

    @property
    def writes(self) -> bool:
        return bool(self.steps)

    @property
    def steps(self) -> "tuple[Resolution | None, ...]":
        """What is written, one after the other: a resolution, then what needs none."""
        resolutions = () if self.resolution is None else (self.resolution,)
        return (*resolutions, None) if self.apply else resolutions

    def proposes(self, name: str | None, day: date | None) -> tuple[str, str, date] | None:
        """The place, the name and the day of an amendment that is asked for."""
        if name is None and day is None:
            return None
        if name is None or day is None:
            raise CppsError("`--amendment` and `--in-force-on` go together")
        if self.places is None or "," in self.places:
            raise CppsError("an amendment is that of one local contract: `--arrondissement N`")
        if self.writes:
            raise CppsError("`--amendment` writes a file of its own: no decision goes with it")
        return self.places, name, day

    def refuse_contradictions(self, *, everywhere: bool) -> None:
        if everywhere and self.places is not None:
            raise CppsError("name the contracts, or all of them: `--arrondissement` or `--all`")
        if self.writes and self.places is None and not everywhere:
            raise CppsError("say which contracts to write: `--arrondissement N`, or `--all`")
        if any(self.named) and self.resolution is None:
            raise CppsError("`--sheet` and `--field` go with `--take` or `--refuse`")
        if self.resolution is not None and not any(self.named):
            raise CppsError("say what is decided: `--sheet`, `--field`, or both")
        if self.resolution is not None and (self.places is None or "," in self.places):
            raise CppsError("a decision is about one local contract: `--arrondissement N`")


def _resolution(
    take: Literal["parent", "local"] | None,
    refuse: str | None,
    sheet: str | None,
    field: str | None,
) -> "Resolution | None":
    from cpps_cli.engine.resolution import Resolution

    if take is not None and refuse is not None:
        raise CppsError("decide one thing: `--take` or `--refuse`")
    if refuse is not None and not refuse.strip():
        raise CppsError("`--refuse` needs a reason, in words")
    if take is None and refuse is None:
        return None
    return Resolution(take or "local", sheet, field, refuse)


def _committed(
    session: Session, parent: "Parent", asked: _Asked, options: str
) -> "tuple[Committed | None, frozenset[StatedReason]]":
    """What was written, None where nothing was to be; raises where the first file is refused.

    With the reasons of changes that were to take the parent's words.
    """
    from cpps_cli.library.transaction import Committed, commit_groups

    done, at_stake = Committed(), frozenset["StatedReason"]()
    for resolution in asked.steps:
        local = updates_asked(session, parent, asked.places)
        if resolution is not None and local.without_text:
            raise CppsError(
                "no text of {place} is known: there is nothing to decide",
                exit_code=1,
                place=local.without_text[0].name,
            )
        if asked.places is not None:
            refuse_signed(local.found, options)
        groups = [_edits_of(item, resolution, parent) for item in local.found]
        at_stake |= _at_stake(resolution, local.found)
        done = done.then(commit_groups(session.folder, groups))
        session.reopen()
        if done.refused or done.left:
            break
    if done.refused and not done.files:
        raise done.refused
    return (done if asked.writes else None), at_stake


def _edits_of(update: "Update", resolution: "Resolution | None", parent: "Parent") -> "EditGroup":
    """The edits of one local text: those of a resolution, or those that need none."""
    from cpps_cli.check.local import check_text
    from cpps_cli.engine.resolution import resolve
    from cpps_cli.library.transaction import EditGroup

    edits = update.edits if resolution is None else resolve(resolution, update)
    return EditGroup(edits, partial(check_text, parent, update.overlay, update.territory))


def _at_stake(
    resolution: "Resolution | None", found: "tuple[Update, ...]"
) -> "frozenset[StatedReason]":
    from cpps_cli.engine.resolution import reasons_at_stake

    if resolution is None:
        return frozenset()
    return frozenset().union(*(reasons_at_stake(resolution, update) for update in found))


def _mention_reasons(
    session: Session,
    parent: "Parent",
    asked: "_Asked",
    done: "Committed | None",
    at_stake: "frozenset[StatedReason]",
) -> None:
    """Says which reasons stay beside words that went: whether they still hold is to be read."""
    from cpps_cli.engine.resolution import stale_reasons

    if done is None or not at_stake:
        return
    now = updates_asked(session, parent, asked.places).found
    words = _("{file}:{line}: the reason stays; see whether it still holds: {reason}")
    for place, reason in stale_reasons(at_stake, now):
        if place.file in done.files:
            span = session.locate(place)
            said = " ".join(reason.split())
            session.say(words.format(file=span.file, line=span.line, reason=said))


def _found(
    session: Session, parent: "Parent", stream: "Stream[Compared]", done: "Committed | None"
) -> "Updates":
    from cpps_cli.present.sections.update import Updates

    parts = tuple(stream.kept())
    return Updates(
        parent.now.contract,
        parent.now.version,
        parent.on or session.today,
        tuple(item for reports, _places in parts for item in reports),
        tuple(place for _reports, places in parts for place in places),
        done.files if done else None,
        done.left if done else (),
    )


# --- local contracts beside their parent


def _stream(
    session: Session, parent: "Parent", words: str | None, options: str, notation: Notation
) -> "Stream[Compared]":
    """The local texts named, or all, beside their parent; ends the run like `updates_asked`."""
    part = partial(_part, session.folder, options, notation)
    if words is not None:
        return Stream([part(updates_asked(session, parent, words))], notation)
    refuse_snapshot(session)
    contract = parent.now.contract
    make = partial(_compared, session.folder, parent, part)
    codes = contract.local_territories
    return Stream(local_parts(session.folder, contract.id, codes, make), notation)


def _compared(
    folder: "LibraryFolder",
    parent: "Parent",
    part: "Callable[[LocalUpdates], Part[Compared]]",
    codes: Names,
) -> "Part[Compared]":
    from cpps_cli.engine import local_contracts

    return part(updates_of(parent, folder, local_contracts(parent, folder, codes)))


def _part(
    folder: "LibraryFolder", options: str, notation: Notation, local: LocalUpdates
) -> "Part[Compared]":
    """Reports on some local texts; `options`: those that commands to copy repeat."""
    from cpps_cli.present.sections.local_update import LOCAL_UPDATE, exported_updates
    from cpps_cli.present.sections.update import local_report

    alone = len(local.found) == 1  # where others follow after all, it is not shown at length
    reports = tuple(
        local_report(item, folder.locate, options, at_length=alone) for item in local.found
    )
    texts: tuple[str, ...] = ()
    if notation.is_itemised:
        documents = LOCAL_UPDATE.write_all(local.found, folder.locate)
        texts = notation.texts(documents, exported_updates)
    return Part((reports, local.without_text), texts, local.faults).packed()
