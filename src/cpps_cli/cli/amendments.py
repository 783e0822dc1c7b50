"""Which amendment is meant by its id: one of a parent, or one of a local contract."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import N_, CppsError, nearest

if TYPE_CHECKING:
    from cpps_cli.export.dossier import Dossier
    from cpps_cli.export.subject import AmendmentDossier
    from cpps_cli.model import Amendment, Contract, Overlay


def amendment_asked(
    session: Session, of: "Dossier", name: str, place: str | None
) -> "AmendmentDossier":
    """The amendment of that id, with what it reaches; raises `CppsError` where there is none.

    `of` is the parent; `place` is what the territory is called whose own amendment it is.
    """
    from cpps_cli.export.subject import amendment_dossier

    if place is not None:
        return _of_local(session, of, name, place)
    found = _of_that_id(name, of.parent.amendments)
    if found is not None:
        return amendment_dossier(of, found, session.folder)
    owner = _owner(session, of.contract, name)
    if owner is None:
        raise _unknown(name, of.contract.label, of.parent.amendments)
    help = N_("it amends a local contract: add `--arrondissement {place}`")
    raise _unknown(name, of.contract.label, (), help, place=owner)


def _of_local(session: Session, of: "Dossier", name: str, place: str) -> "AmendmentDossier":
    from cpps_cli.export.subject import local_amendment_dossier

    overlay = _local_text(session, of.contract, place)
    found = _of_that_id(name, overlay.amendments)
    if found is None:
        of_parent = _of_that_id(name, of.parent.amendments) is not None
        help = N_("it amends the parent: leave `--arrondissement` out") if of_parent else ""
        raise _unknown(name, overlay.short_title or overlay.title, overlay.amendments, help)
    session.derived(of.parent, place)  # refuses a local text that is at fault
    _refuse_before_signature(overlay, found)
    return local_amendment_dossier(of, overlay, found)


def _refuse_before_signature(overlay: "Overlay", amendment: "Amendment") -> None:
    from cpps_cli.derive import not_signed_before
    from cpps_cli.words.dates import day_in_words

    if unsigned := not_signed_before(overlay, amendment.in_force_on):
        raise CppsError(
            "{contract} was signed on {day}: before, it had no text",
            exit_code=1,
            contract=overlay.short_title or overlay.title,
            day=day_in_words(unsigned),
        )


def _local_text(session: Session, contract: "Contract", place: str) -> "Overlay":
    territory = session.territory(place, contract)
    overlay = session.overlay(contract, territory)
    if overlay is None:
        raise CppsError(
            "no text of {place} is held: it has no amendment",
            exit_code=1,
            place=territory.name,
        )
    return overlay


def _of_that_id(name: str, amendments: "Iterable[Amendment]") -> "Amendment | None":
    return next((item for item in amendments if item.id == name), None)


def _owner(session: Session, contract: "Contract", name: str) -> str | None:
    """The territory of the local contract that has an amendment of that id."""
    from cpps_cli.store.entries import local_folder

    return next(
        (
            code
            for code in contract.local_territories
            if name in session.folder.amendment_ids(local_folder(contract.id, code))
        ),
        None,
    )


def _unknown(
    name: str, label: str, amendments: "Iterable[Amendment]", help: str = "", **values: Any
) -> CppsError:
    near = {} if help else nearest(name, [item.id for item in amendments])
    values = {"name": name, "contract": label, **near, **values}
    return CppsError("{contract} has no amendment `{name}`", help=help, **values)
