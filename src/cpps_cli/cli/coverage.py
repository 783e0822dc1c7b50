"""`cpps coverage`: what became of each sheet of the parent, in each local contract?"""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    complete_sheet,
)
from cpps_cli.cli.places import ArrondissementsOption, local_contracts_asked
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.derive.coverage import Coverage
    from cpps_cli.render.answer import Answer

WITHIN = 90
# A column for each would fit on no screen and no page: of more of them, how many is shown.
MOST_SHOWN = 100
SheetOption = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="SHEET",
        help=_("Only this sheet of the parent, by code or number."),
        autocompletion=complete_sheet,
        show_default=False,
    ),
]
LeftOutOption = Annotated[
    bool, typer.Option("--left-out", help=_("Which sheets are left out most, and why."))
]
ToReviewOption = Annotated[
    bool, typer.Option("--to-review", help=_("Which exclusions are to be looked at again."))
]
WithinOption = Annotated[
    int | None,
    typer.Option(
        "--within",
        metavar="DAYS",
        min=0,
        help=_("With `--to-review`: how many days ahead; 90 if none is given."),
        show_default=False,
    ),
]


def coverage(
    session: Session,
    sheet: SheetOption = None,
    arrondissement: ArrondissementsOption = None,
    left_out: LeftOutOption = False,
    to_review: ToReviewOption = False,
    within: WithinOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Accounts for every sheet of the parent in the local contracts."""
    if left_out and to_review:
        raise CppsError("ask one thing at a time: `--left-out` or `--to-review`")
    if within is not None and not to_review:
        raise CppsError("`--within` goes with `--to-review`")
    parent = session.text_on(contract, on)
    simple = not (sheet or arrondissement or left_out or to_review)
    if simple and len(parent.now.contract.local_territories) > MOST_SHOWN:
        from cpps_cli.cli.coverage_counted import Asked, coverage_counted

        return coverage_counted(session, Asked(session.folder, parent, format, dialect))
    found = _found(session, parent, arrondissement, sheet)
    if left_out:
        answer = _left_out(found)
    elif to_review:
        answer = _to_review(session, found, WITHIN if within is None else within)
    else:
        answer = _coverage(found, sheet)
    complete = session.mention_faults(found.faults)
    session.mention_edited(found.faults)
    session.show(answer, format, dialect)
    return 0 if complete else 1


def _found(
    session: Session, parent: "Parent", arrondissement: str | None, sheet: str | None
) -> "Coverage":
    from cpps_cli.derive.coverage import coverage as coverage_of
    from cpps_cli.derive.lookup import sheet_asked

    chosen = None if sheet is None else sheet_asked(parent, sheet)
    found = coverage_of(parent, *local_contracts_asked(session, parent, arrondissement))
    return found if chosen is None else found.of_sheet(chosen.code)


def _coverage(found: "Coverage", sheet: str | None) -> "Answer":
    from cpps_cli.render.views.coverage import coverage as view
    from cpps_cli.render.views.coverage import sheet_coverage

    return view(found) if sheet is None else sheet_coverage(found)


def _left_out(found: "Coverage") -> "Answer":
    from cpps_cli.render.views.left_out import left_out

    return left_out(found)


def _to_review(session: Session, found: "Coverage", within: int) -> "Answer":
    from cpps_cli.render.views.left_out import Horizon, to_review

    return to_review(found, Horizon(found.on or session.today, within))
