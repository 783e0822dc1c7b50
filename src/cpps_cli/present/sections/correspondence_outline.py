"""A correspondence as a document: in short, from either side, axes, local contracts, sources."""

from collections.abc import Iterator, Sequence
from typing import get_args

from cpps_cli.i18n.catalogue import _, capital, n_, paragraphs
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import PASSAGE, axis_title, sheet_name
from cpps_cli.model import ActionSheet, Derived, DerivedSheet
from cpps_cli.model.beside import AxesMatched, Passage, SheetsMatched
from cpps_cli.present.document import (
    Block,
    Column,
    Fact,
    Facts,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    Text,
    made_inert,
)
from cpps_cli.present.document_context import (
    locals_of,
    passed_over_in_words,
    places_passed_over,
    territory_of,
)
from cpps_cli.present.document_kinds import CorrespondenceContext
from cpps_cli.present.sections.contract_front import state_notice
from cpps_cli.present.sections.sources import ids_of, source_section, sources_text
from cpps_cli.present.standing import standing, standing_notices


def correspondence_outline(context: CorrespondenceContext) -> Outline:
    """What the document says, in the language that is spoken."""
    outline = Outline(
        title=context.title,
        subtitle=context.of.place,
        language=context.library.language,
        on=context.of.on,
        front=tuple(_front(context)),
        sections=tuple(_chapters(context)),
        standing=standing(context.library),
    )
    return made_inert(outline)


def _front(context: CorrespondenceContext) -> Iterator[Block]:
    yield from standing_notices(context.library)
    if state := state_notice(context.of):
        yield state
    if context.correspondence.known == "partial":
        words = _("What became of the sheets that it does not name is not known.")
        yield Notice("unknown", _("Known in part"), words)
    day = day_in_words(context.of.on)
    facts = (
        Fact(_("Former contract"), (context.former.contract.title,)),
        Fact(_("New contract"), (context.of.contract.title,)),
        Fact(_("Texts"), (_("those of {day}").format(day=day),)),
    )
    yield Facts(facts)
    yield from (Paragraph(part) for part in paragraphs(context.correspondence.note or ""))
    if sources := sources_text(context.correspondence.sources):
        yield Paragraph(sources)


def _chapters(context: CorrespondenceContext) -> Iterator[Section]:
    yield in_short(context)
    yield from_former(context)
    yield from_successor(context)
    if context.correspondence.axes:
        yield axes_section(context)
    yield places_section(context)
    if ids := tuple(ids_of(context.correspondence)):
        yield source_section(context.of, ids)


_Row = tuple[Text, ...]
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
        for item in [context.correspondence.comes_from(sheet.code)]
        for row in _cells(item, item.before if item else (), names)
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
    sources = sources_text(item.sources)
    if words and sources:
        return (words, " ", *sources)
    return sources or (words or "–")


def _became(item: SheetsMatched | None, names: dict[str, str]) -> Iterator[_Row]:
    """A row for each sheet that it became; one where it became none, or where that is not known."""
    known = to_be_known(item) if item else "–"
    return ((*cells, known) for cells in _cells(item, item.after if item else (), names))


def _cells(
    item: SheetsMatched | None, codes: tuple[str, ...], names: dict[str, str]
) -> Iterator[_Row]:
    """The passage with the name of each sheet on its other side; once where it has none."""
    for name in [names.get(code, code) for code in codes] or ["–"]:
        yield passage_in_words(item.kind if item else None), name


def _names(sheets: tuple[ActionSheet, ...]) -> dict[str, str]:
    return {sheet.code: sheet_name(sheet) for sheet in sheets}


def _count(found: Sequence[SheetsMatched | None], kind: Passage | None) -> int:
    return sum((item.kind if item else None) == kind for item in found)


def axes_section(context: CorrespondenceContext) -> Section:
    """Each axis of the former contract with the one that answers it, then those that are new."""
    columns = (
        Column("axis_of_the_former_contract", _("Axis of the former contract"), wide=True),
        Column("axis_of_the_new_contract", _("Axis of the new contract"), wide=True),
        Column("to_be_known", _("To be known"), wide=True),
    )
    table = Table(columns, tuple(_axis_rows(context)), caption=_("Which axis answers which"))
    return Section(_("Axes"), (table,), "axes")


def _axis_rows(context: CorrespondenceContext) -> list[tuple[Text, ...]]:
    former, successor = context.former.contract, context.of.contract
    matched = {item.before: item for item in context.correspondence.axes}
    answering = {item.after for item in matched.values()}
    rows: list[tuple[Text, ...]] = []
    for code in dict.fromkeys((*(axis.code for axis in former.axes), *matched)):
        item = matched.get(code)
        name = axis_title(successor, item.after) if item else "–"
        answer = to_be_known(item) if item else _("No axis is said to answer it.")
        rows.append((axis_title(former, code), name, answer))
    for axis in successor.axes:
        if axis.code not in answering:
            words = _("It is said to answer no axis.")
            rows.append(("–", axis_title(successor, axis.code), words))
    return rows


def places_section(context: CorrespondenceContext) -> Section:
    """A section for each local contract whose text is known; the others are named."""
    known = locals_of(context.former)
    passed_over = places_passed_over(context.former, known)
    blocks: list[Block] = []
    if not known and not passed_over:
        words = _("No local contract is derived from the former one.")
        blocks.append(Paragraph(words))
    if passed_over:
        words = passed_over_in_words(passed_over)
        blocks.append(Notice("unknown", _("Passed over"), words))
    if unknown := [item for item in known if item.basis == "no_text"]:
        words = _("No text is known of: {places}.")
        names = (territory_of(context.of, item.contract.territory).label for item in unknown)
        blocks.append(Paragraph(words.format(places=", ".join(names))))
    blocks += [_section(context, item) for item in known if item.basis != "no_text"]
    return Section(_("What it means for each local contract"), tuple(blocks), "contrats-locaux")


def _section(context: CorrespondenceContext, derived: Derived) -> Section:
    place = territory_of(context.of, derived.contract.territory)
    others = [item for item in derived.sheets if not _is_same(context, item)]
    same = len(derived.sheets) - len(others)
    blocks: list[Block] = [Paragraph(_counted(same, len(derived.sheets)))]
    if place.code not in context.of.contract.local_territories:
        words = _("The new contract is not derived for this place.")
        blocks.insert(0, Paragraph(words))
    if others:
        columns = (
            Column("local_sheet", _("Local sheet"), wide=True),
            Column("became", _("What became of the sheet it comes from")),
            Column("sheet_of_the_new_contract", _("Sheet of the new contract"), wide=True),
        )
        rows = tuple(row for item in others for row in _rows(context, item))
        caption = _("Sheets of {contract} to look at one by one")
        blocks.append(Table(columns, rows, caption=caption.format(contract=derived.contract.label)))
    return Section(place.label, tuple(blocks), f"contrat-local-{place.code}")


def _counted(same: int, total: int) -> str:
    pattern = n_(
        "{same} of its {total} sheets comes from a sheet that stays one, whose text may change.",
        "{same} of its {total} sheets come from sheets that stay one each, whose text may change.",
        same,
    )
    return pattern.format(same=same, total=total)


def _is_same(context: CorrespondenceContext, item: DerivedSheet) -> bool:
    found = [context.correspondence.became(code) for code in item.answers or ()]
    return len(found) == 1 and found[0] is not None and found[0].kind == "same"


def _rows(context: CorrespondenceContext, item: DerivedSheet) -> Iterator[_Row]:
    """Lists what became of each sheet that a local one comes from, each once."""
    name = sheet_name(item.sheet)
    if not item.answers:
        none = _("None: it is its own") if item.answers is not None else _("Not known")
        yield name, none, "–"
        return
    became, names = map(context.correspondence.became, item.answers), _names(context.after)
    cells = (_cells(match, match.after if match else (), names) for match in became)
    yield from dict.fromkeys((name, *pair) for pairs in cells for pair in pairs)
