"""What a correspondence means for each local contract of the generation before."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.model import Derived, DerivedSheet
from cpps_cli.present.document import Block, Column, Notice, Paragraph, Section, Table, Text
from cpps_cli.present.document_context import (
    locals_of,
    passed_over_in_words,
    places_passed_over,
    territory_of,
)
from cpps_cli.present.document_kinds import CorrespondenceContext
from cpps_cli.present.sections.correspondence.sheets import passage_in_words

_Row = tuple[Text, ...]


def places_section(context: CorrespondenceContext) -> Section:
    """A section for each local contract whose text is known; the others are named."""
    told = locals_of(context.former)
    passed_over = places_passed_over(context.former, told)
    blocks: list[Block] = []
    if not told and not passed_over:
        words = _("No local contract is derived from the former one.")
        blocks.append(Paragraph(words))
    if passed_over:
        words = passed_over_in_words(passed_over)
        blocks.append(Notice("unknown", _("Passed over"), words))
    if unknown := [item for item in told if item.basis == "no_text"]:
        words = _("No text is known of: {places}.")
        names = (territory_of(context.of, item.contract.territory).label for item in unknown)
        blocks.append(Paragraph(words.format(places=", ".join(names))))
    blocks += [_section(context, item) for item in told if item.basis != "no_text"]
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
            Column(
                "became",
                _("What became of the sheet it comes from"),
            ),
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
    """What became of each sheet that a local one comes from, each fate once."""
    name = sheet_name(item.sheet)
    if not item.answers:
        none = _("None: it is its own") if item.answers is not None else _("Not known")
        yield name, none, "–"
        return
    fates = ((name, *fate) for code in item.answers for fate in _fates(context, code))
    yield from dict.fromkeys(fates)


def _fates(context: CorrespondenceContext, code: str) -> Iterator[tuple[Text, Text]]:
    matched = context.correspondence.became(code)
    word = passage_in_words(matched.kind if matched else None)
    named = {sheet.code: sheet_name(sheet) for sheet in context.after}
    for after in matched.after if matched and matched.after else (None,):
        yield word, (named.get(after, after) if after else "–")
