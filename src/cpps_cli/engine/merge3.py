"""Merges three texts of one field, and tells when two of them are the same.

What was measured is no text: an indicator is what it says apart from its figures.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract, Indicator, IndicatorChange
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import measured_by

_MARK_LENGTH = len("sha256:") + 16
# Apostrophes, quotation marks and dashes that mean the same; white space is one space.
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


@lru_cache(maxsize=4096)  # many local texts are held against the same words of one parent
def normalised(text: str) -> str:
    """The text without what typing changes: NFC, white space, apostrophes, quotation marks."""
    plain = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    # French sets spaces inside its quotation marks, English does not.
    return re.sub(r'\s*"\s*', '"', re.sub(r"\s+", " ", plain)).strip()


def fingerprint(contract: Contract) -> str:
    """The fingerprint of a contract's text: its own fields, its axes and its sheets."""
    return digest(_text_of(contract))


def states(written: str, contract: Contract) -> bool:
    """Whether a fingerprint that a file holds is that of a contract's text."""
    return is_mark_of(written, _text_of(contract))


def _text_of(contract: Contract) -> dict[str, object]:
    term, window = contract.value("term"), contract.value("window")
    return {
        "title": contract.title,
        "signatories": contract.signatories,
        "partners": contract.partners,
        "term": term and str(term),
        "window": window and str(window),
        "axes": [(axis.code, axis.number, axis.title) for axis in contract.axes],
        "sheets": [_sheet(sheet) for sheet in contract.sheets],
    }


def digest(value: object, until: date | None = None) -> str:
    """`sha256:` and the hash of a value made of tables, lists and texts, once normalised.

    Figures count where `until` is given: those measured by that day.
    """
    plain = _plain(value, until)
    written = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


def short(fingerprint: str) -> str:
    """A fingerprint as files state it: its first sixteen signs, enough to tell two texts apart."""
    return fingerprint[:_MARK_LENGTH]


def is_mark_of(written: str, value: object) -> bool:
    """Whether a fingerprint that a file holds is that of a value.

    Figures counted in those of earlier files, which stay right: no period measured since then
    makes them wrong.
    """
    if written == short(digest(value)):
        return True
    days = sorted(set(_days_measured(value)))
    return any(written == short(digest(value, day)) for day in days)


def _days_measured(value: object) -> Iterator[date]:
    match value:
        case Indicator():
            yield from (item.period.last for item in value.values)
        case dict():
            for item in value.values():
                yield from _days_measured(item)
        case tuple() | list():
            for item in value:
                yield from _days_measured(item)
        case _:
            return


def _sheet(sheet: ActionSheet) -> dict[str, object]:
    fields = ("code", "number", "axis", *TEXT_FIELDS)
    return {field: getattr(sheet, field) for field in fields}


def _plain(value: object, until: date | None) -> object:
    match value:
        case str():
            return normalised(value)
        case BaseModel():
            return _plain(_fields(value, until), until)
        case dict():
            stated = {str(key): item for key, item in value.items() if item not in (None, ())}
            return {key: _plain(item, until) for key, item in stated.items()}
        case tuple() | list():
            return [_plain(item, until) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)


def _fields(noun: BaseModel, until: date | None) -> dict[str, object]:
    fields = {name: getattr(noun, name) for name in type(noun).model_fields}
    if isinstance(noun, Indicator):
        fields["values"] = measured_by(noun, until).values if until else ()
    return fields


# unchanged: theirs says what base said; converged: ours and theirs say the same; clean: both
# changes stand side by side; cosmetic: the parent only put it in other words; conflict: they
# disagree.
Outcome = Literal["unchanged", "converged", "clean", "cosmetic", "conflict"]


class ListChange(NamedTuple):
    """Items that a local change puts into a list and takes out of it."""

    append: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


_NOTHING = ListChange()


@dataclass(frozen=True, slots=True)
class Merged:
    """A local change of one field merged with the parent's.

    `converged` are the appended and removed items that the parent has put in, or taken out, itself
    meanwhile. `became` says, for a removed item that the parent no longer has, what stands in its
    place there.
    """

    outcome: Outcome
    converged: ListChange = _NOTHING
    became: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def differ(one: Any, other: Any) -> bool:
    """Whether two values of a field say other things: typing alone is no change.

    Nor is another way to write the same days.
    """
    if isinstance(one, Period) and isinstance(other, Period):
        return (one.first, one.last) != (other.first, other.last)
    return bool(one != other) and _plain(one, None) != _plain(other, None)


def merge_scalar(ours: Any, base: Any, theirs: Any, *, cosmetic: bool) -> Merged:
    """Merges three values of one field."""
    if not differ(base, theirs):
        return Merged("unchanged")
    if not differ(ours, theirs):
        return Merged("converged")
    return Merged("cosmetic" if cosmetic else "conflict")


def merge_selection(base: tuple[Any, ...], theirs: tuple[Any, ...], *, cosmetic: bool) -> Merged:
    """Merges a choice made of texts: to leave them out, to merge them, to keep one of them."""
    if not any(differ(old, new) for old, new in zip(base, theirs, strict=True)):
        return Merged("unchanged")
    return Merged("cosmetic" if cosmetic else "conflict")


def merge_list(
    change: ListChange, base: tuple[str, ...], theirs: tuple[str, ...], *, cosmetic: bool
) -> Merged:
    """Merges local items with the parent's lists: two additions never conflict."""
    if not differ(base, theirs):
        return Merged("unchanged")
    became = {
        item: in_its_place(item, base, theirs) for item in change.remove if lacks(theirs, item)
    }
    converged = ListChange(
        tuple(item for item in change.append if not lacks(theirs, item)),
        tuple(item for item, others in became.items() if not others),
    )
    reworded = {item: others for item, others in became.items() if others}
    if reworded and not cosmetic:
        return Merged("conflict", converged, reworded)
    if converged == change:
        return Merged("converged", converged)
    return Merged("cosmetic" if cosmetic else "clean", converged, reworded)


def merge_indicators(
    ways: Mapping[str, Any],
    base: tuple[Indicator, ...],
    theirs: tuple[Indicator, ...],
    *,
    cosmetic: bool,
) -> Merged:
    """Merges a local change of indicators, each by its code, with the parent's."""
    if not differ(base, theirs):
        return Merged("unchanged")
    now = {item.code: item for item in theirs}
    stated = ((now.get(change.code), change) for change in ways.get("set", ()))
    converged = all(item and not differ(change.of(item), item) for item, change in stated)
    if converged and not now.keys() & set(ways.get("remove", ())):
        return Merged("converged")
    return Merged("cosmetic" if cosmetic else "conflict")


def key_of(item: Any) -> str:
    """The key of an item in its list: the code of an indicator, the words of a text."""
    return item.code if isinstance(item, IndicatorChange) else normalised(str(item))


def lacks(items: tuple[Any, ...], item: Any) -> bool:
    """Whether a list does not have an item, however it is typed."""
    return key_of(item) not in map(key_of, items)


def in_its_place(item: str, base: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """The new items that stand where one stood that is no longer there."""
    before, after = [normalised(text) for text in base], [normalised(text) for text in theirs]
    if normalised(item) not in before:
        return ()
    at = before.index(normalised(item))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace" and start <= at < end:
            places = range(first, last)
            return tuple(theirs[place] for place in places if after[place] not in before)
    return ()
