"""What a parent has changed since a local contract was signed, and the signed text has not.

A change that an amendment of the local contract has taken up meanwhile is no longer listed.
"""

from collections.abc import Iterator
from typing import Any

from cpps_cli.engine.changes import ContractVersion
from cpps_cli.engine.merge3 import differ, lacks
from cpps_cli.engine.versions import FIELDS, value_of_field
from cpps_cli.model import ActionSheet, Contract, Derived, Indicator
from cpps_cli.model.derived import LISTS, SinceSignature

# Its term and its window are the parent's of the day, where the local contract states none.
_OF_CONTRACT = ("signatories", "partners", "axes")


def changed_since(before: ContractVersion, after: ContractVersion) -> Iterator[SinceSignature]:
    """Finds what a text says otherwise than an earlier one: of the contract, then by sheet."""
    for field in _fields_changed(before.contract, after.contract, _OF_CONTRACT):
        yield SinceSignature(None, "changed", field)
    for code in dict.fromkeys((*before.by_code, *after.by_code)):
        was, now = before.by_code.get(code), after.by_code.get(code)
        if was is None or now is None:
            yield SinceSignature(code, "repealed" if now is None else "added")
        elif was is not now:
            for field in _fields_changed(was, now, FIELDS):
                yield SinceSignature(code, "changed", field)


def _fields_changed(was: Any, now: Any, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        if differ(value_of_field(was, field), value_of_field(now, field)):
            yield field


def is_taken_up(change: SinceSignature, derived: Derived) -> bool:
    """Whether the local text says by itself what the parent has said since."""
    if change.code is None:
        return _says(derived.contract, derived.parent, derived.parent_of_day, str(change.field))
    answering = [item.sheet for item in derived.sheets if change.code in (item.answers or ())]
    if change.kind == "repealed":
        return not answering
    if change.kind == "added" or not answering:
        return bool(answering)
    texts = (derived.parent.sheet(change.code), derived.parent_of_day.sheet(change.code))
    return all(_says(sheet, *texts, str(change.field)) for sheet in answering)


def _says(
    ours: ActionSheet | Contract,
    base: ActionSheet | Contract | None,
    theirs: ActionSheet | Contract | None,
    field: str,
) -> bool:
    if base is None or theirs is None:
        return False
    own, old, new = (value_of_field(noun, field) for noun in (ours, base, theirs))
    if field not in LISTS or field == "axes":
        return not differ(own, new)
    added = [item for item in new if _lacks(old, item)]
    removed = [item for item in old if lacks(new, item)]
    if not added and not removed:  # their order alone
        return not differ(own, new)
    has_all = not any(_lacks(own, item) for item in added)
    return has_all and all(lacks(own, item) for item in removed)


def _lacks(items: tuple[Any, ...], item: Any) -> bool:
    """Whether a list does not have an item; of an indicator, not as it is stated there."""
    if isinstance(item, Indicator):
        return all(differ(other, item) for other in items)
    return lacks(items, item)
