"""What a document can be about: a contract, or an amendment to one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from cpps_cli.derive import LocalTexts, Parent
from cpps_cli.diagnostics import CppsError
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.outline import Outline
from cpps_cli.model import Amendment, Library
from cpps_cli.words.catalogue import Language


@dataclass(frozen=True, slots=True)
class AmendmentDossier:
    """An amendment, the contract before and after it, and the local texts that it reaches.

    Amendments of one day are one text: what comes after holds them all.
    """

    of: Dossier
    amendment: Amendment
    before: Parent
    after: Parent
    texts: LocalTexts

    @property
    def library(self) -> Library:
        """The library that holds it."""
        return self.of.library

    @property
    def name(self) -> str:
        """A name for its file, without suffix."""
        return f"{self.of.contract.id}-{self.amendment.id}"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.amendment.title


Subject = Dossier | AmendmentDossier


def amendment_dossier(of: Dossier, amendment: Amendment, texts: LocalTexts) -> AmendmentDossier:
    """The amendment with its contract on the day before, and on the day from which it holds."""
    signed, every = of.parent.texts[0].contract, of.parent.amendments
    day = amendment.in_force_on
    before = Parent(signed, every, _day_before(day))
    return AmendmentDossier(of, amendment, before, Parent(signed, every, day), texts)


def language_of(subject: Subject) -> Language:
    """The language of its contract."""
    return subject.library.language


def outline_of(subject: Subject) -> Outline:
    """What the document says; call it while its language is spoken."""
    from cpps_cli.export.amendment.outlined import amendment_outline
    from cpps_cli.export.contract.outlined import contract_outline

    match subject:
        case Dossier():
            return contract_outline(subject)
        case AmendmentDossier():
            return amendment_outline(subject)
        case _:
            assert_never(subject)


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def contract_of(subject: Subject) -> Dossier:
    """The dossier of a contract, for the formats that write tables; else raises `CppsError`."""
    if isinstance(subject, AmendmentDossier):
        raise CppsError("an amendment is a text: write it as html, markdown, pdf or docx")
    return subject
