"""Which reading of the sources a view rests on, and what the others say."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import FIELD
from cpps_cli.model import Claim, Contract
from cpps_cli.schedule.status import ContractStatus

DATED = ("term", "window")


class Read(Protocol):
    """A contract, or what is known of one."""

    @property
    def label(self) -> str: ...
    @property
    def reading_used(self) -> str | None: ...


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


def readings_used(contracts: Iterable[Read]) -> Iterator[str]:
    """The readings that are retained where sources disagree, with the contracts of each."""
    by_reading: dict[str, list[str]] = {}
    for contract in contracts:
        if used := contract.reading_used:
            by_reading.setdefault(used, []).append(contract.label)
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
    if claim.id is None:
        return line
    return f"{line} `--reading {claim.id}`"
