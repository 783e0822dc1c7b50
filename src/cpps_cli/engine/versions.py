"""Changes in time: the signed text with the amendments in force gives the text of a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, groupby
from typing import Any

from cpps_cli.engine.apply import apply_to_contract, apply_to_sheets
from cpps_cli.engine.changes import ChangeFile, ChangeSet, ContractVersion, brought_by
from cpps_cli.engine.marks import marks_after
from cpps_cli.engine.three_way import two_way
from cpps_cli.engine.validate import validate
from cpps_cli.model import (
    SIGNED,
    TEXT_FIELDS,
    ActionSheet,
    Amendment,
    Contract,
    Parts,
    about_others,
    value_of,
)
from cpps_cli.model.derived import LISTS
from cpps_cli.model.paths import amendment_file

FIELDS = ("number", "axis", *TEXT_FIELDS)
FIELDS_OF_CONTRACT = (
    "title",
    "short_title",
    "term",
    "window",
    "announced_sheets",
    "signatories",
    "partners",
    "axes",
)


def versions(signed: Contract, amendments: Iterable[Amendment]) -> tuple[ContractVersion, ...]:
    """Every text the contract has had, the signed one first.

    The amendments of one day are validated together, so that the order of files means nothing.
    """
    texts, days = [ContractVersion(signed, SIGNED)], tuple(day_by_day(amendments))
    gone: dict[str, str] = {}
    for rank, same_day in enumerate(days, 1):
        before, coming = texts[-1], brought_by(chain.from_iterable(days[rank:]))
        texts.append(_amended(before, same_day, coming, dict(gone)))
        left = before.by_code.keys() - texts[-1].by_code.keys()
        gone |= dict.fromkeys(left, texts[-1].version)
    return tuple(texts)


def day_by_day(amendments: Iterable[Amendment]) -> Iterator[tuple[Amendment, ...]]:
    """The amendments of each day, in the order of the days."""
    ordered = sorted(amendments, key=lambda item: (item.in_force_on, item.id))
    for _, same_day in groupby(ordered, key=lambda item: item.in_force_on):
        yield tuple(same_day)


def in_force(amendments: Iterable[Amendment], on: date | None) -> tuple[Amendment, ...]:
    """Those whose text holds on a day; all of them where no day is given."""
    return tuple(item for item in amendments if on is None or item.in_force_on <= on)


def consolidated(
    signed: Contract, amendments: Iterable[Amendment], on: date | None = None
) -> ContractVersion:
    """The text in force on a day; with every amendment where no day is given."""
    return versions(signed, in_force(amendments, on))[-1]


def value_of_field(noun: ActionSheet | Contract, field: str) -> Any:
    """The value of a field, as the claim that is retained states it where sources disagree."""
    if isinstance(noun, Contract) and field not in LISTS and field != "title":
        return noun.value(field)
    return getattr(noun, field)


def _amended(
    before: ContractVersion,
    amendments: tuple[Amendment, ...],
    coming: Mapping[str, str],
    gone: Mapping[str, str],
) -> ContractVersion:
    contract = before.contract
    files = tuple(ChangeFile(item, amendment_file(contract.id, item.id)) for item in amendments)
    changes = ChangeSet(files, coming=coming, gone=gone)
    itself = two_way(contract)
    sheets = apply_to_sheets(changes, itself)
    fields = apply_to_contract(changes, itself)
    after = with_parts(contract, fields, changes).replace(
        sheets=tuple(item.sheet for item in sheets)
    )
    faults = tuple(validate(changes, itself))
    return ContractVersion(after, amendments[-1].id, faults, sheets, fields, changes, before)


def with_parts(contract: Contract, fields: Mapping[str, Parts], changes: ChangeSet) -> Contract:
    """The contract with fields made of these parts, as sure as the changes say.

    What a change states is settled: claims about the text before it no longer speak of it.
    """
    values = {name: value_of(name, parts) for name, parts in fields.items()}
    claims = tuple(about_others(contract.claims, fields))
    marks = marks_after(contract, fields, (item.change for item in changes.to_contract()))
    stated = {mark: names for mark, names in marks.items() if names != getattr(contract, mark)}
    return contract.replace(**values, **stated, claims=claims)
