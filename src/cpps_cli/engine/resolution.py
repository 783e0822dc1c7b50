"""Which of the things that are asked a decision answers.

People name a sheet by its code or its number, and a field by its key. A name that nothing has is a
mistake of typing; one that nothing is asked about is an answer to no question.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, assert_never

from cpps_cli.diagnostics import N_, CppsError, Place, nearest
from cpps_cli.engine.changes import ChangeFile
from cpps_cli.engine.conflicts import Conflict
from cpps_cli.engine.dependencies import WHOLE_SHEET, Dependency, mark_of
from cpps_cli.engine.lookup import unknown_sheet
from cpps_cli.engine.merge3 import lacks
from cpps_cli.engine.three_way import ThreeWay
from cpps_cli.engine.update import Update
from cpps_cli.engine.update_edits import Revision, revised
from cpps_cli.model import TEXT_FIELDS, ActionSheet, ContractText, Derived, Exclude, Merge, Overlay
from cpps_cli.model.edit import Append, Drop, Edit, Put
from cpps_cli.model.operation import change_at
from cpps_cli.model.selection import sheet_called

Side = Literal["parent", "local"]
_OF_A_SHEET = (*TEXT_FIELDS, WHOLE_SHEET)
_OF_A_CONTRACT = tuple(ContractText.model_fields)


@dataclass(frozen=True, slots=True)
class Decision:
    """Which text stands, for one field or for all that is asked of a sheet.

    `sheet` is a code or a number; None: a field of the contract itself. `refusal`: why the parent's
    text is not taken.
    """

    side: Side
    sheet: str | None
    field: str | None = None
    refusal: str | None = None


def answered_by(decision: Decision, update: Update) -> tuple[Conflict, ...]:
    """The questions; raises `CppsError` where there are none, or a name is that of nothing."""
    code = None if decision.sheet is None else _code(decision.sheet, update)
    _refuse_unknown_field(decision)
    about = [item for item in update.questions if item.sheet == code]
    chosen = [item for item in about if decision.field in (None, item.key)]
    if not chosen:
        known = tuple(dict.fromkeys(item.sheet or item.key for item in update.questions))
        asked = tuple(item.key for item in about) or known
        raise CppsError(
            "nothing is asked about `{name}`",
            help=N_("`cpps update` with the same place and no decision shows what is"),
            exit_code=1,
            name=" ".join(filter(None, (decision.sheet, decision.field))),
            **({"known": asked} if asked else {}),
        )
    return tuple(chosen)


def _code(word: str, update: Update) -> str:
    """The code of the local sheet that is meant; a local number comes before the parent's.

    A sheet that the parent gave up is still known by its name then.
    """
    local = update.derived.contract
    known = [text.sheets for beside in update.layers for text in (beside.now, beside.then)]
    sheets = (*local.sheets, *(sheet for found in known for sheet in found))
    found = sheet_called(local.sheets, word) or sheet_called(sheets, word)
    if found is None:
        raise unknown_sheet(local, word, sheets)
    merges = (
        placed.change.code
        for beside in update.layers
        for placed in beside.placed()
        if isinstance(placed.change, Merge) and found.code in placed.change.sheets
    )
    return next(merges, found.code)


def _refuse_unknown_field(decision: Decision) -> None:
    field = decision.field
    if field is None:
        return
    if decision.sheet is None and field not in _OF_A_CONTRACT:
        if field in TEXT_FIELDS:
            raise CppsError("`{name}` is a field of a sheet: say which with `--sheet`", name=field)
        near: dict[str, Any] = dict(nearest(field, _OF_A_CONTRACT))
        raise CppsError("a contract has no field `{name}`", name=field, **near)
    if decision.sheet is not None and field not in _OF_A_SHEET:
        near = dict(nearest(field, TEXT_FIELDS) or {"known": TEXT_FIELDS})
        raise CppsError("a sheet has no field `{name}`", name=field, **near)


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
    asked: list[Conflict], decision: Decision, update: Update, layer: tuple[ChangeFile, ThreeWay]
) -> Iterator[Edit]:
    file, beside = layer
    dependencies = {
        (dependency.place, dependency.key): dependency for dependency in beside.dependencies
    }
    revisions: list[Revision] = []
    for question in asked:
        dependency = dependencies.get((question.place, question.key))
        if question.blocks or dependency is None:
            yield from _about_sheet(_Sheet(question, file, beside, update.derived), decision.side)
        else:
            revisions.append(_revision(question, decision, dependency, beside))
    listed = isinstance(file.changes, Overlay) and file.changes.takes == "listed"
    yield from revised(revisions, listed=listed)
    yield from _taken_again(revisions, listed=listed)


def _written(place: Place) -> str:
    return f"{place.file}, {'.'.join(map(str, place.path))}"


def _revision(
    question: Conflict, decision: Decision, dependency: Dependency, beside: ThreeWay
) -> Revision:
    """What stays of a change under one key, read against the text of the day."""
    mark = dependency.mark(beside.now)
    match decision.side:
        case "local":
            lists = _reworded(question, dependency, beside)
            return Revision(dependency, mark, decision.refusal, lists)
        case "parent":
            if gone := dependency.ways.keys() & {WHOLE_SHEET, "set", "keep"}:
                return Revision(dependency, None, gone=frozenset(gone))
            return Revision(
                dependency, mark, None, {"remove": _without(question, dependency, beside)}
            )
        case _:
            assert_never(decision.side)


def _reworded(
    question: Conflict, dependency: Dependency, beside: ThreeWay
) -> Mapping[str, tuple[str, ...]]:
    """What is taken out, under the words that it has now; what is not there is not taken out."""
    if dependency.ways.keys() & {WHOLE_SHEET, "set", "keep"}:
        return {}
    now: tuple[str, ...] = dependency.values(beside.now)[0] or ()
    found: list[str] = []
    for item in dependency.items.remove:
        words = question.became.get(item, (item,))
        found.extend(word for word in words if not lacks(now, word) and word not in found)
    return {} if tuple(found) == dependency.items.remove else {"remove": tuple(found)}


def _without(question: Conflict, dependency: Dependency, beside: ThreeWay) -> tuple[str, ...]:
    """What is still taken out once the parent's new words are let in."""
    now: tuple[str, ...] = dependency.values(beside.now)[0] or ()
    return tuple(
        item
        for item in dependency.items.remove
        if item not in question.became and not lacks(now, item)
    )


def _taken_again(revisions: Iterable[Revision], *, listed: bool) -> Iterator[Edit]:
    """A sheet that is no longer left out has to be named where only named ones are taken."""
    for revision in revisions:
        change = revision.dependency.change
        if listed and isinstance(change, Exclude) and not revision.stays:
            yield Append("take", {"sheet": change.sheet})


# --- a sheet that the parent gave up, or has meanwhile


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A question about a whole sheet, and the file in which it is answered."""

    question: Conflict
    file: ChangeFile
    beside: ThreeWay
    derived: Derived

    @property
    def change(self) -> Any:
        """The change that is asked about."""
        return change_at(self.file.changes, self.question.place.path)

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
