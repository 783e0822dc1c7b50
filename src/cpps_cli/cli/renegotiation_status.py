"""`cpps renegotiation-status`: what is due?"""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import DialectOption, FormatOption, OnOption
from cpps_cli.cli.session import Session
from cpps_cli.cli.standings import (
    AllOption,
    Asked,
    GenerationOption,
    ReadingOption,
    standings_asked,
)
from cpps_cli.cli.territories import ArrondissementsOption
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.schedule.reminders import Duration


def renegotiation_status(
    session: Session,
    on: OnOption = None,
    contract: GenerationOption = None,
    arrondissement: ArrondissementsOption = None,
    all: AllOption = False,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="TIME",
            help=_("Only where a window opens or closes or a term ends within 90d, 12w, 3m, 1y."),
            show_default=False,
        ),
    ] = None,
    missed: Annotated[
        bool,
        typer.Option(
            "--missed",
            help=_("Only where a window was missed, or nothing replaces an expired contract."),
        ),
    ] = False,
    reading: ReadingOption = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help=_("Show how each date is reckoned, with file and line.")),
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="STATES",
            help=_("Exit with 1 where one that is shown is in these states: due,overdue,expired."),
            show_default=False,
        ),
    ] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the standing of the parent of the current generation and of its local contracts."""
    from cpps_cli.cli.standings_of_many import Wanted, is_for_many, renegotiation_of_many
    from cpps_cli.present.sections.renegotiation import Conflict, renegotiation
    from cpps_cli.schedule import Choice, is_awaited, states_named

    day, failing = on or session.today, states_named(fail_on or "")
    choice = Choice(_duration(within), missed)
    asked = Asked(contract, arrondissement, all, reading)
    if not explain and arrondissement is None and is_for_many(session, asked, day):
        wanted = Wanted(asked, day, choice, failing, format, dialect)
        return renegotiation_of_many(session, wanted)
    found = standings_asked(session, asked, day)
    shown = [item for item in found if choice.takes(item, day)]
    complete = session.mention_faults()
    folder = session.folder
    locate = folder.locate if explain else None
    question = Conflict(day, folder.territories, reading, len(found), choice, locate)
    session.show(renegotiation(shown, question), format, dialect)
    return 1 if not complete or any(is_awaited(item, failing) for item in shown) else 0


def _duration(within: str | None) -> "Duration | None":
    if within is None:
        return None
    from cpps_cli.schedule.reminders import Duration

    return Duration.parse(within)
