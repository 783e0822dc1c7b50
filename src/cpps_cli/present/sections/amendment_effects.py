"""What an amendment does to each local contract: what follows by itself, what to read again."""

from collections.abc import Iterable, Iterator

from cpps_cli.engine import Derivation, local_texts
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import ORIGIN, heading, sheet_name
from cpps_cli.model import Derived, DerivedSheet, Territory
from cpps_cli.model.contract import ContractText
from cpps_cli.present.document import Block, Column, Notice, Paragraph, Section, Table, Text
from cpps_cli.present.document_context import (
    DocumentContext,
    passed_over_in_words,
    places_passed_over,
)
from cpps_cli.present.document_kinds import BesideParent, OnLocals


def effects_section(of: DocumentContext, reach: OnLocals) -> Section:
    """A row for each local contract; those whose text is at fault are named."""
    reached = tuple(item for item in _reached(reach) if item[2].is_sound)
    blocks: list[Block] = []
    if places := places_passed_over(of, tuple(after.derived for *_before, after in reached)):
        words = passed_over_in_words(places)
        blocks.append(Notice("unknown", _("Passed over"), words))
    if reached:
        rows = tuple(_row(reach, *found) for found in reached)
        columns = (
            Column("local_contract", _("Local contract")),
            Column("changes_with_the_parent", _("Changes with the parent"), wide=True),
            Column("to_read_again", _("To read again"), wide=True),
            Column("new_or_no_longer_here", _("New, or no longer here"), wide=True),
        )
        caption = _("What the amendment changes in each local contract, as its text is known")
        blocks.append(Table(columns, rows, caption=caption))
    if not blocks:
        blocks.append(Paragraph(_("No local contract is derived from this one.")))
    return Section(_("Effect on each local contract"), tuple(blocks), "effets")


def _reached(reach: OnLocals) -> Iterator[tuple[Territory, Derived, Derivation]]:
    for territory, overlay in local_texts(reach.after.now.contract, reach.reader):
        before = reach.before.derive(overlay, territory).derived
        yield territory, before, reach.after.derive(overlay, territory)


def _row(
    reach: OnLocals, territory: Territory, before: Derived, derivation: Derivation
) -> tuple[Text, ...]:
    after = derivation.derived
    if after.basis == "no_text":
        unsigned = after.not_signed_before is not None
        words = _("It had no text on that day.") if unsigned else _("Its text is not known.")
        return territory.label, words, "–", "–"
    old, new = _by_code(before), _by_code(after)
    sheets = (item for code, item in new.items() if _follows(old.get(code), item))
    follows = (*_own_fields(before, after), *map(_name, sheets))
    again = (item for item in new.values() if item.to_reread and _is_touched(reach, item))
    added = _listed(_name(item) for code, item in new.items() if code not in old)
    gone = _listed(_name(item) for code, item in old.items() if code not in new)
    moved = ((_("New: {names}."), added), (_("No longer here: {names}."), gone))
    lines = (pattern.format(names=names) for pattern, names in moved if names)
    cells = (_listed(follows), _listed(map(_name, again)), " ".join(lines))
    return territory.label, *(cell or "–" for cell in cells)


def _by_code(derived: Derived) -> dict[str, DerivedSheet]:
    return {item.sheet.code: item for item in derived.sheets}


def _follows(before: DerivedSheet | None, after: DerivedSheet) -> bool:
    return before is not None and before.sheet != after.sheet and not after.to_reread


def _is_touched(reach: OnLocals, item: DerivedSheet) -> bool:
    """Whether what a local sheet rests on is not what it was before the amendment."""
    before, after = reach.before.now.contract, reach.after.now.contract
    return any(before.sheet(code) != after.sheet(code) for code in item.answers or ())


def _own_fields(before: Derived, after: Derived) -> Iterator[str]:
    """What changes in the local contract itself: its term, its parties…"""
    for field in ContractText.model_fields:
        old, new = (derived.contract.retained(field) for derived in (before, after))
        if (old.value if old else None) != (new.value if new else None):
            yield heading(field)


def _listed(names: Iterable[str]) -> str:
    return _("; ").join(names)


def _name(item: DerivedSheet) -> str:
    return " ".join(filter(None, [item.sheet.number, item.sheet.title or item.sheet.code]))


def beside_parent_section(reach: BesideParent) -> Section:
    """A row for each sheet whose text or whose standing beside the parent changes."""
    title = _("Effect beside the parent")
    rows = tuple(_rows(reach))
    if not rows:
        return Section(title, (Paragraph(_("No sheet changes.")),), "effets")
    columns = (
        Column("sheet", _("Sheet"), wide=True),
        Column("before", _("Before"), wide=True),
        Column("after", _("After"), wide=True),
    )
    caption = _("What the amendment changes beside {parent}")
    table = Table(columns, rows, caption=caption.format(parent=reach.after.parent.label))
    return Section(title, (table,), "effets")


def _rows(reach: BesideParent) -> Iterator[tuple[Text, ...]]:
    """The sheets of the text before in their order, then those that come with the amendment."""
    before, after = _by_code(reach.before), _by_code(reach.after)
    for code, named in (before | after).items():
        old, new = before.get(code), after.get(code)
        if _beside(old) != _beside(new):
            cells = (_standing(reach.before, code, old), _standing(reach.after, code, new))
            yield sheet_name(named.sheet), *cells


def _beside(item: DerivedSheet | None) -> tuple[object, ...]:
    return (item.sheet, item.origin, item.answers) if item else ()


def _standing(derived: Derived, code: str, item: DerivedSheet | None) -> str:
    """« Adaptée : 1.1 Prévenir… », « Non reprise », or that there is no such sheet."""
    if item is None:
        left = next((left for left in derived.left_out if left.sheet.code == code), None)
        return capital(_(ORIGIN[left.origin])) if left else _("No such sheet")
    word = capital(_(ORIGIN[item.origin]))
    answers = ((answer, derived.parent_sheet(answer)) for answer in item.answers or ())
    names = _listed(sheet_name(sheet) if sheet else answer for answer, sheet in answers)
    return _("{origin}: {names}").format(origin=word, names=names) if names else word
