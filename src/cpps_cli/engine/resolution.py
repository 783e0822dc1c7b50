"""Resolves conflicts: the edits by which the parent's words are taken, or ours are kept.

People name a sheet by its code or its number, and a field by its key. A name that nothing has is a
mistake of typing; one without a conflict resolves nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, assert_never

from cpps_cli.diagnostics import N_, CppsError, Place, nearest
from cpps_cli.engine.changes import ChangeFile
from cpps_cli.engine.conflicts import Conflict
from cpps_cli.engine.dependencies import WHOLE_SHEET, Dependency, mark_of
from cpps_cli.engine.local_text import LocalText
from cpps_cli.engine.lookup import unknown_sheet
from cpps_cli.engine.merge3 import lacks
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.engine.update import Update
from cpps_cli.engine.update_edits import Revision, revised
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract, Exclude, Merge, Overlay
from cpps_cli.model.contract import ContractText
from cpps_cli.model.edit import Append, Drop, Edit, Put
from cpps_cli.model.fields import LIST_FIELDS
from cpps_cli.model.operation import change_at
from cpps_cli.model.sheet import DOUBTS, sheet_called

Side = Literal["parent", "local"]
FIELDS_OF_SHEET = (*TEXT_FIELDS, WHOLE_SHEET)
FIELDS_OF_CONTRACT = tuple(ContractText.model_fields)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which text stands, in one field or in all conflicts of a sheet.

    `sheet` is a code or a number; None: a field of the contract itself. `refusal`: why the parent's
    text is not taken.
    """

    side: Side
    sheet: str | None
    field: str | None = None
    refusal: str | None = None


def conflicts_resolved(resolution: Resolution, update: Update) -> tuple[Conflict, ...]:
    """Finds the conflicts; raises `CppsError` where there is none, or a name is that of nothing."""
    code = None if resolution.sheet is None else _code(resolution.sheet, update)
    _refuse_unknown_field(resolution)
    about = [item for item in update.conflicts if item.sheet == code]
    chosen = [item for item in about if resolution.field in (None, item.key)]
    if not chosen:
        known = tuple(dict.fromkeys(item.sheet or item.key for item in update.conflicts))
        named = tuple(item.key for item in about) or known
        raise CppsError(
            "nothing is asked about `{name}`",
            help=N_("`cpps update` with the same place and no decision shows what is"),
            exit_code=1,
            name=" ".join(filter(None, (resolution.sheet, resolution.field))),
            **({"known": named} if named else {}),
        )
    return tuple(chosen)


def _code(word: str, update: Update) -> str:
    """The code of the local sheet that is meant; a local number comes before the parent's.

    A sheet that the parent gave up is still known by its name then.
    """
    local = update.derived.contract
    known = [
        text.sheets for three_way in update.layers for text in (three_way.theirs, three_way.base)
    ]
    sheets = (*local.sheets, *(sheet for found in known for sheet in found))
    found = sheet_called(local.sheets, word) or sheet_called(sheets, word)
    if found is None:
        raise unknown_sheet(local, word, sheets)
    merges = (
        placed.change.code
        for three_way in update.layers
        for placed in three_way.placed()
        if isinstance(placed.change, Merge) and found.code in placed.change.sheets
    )
    return next(merges, found.code)


def _refuse_unknown_field(resolution: Resolution) -> None:
    field = resolution.field
    if field is None:
        return
    if resolution.sheet is None and field not in FIELDS_OF_CONTRACT:
        if field in TEXT_FIELDS:
            raise CppsError("`{name}` is a field of a sheet: say which with `--sheet`", name=field)
        near: dict[str, Any] = dict(nearest(field, FIELDS_OF_CONTRACT))
        raise CppsError("a contract has no field `{name}`", name=field, **near)
    if resolution.sheet is not None and field not in FIELDS_OF_SHEET:
        near = dict(nearest(field, TEXT_FIELDS) or {"known": TEXT_FIELDS})
        raise CppsError("a sheet has no field `{name}`", name=field, **near)


def resolve(resolution: Resolution, update: Update) -> dict[str, tuple[Edit, ...]]:
    """Makes the edits of each file; raises `CppsError` where there is no such conflict."""
    conflicts = conflicts_resolved(resolution, update)
    by_hand = [conflict for conflict in conflicts if conflict.by_hand]
    if by_hand:
        place = by_hand[0].place
        raise CppsError(
            "what becomes of `{name}` cannot be decided by this command",
            help=N_("settle it in the file, at {place}: write the change that is meant"),
            exit_code=1,
            name=by_hand[0].sheet or "",
            place=f"{place.file}, {'.'.join(map(str, place.path))}",
        )
    edits: dict[str, tuple[Edit, ...]] = {}
    for text in update.texts:
        for file in text.three_way.files:
            here = [conflict for conflict in conflicts if conflict.place.file == file.file]
            if here:
                edits[file.file] = tuple(_of_file(here, resolution, file, text))
    return edits


def _of_file(
    conflicts: list[Conflict],
    resolution: Resolution,
    file: ChangeFile,
    text: LocalText,
) -> Iterator[Edit]:
    three_way = text.three_way
    dependencies = {
        (dependency.place, dependency.key): dependency for dependency in three_way.dependencies
    }
    revisions: list[Revision] = []
    whole: dict[str | None, list[Conflict]] = {}
    for conflict in conflicts:
        dependency = dependencies.get((conflict.place, conflict.key))
        if conflict.blocks or dependency is None:
            whole.setdefault(conflict.sheet, []).append(conflict)
        else:
            revisions.append(_revision(conflict, resolution, dependency, three_way))
    for about in whole.values():
        yield from _about_sheet(_Sheet(tuple(about), resolution, file, text))
    listed = _is_listed(file)
    yield from revised(revisions, listed=listed)
    for revision in revisions:
        change = revision.dependency.change
        # A sheet that is no longer left out has to be named where only named ones are taken.
        if listed and isinstance(change, Exclude) and not revision.stays:
            yield Append("take", {"sheet": change.sheet})


def _is_listed(file: ChangeFile) -> bool:
    return isinstance(file.changes, Overlay) and file.changes.takes == "listed"


def _revision(
    conflict: Conflict, resolution: Resolution, dependency: Dependency, three_way: ThreeWay
) -> Revision:
    """What stays of a change under one key, read against the text of the day."""
    mark = dependency.mark(three_way.theirs)
    match resolution.side:
        case "local":
            lists = _reworded(conflict, dependency, three_way)
            return Revision(dependency, mark, resolution.refusal, lists)
        case "parent":
            if dependency.ways.keys() & {WHOLE_SHEET, "set", "keep"}:
                return Revision.without_words(dependency)
            return Revision(
                dependency, mark, None, {"remove": _without(conflict, dependency, three_way)}
            )
        case _:
            assert_never(resolution.side)


def _reworded(
    conflict: Conflict, dependency: Dependency, three_way: ThreeWay
) -> Mapping[str, tuple[str, ...]]:
    """What is taken out, under the words that it has now; what is not there is not taken out."""
    if dependency.ways.keys() & {WHOLE_SHEET, "set", "keep"}:
        return {}
    theirs: tuple[str, ...] = dependency.values(three_way.theirs)[0] or ()
    found: list[str] = []
    for item in dependency.items.remove:
        words = conflict.became.get(item, (item,))
        found.extend(word for word in words if not lacks(theirs, word) and word not in found)
    return {} if tuple(found) == dependency.items.remove else {"remove": tuple(found)}


def _without(conflict: Conflict, dependency: Dependency, three_way: ThreeWay) -> tuple[str, ...]:
    """What is still taken out once the parent's new words are let in."""
    theirs: tuple[str, ...] = dependency.values(three_way.theirs)[0] or ()
    return tuple(
        item
        for item in dependency.items.remove
        if item not in conflict.became and not lacks(theirs, item)
    )


# --- conflicts about a whole sheet: the parent gave it up, or has it meanwhile


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The conflicts of one file about one whole sheet, with the decision.

    `text` is the local text that the file makes: what later amendments do to it is theirs.
    """

    conflicts: tuple[Conflict, ...]
    resolution: Resolution
    file: ChangeFile
    text: LocalText

    @property
    def changes(self) -> tuple[Any, ...]:
        """The changes that conflict."""
        return tuple(change_at(self.file.changes, item.place.path) for item in self.conflicts)

    @property
    def local(self) -> ActionSheet:
        """The local sheet."""
        code = self.conflicts[0].sheet
        return next(item.sheet for item in self.text.sheets if item.sheet.code == code)

    @property
    def parent(self) -> Contract:
        """The parent's text of the day."""
        return self.text.three_way.theirs

    @property
    def listed(self) -> bool:
        """Whether the file takes only the sheets that it names."""
        return _is_listed(self.file)


def _about_sheet(about: _Sheet) -> Iterator[Edit]:
    first, side = about.conflicts[0], about.resolution.side
    merge = next((change for change in about.changes if isinstance(change, Merge)), None)
    if first.kind == "repealed" and merge is not None:
        yield from _without_repealed(about, merge)
        return
    for conflict in about.conflicts:
        yield Drop(conflict.place.path)
    if side == "local" and first.kind == "repealed":
        yield Append("add", _own_text(about))
    elif side == "local" and (adaptation := _adaptation(about, about.local.code)):
        yield Append("adapt", adaptation)


def _own_text(about: _Sheet) -> dict[str, Any]:
    """A sheet that the parent gave up, as a sheet of the local contract's own."""
    names = ("number", "title", "axis", *TEXT_FIELDS, *DOUBTS, "sources", "sources_of", "claims")
    own = {name: value for name in names if (value := getattr(about.local, name))}
    return {"code": about.local.code, **_remarks(about), **own}


def _remarks(about: _Sheet) -> dict[str, str]:
    """The reasons and notes of the changes that go, with why the parent's decision is refused."""
    reasons = [change.reason for change in about.changes]
    stated = {
        "reason": [*reasons, about.resolution.refusal],
        "note": [*(change.note for change in about.changes), about.local.note],
    }
    texts = {name: list(dict.fromkeys(filter(None, found))) for name, found in stated.items()}
    return {name: "\n\n".join(found) for name, found in texts.items() if found}


def _adaptation(about: _Sheet, code: str) -> dict[str, Any]:
    """A local sheet as an adaptation of the parent's sheet of that code.

    It is read against the text of the day: the one that the file records may have no such sheet.
    """
    sheet = about.local
    parent = about.parent.sheet(code) or sheet
    own = {
        name: value
        for name in TEXT_FIELDS
        if (value := getattr(sheet, name)) is not None and value != getattr(parent, name)
    }
    place = {
        name: value
        for name in ("number", "axis")
        if (value := getattr(sheet, name))
        and (about.file.changes.axes or value != getattr(parent, name) or parent is sheet)
    }
    doubts = {
        mark: names
        for mark in DOUBTS
        if (names := [name for name in getattr(sheet, mark) if name in {*own, *place}])
    }
    held = {item.code for item in sheet.indicators}
    gone = tuple(item.code for item in parent.indicators if item.code not in held)
    marks = {name: mark_of(getattr(parent, name)) for name in own}
    if "indicators" in own:
        own["indicators"] = tuple(i for i in sheet.indicators if i not in parent.indicators)
    if not own:
        return {}
    remove = {"remove": {"indicators": gone}} if gone else {}
    texts = {"set": {name: value for name, value in own.items() if value or name in LIST_FIELDS}}
    said = {**place, **doubts, **_remarks(about)}
    return {"sheet": code, **said, **texts, **remove, "rests_on": marks}


def _without_repealed(about: _Sheet, merge: Merge) -> Iterator[Edit]:
    """A merge less the sheets that the parent gave up; of one sheet there is no merge any more."""
    [conflict] = about.conflicts
    deleted = {moved.sheet for moved in conflict.moved}
    left = [code for code in merge.sheets if code not in deleted]
    if len(left) > 1:
        yield from _smaller_merge(about, merge, left)
        return
    yield Drop(conflict.place.path)
    if about.resolution.side == "local" and not left:
        yield Append("add", _own_text(about))
    elif about.resolution.side == "local" and (adaptation := _adaptation(about, left[0])):
        yield Append("adapt", adaptation)
    elif left and about.listed:
        yield Append("take", {"sheet": left[0]})


def _smaller_merge(about: _Sheet, merge: Merge, left: list[str]) -> Iterator[Edit]:
    """The merge of the sheets that are left; the words of the others stay where the local does."""
    [conflict] = about.conflicts
    path, base = conflict.place.path, about.text.three_way.base
    deleted = [base.sheet(code) for code in merge.sheets if code not in left]
    yield Put((*path, "sheets"), tuple(left))
    for field, code in merge.keep.items():
        if code not in left:
            yield Drop((*path, "keep", field))
    if about.resolution.side == "parent":
        return
    own = set(merge.set.model_fields_set) if merge.set else set()
    own |= {field for field, code in merge.keep.items() if code in left}
    for name in TEXT_FIELDS:
        if name not in own and any(getattr(sheet, name, None) for sheet in deleted):
            yield Put((*path, "set", name), getattr(about.local, name))
    if about.resolution.refusal:
        yield Put((*path, "reason"), _remarks(about)["reason"])


@dataclass(frozen=True, slots=True)
class StatedReason:
    """A reason, and what it is of: sheets, or () for the contract itself. Lines may move."""

    file: str
    sheets: tuple[str, ...]
    reason: str


def reasons_at_stake(resolution: Resolution, update: Update) -> frozenset[StatedReason]:
    """The reasons of the changes in which the parent's words are taken."""
    if resolution.side == "local":
        return frozenset()
    places = {conflict.place for conflict in conflicts_resolved(resolution, update)}
    return frozenset(reason for place, reason in _reasons(update) if place in places)


def stale_reasons(
    at_stake: frozenset[StatedReason], updates: Iterable[Update]
) -> list[tuple[Place, str]]:
    """Those that stand there once it is written, each where it stands."""
    return [
        (place.at("reason"), reason.reason)
        for update in updates
        for place, reason in _reasons(update)
        if reason in at_stake
    ]


def _reasons(update: Update) -> Iterator[tuple[Place, StatedReason]]:
    for file in (file for layer in update.layers for file in layer.files):
        for placed in file.all_placed():
            if placed.change.reason:
                yield placed.place, StatedReason(file.file, placed.targets, placed.change.reason)
