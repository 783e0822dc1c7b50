"""Rules of a correspondence: every sheet of both generations is accounted for, exactly once."""

from collections.abc import Iterable, Iterator
from sys import maxsize
from typing import Any

from cpps_cli.check.nouns import Index, check_noun
from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word, no_such
from cpps_cli.engine import Parent
from cpps_cli.model.beside import Correspondence, Passage
from cpps_cli.model.paths import correspondence_file

_NONE, _ONE, _SOME, _SEVERAL = range(1), range(1, 2), range(1, maxsize), range(2, maxsize)
# For each kind, how many sheets it speaks of, before and after.
_EXPECTED: dict[Passage, tuple[range, range, Word]] = {
    "same": (_ONE, _ONE, Word(N_("one sheet before and one after"))),
    "split": (_ONE, _SEVERAL, Word(N_("one sheet before and several after"))),
    "merged": (_SEVERAL, _ONE, Word(N_("several sheets before and one after"))),
    "dropped": (_SOME, _NONE, Word(N_("one sheet or several before, and none after"))),
    "new": (_NONE, _SOME, Word(N_("no sheet before, and one or several after"))),
}
_FIRST = Word(N_("said here already"))
_SIDES = ("before", "after")


def check_correspondence(
    correspondence: Correspondence, successor: Parent, former: Parent | None, index: Index
) -> Iterator[Diagnostic]:
    """Judges a correspondence; `former` is None where that contract cannot be read."""
    place = Place(correspondence_file(correspondence.contract))
    yield from check_noun(correspondence, place, index)
    yield from _kinds(correspondence, place)
    for side in _SIDES:
        yield from _twice(_sheets(correspondence, place, side))
    yield from _twice((item.before, at.at("before")) for item, at in _axes(correspondence, place))
    if former is None:
        return
    for side, parent in zip(_SIDES, (former, successor), strict=True):
        yield from _unknown(correspondence, place, side, parent)
    yield from _left_out(correspondence, place, former, successor)


def check_former(
    correspondence: Correspondence, contracts: Iterable[str], line: Iterable[str]
) -> Iterator[Diagnostic]:
    """Requires the former contract to be one of those that the new one replaces."""
    at = Place(correspondence_file(correspondence.contract), ("former",))
    known, before = set(contracts), set(line) - {correspondence.contract}
    if correspondence.former not in known:
        yield Diagnostic("CP205", at, no_such(correspondence.former, known))
    elif correspondence.former not in before:
        yield Diagnostic("CP221", at, no_such(correspondence.former, before))


def _kinds(correspondence: Correspondence, place: Place) -> Iterator[Diagnostic]:
    for position, item in enumerate(correspondence.sheets):
        counts = {"before": len(item.before), "after": len(item.after)}
        before, after, expected = _EXPECTED[item.kind]
        if counts["before"] not in before or counts["after"] not in after:
            values: dict[str, Any] = {"kind": item.kind, "expected": expected, **counts}
            yield Diagnostic("CP222", place.at("sheets", position, "kind"), values)


def _sheets(correspondence: Correspondence, place: Place, side: str) -> Iterator[tuple[str, Place]]:
    """Lists the codes that the entries name on one side, and where."""
    for position, item in enumerate(correspondence.sheets):
        for index, code in enumerate(getattr(item, side)):
            yield code, place.at("sheets", position, side, index)


def _axes(correspondence: Correspondence, place: Place) -> Iterator[tuple[Any, Place]]:
    for position, item in enumerate(correspondence.axes):
        yield item, place.at("axes", position)


def _twice(named: Iterable[tuple[str, Place]]) -> Iterator[Diagnostic]:
    seen: dict[str, Place] = {}
    for code, at in named:
        # Twice in one list is told by the rule of every list.
        if code in seen and seen[code].path[:-1] != at.path[:-1]:
            yield Diagnostic("CP223", at, {"name": code}, (Related(seen[code], _FIRST),))
        seen.setdefault(code, at)


def _unknown(
    correspondence: Correspondence, place: Place, side: str, parent: Parent
) -> Iterator[Diagnostic]:
    """Requires the sheets and axes of one side to exist in one of the contract's texts."""
    contract = parent.now.contract
    sheets = {sheet.code for text in parent.texts for sheet in text.contract.sheets}
    axes = {axis.code for text in parent.texts for axis in text.contract.axes}
    for code, at in _sheets(correspondence, place, side):
        if code not in sheets:
            yield Diagnostic("CP217", at, no_such(code, sheets, contract=contract.id))
    for item, at in _axes(correspondence, place):
        code = getattr(item, side)
        if code not in axes:
            yield Diagnostic("CP204", at.at(side), no_such(code, axes, contract=contract.id))


def _left_out(
    correspondence: Correspondence, place: Place, former: Parent, successor: Parent
) -> Iterator[Diagnostic]:
    """Each titled sheet is named: of the former contract as it was last amended, of the new one as
    it was signed. A sheet without title cannot be recognised anywhere.
    """
    wanted = [(former.texts[-1].contract, "before"), (successor.texts[0].contract, "after")]
    titled = [
        (sheet.code, contract.id, side)
        for contract, side in wanted
        for sheet in contract.sheets
        if sheet.title
    ]
    named = {side: {code for code, _ in _sheets(correspondence, place, side)} for side in _SIDES}
    missing = [(code, contract) for code, contract, side in titled if code not in named[side]]
    if correspondence.known == "full":
        for code, contract in missing:
            yield Diagnostic("CP224", place, {"name": code, "contract": contract})
    elif missing:
        yield Diagnostic("CP225", place.at("known"), {"count": len(missing), "total": len(titled)})
