"""The names of sheets and axes, and where the sheets of a local contract come from."""

from cpps_cli.model import ActionSheet, Contract, Derived, LeftOut, Origin
from cpps_cli.words.catalogue import _
from cpps_cli.words.phrases import FIELD


def axis_title(contract: Contract, code: str | None) -> str:
    """« Axe 1. Prévenir… », or the code where nothing else is known."""
    axis = contract.axis(code)
    if axis is None:
        return code or ""
    number = axis.code if axis.number is None else str(axis.number)
    title = axis.title or _("(title unknown)")
    return _("Axis {number}. {title}").format(number=number, title=title)


def sheet_name(sheet: ActionSheet) -> str:
    """Its number and title, or its code where it has none."""
    title = sheet.title or _("Sheet without a known title ({code})").format(code=sheet.code)
    return " ".join(filter(None, [sheet.number, title]))


def announced_in_words(contract: Contract) -> str:
    """That a contract announces another number of sheets than are held; "" where it does not."""
    announced, held = contract.held("announced_sheets"), len(contract.sheets)
    if announced is None or announced.value == held:
        return ""
    said = _("{contract} announces {announced} sheets; {held} are held.")
    return said.format(contract=contract.label, announced=announced.value, held=held)


def fields_in_words(fields: tuple[str, ...]) -> str:
    """The names of fields, as people say them."""
    return ", ".join(_(FIELD[field]) for field in fields)


def origin_in_words(origin: Origin, answers: tuple[str, ...] | None, parent: str) -> str:
    """How a sheet came to be in a local contract; `answers` are the parent's, as far as known."""
    match origin:
        case "inherited":
            said = _("Inherited word for word from {parent}")
        case "adapted":
            said = _("Adapted from {parent}")
        case "merged":
            said = _("Merged from several sheets of {parent}")
        case "added" if answers is None:
            said = _("Added; a sheet of {parent} may be its origin, we cannot tell which")
        case "added":
            said = _("Added: it answers no sheet of {parent}")
    return said.format(parent=parent)


def parent_sheet_in_words(derived: Derived, code: str) -> str:
    """Number, title and code of a sheet of the parent."""
    parent = derived.parent.sheet(code)
    if parent is None:
        return _("Parent's sheet {code}").format(code=code)
    named = _("Parent's sheet {number}: {title} ({code})")
    if parent.number is None:
        named = _("Parent's sheet without a known number: {title} ({code})")
    return named.format(number=parent.number, title=parent.title or "…", code=code)


def fate_in_words(item: LeftOut) -> str:
    """What became of a sheet of the parent that is not in the local contract."""
    match item.origin:
        case "excluded":
            return _("Left out")
        case "not_taken_up":
            return _("Not taken up: the local text does not have it and gives no reason")
        case "unknown":
            return _("Unknown: we cannot tell whether the local text takes it up")
