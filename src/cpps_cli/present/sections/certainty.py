"""How sure we are of what is shown: in words beside a sheet, by signs in a table."""

from collections.abc import Iterable, Iterator

from cpps_cli.i18n.catalogue import N_, _
from cpps_cli.i18n.labels import axis_title, disputed_in_words, fields_in_words
from cpps_cli.model import ActionSheet, Axis, Contract
from cpps_cli.model.sheet import DOUBTS

_OF_FIELDS = {
    "inferred": N_("Inferred, read by us and stated in no source: {fields}"),
    "uncertain": N_("Uncertain, one of several possibilities: {fields}"),
    "cut": N_("Cut, the source was seen only in part: {fields}"),
}
_OF_ONE = {
    "inferred": N_("inferred: stated in no source"),
    "uncertain": N_("uncertain: one of several possibilities"),
    "cut": N_("cut: the source was seen only in part"),
}
_SIGNS = {"cut": "[…]", "inferred": "°", "uncertain": "~"}
_LEGEND = {
    "inferred": N_("° read by us, stated in no source."),
    "uncertain": N_("~ uncertain: one of several possibilities."),
    "cut": N_("[…] the source was seen only in part."),
}


def certainty(noun: ActionSheet | Axis) -> Iterator[str]:
    """Says of which fields we are not sure, a line for each kind of doubt."""
    for mark, pattern in _OF_FIELDS.items():
        if fields := getattr(noun, mark):
            yield _(pattern).format(fields=fields_in_words(fields))


def certainty_of(contract: Contract, field: str) -> Iterator[str]:
    """Says how sure we are of a date of the contract itself, and whether sources disagree."""
    for mark, words in _OF_ONE.items():
        if field in getattr(contract, mark):
            yield _(words)
    if dispute := disputed_in_words(contract, field):
        yield dispute


def in_brackets(words: str, beside: Iterable[str]) -> str:
    """Puts what is to be known of a value in brackets beside it, where there is any."""
    said = "; ".join(beside)
    return f"{words} ({said})" if said else words


def numbered(sheet: ActionSheet) -> str:
    """The number for a table, with the signs of its marks."""
    return _signed(sheet, "number", sheet.number) if sheet.number else "–"


def titled(sheet: ActionSheet, untitled: str = "…") -> str:
    """The title for a table, with the signs of its marks, and of those of its axis."""
    if sheet.title is None:
        return f"{untitled} ~" if "axis" in sheet.uncertain else untitled
    return _signed(sheet, "axis", _signed(sheet, "title", sheet.title))


def legend(contract: Contract, sheets: Iterable[ActionSheet]) -> str:
    """What the signs of a table mean; "" where it has none."""
    shown = tuple(sheets)
    axes = [axis for axis in contract.axes if any(sheet.axis == axis.code for sheet in shown)]
    used = {sign for sheet in shown for sign in _signs_of(sheet)}
    used |= {mark for axis in axes for mark in DOUBTS if getattr(axis, mark)}
    return " ".join(_(_LEGEND[mark]) for mark in DOUBTS if mark in used)


def _signs_of(sheet: ActionSheet) -> Iterator[str]:
    """The marks of which a table shows a sign: of an untitled sheet, most is unknown anyway."""
    for mark in DOUBTS:
        fields = set(getattr(sheet, mark))
        if sheet.title is None:
            fields &= {"axis"} if mark == "uncertain" else {"number"} if sheet.number else set()
        if fields:
            yield mark


def axis_signed(contract: Contract, code: str | None) -> str:
    """Names an axis for a table, with the signs of its marks."""
    name, axis = axis_title(contract, code), contract.axis(code)
    if axis is None:
        return name
    return _signed(axis, "number", _signed(axis, "title", name))


def _signed(noun: ActionSheet | Axis, field: str, shown: str) -> str:
    """A value with the signs of its marks; one that ends in dots says by itself that it is cut."""
    signs = [
        sign
        for mark, sign in _SIGNS.items()
        if field in getattr(noun, mark) and not (mark == "cut" and shown.endswith("…"))
    ]
    return " ".join((shown, *(sign for sign in signs if not shown.endswith(sign))))
