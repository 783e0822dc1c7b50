"""What a local text becomes under the contract that replaces its parent."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.engine.rebase import ABOUT, Disposition, Rebased
from cpps_cli.engine.word_diff import diff_words
from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.labels import PASSAGE, parent_version_in_words, version_in_words
from cpps_cli.model import Territory
from cpps_cli.model.correspondence import SheetsMatched
from cpps_cli.model.paths import amendment_of
from cpps_cli.present.document import (
    Answer,
    Block,
    Column,
    Items,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.sections.change_lines import added, listed, marked, removed
from cpps_cli.present.sections.migration_document import (
    MIGRATION,
    ROW_KEYS,
    counts,
    piece_row,
)
from cpps_cli.present.sections.migration_draft import draft_of_migration
from cpps_cli.present.sections.migration_words import (
    CHANGE,
    field_in_words,
    former_names,
    new_names,
    reason_in_words,
    value_in_words,
)

_OF_SHEETS = frozenset(CHANGE)
_WITHOUT_FIELDS = ("adapt", "renumber")


def migration(found: Rebased, territory: Territory, written: str | None) -> Answer:
    """The report; `written` is where the proposal was written, None where it was not."""
    draft = draft_of_migration(found, territory)
    document = MIGRATION.write(found, proposal=draft, written=written)
    blocks: tuple[Block, ...] = (
        Items(tuple(_texts(found))),
        Section(_("What became of the sheets"), (_passages(found),)),
        *listed(_("Carried"), _carried(found)),
        *listed(_("Carried, to read again"), _rereading(found)),
        *_asides(_("To decide"), found.of("to_decide"), found),
        *_asides(_("Without a home"), found.of("orphaned"), found),
        *_asides(_("The new contract says it already"), found.of("said_already"), found),
        *_asides(_("Settled by its own amendments"), found.of("settled"), found),
        *listed(_("Left with the former contract"), _left_behind(found)),
        *listed(_("To consider in the new contract"), _to_consider(found)),
        Paragraph(_sum(found)),
        Paragraph(_what_now(found, written)),
    )
    title = _("{place}: to {parent}").format(place=territory.name, parent=found.successor.label)
    columns = tuple(Column(key, key) for key in ROW_KEYS)
    table = Table(columns, tuple(piece_row(piece) for piece in document["pieces"]))
    return Answer(Section(title, blocks), table, document)


def _texts(found: Rebased) -> Iterator[str]:
    former = _("From: {title} ({id}) – {version}")
    version = parent_version_in_words(found.overlay.parent_version, found.base)
    yield former.format(title=found.overlay.title, id=found.overlay.id, version=version)
    if own := found.own_amendments():
        yield _("With its own amendments: {amendments}").format(amendments=_(", ").join(own))
    parent = _("To: {title} ({id}) – {version}")
    version = version_in_words(found.version, found.successor)
    yield parent.format(title=found.successor.title, id=found.successor.id, version=version)


# --- the sheets


def _passages(found: Rebased) -> Table:
    columns = (
        Column("before", _("Former contract"), wide=True),
        Column("kind", _("Became")),
        Column("after", _("New contract"), wide=True),
    )
    rows = [_passage(item, found) for item in found.correspondence.sheets]
    named = {code for item in found.correspondence.sheets for code in item.before}
    rows += [
        (sheet_name(sheet), _("unknown"), None)
        for sheet in found.former.sheets
        if sheet.code not in named
    ]
    return Table(columns, tuple(rows))


def _passage(item: SheetsMatched, found: Rebased) -> tuple[str | None, str, str | None]:
    kind = _(PASSAGE[item.kind])
    if item.inferred:
        kind = f"{kind} °"
    return (former_names(item.before, found) or None, kind, new_names(item.after, found) or None)


# --- the pieces


def _carried(found: Rebased) -> Iterator[str]:
    """A line for each change of which something is carried, with the fields that are."""
    by_change: dict[Any, list[Disposition]] = {}
    for fate in found.of("remapped"):
        if fate.operation.field not in ABOUT:
            by_change.setdefault(fate.operation.change, []).append(fate)
    for own in by_change.values():
        piece = own[0].operation
        whole = piece.kind in ("add", "axes")
        shown = [fate for fate in own if fate.operation.field not in (None, "sheets") and not whole]
        if not shown and piece.kind in _WITHOUT_FIELDS and found.proposal.takes == "all":
            continue  # the sheet is there in any case: nothing of the change is
        fields = ", ".join(dict.fromkeys(field_in_words(fate) for fate in shown))
        subject = _subject(own[0], found)
        if piece.kind in _OF_SHEETS and piece.kind != "add":
            to = new_names(tuple(dict.fromkeys(code for fate in own for code in fate.to)), found)
            subject = f"{subject} → {to}"
        yield _("{sheet}: {fields}").format(sheet=subject, fields=fields) if fields else subject


def _rereading(found: Rebased) -> Iterator[str]:
    """The local text, and the words of the parent that it rests on, as they changed."""
    for fate in found.dispositions:
        if not fate.to_reread:
            continue
        name = new_names(fate.to, found) or _("The contract itself")
        if fate.operation.field is None:
            yield _("{sheet}: {why}").format(sheet=name, why=reason_in_words(fate, found))
            continue
        pattern = _("{sheet}, {field}: “{text}”. The parent: {change}")
        yield pattern.format(
            sheet=name,
            field=field_in_words(fate),
            text=_text(fate, found),
            change=_change(fate.base, fate.theirs),
        )


def _text(fate: Disposition, found: Rebased) -> str:
    """What the local text says; of the texts that it merges, the sheet whose text it keeps."""
    return new_names(fate.to, found) if fate.operation.way == "keep" else value_in_words(fate.value)


def _change(before: Any, after: Any) -> str:
    """What the parent said and says, the words that changed marked."""
    if isinstance(before, str) and isinstance(after, str):
        return marked(diff_words(before, after))
    gone = [item for item in _items(before) if item not in _items(after)]
    come = [item for item in _items(after) if item not in _items(before)]
    return " ".join((*map(removed, gone), *map(added, come))) or "–"


def _items(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (
        tuple(map(value_in_words, value)) if isinstance(value, tuple) else (value_in_words(value),)
    )


def _asides(title: str, fates: tuple[Disposition, ...], found: Rebased) -> Iterator[Section]:
    """What is not carried, change by change and reason by reason, each piece whole."""
    if fates:
        yield Section(title, tuple(_by_change(fates, found)))


def _by_change(fates: tuple[Disposition, ...], found: Rebased) -> Iterator[Section]:
    together: dict[tuple[Any, str], list[Disposition]] = {}
    for fate in fates:
        together.setdefault((fate.operation.change, reason_in_words(fate, found)), []).append(fate)
    for (_change, why), own in together.items():
        title = _("{sheet}: {why}").format(sheet=_subject(own[0], found), why=why)
        lines = tuple(_piece(fate) for fate in own if fate.operation.field)
        yield Section(title, (Items(lines),) if lines else ())


def _piece(fate: Disposition) -> str:
    """« échéances : … », whole."""
    value = fate.value if fate.operation.way == "keep" else fate.operation.value
    return _("{field}: {text}").format(field=field_in_words(fate), text=value_in_words(value))


def _left_behind(found: Rebased) -> Iterator[str]:
    for fate in found.of("discarded"):
        subject, said = _subject(fate, found), _piece(fate)
        yield f"{subject} – {said}" if subject else capital(said)


def _subject(fate: Disposition, found: Rebased) -> str:
    """The change that a piece belongs to: « 3.1 Déployer une médiation de nuit (adapté) »."""
    piece = fate.operation
    match piece.kind:
        case "contract":
            return _("The contract itself")
        case "axes":
            axis = found.change_at(piece.change)
            return _("Axis {number}. {title}").format(
                number=axis.code if axis.number is None else axis.number,
                title=axis.title or _("(title unknown)"),
            )
        case "head":
            own = amendment_of(piece.place.file)
            return _("Amendment {id}").format(id=own) if own else ""
        case "add":
            name = sheet_name(found.change_at(piece.change))
        case "merge":
            name = former_names(found.change_at(piece.change).sheets, found)
        case _:
            name = former_names(piece.sheets, found)
    return f"{name} ({_(CHANGE[piece.kind])})"


def _to_consider(found: Rebased) -> Iterator[str]:
    listed = found.proposal.takes == "listed"
    fate = _("not taken unless it is named") if listed else _("taken unless it is left out")
    for sheet in found.new_sheets:
        pattern = _("{sheet}: a new sheet, {fate}")
        yield pattern.format(sheet=sheet_name(sheet), fate=fate)
    for sheet in found.unmatched:
        pattern = _("{sheet}: what it takes up is not known; {fate}")
        yield pattern.format(sheet=sheet_name(sheet), fate=fate)
    for code in found.own_axes_added:
        axis = found.successor.axis(code)
        title = axis.title if axis and axis.title else code
        yield _("{axis}: no local axis answers this one; it is put in").format(axis=title)


# --- what follows


def _sum(found: Rebased) -> str:
    number = counts(found)
    said = (
        n_("{count} piece carried", "{count} pieces carried", number["carried"]),
        n_("{count} to read again", "{count} to read again", number["to_reread"]),
        n_("{count} to decide", "{count} to decide", number["to_decide"]),
        n_("{count} without a home", "{count} without a home", number["no_home"]),
    )
    keys = ("carried", "to_reread", "to_decide", "no_home")
    counted: dict[str, Any] = dict(number)
    return (
        ", ".join(text.format(count=counted[key]) for text, key in zip(said, keys, strict=True))
        + "."
    )


def _what_now(found: Rebased, written: str | None) -> str:
    if written:
        said = _("{path} written: a draft. What is not carried stands in it as comments.")
        return said.format(path=written)
    return _("Nothing was written: `--apply` writes the draft, `--output FILE` to another place.")
