"""`cpps coverage`: what became of each sheet of the parent, in each local contract?"""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    complete_sheet,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.territories import ArrondissementsOption, local_contracts_asked
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.engine import Parent
    from cpps_cli.engine.coverage import Coverage
    from cpps_cli.model import ActionSheet
    from cpps_cli.present.document import Answer

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
    chosen = _sheet_asked(parent, sheet)
    sifted = left_out or to_review
    # A line for each place can be shown, for one sheet.
    counted = not (arrondissement or sifted) and (sheet is None or format in ("json", "csv"))
    if counted and len(parent.now.contract.local_territories) > MOST_SHOWN:
        from cpps_cli.cli.coverage_counted import Asked, coverage_counted

        return coverage_counted(session, Asked(session.folder, parent, format, dialect, chosen))
    if arrondissement is None:
        found = _of_all(session, parent, chosen, sifted=sifted)
    else:
        found = _of_some(session, parent, arrondissement)
    if chosen is not None:
        found = found.of_sheet(chosen.code)
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


def _sheet_asked(parent: "Parent", sheet: str | None) -> "ActionSheet | None":
    from cpps_cli.engine.lookup import find_sheet

    return None if sheet is None else find_sheet(parent, sheet)


def _of_some(session: Session, parent: "Parent", words: str) -> "Coverage":
    from cpps_cli.engine.coverage import coverage as coverage_of

    return coverage_of(parent, *local_contracts_asked(session, parent, words))


def _of_all(
    session: Session, parent: "Parent", sheet: "ActionSheet | None", *, sifted: bool
) -> "Coverage":
    """No more is held of each local contract than is asked about."""
    from cpps_cli.cli.coverage_of_all import coverage_of_all
    from cpps_cli.engine.coverage import LocalCoverage

    if sifted:
        return coverage_of_all(session, parent, LocalCoverage.of_left_out)
    if sheet is not None:
        return coverage_of_all(session, parent, partial(LocalCoverage.of_sheet, code=sheet.code))
    return coverage_of_all(session, parent, None)


def _coverage(found: "Coverage", sheet: str | None) -> "Answer":
    from cpps_cli.present.sections.coverage import coverage as view
    from cpps_cli.present.sections.coverage import sheet_coverage

    return view(found) if sheet is None else sheet_coverage(found)


def _left_out(found: "Coverage") -> "Answer":
    from cpps_cli.present.sections.left_out import left_out

    return left_out(found)


def _to_review(session: Session, found: "Coverage", within: int) -> "Answer":
    from cpps_cli.present.sections.left_out import Horizon, to_review

    return to_review(found, Horizon(found.on or session.today, within))
