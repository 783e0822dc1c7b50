"""Rules of one contract: its axes, its sheets and their numbers, what it announces.

They are those of the text that was signed and of what each amendment makes of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cpps_cli.check.dates import check_milestones
from cpps_cli.check.nouns import Index, check_noun, known_territory, lies_within, window_outside
from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, no_such
from cpps_cli.engine import ContractVersion, Parent
from cpps_cli.engine.changes import ChangeFile
from cpps_cli.engine.rivals import no_effect
from cpps_cli.model import (
    ActionSheet,
    Adapt,
    Add,
    Amendment,
    Changes,
    Contract,
    DerivedSheet,
    Merge,
    Noun,
    Overlay,
    Stated,
)
from cpps_cli.model.operation import KINDS
from cpps_cli.model.paths import amendment_file, programmes_file, sheet_file, text_file

if TYPE_CHECKING:
    from cpps_cli.model.beside import Programme

_OTHER = Word(N_("the other one"))
_AGAIN = Word(N_("used again here"))


def check_contract(contract: Contract, index: Index) -> Iterator[Diagnostic]:
    """Judges a parent contract as it was signed."""
    place = Place(text_file(contract))
    yield from check_noun(contract, place, index)
    yield from _territories(contract, place, index)
    yield from _axes(contract, place)
    yield from _counts(contract, place)
    yield from _window(contract, place)
    yield from check_milestones(contract.milestones, place)
    places = {sheet.code: Place(sheet_file(contract.id, sheet.code)) for sheet in contract.sheets}
    for sheet in contract.sheets:
        yield from check_noun(sheet, places[sheet.code], index)
        yield from _link_marked(sheet, places[sheet.code])
        yield from sheet_axis(sheet, contract, places[sheet.code])
        yield from repeated_codes(sheet.indicators, places[sheet.code].at("indicators"))
    yield from same_numbers(contract.sheets, signed_numbers(contract))


def check_changes(text: Amendment | Overlay, file: str, index: Index) -> Iterator[Diagnostic]:
    """Judges an amendment or a local text alone."""
    place = Place(file)
    yield from check_noun(text, place, index)
    yield from repeated_codes(text.axes, place.at("axes"))
    yield from _repeated_indicators(text, place)


def check_links(amendment: Amendment, file: str) -> Iterator[Diagnostic]:
    """Judges what an amendment of a parent says of links, which its sheets have not."""
    for kind in KINDS:
        for position, change in enumerate(getattr(amendment, kind)):
            yield from _link_marked(change, Place(file, (kind, position)))


def _link_marked(noun: Noun, place: Place) -> Iterator[Diagnostic]:
    """Finds a link that is marked where there is none: only local sheets answer others."""
    if "sheet" in getattr(noun, "inferred", ()):
        what = N_("only a sheet of a local contract answers one of another contract")
        yield no_effect(place.at("inferred"), what)


def check_amended(parent: Parent) -> Iterator[Diagnostic]:
    """Judges the changes of the amendments, and the texts that they make."""
    for text, _places, faults in numbered_texts(parent):
        yield from text.faults
        # What the changes give means little where the changes are at fault.
        if all(fault.severity != "error" for fault in text.faults):
            yield from faults
            if text is not parent.texts[0]:
                yield from amended_window(text.contract, _of_the_day(text, parent))


def check_programmes(
    programmes: "tuple[Programme, ...]", contract: Contract, index: Index
) -> Iterator[Diagnostic]:
    """Judges the programmes reported for a contract."""
    place = Place(programmes_file(contract.id), ("programmes",))
    codes = [sheet.code for sheet in contract.sheets]
    yield from repeated_codes(programmes, place)
    for position, programme in enumerate(programmes):
        at = place.at(position)
        yield from check_noun(programme, at, index)
        yield from repeated_codes(programme.indicators, at.at("indicators"))
        for link, linked in enumerate(programme.sheets):
            if linked.sheet not in codes:
                values = no_such(linked.sheet, codes, contract=contract.id)
                yield Diagnostic("CP217", at.at("sheets", link, "sheet"), values)


def sheet_axis(sheet: ActionSheet, contract: Contract, place: Place) -> Iterator[Diagnostic]:
    """Requires a sheet to stand in one of the contract's axes."""
    codes = [axis.code for axis in contract.axes]
    if sheet.axis is None:
        yield Diagnostic("CP209", place, {"name": sheet.code})
    elif sheet.axis not in codes:
        values = no_such(sheet.axis, codes, contract=contract.id)
        yield Diagnostic("CP204", place.at("axis"), values)


def same_numbers(
    sheets: tuple[ActionSheet, ...], places: Mapping[str, Place]
) -> Iterator[Diagnostic]:
    """Requires every sheet of a contract to have a number of its own."""
    seen: dict[str, str] = {}
    for sheet in sheets:
        if sheet.number is None:
            continue
        if other := seen.get(sheet.number):
            values: dict[str, Any] = {"number": sheet.number, "name": sheet.code, "other": other}
            related = (Related(places[other], _OTHER),)
            yield Diagnostic("CP206", places[sheet.code], values, related)
        seen.setdefault(sheet.number, sheet.code)


def _repeated_indicators(changes: Changes, place: Place) -> Iterator[Diagnostic]:
    """Requires the indicators that one change states to have codes of their own."""
    for kind in ("add", "adapt", "merge"):
        stated: tuple[Add | Adapt | Merge, ...] = getattr(changes, kind)
        for position, change in enumerate(stated):
            at = place.at(kind, position)
            if isinstance(change, Add):
                yield from repeated_codes(change.indicators, at.at("indicators"))
            elif change.set is not None:
                yield from repeated_codes(change.set.indicators, at.at("set", "indicators"))


def stated_number(item: DerivedSheet) -> Place | None:
    """Finds where the changes that made a sheet state its number; None where they do not."""
    parts = (part for part in item.fields.get("number", ()) if isinstance(part, Stated))
    return next((part.place for part in parts), None)


def changed_numbers(
    sheets: Iterable[DerivedSheet], before: Mapping[str, Place]
) -> tuple[dict[str, Place], list[Diagnostic]]:
    """Finds where the number of each sheet stands after changes, and those used twice.

    `before` says where the numbers stood. Two numbers that were one already are not said again.
    """
    touched = [item for item in sheets if item.fields]
    found_at = {item.sheet.code: at for item in touched if (at := stated_number(item))}
    stated = {code: at for code, at in found_at.items() if before.get(code) != at}
    numbered = {**before, **stated}
    if not stated:
        return numbered, []
    # Those that stand first, so that a number used twice is found where a change gives it.
    ordered = sorted((item.sheet for item in sheets), key=lambda sheet: sheet.code in stated)
    counted = tuple(sheet for sheet in ordered if sheet.code in numbered)
    found = [item for item in same_numbers(counted, numbered) if item.values["name"] in stated]
    return numbered, found


def signed_numbers(contract: Contract) -> dict[str, Place]:
    """Finds where the number of each sheet stands in the text that was signed."""
    return {
        sheet.code: Place(sheet_file(contract.id, sheet.code)).at("number")
        for sheet in contract.sheets
    }


def numbered_texts(
    parent: Parent,
) -> Iterator[tuple[ContractVersion, dict[str, Place], list[Diagnostic]]]:
    """Follows the texts of a contract: where each number stands, those used twice since."""
    numbers = signed_numbers(parent.texts[0].contract)
    yield parent.texts[0], numbers, []
    for text in parent.texts[1:]:
        numbers, faults = changed_numbers(text.sheets, numbers)
        yield text, numbers, faults


@lru_cache(maxsize=64)
def numbers_of(parent: Parent) -> Mapping[str, Place]:
    """Finds where the number of each sheet stands in the text of the day."""
    known = {text.version: places for text, places, _faults in numbered_texts(parent)}
    return known[parent.now.version]


def repeated_codes(named: Iterable[Any], place: Place) -> Iterator[Diagnostic]:
    """Requires the items of a list to have codes of their own."""
    seen: dict[str, int] = {}
    for position, item in enumerate(named):
        if item.code in seen:
            related = (Related(place.at(seen[item.code], "code"), _OTHER),)
            values: dict[str, Any] = {"name": item.code, "where": _AGAIN}
            yield Diagnostic("CP207", place.at(position, "code"), values, related)
        seen.setdefault(item.code, position)


def _territories(contract: Contract, place: Place, index: Index) -> Iterator[Diagnostic]:
    named = [(contract.territory, place.at("territory"))]
    named += [
        (code, place.at("local_territories", position))
        for position, code in enumerate(contract.local_territories)
    ]
    for code, at in named:
        yield from known_territory(code, at, index)
    if contract.replaces and contract.replaces not in index.contracts:
        others = index.contracts - {contract.id}
        yield Diagnostic("CP205", place.at("replaces"), no_such(contract.replaces, others))


def _axes(contract: Contract, place: Place) -> Iterator[Diagnostic]:
    yield from repeated_codes(contract.axes, place.at("axes"))
    announced = contract.retained("announced_sheets")
    # Where fewer sheets are held than announced, those of an empty axis may be the missing ones.
    if not contract.sheets or (announced and announced.value > len(contract.sheets)):
        return
    filled = {sheet.axis for sheet in contract.sheets}
    for position, axis in enumerate(contract.axes):
        if axis.code not in filled:
            yield Diagnostic("CP208", place.at("axes", position, "code"), {"name": axis.code})


def _window(contract: Contract, place: Place) -> Iterator[Diagnostic]:
    """Requires the window that is retained to lie within the term that is.

    Where one claim or the contract itself states both, they were judged together.
    """
    term, window = contract.retained("term"), contract.retained("window")
    if contract.no_window and window is not None:
        yield Diagnostic("CP309", place.at("no_window"))
    if term is None or window is None or term.claim == window.claim:
        return
    if not lies_within(window.value, term.value):
        path = ("window",) if window.claim is None else ("claims", window.claim, "says", "window")
        yield window_outside(window.value, term.value, place.at(*path))


def amended_window(contract: Contract, files: Iterable[ChangeFile]) -> Iterator[Diagnostic]:
    """Requires the same after changes of one of the two; both together are judged alone."""
    term, window = contract.retained("term"), contract.retained("window")
    if term is None or window is None or lies_within(window.value, term.value):
        return
    for file in files:
        texts = file.contract.texts if file.contract else ()
        stating = [text for text in texts if text.way == "set" and text.field in ("term", "window")]
        if len(stating) == 1:
            yield window_outside(window.value, term.value, stating[0].place)
            return


def _of_the_day(text: ContractVersion, parent: Parent) -> Iterator[ChangeFile]:
    """Finds the amendments that made a text."""
    [day] = {item.in_force_on for item in parent.amendments if item.id == text.version}
    for item in parent.amendments:
        if item.in_force_on == day:
            yield ChangeFile(item, amendment_file(text.contract.id, item.id))


def _counts(contract: Contract, place: Place) -> Iterator[Diagnostic]:
    announced = contract.retained("announced_sheets")
    if announced is not None:
        path = ("claims", announced.claim) if announced.claim is not None else ("announced_sheets",)
        yield from _count(announced.value, len(contract.sheets), place.at(*path))
    for position, axis in enumerate(contract.axes):
        present = sum(sheet.axis == axis.code for sheet in contract.sheets)
        if axis.announced_sheets is not None:
            at = place.at("axes", position, "announced_sheets")
            yield from _count(axis.announced_sheets, present, at)
    incomplete = sum(sheet.status == "to_complete" for sheet in contract.sheets)
    if incomplete:
        values = {"count": incomplete, "total": len(contract.sheets)}
        yield Diagnostic("CP214", Place(place.file), values)


def _count(announced: int, present: int, place: Place) -> Iterator[Diagnostic]:
    if announced != present:
        yield Diagnostic("CP213", place, {"announced": announced, "present": present})
