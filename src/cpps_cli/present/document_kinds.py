"""What a document can be about: a contract, an amendment, what became of the contract before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import assert_never

from cpps_cli.check.local import Ground, ground_of, local_faults, parent_faults
from cpps_cli.diagnostics import CppsError, Diagnostic
from cpps_cli.engine import Derivation, Parent, local_contracts
from cpps_cli.i18n.catalogue import _
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Derived,
    Library,
    LibraryReader,
    Overlay,
    Territory,
)
from cpps_cli.model.beside import Correspondence, SheetsMatched
from cpps_cli.present.document import Outline
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_of,
    faults_of_locals,
    territory_of,
)


@dataclass(frozen=True, slots=True)
class OnLocals:
    """What an amendment of a parent reaches: the local texts, beside the parent before and after.

    Amendments of one day are one text: what comes after holds them all.
    """

    before: Parent
    after: Parent
    reader: LibraryReader


@dataclass(frozen=True, slots=True)
class BesideParent:
    """What an amendment of a local contract reaches: that contract, before and after.

    Both stand beside the parent's text of the day from which the amendment holds.
    """

    before: Derived
    after: Derived


@dataclass(frozen=True, slots=True)
class AmendmentContext:
    """An amendment, and what it reaches; `of` is the contract that it amends."""

    of: DocumentContext
    amendment: Amendment
    reach: OnLocals | BesideParent

    @property
    def library(self) -> Library:
        """The library that holds it."""
        return self.of.library

    @property
    def name(self) -> str:
        """A name for its file, without suffix."""
        return f"{self.of.name}-{self.amendment.id}"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.amendment.title

    @property
    def before(self) -> Contract:
        """The text that it amends."""
        return _text(self.reach.before)

    @property
    def after(self) -> Contract:
        """The text that it makes."""
        return _text(self.reach.after)

    @property
    def earlier(self) -> tuple[Amendment, ...]:
        """The amendments of the same contract that held before it."""
        return tuple(
            item for item in amendments_of(self.of) if item.in_force_on < self.amendment.in_force_on
        )


@dataclass(frozen=True, slots=True)
class CorrespondenceContext:
    """What became of the sheets of the contract before; `of` is the one that replaces it."""

    of: DocumentContext
    former: DocumentContext
    correspondence: Correspondence

    @property
    def library(self) -> Library:
        """The library that holds both."""
        return self.of.library

    @property
    def name(self) -> str:
        """A name for its file, without suffix."""
        return f"{self.of.name}-correspondence"

    @property
    def title(self) -> str:
        """What it is called."""
        former, successor = self.former.contract.label, self.of.contract.label
        words = _("Correspondence between {former} and {successor}")
        return words.format(former=former, successor=successor)

    @property
    def before(self) -> tuple[ActionSheet, ...]:
        """The sheets of the contract before, with those repealed that the correspondence names."""
        return _sheets_told(self.former.parent, self.correspondence.became)

    @property
    def after(self) -> tuple[ActionSheet, ...]:
        """The sheets of the new contract, likewise."""
        return _sheets_told(self.of.parent, self.correspondence.comes_from)


Subject = DocumentContext | AmendmentContext | CorrespondenceContext


def amendment_dossier(
    of: DocumentContext, amendment: Amendment, reader: LibraryReader
) -> AmendmentContext:
    """The amendment with its contract on the day before, and on the day from which it holds."""
    signed, every, day = of.parent.texts[0].contract, of.parent.amendments, amendment.in_force_on
    before, after = Parent(signed, every, _day_before(day)), Parent(signed, every, day)
    return AmendmentContext(of, amendment, OnLocals(before, after, reader))


def local_amendment_dossier(
    of: DocumentContext, overlay: Overlay, amendment: Amendment
) -> AmendmentContext:
    """The amendment of a local contract, beside the parent's text of the day it holds from."""
    day, place = amendment.in_force_on, territory_of(of, overlay.territory)
    parent = Parent(of.parent.texts[0].contract, of.parent.amendments, day)
    earlier = tuple(item for item in overlay.amendments if item.in_force_on < day)
    before, after = (
        parent.derive(text, place).derived for text in (overlay.amended_by(earlier), overlay)
    )
    amended = replace(of, parent=parent, on=day, derived=after)
    return AmendmentContext(amended, amendment, BesideParent(before, after))


def outline_of(subject: Subject) -> Outline:
    """What the document says; call it while its language is spoken."""
    from cpps_cli.present.sections.amendment_outline import amendment_outline
    from cpps_cli.present.sections.contract_outline import contract_outline
    from cpps_cli.present.sections.correspondence_outline import correspondence_outline

    match subject:
        case DocumentContext():
            return contract_outline(subject)
        case AmendmentContext():
            return amendment_outline(subject)
        case CorrespondenceContext():
            return correspondence_outline(subject)
        case _:
            assert_never(subject)


def _sheets_told(
    parent: Parent, matched: Callable[[str], SheetsMatched | None]
) -> tuple[ActionSheet, ...]:
    now = parent.now.contract
    gone = {
        sheet.code: sheet
        for text in parent.texts
        for sheet in text.contract.sheets
        if now.sheet(sheet.code) is None and matched(sheet.code)
    }
    return (*now.sheets, *gone.values())


def _text(side: Parent | Derived) -> Contract:
    return side.contract if isinstance(side, Derived) else side.now.contract


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def contract_of(subject: Subject) -> DocumentContext:
    """The dossier of a contract, for the formats that write tables; else raises `CppsError`."""
    match subject:
        case DocumentContext():
            return subject
        case AmendmentContext():
            raise CppsError("an amendment is a text: write it as html, markdown, pdf or docx")
        case CorrespondenceContext():
            raise CppsError("a correspondence is a text: write it as html, markdown, pdf or docx")
        case _:
            assert_never(subject)


class EveryContext:
    """The dossiers of a parent and of its local contracts, read one after the other.

    A local contract whose changes are at fault is passed over; `faults` says why once all are read,
    and what else the check has against the texts.
    """

    def __init__(self, parent: DocumentContext, reader: LibraryReader) -> None:
        self.parent = parent
        self.reader = reader
        self.faults: list[Diagnostic] = []

    def __len__(self) -> int:
        return 1 + len(self.parent.contract.local_territories)

    def __iter__(self) -> Iterator[DocumentContext]:
        parent = self.parent.parent
        ground = ground_of(self.reader, parent)
        self.faults += parent_faults(self.reader, parent)
        yield self.parent
        for derivation, territory in local_contracts(parent, self.reader):
            self.faults += derivation.faults
            self.faults += _of_local(ground, derivation, territory)
            if derivation.is_sound:
                yield replace(self.parent, derived=derivation.derived)


# --- faults: a document is written all the same


def faults_shown(
    subject: Subject, reader: LibraryReader, *, with_locals: bool
) -> Iterator[Diagnostic]:
    """Finds the errors of the texts that the document shows, as `derive` says them.

    `with_locals`: tables tell of a parent with its local contracts.
    """
    match subject:
        case DocumentContext():
            yield from _of(reader, subject.parent, subject.derived)
            if with_locals and subject.derived is None:
                ground = ground_of(reader, subject.parent)
                for derivation, territory in local_contracts(subject.parent, reader):
                    yield from _of_local(ground, derivation, territory)
        case AmendmentContext(of=of, reach=reach):
            if isinstance(reach, OnLocals):
                yield from _of(reader, reach.after)
            else:
                yield from _of(reader, of.parent, reach.after)
        case CorrespondenceContext(of=of, former=former):
            yield from _of(reader, former.parent)
            yield from _of(reader, of.parent)
        case _:
            assert_never(subject)


def _of(
    reader: LibraryReader, parent: Parent, derived: Derived | None = None
) -> Iterator[Diagnostic]:
    yield from parent_faults(reader, parent)
    if derived is not None and derived.overlay is not None:
        territory = reader.territories[derived.contract.territory]
        yield from local_faults(ground_of(reader, parent), derived.overlay, territory)


def _of_local(ground: Ground, derivation: Derivation, territory: Territory) -> Iterator[Diagnostic]:
    """Finds the errors of one that is told; one whose changes are at fault is passed over."""
    overlay = derivation.derived.overlay
    if overlay is not None and derivation.is_sound:
        yield from local_faults(ground, overlay, territory, derivation)


def faults_passed_over(subject: Subject, *, with_locals: bool) -> tuple[Diagnostic, ...]:
    """Finds what is wrong with the local texts that the document would tell of."""
    match subject:
        case DocumentContext():
            return faults_of_locals(subject) if with_locals else ()
        case AmendmentContext(of=of, reach=OnLocals(after=after)):
            return faults_of_locals(replace(of, parent=after))
        case AmendmentContext():
            return ()
        case CorrespondenceContext():
            return faults_of_locals(subject.former)
        case _:
            assert_never(subject)


def is_local(subject: Subject) -> bool:
    """Whether it is about one local contract."""
    of = subject if isinstance(subject, DocumentContext) else subject.of
    return of.derived is not None
