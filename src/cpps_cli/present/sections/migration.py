"""The report of a local text that is carried to the contract that replaces its parent."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.engine.matching import diff_words
from cpps_cli.engine.rebase import Rebased
from cpps_cli.engine.rebase.disposition import ABOUT, Disposition, grouped
from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.labels import PASSAGE, parent_version_in_words, sheet_name, version_in_words
from cpps_cli.model import Territory
from cpps_cli.model.beside import SheetsMatched
from cpps_cli.model.paths import amendment_of
from cpps_cli.present.document import Answer, Block, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.change_lines import added, listed, marked, removed
from cpps_cli.present.sections.migration_draft import draft_of_migration
from cpps_cli.present.sections.migration_words import (
    CHANGE,
    MIGRATION,
    counts,
    field_in_words,
    former_names,
    new_names,
    pieces_table,
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
    return Answer(Section(title, blocks), pieces_table(document["pieces"]), document)


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


# --- the operations


def _carried(found: Rebased) -> Iterator[str]:
    """Lists the changes of which something is carried, with the fields that are."""
    carried = (item for item in found.of("remapped") if item.operation.field not in ABOUT)
    for own in grouped(carried).values():
        kind = own[0].operation.kind
        whole = kind in ("add", "axes")
        shown = [item for item in own if item.operation.field not in (None, "sheets") and not whole]
        if not shown and kind in _WITHOUT_FIELDS and found.proposal.takes == "all":
            continue  # the sheet is there in any case: nothing of the change is
        fields = ", ".join(dict.fromkeys(field_in_words(item) for item in shown))
        subject = _subject(own[0], found)
        if kind in _OF_SHEETS and kind != "add":
            to = new_names(tuple(dict.fromkeys(code for item in own for code in item.to)), found)
            subject = f"{subject} → {to}"
        yield _("{sheet}: {fields}").format(sheet=subject, fields=fields) if fields else subject


def _rereading(found: Rebased) -> Iterator[str]:
    """Lists the texts to read again, with the words of the parent that changed under them."""
    for item in found.dispositions:
        if not item.to_reread:
            continue
        name = new_names(item.to, found) or _("The contract itself")
        if item.operation.field is None:
            yield _("{sheet}: {why}").format(sheet=name, why=reason_in_words(item, found))
            continue
        pattern = _("{sheet}, {field}: “{text}”. The parent: {change}")
        yield pattern.format(
            sheet=name,
            field=field_in_words(item),
            text=_text(item, found),
            change=_change(item.base, item.theirs),
        )


def _text(item: Disposition, found: Rebased) -> str:
    """Writes the local text; of the texts that it merges, the sheet whose text it keeps."""
    return new_names(item.to, found) if item.operation.way == "keep" else value_in_words(item.value)


def _change(before: Any, after: Any) -> str:
    """Writes the parent's two texts as one, the words that changed marked."""
    if isinstance(before, str) and isinstance(after, str):
        return marked(diff_words(before, after))
    gone = [item for item in _items(before) if item not in _items(after)]
    come = [item for item in _items(after) if item not in _items(before)]
    return " ".join((*map(removed, gone), *map(added, come))) or "–"


def _items(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(map(value_in_words, values))


def _asides(title: str, apart: tuple[Disposition, ...], found: Rebased) -> Iterator[Section]:
    """Lists what is not carried, change by change and reason by reason, each text whole."""
    together: dict[tuple[Any, str], list[Disposition]] = {}
    for item in apart:
        together.setdefault((item.operation.change, reason_in_words(item, found)), []).append(item)
    sections = []
    for (_change, why), own in together.items():
        name = _("{sheet}: {why}").format(sheet=_subject(own[0], found), why=why)
        lines = tuple(_piece(item) for item in own if item.operation.field)
        sections.append(Section(name, (Items(lines),) if lines else ()))
    if sections:
        yield Section(title, tuple(sections))


def _piece(item: Disposition) -> str:
    """Writes a text whole: « échéances : … »."""
    value = item.value if item.operation.way == "keep" else item.operation.value
    return _("{field}: {text}").format(field=field_in_words(item), text=value_in_words(value))


def _left_behind(found: Rebased) -> Iterator[str]:
    for item in found.of("discarded"):
        subject, text = _subject(item, found), _piece(item)
        yield f"{subject} – {text}" if subject else capital(text)


def _subject(item: Disposition, found: Rebased) -> str:
    """Names the change of an operation: « 3.1 Déployer une médiation de nuit (adapté) »."""
    operation = item.operation
    match operation.kind:
        case "contract":
            return _("The contract itself")
        case "axes":
            axis = found.change_at(operation.change)
            return _("Axis {number}. {title}").format(
                number=axis.code if axis.number is None else axis.number,
                title=axis.title or _("(title unknown)"),
            )
        case "head":
            own = amendment_of(operation.place.file)
            return _("Amendment {id}").format(id=own) if own else ""
        case "add":
            name = sheet_name(found.change_at(operation.change))
        case "merge":
            name = former_names(found.change_at(operation.change).sheets, found)
        case _:
            name = former_names(operation.sheets, found)
    return f"{name} ({_(CHANGE[operation.kind])})"


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
    carried, decide = number["carried"], number["to_decide"]
    reread, homeless = number["to_reread"], number["no_home"]
    texts = (
        n_("{count} piece carried", "{count} pieces carried", carried).format(count=carried),
        n_("{count} to read again", "{count} to read again", reread).format(count=reread),
        n_("{count} to decide", "{count} to decide", decide).format(count=decide),
        n_("{count} without a home", "{count} without a home", homeless).format(count=homeless),
    )
    return ", ".join(texts) + "."


def _what_now(found: Rebased, written: str | None) -> str:
    if written:
        text = _("{path} written: a draft. What is not carried stands in it as comments.")
        return text.format(path=written)
    return _("Nothing was written: `--apply` writes the draft, `--output FILE` to another place.")
