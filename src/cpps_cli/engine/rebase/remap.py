"""Remaps each operation of a local text, taken alone, from the former parent to the new one.

A sheet that is split asks for a choice: a text that rests on words which only one of the parts has
goes to that part; the others are left to be decided, for on each part they would be commitments
that nobody took.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from cpps_cli.engine.changes import ChangeSet, Placed
from cpps_cli.engine.merge3 import differ, normalised
from cpps_cli.engine.rebase.disposition import (
    ABOUT,
    Disposition,
    Why,
    as_written,
    operations_of_axis,
    operations_of_change,
)
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract, kept, value_of
from cpps_cli.model.beside import Correspondence
from cpps_cli.model.change import Adapt, AdaptContract, Add, Exclude, Merge, Renumber, Take
from cpps_cli.model.operation import Operation

Codes = tuple[str, ...]
_ENDS = ("term", "window")
_TAKING = (Take, Adapt, Merge)


@dataclass(frozen=True)
class Remap:
    """Remaps `changes` from `base`, the former parent as they were written for it, to `theirs`."""

    base: Contract
    theirs: Contract
    links: Correspondence
    changes: ChangeSet

    def targets(self, code: str) -> Codes:
        """The sheets of the new parent that hold the matter of a former one."""
        match = self.links.became(code)
        return tuple(item for item in match.after if self.theirs.sheet(item)) if match else ()

    def sources(self, targets: Iterable[str]) -> set[str]:
        """The former sheets that sheets of the new parent come from."""
        matches = map(self.links.comes_from, targets)
        return {code for match in matches if match for code in match.before}

    def axis(self, code: str) -> str | None:
        """The axis for a sheet placed in another: local axes stay, the parent's are matched."""
        return code if self.changes.axes(()) else self.axis_after(code)

    def axis_after(self, code: str) -> str | None:
        """The axis of the new parent that answers a former one."""
        after = self.links.axis_after(code)
        return after if after and self.theirs.axis(after) else None

    def is_taken(self, code: str) -> bool:
        """Whether a sheet of the new parent holds something that the local text took."""
        return not self.changes.listed or bool(self._named(*_TAKING) & self.sources([code]))

    def sheets(self) -> Iterator[Disposition]:
        """Disposes of the operations on sheets, but for what changes say of themselves."""
        for placed in self.changes.placed():
            yield from self._of_change(placed)

    def beside(self) -> Iterator[Disposition]:
        """Disposes of the operations on the contract itself, and on its axes."""
        for placed in self.changes.to_contract():
            yield from self._of_change(placed)
        answered: set[str] = set()
        for axis, place in self.changes.placed_axes():
            for operation in operations_of_axis(axis, place):
                yield self._of_axis(operation, answered)

    def _of_change(self, placed: Placed) -> Iterator[Disposition]:
        own = [item for item in operations_of_change(placed) if item.field not in ABOUT]
        match placed.change:
            case Take() | Renumber() | Adapt():
                return map(self._plain, own)
            case Exclude():
                return map(self._excluded, own)
            case Merge() as merge:
                return self._merged(own, merge)
            case Add() as add:
                return (self._added(item, add) for item in own)
            case AdaptContract():
                return map(self._of_contract, own)
            case _:
                assert_never(placed.change)

    # --- one sheet

    def _plain(self, operation: Operation) -> Disposition:
        """Remaps an operation of a change that keeps a sheet: takes, places or adapts it."""
        targets = self.targets(operation.sheets[0])
        if not targets:
            return self._orphaned(operation)
        if operation.field is None:
            return self._kept(operation, targets)
        if len(targets) > 1 and operation.field != "axis":
            homes = tuple(code for code in targets if self._rests_on(operation, code))
            if not homes or (operation.way != "remove" and len(homes) > 1):
                return as_written(operation, "to_decide", "split", targets)
            targets = homes
        return self._on(operation, operation.sheets, targets)

    def _orphaned(self, operation: Operation) -> Disposition:
        match = self.links.became(operation.sheets[0])
        why: Why = "unknown" if match is None else "repealed" if match.after else "dropped"
        return as_written(operation, "orphaned", why)

    def _kept(self, operation: Operation, targets: Codes) -> Disposition:
        """Keeps what a sheet has become, even where that holds more than it did."""
        more = self.changes.listed and not self.sources(targets) <= self._named(*_TAKING)
        why: Why = "holds_more" if more else "split" if len(targets) > 1 else ""
        return Disposition(operation, "remapped", why, targets, to_reread=bool(why))

    def _rests_on(self, operation: Operation, target: str) -> bool:
        """Whether a part of a sheet that was split has the words that an operation rests on."""
        field = str(operation.field)
        base, theirs = self._texts(operation.sheets, (target,), field)
        if operation.way == "remove":
            return _written_as(operation.value, theirs) is not None
        return operation.way == "set" and bool(base) and not differ(base, theirs)

    def _on(self, operation: Operation, codes: Codes, targets: Codes) -> Disposition:
        """Remaps an operation that rests on former sheets to sheets of the new parent."""
        field = str(operation.field)
        if field == "number":
            return as_written(operation, to=targets)
        if field == "axis":
            return self._in_axis(operation, targets)
        return _weighed(operation, targets, *self._texts(codes, targets[:1], field))

    def _in_axis(self, operation: Operation, targets: Codes) -> Disposition:
        axis = self.axis(operation.value)
        if axis is None:
            return as_written(operation, "orphaned", "axis_gone", targets)
        return Disposition(operation, "remapped", "", targets, axis)

    def _excluded(self, operation: Operation) -> Disposition:
        """Keeps a sheet left out where nothing else stands on it now."""
        [code] = operation.sheets
        targets = self.targets(code)
        if not targets:
            dropped = as_written(operation, "said_already", "parent_dropped_it")
            return dropped if self.links.became(code) else self._orphaned(operation)
        if not self.sources(targets) <= self._named(Exclude):
            return as_written(operation, "to_decide", "part_left_out", targets)
        fields = TEXT_FIELDS if operation.field is None else ()
        moved = any(differ(*self._texts([code], targets, field)) for field in fields)
        return Disposition(operation, "remapped", "", targets, operation.value, moved)

    # --- merges

    def _merged(self, own: list[Operation], merge: Merge) -> Iterator[Disposition]:
        """Remaps a merge of sheets that still are several, are one by now, or none."""
        targets = tuple(dict.fromkeys(to for code in merge.sheets for to in self.targets(code)))
        if not targets:
            return map(self._orphaned, own)
        remapped = self._still_merged if len(targets) > 1 else self._already_merged
        return (remapped(item, merge, targets) for item in own)

    def _already_merged(self, operation: Operation, merge: Merge, targets: Codes) -> Disposition:
        """Remaps a merge that the new parent has made itself to the sheet that it made."""
        match operation.path:
            case ():
                return Disposition(operation, "remapped", "one_sheet_now", targets, to_reread=True)
            case ("code",):
                return as_written(operation, "discarded", "one_sheet_now", targets)
            case ("sheets", _):
                return self._source(operation)
            case ("keep", _):
                return self._kept_text(operation, targets)
            case _:
                return self._on(operation, merge.sheets, targets)

    def _still_merged(self, operation: Operation, merge: Merge, targets: Codes) -> Disposition:
        ours, field = (merge.code,), str(operation.field)
        if self.theirs.sheet(merge.code) and merge.code not in targets:
            return as_written(operation, "to_decide", "code_taken", targets)
        match operation.path:
            case ("sheets", _):
                return self._source(operation)
            case ("keep", _):
                return self._kept_sheet(operation, merge)
            case ("axis",):
                return self._in_axis(operation, ours)
            case ("set", _):
                texts = self._texts(merge.sheets, targets, field)
                return _reread(operation, ours, operation.value, *texts)
            case _:
                return as_written(operation, to=ours)

    def _source(self, operation: Operation) -> Disposition:
        """Remaps one of the sheets that are merged."""
        targets = self.targets(operation.value)
        return as_written(operation, to=targets) if targets else self._orphaned(operation)

    def _kept_sheet(self, operation: Operation, merge: Merge) -> Disposition:
        """Remaps the sheet whose text a merge keeps: a choice that rests on what it put aside."""
        code, field = operation.value, str(operation.field)
        targets = self.targets(code)
        if not targets:
            return self._orphaned(operation)
        if len(targets) > 1:
            return as_written(operation, "to_decide", "split", targets)
        aside = [other for other in merge.sheets if other != code]
        texts = self._texts(aside, (to for other in aside for to in self.targets(other)), field)
        return _reread(operation, targets, targets[0], *texts)

    def _kept_text(self, operation: Operation, targets: Codes) -> Disposition:
        """Disposes of the text that a merge kept, where the parent has merged the sheets itself."""
        field = str(operation.field)
        base, theirs = self._texts(operation.sheets, targets, field)
        if not differ(base, theirs):
            return as_written(operation, "said_already", "parent_says_it", targets)
        why: Why = "kept_text_changed"
        return Disposition(operation, "to_decide", why, targets, base, base=base, theirs=theirs)

    # --- what is added, and the contract itself

    def _added(self, operation: Operation, add: Add) -> Disposition:
        """Keeps a sheet of the local contract's own, where its code and its axis are free."""
        if self.theirs.sheet(add.code):
            return as_written(operation, "to_decide", "code_taken", (add.code,))
        if add.axis is not None and self.axis(add.axis) is None:
            return as_written(operation, "to_decide", "axis_gone", (add.code,))
        if operation.field == "axis":
            return self._in_axis(operation, (add.code,))
        return as_written(operation, to=(add.code,))

    def _of_contract(self, operation: Operation) -> Disposition:
        field = str(operation.field)
        if field in _ENDS:
            return as_written(operation, "discarded", "former_contract")
        return _weighed(operation, (), getattr(self.base, field), getattr(self.theirs, field))

    def _of_axis(self, operation: Operation, answered: set[str]) -> Disposition:
        """Keeps a local axis; its link goes to the axis of the new parent that answers, once."""
        if operation.field is None:
            return as_written(operation)
        if operation.field != "parent":
            return as_written(operation, "discarded", "former_contract")
        after = self.axis_after(operation.value)
        if after is None:
            return as_written(operation, "orphaned", "axis_gone")
        if after in answered:
            return Disposition(operation, "to_decide", "meet", value=after)
        answered.add(after)
        return Disposition(operation, "remapped", value=after)

    # --- the two texts

    def _texts(self, codes: Iterable[str], targets: Iterable[str], field: str) -> tuple[Any, Any]:
        """The values of a field in sheets of the former parent together, and of the new one."""
        sheets = map(self.base.sheet, codes), map(self.theirs.sheet, targets)
        return together(sheets[0], field), together(sheets[1], field)

    def _named(self, *kinds: type) -> set[str]:
        """The former sheets that the local text names in changes of these kinds."""
        placed = (item for item in self.changes.placed() if isinstance(item.change, kinds))
        return {code for item in placed for code in item.targets}


def together(sheets: Iterable[ActionSheet | None], field: str) -> Any:
    """Joins the values of a field of several sheets as a merge does."""
    return value_of(field, tuple(part for sheet in sheets if sheet for part in kept(sheet, field)))


def _weighed(operation: Operation, to: Codes, base: Any, theirs: Any) -> Disposition:
    """Remaps a text or an item to a field that has the value `theirs`, and had `base`."""
    value = operation.value
    if operation.way == "set":
        if differ(value, theirs):
            return _reread(operation, to, value, base, theirs)
    elif (written := _written_as(value, theirs)) is None:
        if operation.way == "remove":
            return Disposition(operation, "orphaned", "item_gone", to, value, theirs=theirs)
        return as_written(operation, to=to)
    elif operation.way == "remove":
        return Disposition(operation, "remapped", "", to, written)
    return as_written(operation, "said_already", "parent_says_it", to)


def _reread(operation: Operation, to: Codes, value: Any, base: Any, theirs: Any) -> Disposition:
    """Carries a value, to be read again where the parent's has changed."""
    if differ(base, theirs):
        return Disposition(operation, "remapped", "", to, value, True, base, theirs)
    return Disposition(operation, "remapped", "", to, value)


def _written_as(item: str, items: Iterable[str]) -> str | None:
    """An item of a list as the list writes it; None where it lacks it."""
    return next((other for other in items if normalised(other) == normalised(item)), None)
