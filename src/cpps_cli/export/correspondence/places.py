"""What a correspondence means for each local contract of the generation before."""

from collections.abc import Iterator

from cpps_cli.export.around import locals_of, passed_over_in_words, places_passed_over, territory_of
from cpps_cli.export.correspondence.sheets import passage_in_words
from cpps_cli.export.outline import Block, Column, Notice, Paragraph, Section, Table, Text, said
from cpps_cli.export.subject import CorrespondenceDossier
from cpps_cli.model import Derived, DerivedSheet
from cpps_cli.words.catalogue import _, n_
from cpps_cli.words.sheets import sheet_name

_Row = tuple[Text, ...]


def places_section(dossier: CorrespondenceDossier) -> Section:
    """A section for each local contract whose text is known; the others are named."""
    told = locals_of(dossier.former)
    passed_over = places_passed_over(dossier.former, told)
    blocks: list[Block] = []
    if not told and not passed_over:
        words = _("No local contract is derived from the former one.")
        blocks.append(Paragraph(said(words)))
    if passed_over:
        words = passed_over_in_words(passed_over)
        blocks.append(Notice("unknown", _("Passed over"), said(words)))
    if unknown := [item for item in told if item.basis == "no_text"]:
        words = _("No text is known of: {places}.")
        names = (territory_of(dossier.of, item.contract.territory).label for item in unknown)
        blocks.append(Paragraph(said(words.format(places=", ".join(names)))))
    blocks += [_section(dossier, item) for item in told if item.basis != "no_text"]
    return Section(_("What it means for each local contract"), tuple(blocks), "contrats-locaux")


def _section(dossier: CorrespondenceDossier, derived: Derived) -> Section:
    place = territory_of(dossier.of, derived.contract.territory)
    others = [item for item in derived.sheets if not _is_same(dossier, item)]
    same = len(derived.sheets) - len(others)
    blocks: list[Block] = [Paragraph(said(_counted(same, len(derived.sheets))))]
    if place.code not in dossier.of.contract.local_territories:
        words = _("The new contract is not derived for this place.")
        blocks.insert(0, Paragraph(said(words)))
    if others:
        columns = (
            Column(_("Local sheet"), wide=True),
            Column(_("What became of the sheet it comes from")),
            Column(_("Sheet of the new contract"), wide=True),
        )
        rows = tuple(row for item in others for row in _rows(dossier, item))
        caption = _("Sheets of {contract} to look at one by one")
        blocks.append(Table(caption.format(contract=derived.contract.label), columns, rows))
    return Section(place.label, tuple(blocks), f"contrat-local-{place.code}")


def _counted(same: int, total: int) -> str:
    pattern = n_(
        "{same} of its {total} sheets comes from a sheet that stays one, whose text may change.",
        "{same} of its {total} sheets come from sheets that stay one each, whose text may change.",
        same,
    )
    return pattern.format(same=same, total=total)


def _is_same(dossier: CorrespondenceDossier, item: DerivedSheet) -> bool:
    found = [dossier.correspondence.became(code) for code in item.answers or ()]
    return len(found) == 1 and found[0] is not None and found[0].kind == "same"


def _rows(dossier: CorrespondenceDossier, item: DerivedSheet) -> Iterator[_Row]:
    """What became of each sheet that a local one comes from, each fate once."""
    name = said(sheet_name(item.sheet))
    if not item.answers:
        none = _("None: it is its own") if item.answers is not None else _("Not known")
        yield name, said(none), said("–")
        return
    fates = ((name, *fate) for code in item.answers for fate in _fates(dossier, code))
    yield from dict.fromkeys(fates)


def _fates(dossier: CorrespondenceDossier, code: str) -> Iterator[tuple[Text, Text]]:
    matched = dossier.correspondence.became(code)
    word = said(passage_in_words(matched.kind if matched else None))
    named = {sheet.code: sheet_name(sheet) for sheet in dossier.after}
    for after in matched.after if matched and matched.after else (None,):
        yield word, said(named.get(after, after) if after else "–")
