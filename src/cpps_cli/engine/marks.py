"""How sure we are of what changes make: marks and claims go with the fields that they are about."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cpps_cli.model import ActionSheet, Contract, Merge, Noun, Parts, about_others
from cpps_cli.model.derived import Kept
from cpps_cli.model.sheet import DOUBTS
from cpps_cli.model.sources import SheetClaim, SheetStatement


def is_link_inferred(change: Noun) -> bool:
    """Whether it is our reading that a change is about the sheet it names, or about none."""
    return "sheet" in getattr(change, "inferred", ())


def without_link(names: Iterable[str]) -> tuple[str, ...]:
    """The marked fields of a sheet itself, each once."""
    return tuple(dict.fromkeys(name for name in names if name != "sheet"))


def marks_after(
    noun: ActionSheet | Contract, stated: Collection[str], changes: Iterable[Noun]
) -> dict[str, tuple[str, ...]]:
    """The marks of a noun where changes state some of its fields.

    Such a field is as sure as its change says it is; of the others, both count.
    """
    said = tuple(changes)
    return {
        mark: without_link(
            (
                *(name for name in getattr(noun, mark) if name not in stated),
                *(name for change in said for name in getattr(change, mark, ())),
            )
        )
        for mark in DOUBTS
    }


def doubts_of_merged(
    sheets: Iterable[ActionSheet], fields: Mapping[str, Parts], merge: Merge
) -> dict[str, Any]:
    """The marks and the claims of a merged sheet: those of the fields that it keeps, and its own.

    A claim stays where the field is taken from that sheet alone.
    """
    marks: dict[str, list[str]] = {mark: [*getattr(merge, mark)] for mark in DOUBTS}
    claims: list[SheetClaim] = []
    for sheet in sheets:
        kept = {name for name, parts in fields.items() if _is_of(sheet, parts)}
        for mark in DOUBTS:
            marks[mark] += (name for name in getattr(sheet, mark) if name in kept)
        alone = {name for name in kept if len(fields[name]) == 1}
        claims += about_others(sheet.claims, SheetStatement.model_fields.keys() - alone)
    found = {mark: without_link(names) for mark, names in marks.items()}
    return {**found, "claims": tuple(claim for claim in claims if claim.statement())}


def _is_of(sheet: ActionSheet, parts: Parts) -> bool:
    return any(isinstance(part, Kept) and part.sheet == sheet.code for part in parts)
