"""Where so many contracts stand that they are told as they come, and not held."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread
from cpps_cli.cli.session import Session
from cpps_cli.cli.standings import Asked, parents_asked

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.formats.csv import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Contract
    from cpps_cli.present.document import Answer
    from cpps_cli.present.sections.renegotiation import Conflict
    from cpps_cli.schedule import Choice, ContractStatus, State
    from cpps_cli.schedule.filters import Awaited
    from cpps_cli.schedule.generations import Generations

MOST_LISTED = 100
"""Of more contracts, a table says how many are in which state."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of them, and how it is to be written."""

    asked: Asked
    day: date
    choice: "Choice"
    failing: "frozenset[Awaited]"
    format: "AnswerFormat"
    dialect: "Dialect"


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a process needs to know for its share of the local contracts of a parent."""

    folder: "LibraryFolder"
    generations: "Generations"
    signed: "Contract"
    reading: str | None
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class _Part:
    """Some contracts: how many there were, and those of them that are asked for, by state.

    `written` is what JSON or csv say of those, `found` are they themselves for a table.
    """

    looked_at: int
    states: "Counter[State]"
    is_awaited: bool
    written: str = ""
    found: "tuple[ContractStatus, ...]" = ()
    faults: "tuple[Diagnostic, ...]" = ()


def is_for_many(session: Session, asked: Asked, day: date) -> bool:
    """Whether more contracts are asked about than a table would list."""
    parents = parents_asked(session, asked, session.heads(), day)
    return sum(len(item.local_territories) for item in parents) > MOST_LISTED


def renegotiation_of_many(session: Session, wanted: Wanted, workers: int | None = None) -> int:
    """Shows it; 1 where a contract is at fault, or in a state that was to be told by that."""
    from cpps_cli.formats.registry import in_parts
    from cpps_cli.present.sections.renegotiation import Conflict, renegotiation

    session.refuse_dialect(wanted.dialect, wanted.format)
    asked, places = wanted.asked, session.folder.territories
    seen: list[_Part] = []
    parts = _noted(_parts(session, wanted, workers), seen)
    if wanted.format in ("json", "csv"):
        nothing = renegotiation([], Conflict(wanted.day, places, asked.reading, 1, wanted.choice))
        texts = (part.written for part in parts if part.written)
        session.pour_all(in_parts(nothing, "contracts", texts, wanted.format, wanted.dialect))
    else:
        named, few = _named(parts)
        count = sum(part.looked_at for part in seen)
        question = Conflict(wanted.day, places, asked.reading, count, wanted.choice)
        session.show(_answer(named, few, seen, question), wanted.format)
    complete = session.mention_faults(fault for part in seen for fault in part.faults)
    return 1 if not complete or any(part.is_awaited for part in seen) else 0


def _named(parts: "Iterator[_Part]") -> "tuple[list[ContractStatus], bool]":
    """The contracts to name: all of them, or the parents alone where they are too many."""
    parents: list[ContractStatus] = []
    others: list[ContractStatus] = []
    few = True
    for part in parts:
        parents += [item for item in part.found if item.contract.parent is None]
        if few:
            others += part.found
            few = len(others) <= MOST_LISTED
    return (others, True) if few else (parents, False)


def _answer(
    named: "list[ContractStatus]", few: bool, seen: list[_Part], question: "Conflict"
) -> "Answer":
    from cpps_cli.present.sections.renegotiation import renegotiation, renegotiation_counted

    if few:
        return renegotiation(named, question)
    states = sum((part.states for part in seen), Counter())
    return renegotiation_counted(named, states, question)


def _noted(parts: "Iterator[_Part]", seen: list[_Part]) -> "Iterator[_Part]":
    """The same parts; what is to be known of them at the end is put aside."""
    for part in parts:
        seen.append(replace(part, written="", found=()))
        yield part


def _parts(session: Session, wanted: Wanted, workers: int | None) -> "Iterator[_Part]":
    """Each parent, then its local contracts, some at a time."""
    from cpps_cli.schedule import reading_named
    from cpps_cli.schedule.generations import Generations, parent_status

    folder, heads = session.folder, session.heads()
    parents = parents_asked(session, wanted.asked, heads, wanted.day)
    reading = reading_named(wanted.asked.reading, parents, folder, heads)
    generations = Generations(tuple(heads), folder, wanted.day)
    for signed in parents:
        yield _part([parent_status(signed, generations, reading)], wanted, ())
        codes = generations.parent(signed).now.contract.local_territories
        ground = _Ground(folder, generations, signed, reading, wanted)
        yield from shown(spread(_statuses, ground, codes, workers), len(codes), AT_A_TIME)


def _statuses(ground: _Ground, codes: Names) -> _Part:
    from cpps_cli.schedule.generations import local_statuses

    with ground.folder.passing(ground.signed.id) as faults:
        found = local_statuses(ground.signed, ground.generations, ground.reading, codes)
        statuses = list(found)
    return _part(statuses, ground.wanted, tuple(faults))


def _part(
    statuses: "list[ContractStatus]", wanted: Wanted, faults: "tuple[Diagnostic, ...]"
) -> _Part:
    from cpps_cli.schedule import is_awaited
    from cpps_cli.schedule.status import Background

    # Only who asks for explanations needs what they were reckoned from.
    slim = [replace(item, background=Background()) for item in statuses]
    chosen = [item for item in slim if wanted.choice.takes(item, wanted.day)]
    told = wanted.format in ("json", "csv")
    return _Part(
        len(statuses),
        Counter(item.state for item in chosen),
        any(is_awaited(item, wanted.failing) for item in chosen),
        _text(chosen, wanted) if told else "",
        () if told else tuple(chosen),
        faults,
    )


def _text(statuses: "list[ContractStatus]", wanted: Wanted) -> str:
    from cpps_cli.formats.csv import csv_rows
    from cpps_cli.formats.json import json_items
    from cpps_cli.present.sections.status_document import STATUS, exported

    documents = STATUS.write_all(statuses)
    if wanted.format == "json":
        return json_items(documents)
    return csv_rows(exported(documents), wanted.dialect)
