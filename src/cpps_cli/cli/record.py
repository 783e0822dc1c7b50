"""`cpps record`: what happened to a contract, in one's own library."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpps_cli.cli.days import period_of
from cpps_cli.cli.options import ArrondissementOption, ContractOption, DialectOption, FormatOption
from cpps_cli.cli.session import Session, typer_exit
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.check.recording import Recording, Target
    from cpps_cli.model import Contract
    from cpps_cli.present.document import Answer


def complete_milestone(incomplete: str) -> list[tuple[str, str]]:
    """Milestones at the keyboard, with what they are called."""
    from cpps_cli.i18n.labels import MILESTONE

    return [(kind, _(said)) for kind, said in MILESTONE.items() if kind.startswith(incomplete)]


_MILESTONE = typer.Argument(
    metavar="MILESTONE",
    help=_("What happened: signed, renegotiated, extended, replaced…"),
    autocompletion=complete_milestone,
    show_default=False,
)
_DATED = typer.Option(
    "--dated",
    metavar="DATE",
    help=_("When: a day, or 2018-03, 2018-S1, 2018."),
    show_default=False,
)
_BODY = typer.Option(
    "--body", metavar="OFFICE", help=_("Before which council, committee or office; no person.")
)
_SOURCE = typer.Option("--source", metavar="ID", help=_("A source that says so; may be repeated."))
_NOTE = typer.Option("--note", metavar="TEXT", help=_("What a reader should know besides."))


def record(
    session: Session,
    milestone: Annotated[str, _MILESTONE],
    dated: Annotated[str, _DATED],
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    body: Annotated[str | None, _BODY] = None,
    source: Annotated[list[str] | None, _SOURCE] = None,
    note: Annotated[str | None, _NOTE] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Adds a milestone to the contract's file and says what state follows."""
    from cpps_cli.check.recording import milestone_kind, recording, sources_named
    from cpps_cli.library.transaction import write_edits
    from cpps_cli.model import Milestone

    session.refuse_dialect(dialect, format)
    folder = session.own_library()
    kind, on = milestone_kind(milestone), period_of(dated)
    stated = {"body": _stated("--body", body), "note": _stated("--note", note)}
    session.refuse_faults("sources.toml")
    fields: dict[str, Any] = {name: text for name, text in stated.items() if text is not None}
    if sources := sources_named(folder, source or ()):
        fields["sources"] = sources
    signed = session.contract(contract)
    target = _target(session, signed, arrondissement)
    happened = Milestone(kind=kind, on=on, **fields)
    with nothing_lost():
        found = recording(folder, target, happened, session.today)
        _refuse_errors(session, found)
        answer = _answer(session, signed, target, found)
        written = write_edits(folder.root, [found.edit])
        if written.refused:
            raise written.refused
    session.show(answer, format, dialect)
    return 0


def _stated(option: str, text: str | None) -> str | None:
    if text is not None and not text.strip():
        raise CppsError("`{option}` is empty: leave it out, or say something", option=option)
    return text


def _target(session: Session, signed: "Contract", place: str | None) -> "Target":
    """The contract, and the file that its milestones stand in."""
    from cpps_cli.check.recording import Target
    from cpps_cli.engine import local_head_on
    from cpps_cli.model.paths import CONTRACT, overlay_file

    if place is None:
        return Target(signed, f"{signed.id}/{CONTRACT}")
    territory = session.territory(place, signed)
    overlay = session.overlay(signed, territory)
    if overlay is None:
        raise CppsError(
            "no local text is held for {place}: there is no file to record this in",
            help=N_("begin one, then record: `cpps start --arrondissement {word}`"),
            place=territory.name,
            word=place,
        )
    parent = session.parent_as_written(signed).now.contract
    local, _inherited = local_head_on(parent, overlay, territory, date.max)
    return Target(local, overlay_file(signed.id, territory.code))


def _refuse_errors(session: Session, found: "Recording") -> None:
    """Ends the run where the library would have an error that it does not have now."""
    from cpps_cli.formats.diagnostics.full import faults_in_full

    if found.errors:
        sys.stderr.write(faults_in_full(found.errors, found.folder))
        session.say(_("nothing was written: the library would no longer pass its check"))
        raise typer_exit(1)


def _answer(session: Session, signed: "Contract", target: "Target", found: "Recording") -> "Answer":
    from cpps_cli.present.sections.record import Recorded, recorded
    from cpps_cli.schedule.generations import status_in

    contract, happened, folder = target.contract, found.milestone, session.folder
    on = happened.on.last if happened.on else session.today
    return recorded(
        Recorded(
            contract,
            happened,
            (folder.path_of(target.file), found.folder.locate(found.where).line),
            on,
            status_in(contract, folder, on),
            status_in(contract, found.folder, on),
            session.successor(signed),
        )
    )
