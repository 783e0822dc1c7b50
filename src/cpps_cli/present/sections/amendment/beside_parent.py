"""What an amendment of a local contract does to it, beside its parent: sheet by sheet."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.labels import ORIGIN
from cpps_cli.model import Derived, DerivedSheet
from cpps_cli.present.document import Column, Paragraph, Section, Table, Text
from cpps_cli.present.document_kinds import BesideParent


def beside_parent_section(reach: BesideParent) -> Section:
    """A row for each sheet whose text or whose standing beside the parent changes."""
    title = _("Effect beside the parent")
    rows = tuple(_rows(reach))
    if not rows:
        words = _("No sheet changes.")
        return Section(title, (Paragraph(words),), "effets")
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
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        if not _is_same(old, new):
            named = new or old
            name = sheet_name(named.sheet) if named else code
            yield (
                name,
                _standing(reach.before, code),
                _standing(reach.after, code),
            )


def _by_code(derived: Derived) -> dict[str, DerivedSheet]:
    return {item.sheet.code: item for item in derived.sheets}


def _is_same(old: DerivedSheet | None, new: DerivedSheet | None) -> bool:
    return (
        old is not None
        and new is not None
        and (old.sheet, old.origin, old.answers) == (new.sheet, new.origin, new.answers)
    )


def _standing(derived: Derived, code: str) -> str:
    """« Adaptée : 1.1 Prévenir… », « Non reprise », or that there is no such sheet."""
    item = _by_code(derived).get(code)
    if item is None:
        left = next((left for left in derived.left_out if left.sheet.code == code), None)
        return capital(_(ORIGIN[left.origin])) if left else _("No such sheet")
    word = capital(_(ORIGIN[item.origin]))
    answers = ((answer, derived.parent.sheet(answer)) for answer in item.answers or ())
    names = _("; ").join(sheet_name(sheet) if sheet else answer for answer, sheet in answers)
    return _("{origin}: {names}").format(origin=word, names=names) if names else word
