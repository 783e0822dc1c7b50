"""Traces the dates of a status to the rule, the period and the line that they come from."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from cpps_cli.diagnostics import Place
from cpps_cli.engine.lines import LOCAL, Line
from cpps_cli.engine.versions import in_force
from cpps_cli.model import SIGNED, Amendment, Contract, Overlay, Period, Retained
from cpps_cli.model.paths import amendment_file, contract_file, local_file, local_folder, text_file
from cpps_cli.model.sources import retained_claim
from cpps_cli.schedule.status import ContractStatus, has_happened

Fact = Literal[
    "window_opens_on", "window_closes_on", "term_starts_on", "term_ends_on", "renegotiated_on"
]
# as_written: the source gives the day; first_day, last_day: computed from something longer.
Rule = Literal["as_written", "first_day", "last_day"]
Dated = Literal["term", "window"]


@dataclass(frozen=True, slots=True)
class DateProvenance:
    """A date, the part of a period that it was computed from, and the line that holds it."""

    fact: Fact
    day: date
    rule: Rule
    written: Period
    line: Line
    reading: str | None = None
    inherited: bool = False


def date_provenance(item: ContractStatus, on: date) -> tuple[DateProvenance, ...]:
    """Traces each date of a status to the line that states it."""
    found: list[DateProvenance] = []
    if item.window is not None:
        found += _ends_of("window", item.window, item, inherited=item.window_inherited)
    if item.term is not None:
        found += _ends_of("term", item.term, item, inherited=item.term_inherited)
    return (*found, *_renegotiated(item, on))


def _ends_of(
    field: Dated, period: Retained[Any], item: ContractStatus, *, inherited: bool
) -> tuple[DateProvenance, DateProvenance]:
    start, end = period.value.ends
    about = (line_of(field, item), period.reading, inherited)
    facts: tuple[Fact, Fact] = (
        ("window_opens_on", "window_closes_on")
        if field == "window"
        else ("term_starts_on", "term_ends_on")
    )
    return (
        DateProvenance(facts[0], start.first, _rule(start, "first_day"), start, *about),
        DateProvenance(facts[1], end.last, _rule(end, "last_day"), end, *about),
    )


def _rule(part: Period, computed: Rule) -> Rule:
    return "as_written" if part.precision == "day" else computed


def _renegotiated(item: ContractStatus, on: date) -> tuple[DateProvenance, ...]:
    """Traces the first renegotiation that is on record by that day."""
    for index, milestone in enumerate(item.contract.milestones):
        when = milestone.when
        if milestone.kind == "renegotiated" and when and has_happened(milestone, on):
            key = "on" if milestone.on else "no_later_than"
            place = _own_file(item).at("milestones", index, key)
            rule = _rule(when, "last_day")
            version = LOCAL if item.contract.parent else SIGNED
            line = Line(place, when, version, milestone.sources)
            return (DateProvenance("renegotiated_on", when.last, rule, when, line),)
    return ()


def _own_file(item: ContractStatus) -> Place:
    return Place(text_file(item.contract))


def line_of(field: Dated, item: ContractStatus) -> Line:
    """Finds the line that states the term or the window: its own, or its parent's.

    It is that of the last amendment in force that sets it, else of the text as it was signed.
    """
    known = item.background
    if known.parent is None:
        return _stated(field, item.contract, _own_file(item), known.reading)
    text: Contract | Overlay = known.parent.texts[0].contract
    folder, file, amendments = text.id, contract_file(text.id), known.parent.amendments
    first: Line | None = None
    if known.overlay is not None and field not in known.inherited:
        text, amendments = known.overlay, known.overlay.amendments
        folder, file = local_folder(text.parent, text.territory), local_file(text)
        first = _set(field, text, file, LOCAL)
    begun = in_force(amendments, known.parent.on)
    for amendment in sorted(begun, key=lambda item: item.in_force_on, reverse=True):
        if line := _set(field, amendment, amendment_file(folder, amendment.id), amendment.id):
            return line
    return first or _stated(field, text, Place(file), known.reading)


def _set(field: Dated, text: Overlay | Amendment, file: str, version: str) -> Line | None:
    """Finds the line that sets a date in a file of changes; None where it sets none.

    Its sources are those that the change names; where it names none, those of the file.
    """
    change = text.contract
    if change is None or change.set is None or getattr(change.set, field) is None:
        return None
    place, value = Place(file).at("contract", "set", field), getattr(change.set, field)
    return Line(place, value, version, change.sources or text.sources)


def _stated(field: Dated, text: Contract | Overlay, file: Place, reading: str | None) -> Line:
    """Finds the line of a text as it was signed: a claim's, where sources disagree."""
    version = LOCAL if isinstance(text, Overlay) else SIGNED
    chosen = retained_claim(text.claims, field, reading)
    if chosen is None:
        return Line(file.at(field), getattr(text, field, None), version, text.sources)
    index, claim = chosen
    place = file.at("claims", index, "says", field)
    return Line(place, claim.statement()[field], version, claim.sources)
