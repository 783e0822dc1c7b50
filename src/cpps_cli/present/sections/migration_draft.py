"""The file that a migration proposes: what is carried, and as comments what is left to decide.

Its layout is that of `cpps start`. What stands after `#` alone can be uncommented.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from cpps_cli.engine.rebase import Rebased
from cpps_cli.engine.rebase.disposition import ABOUT, PLACE, Disposition, grouped
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import sheet_name, version_in_short
from cpps_cli.library.toml_format import (
    change_text,
    change_to_uncomment,
    example_hint,
    plain_table,
    plain_value,
    stated,
    words,
)
from cpps_cli.model import ActionSheet, Merge, Territory
from cpps_cli.model.operation import KINDS
from cpps_cli.present.sections.migration_words import (
    field_in_words,
    former_names,
    new_names,
    question,
    reason_in_words,
    value_in_words,
)

Table = dict[str, Any]


def draft_of_migration(found: Rebased, territory: Territory) -> str:
    """The text of the file: a draft, whose parties and date are for the town hall to say."""
    blocks = [_head(found, territory), *_keys(found, territory)]
    blocks += [*_contract(found), *_axes(found), *_sheets(found)]
    blocks += [*_new_sheets(found), *_to_decide(found), *_homeless(found)]
    return "\n".join(blocks)


def _head(found: Rebased, territory: Territory) -> str:
    begun = _(
        "{place}: a local text carried from `{former}` to « {parent} » ({version}). "
        "It is a draft: read it whole before anything is decided."
    ).format(
        place=territory.name,
        former=found.overlay.id,
        parent=found.successor.title,
        version=version_in_short(found.version, found.successor),
    )
    return "#:schema ../../schemas/overlay.json\n" + words(begun) + example_hint(_)


def _keys(found: Rebased, territory: Territory) -> Iterator[str]:
    parent = " ".join(found.successor.title.split())
    title = _("Draft: {parent} – {place}").format(parent=parent, place=territory.name)
    short = stated("short_title", _("Draft: {place}").format(place=territory.label))
    former = _("The titles of the local contract, to adapt. The former one: « {title} ».")
    yield words(former.format(title=found.overlay.title)) + stated("title", title) + short
    proposal = found.proposal
    yield stated("parent_version", proposal.parent_version) + stated("takes", proposal.takes)
    text = _(
        "partial: this text is not finished, and a sheet of the parent that it does not name is "
        "unknown. Write full once it is whole."
    )
    yield words(text) + stated("text", proposal.text)
    note = _("A draft carried over from `{former}`, not adopted yet.")
    about = _("What a reader must know of it; delete it once the text is adopted.")
    yield words(about) + stated("note", note.format(former=found.overlay.id))


def _contract(found: Rebased) -> Iterator[str]:
    change = found.proposal.contract
    if change is not None:
        items = [item for item in found.of_draft if item.operation.kind == "contract"]
        yield _rereading(items, found) + change_text("contract", plain_table(change))


def _axes(found: Rebased) -> Iterator[str]:
    for axis in found.proposal.axes:
        added = axis.code in found.own_axes_added
        about = _("An axis of the parent that no local one answers: keep it, or place its sheets.")
        yield (words(about) if added else "") + change_text("axes", plain_table(axis))


def _sheets(found: Rebased) -> Iterator[str]:
    if any(getattr(found.proposal, kind) for kind in KINDS):
        yield words(_("=== What is carried."))
    for kind in KINDS:
        for change in getattr(found.proposal, kind):
            yield _carried(kind, change, found)


def _carried(kind: str, change: Any, found: Rebased) -> str:
    """A change of the proposal, with what is to be known of it before it is kept."""
    code = _code(kind, change)
    own = [item for item in found.of_draft if _is_of(item, code, change)]
    names = new_names(change.sheets if kind == "merge" else (code,), found)
    about = words(change.title or code) if kind == "add" else words(names)
    places = [f for f in own if f.outcome == "to_decide" and f.operation.field in PLACE]
    lines = "".join(
        words(question([item], found))
        + f"#{stated(str(item.operation.field), item.operation.value)}"
        for item in places
    )
    table = plain_table(change)
    return about + _rereading(own, found) + change_text(kind, table, lines)


def _code(kind: str, change: Any) -> str:
    return str(change.code if kind in ("merge", "add") else change.sheet)


def _is_of(item: Disposition, code: str, change: Any) -> bool:
    """Whether an operation goes to a change; what a merge keeps goes to one of its sheets."""
    keeps = item.operation.way == "keep" and isinstance(change, Merge)
    homes = {code, *change.sheets} if keeps else {code}
    return item.operation.kind in KINDS and not homes.isdisjoint(item.to)


def _rereading(items: Iterable[Disposition], found: Rebased) -> str:
    """The texts that rest on words which are others now."""
    lines = []
    for item in items:
        if not item.to_reread:
            continue
        if item.operation.field is None:
            line = _("To read again: {why}.").format(why=reason_in_words(item, found))
        else:
            pattern = _("To read again: {field}. The parent said: {before} It says: {after}")
            line = pattern.format(
                field=field_in_words(item),
                before=_ended(value_in_words(item.base)),
                after=_ended(value_in_words(item.theirs)),
            )
        lines.append(words(line))
    return "".join(dict.fromkeys(lines))


def _ended(text: str) -> str:
    return _("“{text}”.").format(text=text) if text else _("nothing.")


def _new_sheets(found: Rebased) -> Iterator[str]:
    listed = found.proposal.takes == "listed"
    for sheets, title in (
        (found.new_sheets, _("=== New sheets of the parent, to consider.")),
        (
            found.unmatched,
            _("=== Sheets of the parent of which it is not known what they take up."),
        ),
    ):
        if sheets:
            yield words(
                title + ("" if listed else f" {_('They are taken unless they are left out.')}")
            )
        for sheet in sheets:
            yield _new_sheet(sheet, listed=listed)


def _new_sheet(sheet: ActionSheet, *, listed: bool) -> str:
    if listed:
        change = change_to_uncomment("take", {"sheet": sheet.code})
    else:
        change = change_to_uncomment("exclude", {"sheet": sheet.code, "reason": _("why")})
    return words(sheet_name(sheet)) + change


def _to_decide(found: Rebased) -> Iterator[str]:
    live = {_code(kind, change) for kind in KINDS for change in getattr(found.proposal, kind)}
    open_questions = [
        item
        for item in found.of_draft
        if item.outcome == "to_decide"
        # A number stands beside the sheet that it would be given to.
        and not (item.operation.field in PLACE and set(item.to) & live)
    ]
    about = _("=== To decide: each of these holds only once it is uncommented.")
    yield from _aside(about, open_questions, found)


def _homeless(found: Rebased) -> Iterator[str]:
    about = _(
        "=== Without a home under the new parent. Kept here so that nothing is lost: write it "
        "elsewhere, or delete it."
    )
    homeless = (item for item in found.of_draft if item.outcome == "orphaned")
    yield from _aside(about, homeless, found)


def _aside(title: str, items: Iterable[Disposition], found: Rebased) -> Iterator[str]:
    by_change = grouped(items)
    if by_change:
        yield words(title)
    for own in by_change.values():
        yield _left_aside(own, found)


def _left_aside(items: list[Disposition], found: Rebased) -> str:
    """Writes what of one change is not carried, why, and its text to the letter."""
    first = items[0].operation
    names = _("Former sheet {names}.").format(names=former_names(first.sheets, found))
    about = (words(names) if first.sheets else "") + "".join(map(words, _questions(items, found)))
    if first.kind in ("axes", "head"):
        return about
    kind, table = _remainder(items, found)
    return about + change_to_uncomment(kind, table)


def _questions(items: list[Disposition], found: Rebased) -> Iterator[str]:
    """Each reason once, with the fields that it is about; alone where it is about the sheet."""
    by_reason: dict[str, list[Disposition]] = {}
    for item in items:
        if item.operation.field not in ABOUT:
            by_reason.setdefault(reason_in_words(item, found), []).append(item)
    for why, own in by_reason.items():
        if any(item.operation.field is None for item in own):
            yield _("{why}.").format(why=capital(why))
        else:
            yield question(own, found)


def _remainder(items: list[Disposition], found: Rebased) -> tuple[str, Table]:
    """Makes the change of the operations left aside, on the sheet that they may belong to."""
    first = items[0].operation
    kind, table = first.kind, _named(items, found)
    if kind == "merge" and "sheet" in table:
        kind = "adapt"
    for item in items:
        operation = item.operation
        if operation.path:
            value = item.value if operation.way else operation.value
            if value is not None:  # a merge may keep a text that its sheet does not have
                _put(table, _path(item, kind), plain_value(value))
        elif kind == "add":
            table |= plain_table(operation.value)
    return kind, table


def _path(item: Disposition, kind: str) -> tuple[str | int, ...]:
    path = item.operation.path
    # A text that a merge kept is one to set, where the parent has merged the sheets itself.
    return ("set", *path[1:]) if path[0] == "keep" and kind == "adapt" else path


def _named(items: list[Disposition], found: Rebased) -> Table:
    """By which code the sheet is named: that of the new parent where there is one."""
    first = items[0].operation
    if first.kind in ("add", "contract"):
        return {}
    to = next((item.to for item in items if item.to), ())
    whole = any(item.operation.path == () for item in items)
    if first.kind == "merge" and (whole or not to):
        return {}
    return {"sheet": to[0] if to and found.successor.sheet(to[0]) else first.sheets[0]}


def _put(table: Table, path: tuple[str | int, ...], value: Any) -> None:
    """Puts a value where a path leads; positions in lists become those that are left."""
    *inner, last = [step for step in path if isinstance(step, str)]
    for step in inner:
        table = table.setdefault(step, {})
    if isinstance(path[-1], int):
        table.setdefault(last, []).append(value)
    else:
        table[last] = value
