"""The one sheet that a question is about, in the text of a contract or of a local one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cpps_cli.diagnostics import N_, SHORT_LIST, CppsError, nearest
from cpps_cli.engine.derive import Parent
from cpps_cli.model import (
    SIGNED,
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    Add,
    Contract,
    Derived,
    DerivedSheet,
    LeftOut,
    Merge,
    Renumber,
    Take,
)
from cpps_cli.model.operation import change_at
from cpps_cli.model.paths import amendment_of
from cpps_cli.model.sheet import sheet_called, with_words

Change = Take | Renumber | Adapt | Merge | Add


def names_contract(word: str, *contracts: Contract) -> bool:
    """Whether a question is about the contract itself: no sheet is called `contract`."""
    if word.strip().casefold() != "contract":
        return False
    return all(sheet_called(contract.sheets, word) is None for contract in contracts)


def find_sheet(parent: Parent, word: str) -> ActionSheet:
    """The sheet of that code or number; raises `CppsError`, with the nearest, where none has it."""
    contract = parent.now.contract
    found = sheet_called(contract.sheets, word)
    if found is None:
        raise _in_another_text(parent, word) or unknown_sheet(contract, word, contract.sheets)
    return found


def find_local_sheet(parent: Parent, derived: Derived, word: str) -> DerivedSheet | LeftOut:
    """The local sheet of that code or number, or what became of the parent's sheet of that name.

    A local number comes before the parent's. Raises `CppsError` where neither has it.
    """
    local = sheet_called(derived.contract.sheets, word)
    if local is not None:
        return next(item for item in derived.sheets if item.sheet.code == local.code)
    found = sheet_called(derived.parent.sheets, word)
    if found is None and (since := sheet_called(derived.parent_of_day.sheets, word)):
        return LeftOut(since, "since_signature")
    if found is None:
        known = (*derived.contract.sheets, *derived.parent.sheets)
        raise _in_another_text(parent, word) or unknown_sheet(derived.contract, word, known)
    answering = (item for item in derived.sheets if found.code in (item.answers or ()))
    left_out = (item for item in derived.left_out if item.sheet.code == found.code)
    return next(answering, None) or next(left_out)


def require_local_sheet(parent: Parent, derived: Derived, word: str) -> DerivedSheet:
    """The local sheet of that code or number; raises `CppsError` where it is not held."""
    found = find_local_sheet(parent, derived, word)
    if isinstance(found, LeftOut):
        raise CppsError(
            "{contract} does not hold the sheet `{name}`",
            help=N_("`cpps show {name}` with the same options says what became of it"),
            exit_code=1,
            contract=derived.contract.label,
            name=word,
        )
    return found


@dataclass(frozen=True, slots=True)
class Origins:
    """How a local contract came by a sheet: the changes behind it, and what it does not inherit.

    `reasons` are those of its text as signed and of its amendments, each with the version;
    `refused` are the fields in which the parent's words were refused, each with the reason.
    """

    derived: Derived
    item: DerivedSheet | LeftOut
    reasons: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None
    own_fields: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str | None:
        """The last reason that was given."""
        return self.reasons[-1][1] if self.reasons else None

    @property
    def amended_by(self) -> tuple[str, ...]:
        """The ids of the local contract's own amendments that touched it, or took it out."""
        if isinstance(self.item, LeftOut):
            return (self.item.repealed_by,) if self.item.repealed_by else ()
        files = dict.fromkeys(place.file for place in self.item.amended)
        return tuple(filter(None, map(amendment_of, files)))

    @property
    def answers(self) -> tuple[str, ...]:
        """The codes of the parent's sheets it comes from; () where none is known."""
        return () if isinstance(self.item, LeftOut) else self.item.answers or ()


def local_origins(derived: Derived, item: DerivedSheet | LeftOut) -> Origins:
    """Where a sheet of a local contract comes from."""
    if isinstance(item, LeftOut):
        version = item.repealed_by or SIGNED
        return Origins(derived, item, ((version, item.reason),) if item.reason else ())
    lookup = tuple(_changes_behind(derived, item))
    # The note of an added sheet is the sheet's own, and is shown with it.
    notes = [change.note for _, change in lookup if change.note and not isinstance(change, Add)]
    sources = dict.fromkeys(name for _, change in lookup for name in change.sources)
    return Origins(
        derived,
        item,
        reasons_of(derived, item),
        tuple(sources),
        notes[-1] if notes else None,
        _own_fields(derived, item),
        tuple(refusal for _, change in lookup for refusal in _refused(change)),
    )


def reasons_of(derived: Derived, item: DerivedSheet) -> tuple[tuple[str, str], ...]:
    """Why a local sheet is as it is: each reason that was given, with the version that gives it."""
    behind = _changes_behind(derived, item)
    return tuple((version, change.reason) for version, change in behind if change.reason)


def _refused(change: Change) -> Iterator[tuple[str, str]]:
    if isinstance(change, Adapt | Merge):
        yield from change.refused.items()


def _changes_behind(derived: Derived, item: DerivedSheet) -> Iterator[tuple[str, Change]]:
    """The changes of the local text and of its amendments that made a sheet, with the version."""
    if derived.overlay is None:
        return
    if item.change is not None:
        yield SIGNED, change_at(derived.overlay, item.change)
    amendments = {amendment.id: amendment for amendment in derived.overlay.amendments}
    for place in item.amended:
        version = amendment_of(place.file) or SIGNED
        yield version, change_at(amendments[version], place.path)


def _own_fields(derived: Derived, item: DerivedSheet) -> tuple[str, ...]:
    """The fields in which an adapted sheet does not say what its parent says."""
    if item.origin != "adapted" or not item.answers:
        return ()
    parent = derived.parent_sheet(item.answers[0])
    if parent is None:
        return ()
    return tuple(name for name in TEXT_FIELDS if getattr(parent, name) != getattr(item.sheet, name))


def _in_another_text(parent: Parent, word: str) -> CppsError | None:
    """The sheet was repealed, or is not added yet, on the day of the question."""
    texts = (text for text in parent.texts if sheet_called(text.contract.sheets, word))
    text = next(texts, None)
    if text is None:
        return None
    return CppsError(
        "{contract} has a sheet `{name}` in its text `{version}`, but not in the text asked for",
        help=N_("ask for another day with `--on`"),
        exit_code=1,
        contract=parent.now.contract.label,
        name=word,
        version=text.version,
    )


def unknown_sheet(contract: Contract, word: str, sheets: tuple[ActionSheet, ...]) -> CppsError:
    """What is said of a sheet that none of these is."""
    return CppsError(
        "there is no sheet `{name}` in {contract}",
        name=word,
        contract=contract.label,
        **_meant(word, sheets),
    )


def _meant(word: str, sheets: tuple[ActionSheet, ...]) -> dict[str, Any]:
    """The nearest code, the sheet that has these words, or else the numbers there are."""
    numbers = tuple(dict.fromkeys(sheet.number for sheet in sheets if sheet.number))
    if not word[:1].isdigit():
        near = nearest(word.casefold(), [sheet.code for sheet in sheets])
        held = with_words(sheets, word.replace("-", " "))
        if "nearest" not in near and 0 < len(held) <= SHORT_LIST:
            codes = tuple(sheet.code for sheet in held)
            near = {"known": codes} if len(codes) > 1 else {"nearest": codes[0]}
        if near:
            return dict(near)
    return {"known": numbers} if numbers else {}
