"""Disposes of the operations of a local text, one by one and where two of them meet.

Two local texts on one field are a question that nobody but the town hall can answer: neither is
written, both are kept beside.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.engine.changes import ChangeFile, ChangeSet, Placed
from cpps_cli.engine.merge3 import digest
from cpps_cli.model import AdaptContract, Add, Axis, Changes, Contract, Merge
from cpps_cli.model.operation import WAYS, Operation, noun_of, operations_of

T = TypeVar("T")
Table = dict[str, Any]
Stated = Iterable[tuple[KeyPath, Any]]
# The merges that still merge several sheets, by their places, each with those of the new parent.
LiveMerges = Mapping[Place, Merge]
Outcome = Literal["remapped", "said_already", "to_decide", "orphaned", "settled", "discarded"]
_Remapped = Literal["", "holds_more", "one_sheet_now"]
_SaidAlready = Literal["parent_says_it", "parent_dropped_it"]
_Meeting = Literal["split", "meet", "merged_elsewhere", "part_left_out"]
_ToDecide = Literal[_Meeting, "code_taken", "number_taken", "kept_text_changed"]
_Orphaned = Literal["dropped", "unknown", "repealed", "item_gone", "axis_gone"]
_Discarded = Literal["former_contract", "refused", "not_in_force"]
_Settled = Literal["amended_since", "repealed_since", "taken_up_since", "undoes"]
Why = Literal[_Remapped, _SaidAlready, _ToDecide, _Orphaned, _Discarded, _Settled]
# What a change says of itself goes where the change goes.
ABOUT = ("reason", "note", "sources", "inferred", "uncertain", "cut")
PLACE = ("number", "axis")
_DECISION = ("decided_by", "decided_on", "review_on")
_ORDER = ("code", "sheets", *ABOUT, *_DECISION, *PLACE, "set", "append", "remove", "keep")
# What an overlay says that its proposal says anew.
_STATED_ANEW = ("territory", "parent", "parent_version", "parent_fingerprint", "takes", "text")
# An amendment is named by its file, and read as a file of its own.
_LEFT_OUT = frozenset((*_STATED_ANEW, "id", "amendments", *Changes.model_fields))
# What a change became of which nothing is carried: the gravest of what its operations became.
_GRAVEST: tuple[Outcome, ...] = ("remapped", "to_decide", "orphaned", "said_already", "discarded")
_BY_THEMSELVES = ("take", "exclude", "merge")


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of an operation: where it goes to, or why it goes nowhere.

    `to` are codes of the proposal: of the new parent's sheets, or of local ones. `base` and
    `theirs` are the values of the former parent and of the new one, where the operation is
    `to_reread` or to decide.
    """

    operation: Operation
    outcome: Outcome
    why: Why = ""
    to: tuple[str, ...] = ()
    value: Any = None
    to_reread: bool = False
    base: Any = None
    theirs: Any = None

    @property
    def is_remapped(self) -> bool:
        """Whether it stands in the proposal."""
        return self.outcome == "remapped"


def operations_of_change(placed: Placed) -> Iterator[Operation]:
    """Takes a change apart, lists item by item, in the order in which a report shows them."""
    change = placed.change
    is_new = isinstance(change, Add)  # a sheet that is added goes as a whole, but for its place
    if not isinstance(change, AdaptContract):
        yield Operation(placed.place, placed.targets, (), change if is_new else None)
    order = PLACE if is_new else _ORDER
    stated = [item for item in operations_of(change, placed.place) if _key(item) in order]
    for item in sorted(stated, key=lambda item: order.index(_key(item))):
        yield from _items(item)


def operations_of_axis(axis: Axis, place: Place) -> Iterator[Operation]:
    """Takes a local axis apart: the axis itself, and what in it speaks of the former parent."""
    yield Operation(place, (), (), axis)
    for name in ("parent", "announced_sheets"):
        if (value := getattr(axis, name)) is not None:
            yield Operation(place, (), (name,), value)


def operations_of_file(file: ChangeFile) -> Iterator[Operation]:
    """Takes all changes of a file apart."""
    for placed in file.all_placed():
        yield from operations_of_change(placed)
    for axis, place in file.placed_axes():
        yield from operations_of_axis(axis, place)


def operations_of_head(file: ChangeFile) -> Iterator[Operation]:
    """Takes the head of a file apart: titles, what happened to the contract, sources."""
    stated, place = file.changes.stated(), Place(file.file)
    for name in type(file.changes).model_fields:
        value = None if name in _LEFT_OUT else stated.get(name)
        if value is None:
            continue
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in items:
            yield Operation(place, (), (name,) if index is None else (name, index), item)


def remarks_of_file(file: ChangeFile) -> Iterator[Operation]:
    """Lists what changes say of how they were read or put: refusals, `editorial`."""
    for placed in file.all_placed():
        own = [item for item in operations_of(placed.change, placed.place) if item.value]
        for name in ("refused", "editorial"):
            yield from (item for item in own if _key(item) == name)


def emitted(kind: str, target: Table, stated: Stated) -> Any:
    """Makes one change of what it states: the first text of a field, each item of a list once."""
    found: dict[KeyPath, Any] = {(name,): value for name, value in target.items()}
    for path, value in stated:
        match path:
            case (str(),) if value is not None:
                found[path] = value
            case (str(), str()):
                found.setdefault(path, value)
            case (str(way), str(name), int()):
                found[way, name] = unique((*found.get((way, name), ()), value))
            case _:  # the change itself, and the codes that it names
                continue
    return noun_of(kind, found.items())


def joined(name: str, values: Iterable[Any]) -> Any:
    """Joins what several changes say of themselves under one key."""
    if name in ("reason", "note"):
        return " ".join(unique(values))
    return unique(item for items in values for item in items)


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Each item once, in their order."""
    return tuple(dict.fromkeys(items))


def _key(operation: Operation) -> str:
    return str(operation.path[0]) if operation.path else ""


def _items(operation: Operation) -> Iterator[Operation]:
    """Splits a list that is put in, taken out, or merged into its items."""
    path, value = operation.path, operation.value
    match path:
        case ("append" | "remove", str()):
            for index, item in enumerate(value):
                yield operation._replace(path=(*path, index), value=item)
        case ("sheets",):
            for index, code in enumerate(value):
                yield operation._replace(sheets=(code,), path=(*path, index), value=code)
        case ("keep", str()):
            yield operation._replace(sheets=(value,))
        case (str(name),) if name in WAYS or not value:  # nothing is stated
            return
        case _:
            yield operation


# --- operations of several changes on one sheet


def live_merges(changes: ChangeSet, found: Iterable[Disposition]) -> LiveMerges:
    """Lists the merges that can be written, each sheet in one at most: the first that is read."""
    by_change = grouped(found)
    live: dict[Place, Merge] = {}
    for placed in changes.placed():
        if isinstance(placed.change, Merge):
            sheets = _merged_sheets(by_change[placed.place])
            free = not set(sheets) & {code for other in live.values() for code in other.sheets}
            if len(sheets) > 1 and free:
                live[placed.place] = placed.change.replace(sheets=sheets)
    return live


def without_conflicts(found: Iterable[Disposition], live: LiveMerges) -> tuple[Disposition, ...]:
    """Leaves to decide what would change a field of a sheet twice."""
    owner = {code: merge.code for merge in live.values() for code in merge.sheets}
    apart: list[Disposition] = []
    for change, own in grouped(found).items():
        if change in live:
            apart += own
        elif own[0].operation.kind == "merge" and len(_merged_sheets(own)) > 1:
            apart += (_to_decide(item, "merged_elsewhere") for item in own)
        else:
            apart += (_beside_merges(item, owner) for item in own)
    rivals = _rivals(item for item in apart if item.operation.change not in live)
    return tuple(_to_decide(item, "meet") if item in rivals else item for item in apart)


def without_idle_places(
    found: tuple[Disposition, ...], live: LiveMerges, theirs: Contract
) -> tuple[Disposition, ...]:
    """Drops the place of a sheet that only gets the one it has already.

    A merged sheet has no place but the one it is given, whatever sheet its code is that of.
    """
    carried = [item for item in found if item.is_remapped and item.operation.change not in live]
    placing = [item for item in carried if item.operation.field in PLACE]
    changed = {code for item in carried if item.operation.way for code in item.to}
    for item in placing:
        field = str(item.operation.field)
        texts = {code: getattr(theirs.sheet(code), field, None) for code in item.to}
        changed |= {code for code, text in texts.items() if text != item.value}
    idle = [item for item in placing if set(item.to) - changed]
    return tuple(
        replace(item, outcome="said_already", why="parent_says_it") if item in idle else item
        for item in found
    )


def with_reasons(found: tuple[Disposition, ...], changes: ChangeSet) -> tuple[Disposition, ...]:
    """Adds what each change says of itself: it goes where the change goes."""
    by_change = grouped(found)
    reasons: list[Disposition] = []
    for placed in (*changes.placed(), *changes.to_contract()):
        about = [item for item in operations_of_change(placed) if item.field in ABOUT]
        if about and (own := by_change.get(placed.place)):
            whole = _as_a_whole(own)
            if not changes.listed and _stands_nowhere(own):
                whole = replace(whole, outcome="discarded", why="one_sheet_now")
            reasons += (replace(whole, operation=item, value=item.value) for item in about)
    return (*found, *reasons)


def grouped(found: Iterable[Disposition]) -> dict[Place, list[Disposition]]:
    """The dispositions of each change, in the order of the file."""
    by_change: dict[Place, list[Disposition]] = {}
    for item in found:
        by_change.setdefault(item.operation.change, []).append(item)
    return by_change


def _merged_sheets(own: list[Disposition]) -> tuple[str, ...]:
    carried = (item for item in own if item.is_remapped and item.operation.field == "sheets")
    return unique(code for item in carried for code in item.to)


def _to_decide(item: Disposition, why: Why) -> Disposition:
    if not item.is_remapped:
        return item
    return replace(item, outcome="to_decide", why=why, to_reread=False)


def _beside_merges(item: Disposition, owner: Mapping[str, str]) -> Disposition:
    """An operation on a sheet that the local text merges: the sheet is in it, the rest is asked."""
    if not item.is_remapped or not set(item.to) & set(owner):
        return item
    if item.operation.field is None:
        return replace(item, to=unique(owner.get(code, code) for code in item.to))
    return _to_decide(item, "merged_elsewhere")


def _rivals(found: Iterable[Disposition]) -> list[Disposition]:
    """Lists the operations that would change one field of one sheet in two ways."""
    meeting: dict[tuple[str, str], list[Disposition]] = defaultdict(list)
    for item in found:
        field = item.operation.field
        if item.is_remapped and field not in (None, "sheets"):
            for code in item.to:
                meeting[code, str(field)].append(item)
    rivals: list[Disposition] = []
    for own in meeting.values():
        alone = [item for item in own if item.operation.way not in ("append", "remove")]
        values = {digest(item.value) for item in alone}
        if len(values) > 1 or (alone and len(alone) < len(own)):
            rivals += own
    return rivals


def _as_a_whole(own: list[Disposition]) -> Disposition:
    """Where a change goes: to every sheet on which something of it stands."""
    alone = own[0].operation.kind in _BY_THEMSELVES
    counting = [item for item in own if item.operation.field or alone] or own
    counting = [i for i in counting if i.is_remapped and not _names_a_sheet(i)] or counting
    gravest = min(counting, key=lambda item: _GRAVEST.index(item.outcome))
    to = unique(code for item in counting for code in item.to)
    why: Why = "" if gravest.is_remapped else gravest.why
    return Disposition(own[0].operation, gravest.outcome, why, to)


def _names_a_sheet(item: Disposition) -> bool:
    """Whether an operation of a merge only says which of the parent's sheets it speaks of."""
    return item.operation.field == "sheets" or item.operation.way == "keep"


def _stands_nowhere(own: list[Disposition]) -> bool:
    """Whether nothing is written for a merge that the new parent has made itself."""
    fields = (item.operation.field for item in own if item.is_remapped)
    return own[0].why == "one_sheet_now" and not set(fields) - {None, "sheets"}
