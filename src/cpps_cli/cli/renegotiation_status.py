"""`cpps renegotiation-status`: what is due?"""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cpps_cli.cli.complete import complete_awaited
from cpps_cli.cli.options import DialectOption, FormatOption, OnOption, option
from cpps_cli.cli.session import Session
from cpps_cli.cli.standings import (
    AllOption,
    GenerationOption,
    ReadingOption,
    Scope,
    Selection,
    Statuses,
    at_fault,
    status_parts,
)
from cpps_cli.cli.stream import ArrondissementsOption, Notation, Stream
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.present.document import Answer
    from cpps_cli.schedule.filters import Duration
    from cpps_cli.schedule.status import ContractStatus, State

MOST_LISTED = 100
"""Of more contracts, a table says how many are in which state."""
_WITHIN = option(
    "--within",
    metavar="TIME",
    help=_("Only where a window opens or closes or a term ends within 90d, 12w, 3m, 1y."),
)
_MISSED = option(
    "--missed", help=_("Only where a window was missed, or nothing replaces an expired contract.")
)
_EXPLAIN = option("--explain", help=_("Show how each date is reckoned, with file and line."))
_FAIL_ON = option(
    "--fail-on",
    metavar="STATES",
    help=_("Exit with 1 where one that is shown is in these states: due,overdue,expired."),
    complete=complete_awaited,
)


def renegotiation_status(
    session: Session,
    on: OnOption = None,
    contract: GenerationOption = None,
    arrondissement: ArrondissementsOption = None,
    all: AllOption = False,
    within: Annotated[str | None, _WITHIN] = None,
    missed: Annotated[bool, _MISSED] = False,
    reading: ReadingOption = None,
    explain: Annotated[bool, _EXPLAIN] = False,
    fail_on: Annotated[str | None, _FAIL_ON] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the standing of the parent of the current generation and of its local contracts."""
    from cpps_cli.schedule.filters import Choice, states_named

    failing = states_named(fail_on or "")
    choice = Choice(_duration(within), missed)
    scope = Scope(on or session.today, contract, arrondissement, all, reading)
    selection = Selection(choice, failing, Notation(format, dialect), explain)
    stream = Stream(status_parts(session, scope, selection), selection.notation)
    session.refuse_dialect(dialect, format)
    named = _named(stream, _most(session, scope, selection))
    named = named._replace(at_fault=at_fault(session, scope, stream.faults))
    answer = _answer(session, scope, selection, named)
    if selection.notation.is_itemised and not explain:
        session.pour_all(stream.written(session.stood(answer)))
    else:
        session.show(answer, format, dialect)
    complete = session.mention_faults(stream.faults)
    return 1 if stream.fails or not complete else 0


def _duration(within: str | None) -> "Duration | None":
    if within is None:
        return None
    from cpps_cli.schedule.filters import Duration

    return Duration.parse(within)


class _Named(NamedTuple):
    """All contracts together: those that a table names are the parents where there are too many."""

    total: Statuses
    is_counted: bool = False
    at_fault: tuple[str, ...] = ()


def _most(session: Session, scope: Scope, selection: Selection) -> int | None:
    """How many contracts a table lists at most; None where all that are asked about."""
    if selection.is_explained or scope.arrondissement is not None:
        return None
    parents = scope.parents(session, session.heads())
    many = sum(len(item.local_territories) for item in parents) > MOST_LISTED
    return MOST_LISTED if many else None


def _named(stream: Stream[Statuses], most: int | None) -> _Named:
    parents: list[ContractStatus] = []
    listed: list[ContractStatus] = []
    asked_about, is_counted = 0, False
    states: Counter[State] = Counter()
    for some in stream.kept():
        asked_about += some.asked_about
        states += some.states
        parents += (item for item in some.shown if item.contract.parent is None)
        if not is_counted:
            listed += some.shown
            is_counted = most is not None and len(listed) > most
    shown = parents if is_counted else listed
    return _Named(Statuses(asked_about, states, tuple(shown)), is_counted)


def _answer(session: Session, scope: Scope, selection: Selection, named: _Named) -> "Answer":
    from cpps_cli.present.sections.renegotiation import (
        Inquiry,
        renegotiation,
        renegotiation_counted,
    )

    asked_about, states, shown = named.total
    folder = session.folder
    locate = folder.locate if selection.is_explained else None
    question = Inquiry(
        scope.day,
        folder.territories,
        scope.reading,
        asked_about,
        selection.choice,
        locate,
        named.at_fault,
    )
    if named.is_counted:
        return renegotiation_counted(list(shown), states, question)
    return renegotiation(list(shown), question)
