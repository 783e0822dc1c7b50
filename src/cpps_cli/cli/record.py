"""`cpps record`: what happened to a contract, in one's own library."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from cpps_cli.cli.complete import complete_body, complete_milestone, complete_source
from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    argument,
    day_of,
    option,
)
from cpps_cli.cli.session import Session, typer_exit
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.library.transaction import Transaction
    from cpps_cli.model import Contract, Milestone, Period
    from cpps_cli.present.document import Answer


_MILESTONE = argument(
    metavar="MILESTONE",
    help=_("What happened: signed, renegotiated, extended, replaced…"),
    complete=complete_milestone,
)
_DATED = option("--dated", metavar="DATE", help=_("When: a day, or 2018-03, 2018-S1, 2018."))
_BODY = option(
    "--body",
    metavar="OFFICE",
    help=_("Before which council, committee or office; no person."),
    complete=complete_body,
)
_SOURCE = option(
    "--source",
    metavar="ID",
    help=_("A source that says so; may be repeated."),
    complete=complete_source,
)
_NOTE = option("--note", metavar="TEXT", help=_("What a reader should know besides."))


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
    from cpps_cli.check.dates import milestone_kind, refuse_milestone, sources_named
    from cpps_cli.model import Milestone
    from cpps_cli.model.paths import text_file

    session.refuse_dialect(dialect, format)
    folder = session.own_library()
    kind, on = milestone_kind(milestone), period_of(dated)
    stated = {"body": _stated("--body", body), "note": _stated("--note", note)}
    session.refuse_faults("sources.toml")
    fields: dict[str, Any] = {name: text for name, text in stated.items() if text is not None}
    if sources := sources_named(folder.source_ids() or (), source or ()):
        fields["sources"] = sources
    signed = session.contract(contract)
    target = _target(session, signed, arrondissement, contract)
    happened = Milestone(kind=kind, on=on, **fields)
    with nothing_lost():
        refuse_milestone(target, happened, session.today, folder.locate)
        staged = _staged(session, text_file(target), happened)
        answer = _answer(session, signed, target, happened, staged)
        written = staged.commit()
        if written.refused:
            raise written.refused
    session.show(answer, format, dialect)
    return 0


def period_of(text: str) -> "Period":
    """The day, month, half-year, year or range that the text names; raises `CppsError`."""
    from cpps_cli.model.period import Period, PeriodError

    day = day_of(text)
    if day is not None:
        return Period.of_day(day)
    try:
        return Period.parse(text)
    except PeriodError as wrong:
        raise _no_period(wrong.kind, text) from None


def _no_period(kind: str, text: str) -> CppsError:
    match kind:
        case "calendar":
            return CppsError(
                "`{value}` is not in the calendar",
                help=N_("check the month and the day"),
                value=text,
            )
        case "reversed":
            return CppsError(
                "`{value}` ends before it starts",
                help=N_("write the earlier end first"),
                value=text,
            )
        case _:
            return CppsError(
                "`{value}` is not a day or a period",
                help=N_(
                    "write a day 2018-03-01, a month 2018-03, a half-year 2018-S1, a year 2018, or "
                    "a range 2017-S2..2018-S1"
                ),
                value=text,
            )


def _stated(option: str, text: str | None) -> str | None:
    if text is not None and not text.strip():
        raise CppsError("`{option}` is empty: leave it out, or say something", option=option)
    return text


def _target(
    session: Session, signed: "Contract", place: str | None, contract: str | None
) -> "Contract":
    """The contract that it happened to: one that has a file, in which its milestones stand."""
    from cpps_cli.engine import local_head_on
    from cpps_cli.present.sections.written import quoted

    if place is None:
        return signed
    territory = session.territory(place, signed)
    overlay = session.overlay(signed, territory)
    if overlay is None:
        raise CppsError(
            "no local text is held for {place}: there is no file to record this in",
            help=N_("begin one, then record: `cpps start -a {word}{options}`"),
            place=territory.name,
            word=quoted(place),
            options=session.repeated(contract),
        )
    parent = session.parent_as_written(signed).now.contract
    local, _inherited = local_head_on(parent, overlay, territory, date.max)
    return local


def _staged(session: Session, file: str, happened: "Milestone") -> "Transaction":
    """Ends the run where the library would have an error that it does not have now."""
    from cpps_cli.check.library import check_library
    from cpps_cli.formats.diagnostics.full import faults_in_full
    from cpps_cli.library.toml_edit import EditFailed
    from cpps_cli.library.toml_format import plain_table
    from cpps_cli.library.transaction import Transaction
    from cpps_cli.model.edit import Append

    try:
        entry = Append("milestones", plain_table(happened))
        staged = Transaction(session.folder).stage(file, [entry])
    except EditFailed:
        raise CppsError(
            "a milestone cannot be added to `{file}` without rewriting what is there",
            help=N_("write each milestone under a heading `[[milestones]]` of its own"),
            exit_code=1,
            file=file,
        ) from None
    if errors := staged.new_errors(check_library):
        sys.stderr.write(faults_in_full(errors, staged.after))
        session.say(_("nothing was written: the library would no longer pass its check"))
        raise typer_exit(1)
    return staged


def _answer(
    session: Session,
    signed: "Contract",
    contract: "Contract",
    happened: "Milestone",
    staged: "Transaction",
) -> "Answer":
    from cpps_cli.diagnostics import Place
    from cpps_cli.model.paths import text_file
    from cpps_cli.present.sections.written import recorded
    from cpps_cli.schedule.generations import status_in

    file, folder = text_file(contract), session.folder
    on = happened.on.last if happened.on else session.today
    where = Place(file, ("milestones", len(contract.milestones)))
    return recorded(
        happened,
        (folder.path_of(file), staged.after.locate(where).line),
        on,
        (status_in(contract, folder, on), status_in(contract, staged.after, on)),
        session.successor(signed),
    )
