"""The sheets of two generations side by side: how many became what, then each from either side."""

from collections.abc import Iterator, Sequence
from typing import get_args

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.labels import PASSAGE
from cpps_cli.model import ActionSheet
from cpps_cli.model.correspondence import AxesMatched, Passage, SheetsMatched
from cpps_cli.present.document import Column, Section, Table, Text
from cpps_cli.present.document_kinds import CorrespondenceContext
from cpps_cli.present.sections.contract.cited import cited

_KINDS: tuple[Passage, ...] = get_args(Passage)


def in_short(context: CorrespondenceContext) -> Section:
    """How many sheets became what: the columns add up to all the sheets of each contract."""
    before = [context.correspondence.became(sheet.code) for sheet in context.before]
    after = [context.correspondence.comes_from(sheet.code) for sheet in context.after]
    counted = [(kind, _count(before, kind), _count(after, kind)) for kind in (*_KINDS, None)]
    rows = [(passage_in_words(kind), old, new) for kind, old, new in counted if old or new]
    columns = (
        Column("what_became_of_the_sheets", _("What became of the sheets")),
        Column("sheets_of_the_former_contract", _("Sheets of the former contract")),
        Column("sheets_of_the_new_contract", _("Sheets of the new contract")),
    )
    every = (_("In all"), len(before), len(after))
    cells = tuple((words, str(old), str(new)) for words, old, new in (*rows, every))
    table = Table(columns, cells, caption=_("How many sheets became what"))
    return Section(_("In short"), (table,), "en-bref")


def from_former(context: CorrespondenceContext) -> Section:
    """Each sheet of the former contract: what it became, and why."""
    columns = (
        Column("sheet_of_the_former_contract", _("Sheet of the former contract"), wide=True),
        Column("what_became_of_it", _("What became of it")),
        Column("sheet_of_the_new_contract", _("Sheet of the new contract"), wide=True),
        Column("why_and_what_is_to_be_known", _("Why, and what is to be known"), wide=True),
    )
    names = _names(context.after)
    rows = tuple(
        (sheet_name(sheet), *row)
        for sheet in context.before
        for row in _became(context.correspondence.became(sheet.code), names)
    )
    title = _("What each sheet of the former contract became")
    return Section(
        title, (Table(columns, rows, caption=_caption(context)),), "depuis-l-ancien-contrat"
    )


def from_successor(context: CorrespondenceContext) -> Section:
    """Each sheet of the new contract: what it comes from."""
    columns = (
        Column("sheet_of_the_new_contract", _("Sheet of the new contract"), wide=True),
        Column("where_it_comes_from", _("Where it comes from")),
        Column("sheet_of_the_former_contract", _("Sheet of the former contract"), wide=True),
    )
    names = _names(context.before)
    rows = tuple(
        (sheet_name(sheet), *row)
        for sheet in context.after
        for row in _comes_from(context.correspondence.comes_from(sheet.code), names)
    )
    title = _("What each sheet of the new contract comes from")
    return Section(
        title, (Table(columns, rows, caption=_caption(context)),), "depuis-le-nouveau-contrat"
    )


def _caption(context: CorrespondenceContext) -> str:
    words = _("Former contract: {former}; new contract: {successor}")
    former, successor = context.former.contract.label, context.of.contract.label
    return words.format(former=former, successor=successor)


def passage_in_words(kind: Passage | None) -> str:
    """« Partagée »; « Inconnue » where nothing says what it is."""
    return capital(_(PASSAGE[kind])) if kind else capital(_("unknown"))


def to_be_known(item: SheetsMatched | AxesMatched) -> Text:
    """Why it is so, whether that is our reading, and who says it."""
    reason = item.reason if isinstance(item, SheetsMatched) else None
    inferred = _("Read by us, stated in no source.") if item.inferred else None
    words = " ".join(filter(None, [reason, inferred, item.note]))
    sources = cited(item.sources)
    if words and sources:
        return (words, " ", *sources)
    return sources or (words or "–")


def _became(item: SheetsMatched | None, names: dict[str, str]) -> Iterator[tuple[Text, Text, Text]]:
    """A row for each sheet that it became; one where it became none, or where that is not known."""
    if item is None:
        yield passage_in_words(None), "–", "–"
        return
    for code in item.after or (None,):
        name = names.get(code, code) if code else "–"
        yield passage_in_words(item.kind), name, to_be_known(item)


def _comes_from(item: SheetsMatched | None, names: dict[str, str]) -> Iterator[tuple[Text, Text]]:
    if item is None:
        yield passage_in_words(None), "–"
        return
    for code in item.before or (None,):
        name = names.get(code, code) if code else "–"
        yield passage_in_words(item.kind), name


def _names(sheets: tuple[ActionSheet, ...]) -> dict[str, str]:
    return {sheet.code: sheet_name(sheet) for sheet in sheets}


def _count(found: Sequence[SheetsMatched | None], kind: Passage | None) -> int:
    return sum((item.kind if item else None) == kind for item in found)
