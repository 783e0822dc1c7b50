"""What changed, in words: [-what was removed-] and {+what was added+}, with or without colour."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from cpps_cli.engine.diff import Differences, DiffSide, SheetDifference, Unpaired
from cpps_cli.engine.diff_fields import FieldDifference, ListDiff, ScalarDiff, TextDiff
from cpps_cli.engine.diff_fields import Item as ListedItem
from cpps_cli.engine.matching import Segment
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import FIELD, ORIGIN, axis_title, disputed_in_words, sheet_name
from cpps_cli.model import ActionSheet, Contract, Period, is_disputed
from cpps_cli.model.beside import SheetsMatched
from cpps_cli.present.document import Item, Items, Section

Line = str | Item

SHORT = 160
"""Characters of a text that is shown whole, before and after."""
# Of words that did not change, as many are shown on each side of those that did.
WORDS_AROUND = 6
PART: dict[str, str] = {
    "axes": N_("axes"),
    "axis_number": N_("number of the axis `{part}`"),
    "axis_title": N_("title of the axis `{part}`"),
    "indicator_title": N_("indicator `{part}`, title"),
    "indicator_unit": N_("indicator `{part}`, unit"),
    "indicator_definition": N_("indicator `{part}`, definition"),
    "indicator_every": N_("indicator `{part}`, how often"),
    "indicator_target": N_("indicator `{part}`, target"),
    "indicator_values": N_("indicator `{part}`, values"),
}


def change_sections(found: Differences, why: Mapping[str, str] | None = None) -> Iterator[Section]:
    """All that differs: the contract itself, sheets, then what is only typography.

    `why`: for a sheet, the reason that stands under it; under "" that of the contract's changes.
    """
    reasons = why or {}
    own = [*contract_lines(found)]
    yield from listed(_("The contract itself"), [*own, *_of("", reasons)] if own else [])
    yield from listed(_("Sheets removed"), removed_lines(found, reasons))
    yield from listed(_("Sheets added"), added_lines(found, reasons))
    yield from listed(_("Sheets split or merged"), passage_lines(found))
    if found.changed:
        changed = (_changed(item, found, reasons) for item in found.changed)
        yield Section(_("Sheets changed"), tuple(changed))
    yield from listed(_("Only typed in another way"), typographic_lines(found))


def _changed(item: SheetDifference, found: Differences, why: Mapping[str, str]) -> Section:
    lines = (*sheet_lines(item, found), *_of(item.after.code, why))
    return Section(sheet_name(item.after), (Items(lines, marked=True),))


def listed(title: str, lines: Iterable[Line]) -> Iterator[Section]:
    """The lines under their title; nothing where there are none."""
    if found := tuple(lines):
        yield Section(title, (Items(found, marked=True),))


def _of(code: str, why: Mapping[str, str]) -> tuple[str, ...]:
    return (why[code],) if code in why else ()


def contract_lines(found: Differences) -> Iterator[Line]:
    """What changed in the contract itself."""
    for field in found.contract:
        yield from field_lines(field, found, None)


def sheet_lines(item: SheetDifference, found: Differences) -> Iterator[Line]:
    """What changed in one sheet."""
    if item.before.code != item.after.code:
        former = _("code: {before} → {after}")
        yield former.format(before=item.before.code, after=item.after.code)
    for field in item.fields:
        yield from field_lines(field, found, item)
    if item.match and (why := _why(item.match)):
        yield why


def removed_lines(found: Differences, why: Mapping[str, str]) -> Iterator[str]:
    """The sheets that the second text is known to lack, and where their matter stands in it."""
    return _lone_lines(found.removed, found.after, _("{sheet}, now in: {others}"), why)


def added_lines(found: Differences, why: Mapping[str, str]) -> Iterator[str]:
    """The sheets that the first text is known to lack, and where their matter stands in it."""
    return _lone_lines(found.added, found.before, _("{sheet}, made from: {others}"), why)


def _lone_lines(
    items: tuple[Unpaired, ...], other: DiffSide, linked: str, why: Mapping[str, str]
) -> Iterator[str]:
    for item in filter(is_lone, items):
        yield ". ".join((_lone_line(item, other, linked), *_of(item.sheet.code, why)))


def is_lone(item: Unpaired) -> bool:
    """Whether the other text is known to lack the sheet, and no passage speaks of it."""
    return item.fate != "unknown" and not item.in_passage


def passage_lines(found: Differences) -> Iterator[str]:
    """« scission : 3.1 … → 3.1 … ; 3.2 … », each split and merger that a correspondence states."""
    merger, split = _("merger: {before} → {after}"), _("split: {before} → {after}")
    for match in found.passages:
        before, after = _names(match.before, found.before), _names(match.after, found.after)
        pattern = merger if match.kind == "merged" else split
        line = pattern.format(before=before, after=after)
        yield ". ".join(filter(None, (line, _why(match))))


def _names(codes: tuple[str, ...], edition: DiffSide) -> str:
    """The names of the sheets in which one of the texts holds those of these codes."""
    sheets = edition.contract.sheets
    holding = (sheet for sheet in sheets if set(codes) & edition.roots(sheet.code))
    return _("; ").join(map(sheet_name, holding))


def _why(match: SheetsMatched) -> str:
    """Why, as a correspondence says it, and whether that is a reading of ours."""
    reason = _("Reason: {reason}").format(reason=match.reason.rstrip(".")) if match.reason else ""
    note = _("the link is inferred: no source states it") if match.inferred else ""
    return capital("; ".join(filter(None, (reason, note))))


def typographic_lines(found: Differences) -> Iterator[str]:
    """What nobody has to read again, by sheet."""
    if own := _retyped(found.contract):
        yield own
    for sheet in found.sheets:
        if fields := _retyped(sheet.fields):
            yield _("{sheet}: {fields}").format(sheet=sheet_name(sheet.after), fields=fields)


def _retyped(fields: tuple[FieldDifference, ...]) -> str:
    """The names of the fields in which something is typed in another way."""
    return ", ".join(map(field_name, filter(_has_typing, fields)))


def _has_typing(field: FieldDifference) -> bool:
    return field.typographic or (isinstance(field, ListDiff) and bool(field.retyped))


def name_with_code(sheet: ActionSheet) -> str:
    """« 1.1 Promouvoir la citoyenneté (promouvoir-la-citoyennete) »."""
    return f"{sheet_name(sheet)} ({sheet.code})" if sheet.title else sheet_name(sheet)


def _lone_line(item: Unpaired, other: DiffSide, linked: str) -> str:
    name = name_with_code(item.sheet)
    if item.linked:
        sheets = [other.contract.sheet(code) for code in item.linked]
        named = ", ".join(sheet_name(sheet) for sheet in sheets if sheet)
        return linked.format(sheet=name, others=named)
    if item.left_out is None:
        why = _why(item.match) if item.match else ""
        return ". ".join(filter(None, (name, why)))
    fate = _(ORIGIN[item.left_out.origin])
    if item.left_out.reason:
        fate = _("{origin}: {reason}").format(origin=fate, reason=item.left_out.reason)
    return _("{sheet} – {contract}: {fate}").format(
        sheet=name, contract=other.contract.label, fate=fate
    )


# --- fields


def field_lines(
    field: FieldDifference, found: Differences, sheet: SheetDifference | None
) -> Iterator[Line]:
    """What changed in one field, of a sheet or of the contract itself; typography apart."""
    if field.typographic:
        return
    name = field_name(field)
    if note := _disputed(field, found, sheet):
        name = f"{name} ({note})"
    if alone := _only_one(field, found):
        yield _("{field}, held only in {contract}: {text}").format(field=name, **alone)
        return
    if isinstance(field, TextDiff) and (both := _both_whole(field)):
        yield Item(_("{field}:").format(field=name), under=both)
        return
    for change in _changes(field, found):
        yield _("{field}: {change}").format(field=name, change=change)


def _only_one(field: FieldDifference, found: Differences) -> dict[str, str] | None:
    """The one of two contracts that says anything, and what: missing is unknown, not removed."""
    before, after = found.before.contract, found.after.contract
    if before.id == after.id or (field.before and field.after):
        return None
    contract, value = (before, field.before) if field.before else (after, field.after)
    return {"contract": contract.label, "text": _value(field.field, value, contract)}


def _changes(field: FieldDifference, found: Differences) -> Iterator[str]:
    match field:
        case ScalarDiff():
            before = _value(field.field, field.before, found.before.contract)
            after = _value(field.field, field.after, found.after.contract)
            yield f"{before} → {after}"
        case TextDiff():
            yield marked(field.segments)
        case ListDiff():
            yield from (removed(item.before or "") for item in field.removed)
            yield from (added(item.after or "") for item in field.added)
            yield from (_moved(item) for item in field.moved)
        case _:
            assert_never(field)


def _both_whole(field: TextDiff) -> tuple[str, ...]:
    """A short text before and after, its changed words marked; nothing where one of them is long.

    Who has a decision to take reads two short sentences faster than one of both.
    """
    if not field.before or not field.after:
        return ()
    if max(len(field.before), len(field.after)) > SHORT:
        return ()
    old, new = marked_apart(field)
    return _("before: {text}").format(text=old), _("after: {text}").format(text=new)


def _moved(item: ListedItem) -> str:
    was, now = (item.was or 0) + 1, (item.now or 0) + 1
    return _("moved from {was} to {now}: {item}").format(was=was, now=now, item=item.after)


def _value(field: str, value: str | Period | tuple[str, ...] | None, contract: Contract) -> str:
    match value:
        case tuple():
            return "; ".join(value)
        case None:
            return "–"
        case Period():
            return period_in_words(value)
        case _:
            return axis_title(contract, value) if field == "axis" else " ".join(value.split())


def _disputed(field: FieldDifference, found: Differences, sheet: SheetDifference | None) -> str:
    if sheet is not None:
        both = (sheet.before, sheet.after)
        return _("disputed") if any(is_disputed(item.claims, field.field) for item in both) else ""
    contracts = (found.before.contract, found.after.contract)
    notes = (disputed_in_words(contract, field.field) for contract in contracts)
    return "; ".join(dict.fromkeys(filter(None, notes)))


def field_name(field: FieldDifference) -> str:
    """The field, in words."""
    pattern = PART.get(field.field) or FIELD[field.field]
    return _(pattern).format(part=field.part)


# --- words


def removed(text: str) -> str:
    """Words that are gone."""
    return f"[-{' '.join(text.split())}-]"


def added(text: str) -> str:
    """Words that are new."""
    return f"{{+{' '.join(text.split())}+}}"


def marked_apart(field: TextDiff) -> tuple[str, str]:
    """A text before and after, each with its own words that differ marked."""
    runs = field.segments
    old, new = (
        marked(tuple(run for run in runs if run.mark != other)) for other in ("added", "removed")
    )
    return old, new


def marked(runs: tuple[Segment, ...]) -> str:
    """A text with the words that changed, and some of those round them."""
    line = ""
    for position, run in enumerate(runs):
        words = run.text
        if run.mark == "same":
            words = _shortened(words, first=position == 0, last=position == len(runs) - 1)
        shown = {"same": _plain, "removed": removed, "added": added}[run.mark](words)
        before = runs[position - 1] if position else None
        # What is added stands right behind what it replaces.
        behind = before is not None and (before.mark, run.mark) == ("removed", "added")
        spaced = before is not None and before.text[:1].isspace()
        apart = before is not None and run.text[:1].isspace() and not (behind and spaced)
        line += f" {shown}" if apart else shown
    return line


def _plain(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """The words next to a change; the others are an ellipsis."""
    words = re.findall(r"\s*\S+", text)
    if len(words) <= 2 * WORDS_AROUND + 1:
        return text
    start = "" if first else "".join(words[:WORDS_AROUND])
    end = "" if last else "".join(words[-WORDS_AROUND:])
    return f"{start} …{end}" if start else f"… {end.lstrip()}"
