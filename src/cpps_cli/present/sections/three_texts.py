"""Three texts side by side: the parent as it was read, the parent as it is, and the local one.

Words that are gone stand in [-…-], new ones in {+…+}, each in the text that has them; in the local
text, those that the local change takes out and puts in.
"""

from collections.abc import Iterator
from typing import Any, assert_never

from cpps_cli.engine.conflicts import Conflict
from cpps_cli.engine.dependencies import Dependency
from cpps_cli.engine.diff_fields import (
    FieldDifference,
    ListDiff,
    ScalarDiff,
    TextDiff,
    fields_between,
)
from cpps_cli.engine.update import Update
from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.model import Indicator, Period
from cpps_cli.present.document import Item
from cpps_cli.present.sections.change_lines import added, field_name, marked_apart, removed

Lines = list[str]


def three_texts(question: Conflict, update: Update) -> Iterator[Item]:
    """An item for each text: its title, then its lines."""
    before, now = _parent(question, update)
    if before:
        yield _item(_("The parent then"), before)
    yield _item(_("The parent now"), now)
    yield _item(_("Here"), _here(question, update))


def _item(title: str, lines: Lines) -> Item:
    return Item(_("{field}:").format(field=title), under=tuple(lines))


def _parent(question: Conflict, update: Update) -> tuple[Lines, Lines]:
    """The lines of the parent's two texts; none of one that there never was."""
    match question.kind:
        case "reworded":
            return _both(question)
        case "edited_in_place":
            return [_("(not held)")], [
                line for moved in question.moved for line in _lines(moved.theirs)
            ]
        case "repealed":
            return _lines(tuple(moved.base for moved in question.moved)), [_("(given up)")]
        case "code_taken":
            sheet = update.changed.after.contract.sheet(question.sheet or "")
            return [], _lines(sheet.title if sheet else None)
        case _:
            assert_never(question.kind)


def _both(question: Conflict) -> tuple[Lines, Lines]:
    """Both texts with the words that differ marked, each field under its name if there are more."""
    before: Lines = []
    now: Lines = []
    for moved in question.moved:
        for difference in fields_between(moved.field, moved.base, moved.theirs):
            old, new = _marked(difference)
            if len(question.moved) > 1:
                name = field_name(difference)
                old = [_("{field}: {change}").format(field=name, change=line) for line in old]
                new = [_("{field}: {change}").format(field=name, change=line) for line in new]
            before += old
            now += new
    return before or ["–"], now or ["–"]


def _marked(difference: FieldDifference) -> tuple[Lines, Lines]:
    match difference:
        case TextDiff():
            old, new = marked_apart(difference)
            return _text(difference.before, old), _text(difference.after, new)
        case ListDiff():
            gone = {item.before for item in difference.removed}
            fresh = {item.after for item in difference.added}
            old_lines = [removed(item) if item in gone else item for item in difference.before]
            new_lines = [added(item) if item in fresh else item for item in difference.after]
            return old_lines, new_lines
        case ScalarDiff():
            return [_in_words(difference.before)], [_in_words(difference.after)]
        case _:
            assert_never(difference)


def _text(value: str | None, words: str) -> Lines:
    return [] if value is None else [words]


def _here(question: Conflict, update: Update) -> Lines:
    if question.place.path[0] == "exclude":
        reason = _footing(question, update).change.reason
        said = _("left out")
        return [_("{origin}: {reason}").format(origin=said, reason=reason) if reason else said]
    if question.key == "sheet":
        sheet = update.derived.contract.sheet(question.sheet or "")
        return [sheet.title or "–"] if sheet else ["–"]
    items = _footing(question, update).items
    kept = _lines(question.ours)
    lines = [added(line) if line in map(_in_words, items.append) else line for line in kept]
    return [*lines, *(removed(item) for item in items.remove)]


def _footing(question: Conflict, update: Update) -> Dependency:
    """The change that is asked about, under its key."""
    dependencies = (item for beside in update.layers for item in beside.dependencies)
    asked = (question.place, question.key)
    return next(item for item in dependencies if (item.place, item.key) == asked)


def _lines(value: Any) -> Lines:
    match value:
        case tuple() if value:
            return [line for item in value for line in _lines(item)]
        case None | ():
            return ["–"]
        case Indicator():
            return [value.title]
        case _:
            return [_in_words(value)]


def _in_words(value: Any) -> str:
    match value:
        case None:
            return "–"
        case Period():
            return period_in_words(value)
        case _:
            return " ".join(str(value).split())
