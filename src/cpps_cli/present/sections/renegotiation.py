"""What is due for mid-term renegotiation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cpps_cli.diagnostics import Locate
from cpps_cli.i18n.catalogue import N_, _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words, short_end
from cpps_cli.model import Territory
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.reckoning import (
    explained,
    explanation,
    readings_told,
    reckoned_dates,
)
from cpps_cli.present.sections.status import (
    STATUS,
    exported,
    name_of,
    not_known,
    places_of,
    sentences,
)
from cpps_cli.present.shapes import GIVEN, Key, Many, Shape
from cpps_cli.schedule.filters import Choice
from cpps_cli.schedule.status import STATES, ContractStatus, State

MEANING: dict[State, str] = {
    "overdue": N_("overdue: the window is closed, and no renegotiation is on record"),
    "due": N_("due: the window is open"),
    "upcoming": N_("upcoming: the window is not open yet"),
    "unknown": N_("unknown: no source gives a window"),
    "none_planned": N_("none planned: the sources say that there is no mid-term renegotiation"),
    "lapsed": N_("lapsed: the term is over, and no renegotiation is on record"),
    "over": N_("over: the contract was replaced or terminated"),
    "renegotiated": N_("renegotiated: a renegotiation is on record"),
}
DAYS: dict[State, str] = {
    "overdue": N_("Days late"),
    "due": N_("Days left"),
    "upcoming": N_("Opens in, days"),
}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What was asked: the day, the reading if one was named, what is to be shown.

    `asked_about`: how many contracts there were before any was left out. `locate` is there where
    the reckoning is to be explained. `at_fault`: ids of the contracts of which a file is at fault.
    """

    on: date
    territories: Mapping[str, Territory]
    reading: str | None = None
    asked_about: int = 0
    choice: Choice = Choice()  # noqa: RUF009 (it is frozen)
    locate: Locate | None = None
    at_fault: tuple[str, ...] = ()

    @property
    def until(self) -> date | None:
        """The last day looked at, where only what comes soon is asked for."""
        return self.choice.within.after(self.on) if self.choice.within else None


_RENEGOTIATION = Shape(
    "RenegotiationDocument",
    Inquiry,
    """Every contract of the generation that is current on the day.

    `at_fault`: ids of those of which a file is at fault, so that not all of it is known.
    """,
    "on reading until missed=choice.missed at_fault",
    Key("contracts", Many(STATUS), GIVEN),
    schema="cpps.renegotiation/1",
)


def renegotiation(statuses: list[ContractStatus], question: Inquiry) -> Answer:
    """What is due on a day, most urgent first in the table."""
    question = replace(question, territories=places_of(statuses, question.territories))
    documents = STATUS.write_all(statuses)
    table = exported(documents)
    title = _("Mid-term renegotiation on {day}").format(day=day_in_words(question.on))
    blocks = _told(*_apart(statuses, question))
    if question.locate is not None:
        for item, said in zip(statuses, documents, strict=True):
            said["explained"] = reckoned_dates(item, question.on, question.locate)
        blocks += explanation(statuses, question.on, question.territories, question.locate)
        table = explained(documents)
    section = Section(title, tuple(blocks))
    return Answer(section, table, _RENEGOTIATION.write(question, contracts=documents))


def renegotiation_counted(
    named: list[ContractStatus], counts: Mapping[State, int], question: Inquiry
) -> Answer:
    """The same of more contracts than anybody would read: by state, how many; `named` are told."""
    question = replace(question, territories=places_of(named, question.territories))
    title = _("Mid-term renegotiation on {day}").format(day=day_in_words(question.on))
    columns = (
        Column("state", _("State"), wide=True),
        Column("contracts", _("Contracts"), right=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (capital(_(MEANING[state])), counts[state]) for state in STATES if counts.get(state)
    ]
    rows.append((_("Total"), sum(counts.values())))
    said = _("`--arrondissement N` shows one contract; `--format csv` has a line for each.")
    blocks: tuple[Block, ...] = (
        *_limits(question),
        Table(columns, tuple(rows)),
        *map(_in_short, named),
        Paragraph(said, quiet=True),
    )
    document = _RENEGOTIATION.write(question, contracts=())
    return Answer(Section(title, blocks), exported([]), document)


def _apart(
    statuses: list[ContractStatus], question: Inquiry
) -> tuple[list[ContractStatus], Inquiry]:
    """Puts contracts apart of which nothing is known because a file is at fault: no source is to
    blame.
    """
    unknown = [item.contract for item in statuses if item.state == "unknown"]
    names = [
        contract.id
        for contract in unknown
        if contract.id in question.at_fault or contract.parent in question.at_fault
    ]
    told = [item for item in statuses if item.contract.id not in names]
    return told, replace(question, at_fault=tuple(dict.fromkeys((*question.at_fault, *names))))


def _told(statuses: list[ContractStatus], question: Inquiry) -> list[Block]:
    blocks: list[Block] = [*_limits(question)]
    if not question.asked_about:
        nothing = _("No contract of this library had begun on that day.")
        return [*blocks, *([] if question.at_fault else [Paragraph(nothing)])]
    if not statuses and not question.at_fault:
        nothing = n_(
            "Nothing of the kind: {count} contract looked at.",
            "Nothing of the kind: {count} contracts looked at.",
            question.asked_about,
        )
        return [*blocks, Paragraph(nothing.format(count=question.asked_about))]
    groups = [[item for item in statuses if item.state == state] for state in STATES]
    parents = {item.contract.id: item for item in statuses if item.contract.parent is None}
    for group in filter(None, groups):
        table = _table(sorted(group, key=_urgency), parents, question.territories)
        blocks.append(Section(capital(_(MEANING[group[0].state])), (table,)))
    return [*blocks, *_legend(statuses, parents), *_notes(statuses, question)]


def _limits(question: Inquiry) -> Iterator[Paragraph]:
    """What is left out, where not everything is asked for, and what is not known."""
    yield from map(Paragraph, not_known(question.at_fault))
    if question.until is not None:
        said = _("Shown: where a window opens or closes, or a term ends, by {day}.")
        yield Paragraph(said.format(day=day_in_words(question.until)))
    if question.choice.missed:
        missed = _("Shown: where a window was missed, or nothing replaces an expired contract.")
        yield Paragraph(missed)


def _in_short(item: ContractStatus) -> Paragraph:
    return Paragraph(" ".join(sentences(item)))


def _urgency(item: ContractStatus) -> tuple[int, int]:
    """The key that sorts contracts of one state: the longest overdue, the first to come."""
    days = item.days or 0
    return (-days if item.state == "overdue" else days, item.contract.parent is not None)


def _table(
    group: list[ContractStatus],
    parents: Mapping[str, ContractStatus],
    places: Mapping[str, Territory],
) -> Table:
    days = DAYS.get(group[0].state)
    columns = (
        Column("contract", _("Contract")),
        Column("days", _(days or DAYS["due"]), right=True),
        Column("window", _("Window"), wide=True),
        Column("term", _("End of term")),
    )
    rows = tuple(
        (name_of(item, places), item.days, _window(item, parents), _end(item)) for item in group
    )
    return Table(columns, rows, hidden=frozenset() if days else frozenset({"days"}))


def _window(item: ContractStatus, parents: Mapping[str, ContractStatus]) -> Cell:
    if item.window is None:
        return "–"
    mark = " *" if item.disputed else ""
    if not item.window_inherited:
        return period_in_words(item.window.value) + mark
    if item.contract.parent in parents:
        return _("the parent's") + mark
    inherited = _("{window}, the parent's")
    return inherited.format(window=period_in_words(item.window.value)) + mark


def _end(item: ContractStatus) -> Cell:
    if item.term is None:
        return "–" + (" →" if item.expiry.successor else "")
    prolonged = " +" if item.expiry.prolonged_from or item.expiry.state == "prolonged" else ""
    return short_end(item.term.value) + prolonged + (" →" if item.expiry.successor else "")


def _legend(statuses: list[ContractStatus], parents: Mapping[str, ContractStatus]) -> list[Block]:
    said = (
        (any(item.disputed for item in statuses), _("* disputed: sources disagree")),
        (
            any(item.window_inherited and item.contract.parent in parents for item in statuses),
            _("the parent's: no source gives a window of its own"),
        ),
        (any("+" in str(_end(item)) for item in statuses), _("+ prolonged")),
        (any("→" in str(_end(item)) for item in statuses), _("→ a later contract is on record")),
    )
    lines = [sentence for is_needed, sentence in said if is_needed]
    return [Paragraph("\n".join(lines), quiet=True)] if lines else []


def _notes(statuses: list[ContractStatus], question: Inquiry) -> list[Block]:
    heads = [item for item in statuses if item.contract.parent is None] or statuses
    blocks: list[Block] = [*map(_in_short, heads)]
    others = (item for item in statuses if item not in heads)
    if later := tuple(filter(None, (_later(item, question) for item in others))):
        blocks.append(Items(later))
    blocks += [Paragraph(line) for line in readings_told(heads)]
    return [*blocks, *_who_acts(statuses, question.territories)]


def _later(item: ContractStatus, question: Inquiry) -> str:
    """That a later local contract exists, which the table of its parent's generation hides."""
    later = item.expiry.successor
    if later is None:
        return ""
    said = _("{place}: a later local contract is on record, {contract}, {day} ({id})")
    since = later.signed or later.begins
    return said.format(
        place=name_of(item, question.territories),
        contract=later.label,
        day=period_in_words(since) if since else "–",
        id=later.id,
    )


def _who_acts(statuses: list[ContractStatus], places: Mapping[str, Territory]) -> list[Section]:
    """The signatories of the contracts for which something is still to be done."""
    acting = [item for item in statuses if _is_open(item)]
    if not acting:
        return []
    named = [
        _("{name}: {offices}").format(
            name=name_of(item, places), offices=", ".join(item.contract.signatories)
        )
        for item in acting
        if item.contract.signatories
    ]
    silent = [name_of(item, places) for item in acting if not item.contract.signatories]
    if silent:
        unknown = _("no source says who signs: {names}")
        named.append(unknown.format(names=", ".join(silent)))
    return [Section(_("Who must act"), (Items(tuple(named)),))]


def _is_open(item: ContractStatus) -> bool:
    waits = item.state in ("overdue", "due", "upcoming") or item.expiry.state == "prolonged"
    return waits and not item.is_over
