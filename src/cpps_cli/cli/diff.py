"""`cpps diff`: what differs between two texts?"""

from datetime import date
from typing import Annotated

import typer

from cpps_cli.cli.editions import edition_named, generations_of
from cpps_cli.cli.options import DialectOption, FormatOption, a_day, complete_contract
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _


def diff(
    session: Session,
    a: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help=_("CONTRACT, CONTRACT/N for a local one; then @DAY, @signed or @AMENDMENT."),
            autocompletion=complete_contract,
            show_default=False,
        ),
    ],
    b: Annotated[
        str,
        typer.Argument(
            metavar="B",
            help=_("The other text, named in the same way."),
            autocompletion=complete_contract,
            show_default=False,
        ),
    ],
    on_a: Annotated[
        date | None,
        typer.Option(
            "--on-a",
            metavar="DATE",
            parser=a_day,
            help=_("The day that is meant for A; today if none is given."),
            show_default=False,
        ),
    ] = None,
    on_b: Annotated[
        date | None,
        typer.Option(
            "--on-b",
            metavar="DATE",
            parser=a_day,
            help=_("The day that is meant for B; today if none is given."),
            show_default=False,
        ),
    ] = None,
    fail_on_change: Annotated[
        bool,
        typer.Option("--fail-on-change", help=_("Exit 1 where they differ, typography apart.")),
    ] = False,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows what differs between two texts."""
    from cpps_cli.engine.diff import differences
    from cpps_cli.present.sections.differences import differences as view

    before, after = edition_named(session, a, on_a), edition_named(session, b, on_b)
    found = differences(before, after, generations_of(session, before, after))
    session.mention_faults()
    session.show(view(found), format, dialect)
    return 1 if fail_on_change and found else 0
