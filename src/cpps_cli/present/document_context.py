"""What a document is made from: one contract on one day, with all that is to be said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cpps_cli.diagnostics import Diagnostic, Locate
from cpps_cli.engine import Parent, local_contracts
from cpps_cli.engine.versions import in_force
from cpps_cli.i18n.catalogue import _
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Derived,
    Library,
    LibraryReader,
    Source,
    Territory,
)
from cpps_cli.model.beside import Programme
from cpps_cli.model.paths import amendment_of
from cpps_cli.model.sources import with_retained
from cpps_cli.schedule.agenda import Event, agenda


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """A contract as documents tell it; `derived` where it is a local one.

    `sheet` is the code of the only sheet asked for. With `locate` each paragraph of a sheet says
    where it comes from. With `reader` tables tell of the local contracts and of the dates to come.
    `programmes` are those that sources report for the parent.
    """

    library: Library
    parent: Parent
    on: date
    territories: Mapping[str, Territory]
    sources: Mapping[str, Source]
    derived: Derived | None = None
    sheet: str | None = None
    locate: Locate | None = None
    reader: LibraryReader | None = None
    programmes: tuple[Programme, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract that the document is about."""
        return self.derived.contract if self.derived else self.parent.now.contract

    @property
    def place(self) -> str:
        """The name of the place where it applies."""
        territory = self.territories.get(self.contract.territory)
        return territory.name if territory else self.contract.territory

    @property
    def name(self) -> str:
        """A name for its file, without suffix."""
        name = self.contract.id.replace("/", "-")
        return f"{name}-{self.sheet}" if self.sheet else name

    @property
    def title(self) -> str:
        """What the contract is called in a sentence."""
        return self.contract.label


# --- what stands around a contract


def locals_of(context: DocumentContext) -> tuple[Derived, ...]:
    """The local contract itself; of a parent, each local one whose text is not at fault."""
    if context.derived is not None:
        return (context.derived,)
    if context.reader is None:
        return ()
    found = local_contracts(context.parent, context.reader)
    return tuple(derivation.derived for derivation, _territory in found if derivation.is_sound)


def codes_passed_over(context: DocumentContext, told: tuple[Derived, ...]) -> tuple[str, ...]:
    """The codes of the places of which the local text is at fault, so that nothing is told."""
    if context.derived is not None or context.reader is None:
        return ()
    shown = {derived.contract.territory for derived in told}
    return tuple(code for code in context.contract.local_territories if code not in shown)


def places_passed_over(context: DocumentContext, told: tuple[Derived, ...]) -> tuple[str, ...]:
    """The names of those places."""
    return tuple(territory_of(context, code).label for code in codes_passed_over(context, told))


def faults_of_locals(context: DocumentContext) -> tuple[Diagnostic, ...]:
    """What is wrong with the local texts of a parent, those apart that cannot be read at all."""
    if context.derived is not None or context.reader is None:
        return ()
    found = local_contracts(context.parent, context.reader)
    return tuple(fault for derivation, _territory in found for fault in derivation.faults)


def passed_over_in_words(places: tuple[str, ...]) -> str:
    """That their text is at fault, so that nothing is told of them."""
    words = _("Their text is at fault (`cpps check`), and nothing is told of them: {places}.")
    return words.format(places=", ".join(places))


def programmes_told(context: DocumentContext) -> tuple[Programme, ...]:
    """Those that sources report, with what is retained; of one sheet, those that name it.

    None of a local contract: what is reported of the parent is not handed down.
    """
    if context.derived is not None:
        return ()
    return tuple(
        with_retained(item)
        for item in context.programmes
        if context.sheet is None or context.sheet in (link.sheet for link in item.sheets)
    )


def amendments_of(context: DocumentContext) -> tuple[Amendment, ...]:
    """The amendments of the contract itself, in the order of their days, those to come too."""
    if context.derived is None:
        return context.parent.amendments
    return context.derived.overlay.amendments if context.derived.overlay else ()


def amendments_of_parent(context: DocumentContext) -> tuple[Amendment, ...]:
    """The parent's amendments that made the text of which a local contract has the words."""
    overlay = context.derived.overlay if context.derived else None
    held = context.parent.of_local(overlay) if overlay else context.parent
    files = (file.file for text in held.until_now for file in text.changes.files)
    held_ids = set(map(amendment_of, files))
    return tuple(item for item in context.parent.amendments if item.id in held_ids)


def amendments_in_force(context: DocumentContext) -> tuple[Amendment, ...]:
    """Those of them that hold on the day of the document."""
    return in_force(amendments_of(context), context.on)


def territory_of(context: DocumentContext, code: str) -> Territory:
    """The territory of that code; one that bears its code as its name where none is described."""
    known = context.territories.get(code)
    return known or Territory.model_validate({"code": code, "name": code})


def sheets_told(context: DocumentContext) -> tuple[ActionSheet, ...]:
    """Its sheets, or the only one that was asked for."""
    sheets = context.contract.sheets
    return tuple(sheet for sheet in sheets if context.sheet in (None, sheet.code))


def events_of(context: DocumentContext) -> tuple[Event, ...]:
    """Its dates, past ones too; of a parent, those of its local contracts as well.

    Where one sheet is asked for, only the exclusions of that sheet are to be looked at again.
    """
    if context.reader is None:
        return ()
    place = context.contract.territory if context.derived else None
    found = agenda((context.parent.texts[0].contract,), context.reader, context.on, place)
    return tuple(
        event
        for event in found
        if context.sheet is None or event.change is None or event.change.sheet == context.sheet
    )
