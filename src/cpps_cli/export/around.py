"""What stands around a contract, for the formats that write tables: local contracts, dates."""

from cpps_cli.derive import local_contracts
from cpps_cli.derive.consolidation import in_force
from cpps_cli.derive.coverage import is_sound
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.export.dossier import Dossier
from cpps_cli.model import ActionSheet, Amendment, Derived, Territory
from cpps_cli.model.disputes import settled_programme
from cpps_cli.model.programme import Programme
from cpps_cli.schedule.agenda import Event, agenda
from cpps_cli.words.catalogue import _


def locals_of(dossier: Dossier) -> tuple[Derived, ...]:
    """The local contract itself; of a parent, each local one whose text is not at fault."""
    if dossier.derived is not None:
        return (dossier.derived,)
    if dossier.texts is None:
        return ()
    found = local_contracts(dossier.parent, dossier.texts)
    return tuple(derivation.derived for derivation, _territory in found if is_sound(derivation))


def codes_passed_over(dossier: Dossier, told: tuple[Derived, ...]) -> tuple[str, ...]:
    """The codes of the places of which the local text is at fault, so that nothing is told."""
    if dossier.derived is not None or dossier.texts is None:
        return ()
    shown = {derived.contract.territory for derived in told}
    return tuple(code for code in dossier.contract.local_territories if code not in shown)


def places_passed_over(dossier: Dossier, told: tuple[Derived, ...]) -> tuple[str, ...]:
    """The names of those places."""
    return tuple(territory_of(dossier, code).label for code in codes_passed_over(dossier, told))


def faults_of_locals(dossier: Dossier) -> tuple[Diagnostic, ...]:
    """What is wrong with the local texts of a parent, those apart that cannot be read at all."""
    if dossier.derived is not None or dossier.texts is None:
        return ()
    found = local_contracts(dossier.parent, dossier.texts)
    return tuple(fault for derivation, _territory in found for fault in derivation.faults)


def passed_over_in_words(places: tuple[str, ...]) -> str:
    """That their text is at fault, so that nothing is told of them."""
    words = _("Their text is at fault (`cpps check`), and nothing is told of them: {places}.")
    return words.format(places=", ".join(places))


def programmes_told(dossier: Dossier) -> tuple[Programme, ...]:
    """Those that sources report, with what is retained; of one sheet, those that name it.

    None of a local contract: what is reported of the parent is not handed down.
    """
    if dossier.derived is not None:
        return ()
    return tuple(
        settled_programme(item)
        for item in dossier.programmes
        if dossier.sheet is None or dossier.sheet in (link.sheet for link in item.sheets)
    )


def amendments_of(dossier: Dossier) -> tuple[Amendment, ...]:
    """The amendments of the contract itself, in the order of their days, those to come too."""
    if dossier.derived is None:
        return dossier.parent.amendments
    return dossier.derived.overlay.amendments if dossier.derived.overlay else ()


def amendments_in_force(dossier: Dossier) -> tuple[Amendment, ...]:
    """Those of them that hold on the day of the document."""
    return in_force(amendments_of(dossier), dossier.on)


def territory_of(dossier: Dossier, code: str) -> Territory:
    """The territory of that code; one that bears its code as its name where none is described."""
    known = dossier.territories.get(code)
    return known or Territory.model_validate({"code": code, "name": code})


def sheets_told(dossier: Dossier) -> tuple[ActionSheet, ...]:
    """Its sheets, or the only one that was asked for."""
    sheets = dossier.contract.sheets
    return tuple(sheet for sheet in sheets if dossier.sheet in (None, sheet.code))


def events_of(dossier: Dossier) -> tuple[Event, ...]:
    """Its dates, past ones too; of a parent, those of its local contracts as well.

    Where one sheet is asked for, only the exclusions of that sheet are to be looked at again.
    """
    if dossier.texts is None:
        return ()
    place = dossier.contract.territory if dossier.derived else None
    found = agenda((dossier.parent.texts[0].contract,), dossier.texts, dossier.on, place)
    return tuple(
        event
        for event in found
        if dossier.sheet is None or event.change is None or event.change.sheet == dossier.sheet
    )
