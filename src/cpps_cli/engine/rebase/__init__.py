"""Rebases a local text from its former parent onto the contract that replaces it.

Each operation of the local text has a disposition, so that nothing is lost in silence. What is
proposed is judged by the same engine as any local text, against the new parent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from cpps_cli.diagnostics import Place
from cpps_cli.engine.changes import ChangeFile
from cpps_cli.engine.derive import Parent
from cpps_cli.engine.rebase.disposition import (
    ABOUT,
    PLACE,
    Disposition,
    LiveMerges,
    Outcome,
    Stated,
    Table,
    emitted,
    joined,
    live_merges,
    with_reasons,
    without_conflicts,
    without_idle_places,
)
from cpps_cli.engine.rebase.remap import Remap
from cpps_cli.engine.rebase.squash import Squashed, squash
from cpps_cli.model import (
    ActionSheet,
    Add,
    Amendment,
    Axis,
    Changes,
    Contract,
    Merge,
    Overlay,
    Territory,
)
from cpps_cli.model.beside import Correspondence
from cpps_cli.model.operation import KINDS, change_at

_ON_ONE_SHEET = KINDS.keys() - {"add"}
_OF_AN_AXIS = frozenset(("code", "number", "title", "sources", "note"))


@dataclass(frozen=True, slots=True)
class Rebased:
    """What is proposed for a local text under a new parent, and what became of each operation.

    `former` is the former parent's text of the day, `base` the one that the local text was written
    for. `squashed` is the local text with its amendments in force. `dispositions` are those of what
    people wrote, `of_draft` those of that one text, from which the draft is made.
    `new_sheets` take up nothing of the former contract, `unmatched` are those of which that is not
    known.
    `own_axes_added`: axes of the new parent that no local axis answers, and that were put in.
    """

    former: Contract
    base: Contract
    successor: Contract
    version: str
    correspondence: Correspondence
    overlay: Overlay
    squashed: Squashed
    proposal: Overlay
    dispositions: tuple[Disposition, ...]
    of_draft: tuple[Disposition, ...]
    new_sheets: tuple[ActionSheet, ...]
    unmatched: tuple[ActionSheet, ...]
    own_axes_added: tuple[str, ...] = ()

    def of(self, *outcomes: Outcome) -> tuple[Disposition, ...]:
        """The dispositions with these outcomes."""
        return tuple(item for item in self.dispositions if item.outcome in outcomes)

    def own_amendments(self) -> tuple[str, ...]:
        """The ids of the local contract's own amendments that are carried with its text."""
        changes = (file.changes for file in self.squashed.files)
        return tuple(item.id for item in changes if isinstance(item, Amendment))

    def change_at(self, place: Place) -> Any:
        """The change that an operation belongs to, as it is written."""
        files = {file.file: file for file in (*self.squashed.files, *self.squashed.later)}
        return change_at(files[place.file].changes, place.path)


def rebase(
    former: Parent,
    successor: Parent,
    links: Correspondence,
    overlay: Overlay,
    territory: Territory,
) -> Rebased:
    """Rebases the local text of a territory onto the parent's successor.

    The two are the texts of the day that each `Parent` stands for; the base is the former one that
    the local text was written for.
    """
    written_for = former.at_base_of(overlay)
    squashed = squash(overlay, written_for, territory, former.on)
    remap = Remap(written_for.now.contract, successor.now.contract, links, squashed.changes)
    draft = Drafting(overlay, successor, remap, territory).draft()
    written = squashed.as_written(draft.dispositions)
    origins = [(sheet, links.comes_from(sheet.code)) for sheet in remap.theirs.sheets]
    return Rebased(
        former.now.contract,
        remap.base,
        remap.theirs,
        successor.now.version,
        links,
        overlay,
        squashed,
        draft.proposal,
        _in_order(written, (*squashed.files, *squashed.later)),
        _in_order(draft.dispositions, squashed.changes.files),
        tuple(sheet for sheet, origin in origins if origin and not origin.before),
        tuple(sheet for sheet, origin in origins if origin is None),
        draft.axes_added,
    )


def _in_order(found: Iterable[Disposition], files: Iterable[ChangeFile]) -> tuple[Disposition, ...]:
    """Sorts by the order of the files, what a change says of itself behind the change."""
    placed = (item for file in files for item in file.placed())
    order = {item.place: rank for rank, item in enumerate(placed)}

    def rank(item: Disposition) -> tuple[int, bool]:
        return order.get(item.operation.change, len(order)), bool(item.operation.path)

    return tuple(sorted(found, key=rank))


class Draft(NamedTuple):
    """A proposal with the dispositions that it follows from."""

    proposal: Overlay
    dispositions: tuple[Disposition, ...]
    axes_added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafting:
    """Drafts the local text of a territory on the new parent."""

    overlay: Overlay
    successor: Parent
    remap: Remap
    territory: Territory

    def draft(self) -> Draft:
        """Drafts the text, without the numbers that other sheets have."""
        alone = tuple(self.remap.sheets())
        live = live_merges(self.remap.changes, alone)
        found = (*without_conflicts(alone, live), *self.remap.beside())
        while True:
            draft = self._with(found, live)
            taken = set(self._numbers_taken(draft))
            if not taken:
                return draft
            found = tuple(_without_number(item, taken) for item in found)

    def _with(self, found: tuple[Disposition, ...], live: LiveMerges) -> Draft:
        if not self.remap.changes.listed:
            found = without_idle_places(found, live, self.remap.theirs)
        found = with_reasons(found, self.remap.changes)
        changes = proposed_changes(found, live, self.remap)
        proposal = self._proposal(changes)
        faults = self.successor.derive(proposal, self.territory).faults
        missing = {fault.values["axis"] for fault in faults if fault.code == "CP407"}
        # The axes of the new parent in which sheets stand that no local axis receives.
        axes = [axis for axis in self.remap.theirs.axes if axis.code in missing]
        if axes:
            own = (Axis.model_validate({"code": axis.code, "title": axis.title}) for axis in axes)
            proposal = self._proposal(changes, axes=(*changes.axes, *own))
        return Draft(proposal, found, tuple(axis.code for axis in axes))

    def _proposal(self, changes: Changes, **others: Any) -> Overlay:
        """Begins the text of the same place on the new parent with these changes."""
        return Overlay(
            territory=self.overlay.territory,
            parent=self.successor.now.contract.id,
            title=self.overlay.title,
            parent_version=self.successor.now.version,
            takes=self.overlay.takes,
            text="partial",
            **{**changes.stated(), **others},
        )

    def _numbers_taken(self, draft: Draft) -> Iterator[str]:
        """The sheets whose local number is that of another sheet of the local contract."""
        given = {code for item in draft.dispositions if _gives_a_number(item) for code in item.to}
        having: dict[str, list[str]] = defaultdict(list)
        for derived in self.successor.derive(draft.proposal, self.territory).derived.sheets:
            if derived.sheet.number:
                having[derived.sheet.number].append(derived.sheet.code)
        for codes in having.values():
            if len(codes) > 1:
                yield from given & set(codes)


def _gives_a_number(item: Disposition) -> bool:
    return item.is_remapped and item.operation.field == "number"


def _without_number(item: Disposition, codes: set[str]) -> Disposition:
    if _gives_a_number(item) and set(item.to) & codes:
        return replace(item, outcome="to_decide", why="number_taken")
    return item


def proposed_changes(found: tuple[Disposition, ...], live: LiveMerges, remap: Remap) -> Changes:
    """Puts the operations that are carried together, in the order of the new parent."""
    carried = [item for item in found if item.is_remapped]
    merged = {code for merge in live.values() for code in merge.sheets}
    apart = [item for item in carried if item.operation.change not in live]
    apart = [item for item in apart if item.operation.kind in _ON_ONE_SHEET]
    made: dict[str, list[Any]] = {}
    for code in (sheet.code for sheet in remap.theirs.sheets if sheet.code not in merged):
        own = [item for item in apart if code in item.to]
        if kind := _kind(own, code, remap):
            stated = (*_stated(own), *_about(own, [code], remap))
            made.setdefault(kind, []).append(emitted(kind, {"sheet": code}, stated))
    made["merge"] = [_merge(place, merge, carried, remap) for place, merge in live.items()]
    made["add"] = [*_adds(carried)]
    made["axes"] = [*_axes(carried, remap)]
    changes: Table = {kind: tuple(nouns) for kind, nouns in made.items() if nouns}
    own = [item for item in carried if item.operation.kind == "contract"]
    if any(item.operation.way for item in own):
        changes["contract"] = emitted("contract", {}, (*_stated(own), *_about(own, (), remap)))
    return Changes(**changes)


def _kind(own: list[Disposition], code: str, remap: Remap) -> str | None:
    """The kind of the one change on a sheet of the new parent; None where it needs none."""
    if any(item.operation.kind == "exclude" for item in own):
        return "exclude"
    if any(item.operation.way for item in own):
        return "adapt"
    if remap.changes.listed:
        return "take" if remap.is_taken(code) else None
    return "renumber" if any(item.operation.field in PLACE for item in own) else None


def _merge(place: Place, merge: Merge, carried: list[Disposition], remap: Remap) -> Any:
    own = [item for item in carried if item.operation.change == place]
    # Another change that only kept one of these sheets says why here.
    beside = [item for item in carried if item not in own and merge.code in item.to]
    stated = (*_stated(own), *_about([*own, *beside], merge.sheets, remap))
    return emitted("merge", {"sheets": merge.sheets, "code": merge.code}, stated)


def _adds(carried: list[Disposition]) -> Iterator[Add]:
    for head in carried:
        add = head.operation.value
        if isinstance(add, Add):
            own = [item for item in carried if item.operation.change == head.operation.change]
            table = {name: value for name, value in add.stated().items() if name not in PLACE}
            yield emitted("add", table, _stated(own))


def _axes(carried: list[Disposition], remap: Remap) -> Iterator[Axis]:
    """The local axes, each with the axis of the new parent that it answers."""
    own = [item for item in carried if item.operation.kind == "axes"]
    links = {item.operation.change: item.value for item in own if item.operation.path}
    answered = set(links.values())
    for operation in (item.operation for item in own if not item.operation.path):
        axis, link = operation.value, links.get(operation.change)
        if axis.parent is None and link is None:
            # An axis of the former parent's code answered it without saying so.
            after = remap.axis_after(axis.code)
            link = after if after != axis.code and after not in answered else None
        table = {name: value for name, value in axis.stated().items() if name in _OF_AN_AXIS}
        if link:
            answered.add(link)
            table["parent"] = link
        yield Axis(**table)


def _stated(own: Iterable[Disposition]) -> Stated:
    """The paths and values of fields, texts and items; not those of codes that name sheets."""
    return [
        (item.operation.path, item.value)
        for item in own
        if item.operation.field not in (None, "code", "sheets", *ABOUT)
    ]


def _about(own: list[Disposition], codes: Iterable[str], remap: Remap) -> Stated:
    """What changes say of themselves, and whether what became of their sheets is inferred."""
    for name in ABOUT:
        values = [item.value for item in own if item.operation.field == name]
        matches = (remap.links.comes_from(code) for code in codes if name == "inferred")
        if any(match and match.inferred for match in matches):
            values.append(("sheet",))
        if values:
            yield (name,), joined(name, values)
