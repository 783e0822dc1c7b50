"""An answer to what was asked: the parent's text, the local one, or a refusal with its reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from cpps_cli.derive.answering import Decision, Side, answered_by
from cpps_cli.derive.beside import Beside, items_of
from cpps_cli.derive.changes import ChangeFile
from cpps_cli.derive.footings import Footing, mark_of
from cpps_cli.derive.meeting import lacks
from cpps_cli.derive.questions import Question
from cpps_cli.derive.revision import Revision, revised
from cpps_cli.derive.update import Update
from cpps_cli.diagnostics import N_, CppsError, Place
from cpps_cli.model import (
    TEXT_FIELDS,
    ActionSheet,
    Adapt,
    AdaptContract,
    Derived,
    Exclude,
    Merge,
    Overlay,
)
from cpps_cli.model.edit import Append, Drop, Edit, Put


def decided(decision: Decision, update: Update) -> dict[str, tuple[Edit, ...]]:
    """What each file is to say; raises `CppsError` where nothing of the kind is asked."""
    answered = answered_by(decision, update)
    by_hand = [question for question in answered if question.by_hand]
    if by_hand:
        raise CppsError(
            "what becomes of `{name}` cannot be decided by this command",
            help=N_("settle it in the file, at {place}: write the change that is meant"),
            exit_code=1,
            name=by_hand[0].sheet or "",
            place=_written(by_hand[0].place),
        )
    edits: dict[str, tuple[Edit, ...]] = {}
    for beside in update.layers:
        for file in beside.files:
            asked = [question for question in answered if question.place.file == file.file]
            if asked:
                edits[file.file] = tuple(_of_file(asked, decision, update, (file, beside)))
    return edits


def _of_file(
    asked: list[Question], decision: Decision, update: Update, layer: tuple[ChangeFile, Beside]
) -> Iterator[Edit]:
    file, beside = layer
    footings = {(footing.place, footing.key): footing for footing in beside.footings}
    revisions: list[Revision] = []
    for question in asked:
        footing = footings.get((question.place, question.key))
        if question.blocks or footing is None:
            yield from _about_sheet(_Sheet(question, file, beside, update.derived), decision.side)
        else:
            revisions.append(_revision(question, decision, footing, beside))
    listed = isinstance(file.changes, Overlay) and file.changes.takes == "listed"
    yield from revised(revisions, listed=listed)
    yield from _taken_again(revisions, listed=listed)


def _written(place: Place) -> str:
    return f"{place.file}, {'.'.join(map(str, place.path))}"


def _revision(question: Question, decision: Decision, footing: Footing, beside: Beside) -> Revision:
    """What stays of a change under one key, read against the text of the day."""
    mark = footing.mark(beside.now)
    change = footing.change
    match decision.side:
        case "local":
            lists = _reworded(question, footing, beside)
            return Revision(footing, mark, decision.refusal, lists)
        case "parent":
            if isinstance(change, Exclude):
                return Revision(footing, None, gone=frozenset({"sheet"}))
            if isinstance(change, Adapt | AdaptContract) and not _is_set(footing):
                return Revision(footing, mark, None, _without(question, footing, beside))
            gone = frozenset({"set", "keep"} if isinstance(change, Merge) else {"set"})
            return Revision(footing, None, gone=_there(gone, footing))
        case _:
            assert_never(decision.side)


def _is_set(footing: Footing) -> bool:
    value = getattr(footing.change, "set", None)
    return value is not None and footing.key in value.model_fields_set


def _there(parts: Iterable[str], footing: Footing) -> frozenset[str]:
    keep: Mapping[str, str] = getattr(footing.change, "keep", {})
    held = {"set": _is_set(footing), "keep": footing.key in keep}
    return frozenset(part for part in parts if held[part])


def _reworded(
    question: Question, footing: Footing, beside: Beside
) -> Mapping[str, tuple[str, ...]]:
    """What is taken out, under the words that it has now; what is not there is not taken out."""
    if not isinstance(footing.change, Adapt | AdaptContract) or _is_set(footing):
        return {}
    items = items_of(footing.change, footing.key)
    now: tuple[str, ...] = footing.values(beside.now)[0] or ()
    found: list[str] = []
    for item in items.remove:
        words = question.became.get(item, (item,))
        found.extend(word for word in words if not lacks(now, word) and word not in found)
    return {} if tuple(found) == items.remove else {"remove": tuple(found)}


def _without(question: Question, footing: Footing, beside: Beside) -> Mapping[str, tuple[str, ...]]:
    """What is still taken out once the parent's new words are let in."""
    change = footing.change
    if not isinstance(change, Adapt | AdaptContract):
        return {}
    items = items_of(change, footing.key)
    now: tuple[str, ...] = footing.values(beside.now)[0] or ()
    left = tuple(
        item for item in items.remove if item not in question.became and not lacks(now, item)
    )
    return {"remove": left}


def _taken_again(revisions: Iterable[Revision], *, listed: bool) -> Iterator[Edit]:
    """A sheet that is no longer left out has to be named where only named ones are taken."""
    for revision in revisions:
        change = revision.footing.change
        if listed and isinstance(change, Exclude) and not revision.stays:
            yield Append("take", {"sheet": change.sheet})


# --- a sheet that the parent gave up, or has meanwhile


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A question about a whole sheet, and the file in which it is answered."""

    question: Question
    file: ChangeFile
    beside: Beside
    derived: Derived

    @property
    def change(self) -> Any:
        """The change that is asked about."""
        kind, position = self.question.place.path[:2]
        return getattr(self.file.changes, str(kind))[position]

    @property
    def local(self) -> ActionSheet:
        """The local sheet."""
        sheet = self.derived.contract.sheet(self.question.sheet or "")
        if sheet is None:
            raise AssertionError(self.question.sheet)
        return sheet


def _about_sheet(about: _Sheet, side: Side) -> Iterator[Edit]:
    path = about.question.place.path
    match about.question.kind, side:
        case "repealed", _ if path[0] == "merge":
            yield from _smaller_merge(about, side)
        case "repealed", "parent":
            yield Drop(path)
        case "repealed", "local":
            yield Drop(path)
            yield Append("add", _own_text(about))
        case "code_taken", "parent":
            yield Drop(path)
        case "code_taken", "local":
            yield Drop(path)
            if adaptation := _adaptation(about):
                yield Append("adapt", adaptation)
        case _:
            raise AssertionError(about.question.kind)


def _own_text(about: _Sheet) -> dict[str, Any]:
    """A sheet that the parent gave up, as a sheet of the local contract's own."""
    reason = {"reason": about.change.reason} if about.change.reason else {}
    return {"code": about.local.code, **reason, **_stated(about.local)}


def _stated(sheet: ActionSheet) -> dict[str, Any]:
    names = ("number", "title", "axis", "sources", *TEXT_FIELDS)
    return {name: value for name in dict.fromkeys(names) if (value := getattr(sheet, name))}


def _adaptation(about: _Sheet) -> dict[str, Any]:
    """A local sheet whose code the parent has taken, as an adaptation of the parent's.

    It is read against the text of the day: the one that the file records has no such sheet.
    """
    sheet = about.local
    parent = about.beside.now.sheet(sheet.code) or sheet
    own = {
        name: value
        for name in TEXT_FIELDS
        if (value := getattr(sheet, name)) and value != getattr(parent, name)
    }
    place = {name: value for name in ("number", "axis") if (value := getattr(sheet, name))}
    marks = {name: mark_of(getattr(parent, name)) for name in own}
    return {"sheet": sheet.code, **place, "set": own, "rests_on": marks} if own else {}


def _smaller_merge(about: _Sheet, side: Side) -> Iterator[Edit]:
    """A merge less the sheets that the parent gave up; their words stay where the local stands."""
    path, merge = about.question.place.path, about.change
    gone = {moved.sheet for moved in about.question.moved}
    yield Put((*path, "sheets"), tuple(code for code in merge.sheets if code not in gone))
    for field, code in merge.keep.items():
        if code in gone:
            yield Drop((*path, "keep", field))
    if side == "local":
        own = set(merge.set.model_fields_set) if merge.set else set()
        own |= {field for field, code in merge.keep.items() if code not in gone}
        for name in TEXT_FIELDS:
            texts = [getattr(about.beside.then.sheet(code or ""), name, None) for code in gone]
            if any(texts) and name not in own:
                yield Put((*path, "set", name), getattr(about.local, name))
