"""`cpps renegotiation-status`: what is due?"""

from typing import Annotated

import typer

from cpps_cli.cli.options import DialectOption, FormatOption, OnOption
from cpps_cli.cli.session import Session
from cpps_cli.words.catalogue import _

HELP = (
    _("Show which contracts are due for mid-term renegotiation."),
    "cpps renegotiation-status --on 2017-09-01",
)


def renegotiation_status(
    session: Session,
    on: OnOption = None,
    all: Annotated[bool, typer.Option("--all", help=_("Past and future generations too."))] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="STATES",
            help=_("Exit with 1 where a contract is in one of these states: due,overdue."),
            show_default=False,
        ),
    ] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the standing of the parent of the current generation and of its local contracts."""
    from cpps_cli.render.views.renegotiation import renegotiation
    from cpps_cli.schedule import current_generation, standings, states_named

    day, failing = on or session.today, states_named(fail_on or "")
    heads = session.heads()
    current = current_generation(heads, day)
    parents = heads if all else [current] if current else []
    found = list(standings(parents, session.folder, day))
    complete = session.mention_faults()
    session.show(renegotiation(found, session.folder.territories, day), format, dialect)
    return 1 if not complete or any(item.state in failing for item in found) else 0
