"""Where the contracts stand that a question about dates is about, some at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cpps_cli.cli.complete import complete_contract, complete_reading
from cpps_cli.cli.options import option
from cpps_cli.cli.parallel import Names
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import Notation, Part, local_parts, refuse_snapshot, territories_named
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.model import Contract
    from cpps_cli.schedule.filters import Awaited, Choice
    from cpps_cli.schedule.generations import Generations
    from cpps_cli.schedule.status import ContractStatus, State

GenerationOption = Annotated[
    str | None,
    option(
        "--contract",
        "-c",
        metavar="ID",
        help=_("The generation of this contract, instead of the current one."),
        complete=complete_contract,
    ),
]
AllOption = Annotated[bool, option("--all", help=_("Past and future generations too."))]
ReadingOption = Annotated[
    str | None,
    option(
        "--reading",
        metavar="ID",
        help=_("Where sources disagree on the dates, compute with this reading of them."),
        complete=complete_reading,
    ),
]


class Scope(NamedTuple):
    """The contracts asked about on a day: those of one generation, of all, of some territories."""

    day: date
    contract: str | None
    arrondissement: str | None
    all: bool
    reading: str | None

    def parents(self, session: Session, heads: "list[Contract]") -> "list[Contract]":
        """The parents of the generations asked about; ends the run on one that is not there."""
        from cpps_cli.schedule.status import current_generation

        if self.all and self.contract:
            raise CppsError("`--all` and `--contract` exclude each other")
        if self.contract is not None:
            named = session.contract_id(self.contract)
            session.refuse_faults(f"{named}/contract.toml")
            return [contract for contract in heads if contract.id == named]
        current = current_generation(heads, self.day)
        return heads if self.all else [current] if current else []


class Selection(NamedTuple):
    """Those of the contracts that are shown, and how; those in some states fail the run.

    `is_explained`: what their dates were reckoned from is shown as well.
    """

    choice: "Choice"
    failing: "frozenset[Awaited]" = frozenset()
    notation: Notation = Notation("table")
    is_explained: bool = True


class Statuses(NamedTuple):
    """Some contracts: how many there were, those shown by state, and these for a table."""

    asked_about: int
    states: "Counter[State]"
    shown: "tuple[ContractStatus, ...]"


def status_parts(
    session: Session, scope: Scope, selection: Selection
) -> "Iterator[Part[Statuses]]":
    """Each parent, then its local contracts; where territories are named, the local ones alone."""
    from cpps_cli.schedule.filters import reading_named
    from cpps_cli.schedule.generations import Generations

    folder, heads = session.folder, session.heads()
    parents = scope.parents(session, heads)
    reading = reading_named(scope.reading, parents, folder, heads)
    generations = Generations(tuple(heads), folder, scope.day)
    named = None
    if scope.arrondissement is not None:
        named = _codes_named(session, parents, scope.arrondissement)
    return _parts(session, _Reckoning(generations, reading, selection), parents, named)


class _Reckoning(NamedTuple):
    generations: "Generations"
    reading: str | None
    selection: Selection

    def part(self, found: "Iterable[ContractStatus]") -> Part[Statuses]:
        """What is shown of some contracts."""
        from cpps_cli.present.sections.status import STATUS, exported
        from cpps_cli.schedule.filters import is_awaited
        from cpps_cli.schedule.status import Background

        choice, failing, notation, is_explained = self.selection
        statuses = list(found)
        shown = [item for item in statuses if choice.takes(item, self.generations.on)]
        if not is_explained:
            shown = [replace(item, background=Background()) for item in shown]
        states = Counter(item.state for item in shown)
        fails = any(is_awaited(item, failing) for item in shown)
        if is_explained or not notation.is_itemised:
            return Part(Statuses(len(statuses), states, tuple(shown)), fails=fails)
        texts = notation.texts(STATUS.write_all(shown), exported)
        return Part(Statuses(len(statuses), states, ()), texts, fails=fails).packed()


def _parts(
    session: Session,
    reckoning: _Reckoning,
    parents: "list[Contract]",
    named: frozenset[str] | None,
) -> "Iterator[Part[Statuses]]":
    from cpps_cli.schedule.generations import parent_status

    generations, reading, selection = reckoning
    # What explains a date is not sent from another process: the texts of all would come with it.
    workers = 1 if selection.is_explained else None
    for signed in parents:
        if named is None:
            yield reckoning.part([parent_status(signed, generations, reading)])
            codes = generations.parent(signed).now.contract.local_territories
        else:
            codes = tuple(code for code in signed.local_territories if code in named)
        make = partial(_locals, reckoning, signed)
        yield from local_parts(session.folder, signed.id, codes, make, workers)


def _locals(reckoning: _Reckoning, signed: "Contract", codes: Names) -> Part[Statuses]:
    from cpps_cli.schedule.generations import local_statuses

    return reckoning.part(local_statuses(signed, reckoning.generations, reckoning.reading, codes))


def at_fault(session: Session, scope: Scope, faults: "Iterable[Diagnostic]") -> tuple[str, ...]:
    """The ids of the contracts asked about of which a file that was read is at fault."""
    from cpps_cli.model.paths import contract_of

    asked = {contract.id for contract in scope.parents(session, session.heads())}
    errors = (item for item in (*session.folder.faults, *faults) if item.severity == "error")
    found = {contract_of(item.file) or "" for item in errors}
    return tuple(sorted(name for name in found if name.partition("/")[0] in asked))


def _codes_named(session: Session, parents: "list[Contract]", words: str) -> frozenset[str]:
    """The codes of the territories named; ends the run on a word that names none of them."""
    refuse_snapshot(session)
    derived = [contract for contract in parents if contract.local_territories] or parents
    found = [(contract, territories_named(session, contract, words)) for contract in derived]
    for contract, territories in found:
        for territory in territories.values():
            session.overlay(contract, territory)  # a fault in a text that is named ends the run
    return frozenset(code for _contract, territories in found for code in territories)
