"""Rules of a local contract: its file, and what follows from it beside its parent.

A verb that shows one finds the errors of its text alone, and reads no more for it than it reads:
what the sources are called is left to the check of the library.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cpps_cli.check.contract import (
    amended_window,
    changed_numbers,
    check_changes,
    check_contract,
    numbered_texts,
    numbers_of,
    sheet_axis,
)
from cpps_cli.check.dates import check_milestones
from cpps_cli.check.nouns import Index, known_territory
from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, no_such
from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.head import amending
from cpps_cli.engine.local_text import LocalText
from cpps_cli.engine.versions import day_by_day, in_force
from cpps_cli.model import Contract, Derived, LibraryReader, Overlay, Territory
from cpps_cli.model.paths import (
    SHEETS,
    contract_file,
    local_amendment_file,
    local_file,
    overlay_file,
)

_CLASHES = {
    "CP204": Word(N_("no such axis in the text of today")),
    "CP206": Word(N_("another sheet has this number in the text of today")),
}
# What somebody has to do on a day; the rest is right or wrong on any.
_DUE = ("CP408", "CP410")
_SAME_CODE = Word(N_("the parent of today has a sheet of this code"))


def check_overlay(overlay: Overlay, index: Index) -> Iterator[Diagnostic]:
    """Judges a local text alone."""
    place = _place(overlay)
    yield from check_changes(overlay, place.file, index)
    yield from check_milestones(overlay.milestones, place)
    yield from known_territory(overlay.territory, place, index)
    if overlay.follows == "parent" and not overlay.sources:
        yield Diagnostic("CP427", place.at("follows"))


def check_local(
    overlay: Overlay, parent: Parent, territory: Territory, derivation: Derivation | None = None
) -> Iterator[Diagnostic]:
    """Judges a local text beside its parent, and once derived.

    It is judged, whatever the day, against the text it was written for. What is to be read again
    is as of the day that the parent stands for; where it clashes only with that text, it is not
    wrong, and the warning shows those places too. `derivation`: what is derived of it on that day,
    where that is known already.
    """
    place, contract = _place(overlay), parent.now.contract
    base = parent.at_base_of(overlay)
    if overlay.territory not in parent.territories:
        yield unforeseen(contract, overlay.territory)
    parent = parent.of_local(overlay)
    today = derivation or parent.derive(overlay, territory)
    written = (
        today if _is_as_written(overlay, today, parent, base) else base.derive(overlay, territory)
    )
    sound = all(fault.severity != "error" for fault in written.faults)
    faults = list(_beside(base, overlay, written, sound))
    yield from faults
    yield from (fault for fault in written.faults if fault.code not in _DUE)
    clashes: list[Related] = []
    if sound and today.texts and parent.now is not base.now:
        clashes += _same_codes(today.derived, written.derived, place)
        clashes += _clashes(list(_beside(parent, overlay, today, sound)), faults)
    for fault in today.faults:
        if fault.code in _DUE:
            yield replace(fault, related=tuple(clashes)) if fault.code == "CP408" else fault


def check_text(
    parent: Parent, overlay: Overlay, territory: Territory, reader: LibraryReader
) -> Iterator[Diagnostic]:
    """Judges a local text as a library now has it, beside a parent that was read already."""
    read = reader.overlay(overlay.parent, overlay.territory)
    if read is not None:
        yield from check_local(read, parent, territory)


def _is_as_written(overlay: Overlay, today: Derivation, parent: Parent, base: Parent) -> bool:
    """Whether the text of the day is made of all that the local one is made of, on one parent."""
    if base is parent:
        return True
    begun = len(in_force(overlay.amendments, parent.on))
    return bool(today.texts) and base.now is parent.now and begun == len(overlay.amendments)


def unforeseen(contract: Contract, territory: str) -> Diagnostic:
    """Reports a local text of a territory for which the contract is not derived."""
    values = {"name": territory, "contract": contract_file(contract.id)}
    return Diagnostic("CP212", Place(overlay_file(contract.id, territory)), values)


def _beside(
    parent: Parent, overlay: Overlay, derivation: Derivation, sound: bool
) -> Iterator[Diagnostic]:
    """Judges a local text beside one text of its parent."""
    yield from _parent_axes(overlay, parent, _place(overlay))
    # Numbers and axes of what the changes give mean little where the changes are at fault.
    if sound:
        yield from _derived(derivation, overlay, parent)


def _clashes(today: list[Diagnostic], before: list[Diagnostic]) -> Iterator[Related]:
    """Finds what is wrong beside the parent of today, and was not beside the one of then."""
    reported = {(fault.code, fault.where) for fault in before}
    for fault in today:
        if fault.code in _CLASHES and (fault.code, fault.where) not in reported:
            yield Related(fault.where, _CLASHES[fault.code])


def _place(overlay: Overlay) -> Place:
    return Place(local_file(overlay))


def _parent_axes(overlay: Overlay, parent: Parent, place: Place) -> Iterator[Diagnostic]:
    contract = parent.now.contract
    known = [axis.code for axis in contract.axes]
    named = [
        (code, place.at("whole_axes", position)) for position, code in enumerate(overlay.whole_axes)
    ]
    files = [(overlay.axes, place)]
    files += [
        (item.axes, Place(local_amendment_file(overlay, item.id))) for item in overlay.amendments
    ]
    named += [
        (axis.parent, at.at("axes", position, "parent"))
        for axes, at in files
        for position, axis in enumerate(axes)
        if axis.parent
    ]
    for code, at in named:
        if code not in known:
            yield Diagnostic("CP204", at, no_such(code, known, contract=contract.id))


def _same_codes(today: Derived, written: Derived, place: Place) -> Iterator[Related]:
    """Finds the local sheets whose code the parent took since they were written."""
    taken = {sheet.code for sheet in today.parent.sheets}
    taken -= {sheet.code for sheet in written.parent.sheets}
    for item in today.sheets:
        changes = [place.at(*item.change)] if item.change else []
        made = [at for at in (*changes, *item.amended) if at.path[0] in ("add", "merge")]
        if made and item.sheet.code in taken:
            yield Related(made[-1].at("code"), _SAME_CODE)


def _derived(derivation: Derivation, overlay: Overlay, parent: Parent) -> Iterator[Diagnostic]:
    """Judges what the changes make; the parent's own faults are its own."""
    place, reported = _place(overlay), set[object]()
    numbers = numbers_of(parent)
    for text in derivation.texts:
        numbers, faults = changed_numbers(text.sheets, numbers)
        yield from faults
        for code, fault in _axes(text, place):
            # What is wrong with a sheet in one text is not said again of the next.
            if code not in reported:
                reported.add(code)
                yield fault
    yield from _windows(derivation, overlay)
    announced, [signed, *_amended] = overlay.announced_sheets, derivation.texts
    if announced is not None and announced != len(signed.sheets):
        values = {"announced": announced, "present": len(signed.sheets)}
        yield Diagnostic("CP213", place.at("announced_sheets"), values)


def _axes(text: LocalText, place: Place) -> Iterator[tuple[str, Diagnostic]]:
    """Finds the sheets that stand in no axis, by code."""
    for item in text.sheets:
        changes = (place.at(*item.change),) if item.change else ()
        if item.origin != "added" and (places := (*changes, *item.amended)):
            for fault in sheet_axis(item.sheet, text.contract, places[-1]):
                yield item.sheet.code, fault


def _windows(derivation: Derivation, overlay: Overlay) -> Iterator[Diagnostic]:
    """Requires the window that amendments make to lie within the term that they make."""
    days = day_by_day(overlay.amendments)
    for text, amendments in zip(derivation.texts[1:], days, strict=False):
        yield from amended_window(text.contract, amending(overlay, amendments).files)


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground on which the local contracts of a parent are judged.

    `parent` is None where one of its amendments cannot be read; `missing` are the codes of its
    sheets that cannot. Where the contract itself cannot (`is_known`), nothing is judged.
    """

    contract_id: str
    index: Index
    parent: Parent | None = None
    missing: frozenset[str] = frozenset()
    is_known: bool = True


def unread(signed: Contract, reader: LibraryReader) -> frozenset[str]:
    """Finds the sheets of a contract whose file cannot be read."""
    read = {sheet.code for sheet in signed.sheets}
    return frozenset(reader.names_in(signed.id, SHEETS)) - read


def own_faults(found: Iterable[Diagnostic], missing: frozenset[str]) -> Iterator[Diagnostic]:
    """Leaves out the faults that are only that some sheets are missing, which is said elsewhere."""
    for item in found:
        follows = item.code in ("CP208", "CP213") or item.values.get("name") in missing
        if not (missing and follows):
            yield item


def parent_faults(reader: LibraryReader, parent: Parent) -> Iterator[Diagnostic]:
    """Finds the errors of a parent's text of the day: a number given twice, for one.

    Those of its amendments apart, without which there is no text.
    """
    contract = parent.texts[0].contract
    missing = unread(contract, reader)
    found = [*check_contract(contract, _names(reader))]
    for text, _places, faults in numbered_texts(parent):
        found += faults if text in parent.until_now else ()
    yield from own_faults(_errors(found), missing)


def ground_of(reader: LibraryReader, parent: Parent) -> Ground:
    """Gives the ground on which local contracts are judged to a parent that was read already."""
    contract = parent.texts[0].contract
    return Ground(contract.id, _names(reader), parent, unread(contract, reader))


def local_faults(
    ground: Ground, overlay: Overlay, territory: Territory, derivation: Derivation | None = None
) -> Iterator[Diagnostic]:
    """Finds the errors of a local text on its parent; `derivation`: of it, where known."""
    if ground.parent is None:
        return
    local = check_local(overlay, ground.parent, territory, derivation)
    found = [*check_overlay(overlay, ground.index), *local]
    yield from own_faults(_errors(found), ground.missing)


def shown_faults(
    reader: LibraryReader, parent: Parent, derivation: Derivation, territory: Territory
) -> tuple[Diagnostic, ...]:
    """Finds the errors of a local contract that is shown, and of its parent's text."""
    found = [*parent_faults(reader, parent)]
    if (overlay := derivation.derived.overlay) is not None:
        found += local_faults(ground_of(reader, parent), overlay, territory, derivation)
    return tuple(found)


def unforeseen_texts(reader: LibraryReader, contract: Contract) -> Iterator[Diagnostic]:
    """Finds local texts of territories for which the contract is not derived."""
    for code in reader.overlay_codes(contract.id):
        if code not in contract.local_territories:
            yield unforeseen(contract, code)


def is_at_fault(found: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a library with these diagnostics fails its check."""
    grave = {"error", "warning"} if strict else {"error"}
    return any(item.severity in grave for item in found)


def _errors(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (item for item in found if item.severity == "error")


def _names(reader: LibraryReader) -> Index:
    return Index(None, reader.territory_codes(), frozenset(reader.contract_ids()))
