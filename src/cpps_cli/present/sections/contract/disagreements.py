"""What sources disagree on: about the contract, then sheet by sheet."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import claim_in_words, matter_in_words, sheet_name
from cpps_cli.model import Contract
from cpps_cli.model.sources import Dispute, disputes_of
from cpps_cli.present.document import Items, Paragraph, Section
from cpps_cli.present.sections.contract.sheets import dispute_anchor


def disputes_section(contract: Contract) -> Section:
    """Each dispute with what each side says, and which one this document follows."""
    sections = (*_of_contract(contract), *_of_sheets(contract))
    words = (
        _("This document follows what is retained; the other sides are kept here.")
        if sections
        else _("Sources disagree on nothing that is held here.")
    )
    return Section(_("What sources disagree on"), (Paragraph(words), *sections), "divergences")


def _of_contract(contract: Contract) -> Iterator[Section]:
    for position, dispute in enumerate(disputes_of(contract.claims), 1):
        yield _section(capital(matter_in_words(dispute)), dispute, "contrat", position)


def _of_sheets(contract: Contract) -> Iterator[Section]:
    for sheet in contract.sheets:
        for position, dispute in enumerate(disputes_of(sheet.claims), 1):
            matter = matter_in_words(dispute)
            title = _("Sheet {name}: {matter}").format(name=sheet_name(sheet), matter=matter)
            yield _section(title, dispute, sheet.code, position)


def _section(title: str, dispute: Dispute, subject: str, position: int) -> Section:
    ordered = sorted(dispute.claims, key=lambda claim: not claim.retained)
    items = tuple(claim_in_words(dispute, claim) for claim in ordered)
    return Section(title, (Items(items),), dispute_anchor(subject, position))
