"""What sources disagree on across a library, as its files say it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cpps_cli.model import ActionSheet, Claim, Contract, LibraryReader, Overlay
from cpps_cli.model.sources import Dispute, disputes_of, with_retained

About = Literal["contract", "sheet", "programme"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dispute is about: a contract, or one of its sheets or programmes by its code."""

    about: About
    contract: str
    contract_label: str
    code: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute and what it is about."""

    subject: Subject
    dispute: Dispute


def disputes_in(contracts: Iterable[Contract], reader: LibraryReader) -> Iterator[Disputed]:
    """Finds the disputes of each contract, its sheets, its programmes and its local texts.

    They are those of the files: an amendment that settles a field does not make sources agree.
    """
    for contract in contracts:
        yield from _of(Subject("contract", contract.id, contract.label), contract.claims)
        added = [item for change in reader.amendments(contract.id) for item in change.add]
        yield from _of_sheets((*contract.sheets, *added), contract.id, contract.label)
        for programme in map(with_retained, reader.programmes(contract.id)):
            subject = Subject(
                "programme", contract.id, contract.label, programme.code, programme.title
            )
            yield from _of(subject, programme.claims)
        for code in reader.overlay_codes(contract.id):
            overlay = reader.overlay(contract.id, code)
            if overlay is not None:
                yield from _of_overlay(overlay)


def _of_overlay(overlay: Overlay) -> Iterator[Disputed]:
    label = overlay.short_title or overlay.title
    yield from _of(Subject("contract", overlay.id, label), overlay.claims)
    added = [item for amendment in overlay.amendments for item in amendment.add]
    yield from _of_sheets((*overlay.add, *added), overlay.id, label)


def _of_sheets(sheets: Iterable[ActionSheet], contract: str, label: str) -> Iterator[Disputed]:
    for sheet in sheets:
        title = " ".join(filter(None, [sheet.number, sheet.title])) or None
        yield from _of(Subject("sheet", contract, label, sheet.code, title), sheet.claims)


def _of(subject: Subject, claims: tuple[Claim, ...]) -> Iterator[Disputed]:
    for dispute in disputes_of(claims):
        yield Disputed(subject, dispute)
