"""Dates and how they are reckoned: from which reading, claim or milestone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from cpps_cli.diagnostics import Locate
from cpps_cli.i18n.catalogue import N_, _, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import FIELD, STAGE, STATE
from cpps_cli.model import Claim, Contract, Territory
from cpps_cli.present.document import Block, Items, Paragraph, Section, Table
from cpps_cli.present.sections.status import RECKONED
from cpps_cli.present.shapes import Json, csv_table
from cpps_cli.schedule.status import ContractStatus

if TYPE_CHECKING:
    from cpps_cli.schedule.date_provenance import DateProvenance

DATED = ("term", "window")


def readings_told(statuses: list[ContractStatus]) -> Iterator[str]:
    """For the contracts whose sources disagree on their dates: the reading used, and the others.

    Those of which the same is to be said are named together.
    """
    said: dict[tuple[str, str | None, str], list[str]] = {}
    for item in statuses:
        if item.disputed:
            used = next(held.reading for held in (item.window, item.term) if held and held.disputed)
            others = " ".join(_other(one) for one in _rivals(item.contract) if one.id != used)
            key = (_used(item.contract, used), used, others)
            said.setdefault(key, []).append(item.contract.label)
    for (line, used, others), labels in said.items():
        yield f"{line.format(contract=', '.join(labels), used=used)} {others}"


def readings_used(readings: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Says which reading is used where sources disagree; `readings`: by the labels of contracts."""
    by_reading: dict[str, list[str]] = {}
    for label, used in readings:
        if used is not None:
            by_reading.setdefault(used, []).append(label)
    said = _("{contract}: sources disagree. Reading used: `{used}`, which is retained.")
    for used, labels in by_reading.items():
        yield said.format(contract=", ".join(labels), used=used)


def _used(contract: Contract, used: str | None) -> str:
    if used is None:
        return _("{contract}: sources disagree; what is retained is used.")
    if any(claim.retained for claim in _rivals(contract) if claim.id == used):
        return _("{contract}: sources disagree. Reading used: `{used}`, which is retained.")
    return _("{contract}: sources disagree. Reading used: `{used}`, which is not retained.")


def _rivals(contract: Contract) -> list[Claim]:
    return [claim for claim in contract.claims if claim.statement().keys() & set(DATED)]


def _other(claim: Claim) -> str:
    said = claim.statement()
    dates = ", ".join(
        f"{_(FIELD[name])} {period_in_words(said[name])}" for name in DATED if name in said
    )
    sources = ", ".join(claim.sources)
    held = _("Also held: {dates} ({sources}).") if sources else _("Also held: {dates}.")
    line = held.format(dates=dates, sources=sources)
    return line if claim.id is None else f"{line} `--reading {claim.id}`"


FACT: dict[str, str] = {
    "window_opens_on": N_("the window opens on {day}"),
    "window_closes_on": N_("the window closes on {day}"),
    "term_starts_on": N_("the term begins on {day}"),
    "term_ends_on": N_("the term ends on {day}"),
    "renegotiated_on": N_("a renegotiation is on record on {day}"),
}


RULE: dict[str, str] = {
    "as_written": N_("as written"),
    "first_day": N_("computed, the first day of `{written}`"),
    "last_day": N_("computed, the last day of `{written}`"),
}


def reckoned_dates(item: ContractStatus, on: date, locate: Locate) -> list[Json]:
    """The dates behind a standing, for scripts."""
    return RECKONED.write_all(_dates(item, on), locate)


def _dates(item: ContractStatus, on: date) -> "Iterable[DateProvenance]":
    from cpps_cli.schedule.date_provenance import date_provenance

    return date_provenance(item, on)


def explanation(
    statuses: list[ContractStatus], on: date, places: Mapping[str, Territory], locate: Locate
) -> Iterator[Block]:
    """For each contract, its dates and its state. Those of a shown parent are not said again."""
    shown = {item.contract.id for item in statuses if item.contract.parent is None}
    for item in statuses:
        if item.contract.parent not in shown or _has_own(item):
            title = _("How it is reckoned: {contract}").format(contract=item.contract.label)
            dates = (_dated(one, locate) for one in _dates(item, on))
            yield Section(title, (Items((*dates, _state(item, on), _stage(item))),))
    same = [item for item in statuses if item.contract.parent in shown and not _has_own(item)]
    if same:
        codes = [item.contract.territory for item in same]
        names = ", ".join(places[code].label if code in places else code for code in codes)
        alike = _("Reckoned as their parent, whose dates they have: {names}.")
        yield Paragraph(alike.format(names=names))


def _has_own(item: ContractStatus) -> bool:
    inherits_all = item.window_inherited and item.term_inherited
    return not inherits_all or item.state == "renegotiated"


def _dated(one: "DateProvenance", locate: Locate) -> str:
    span = locate(one.line.place)
    fact = _(FACT[one.fact]).format(day=day_in_words(one.day))
    beside = [f"{span.file}:{span.line}", *one.line.sources]
    if one.inherited:
        beside.insert(0, _("the parent's"))
    rule = _(RULE[one.rule]).format(written=one.written)
    return _("{fact}: {rule} ({line})").format(fact=fact, rule=rule, line=", ".join(beside))


def _state(item: ContractStatus, on: date) -> str:
    return _("{state}: {why}").format(state=_(STATE[item.state]), why=_why(item, on))


def _why(item: ContractStatus, on: date) -> str:
    day, days = day_in_words(on), item.days or 0
    if item.state == "renegotiated":
        return _("a renegotiation is on record by {day}").format(day=day)
    if item.window is None:
        return _("no source gives a window")
    window = item.window.value
    first, last = day_in_words(window.first), day_in_words(window.last)
    match item.state:
        case "upcoming":
            said = n_(
                "{day} is {days} day before {first}", "{day} is {days} days before {first}", days
            )
        case "due":
            said = n_(
                "{day} is in the window, both ends included, {days} day before {last}",
                "{day} is in the window, both ends included, {days} days before {last}",
                days,
            )
        case "overdue":
            said = n_(
                "{day} is {days} day after {last}, without renegotiation; no term is over",
                "{day} is {days} days after {last}, without renegotiation; no term is over",
                days,
            )
        case _:
            said = _("{day} is after {last} and after the term, and no renegotiation is on record")
    return said.format(day=day, days=days, first=first, last=last)


def _stage(item: ContractStatus) -> str:
    return _("stage: {stage}").format(stage=_(STAGE[item.stage]))


def explained(documents: list[Json]) -> Table:
    """The rows of csv where the reckoning is asked for, a date each."""
    columns = "id fact day rule written inherited reading file line version sources"
    dates = ({**one, "id": item["id"]} for item in documents for one in item.get("explained", ()))
    return csv_table(columns, dates)
