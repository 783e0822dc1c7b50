"""Which amendment is meant by its id: one of a parent, or one of a local contract."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cpps_cli.cli.session import Session, refuse_before
from cpps_cli.diagnostics import N_, CppsError, nearest

if TYPE_CHECKING:
    from cpps_cli.engine import Parent
    from cpps_cli.model import Amendment, Contract, Overlay
    from cpps_cli.model.beside import Correspondence
    from cpps_cli.present.document_context import DocumentContext
    from cpps_cli.present.document_kinds import AmendmentContext, EveryContext, Subject


def amendment_asked(
    session: Session, of: "DocumentContext", name: str, place: str | None
) -> "AmendmentContext":
    """The amendment of that id, with what it reaches; raises `CppsError` where there is none.

    `of` is the parent; `place` is what the territory is called whose own amendment it is.
    """
    from cpps_cli.present.document_kinds import amendment_dossier

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


def _of_local(session: Session, of: "DocumentContext", name: str, place: str) -> "AmendmentContext":
    from cpps_cli.engine import not_signed_before
    from cpps_cli.present.document_kinds import local_amendment_dossier

    overlay = _local_text(session, of.contract, place)
    found = _of_that_id(name, overlay.amendments)
    if found is None:
        of_parent = _of_that_id(name, of.parent.amendments) is not None
        help = N_("it amends the parent: leave `--arrondissement` out") if of_parent else ""
        raise _unknown(name, overlay.short_title or overlay.title, overlay.amendments, help)
    session.derived(of.parent, place)  # refuses a local text that is at fault
    unsigned = not_signed_before(overlay, found.in_force_on)
    refuse_before(unsigned, overlay.short_title or overlay.title)
    return local_amendment_dossier(of, overlay, found)


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
    from cpps_cli.model.paths import AMENDMENTS, local_folder

    return next(
        (
            code
            for code in contract.local_territories
            if name in session.folder.names_in(local_folder(contract.id, code), AMENDMENTS)
        ),
        None,
    )


def _unknown(
    name: str, label: str, amendments: "Iterable[Amendment]", help: str = "", **values: Any
) -> CppsError:
    near = {} if help else nearest(name, [item.id for item in amendments])
    values = {"name": name, "contract": label, **near, **values}
    return CppsError("{contract} has no amendment `{name}`", help=help, **values)


def former_matched(
    session: Session, successor: "Parent", named: str | None = None
) -> "tuple[Parent, Correspondence]":
    """The contract before, and what became of its sheets; ends the run where that is not known.

    It is the contract named, that of the correspondence, or the one that the new one replaces.
    """
    from cpps_cli.model.paths import correspondence_file

    new = successor.now.contract
    correspondence = session.folder.correspondence(new.id)
    before = named or (correspondence.former if correspondence else new.replaces)
    if before is None:
        session.refuse_faults(correspondence_file(new.id))
        raise CppsError(
            "{contract} replaces no other contract, as far as is known",
            exit_code=1,
            contract=new.label,
        )
    former = session.parent(session.contract(before), successor.on)
    return former, _sound(session, correspondence, former, successor)


def _sound(
    session: Session,
    correspondence: "Correspondence | None",
    former: "Parent",
    successor: "Parent",
) -> "Correspondence":
    """The correspondence between the two; ends the run where there is none, or a faulty one."""
    from cpps_cli.check.library import correspondence_faults
    from cpps_cli.model.paths import correspondence_file

    before, after = former.texts[0].contract, successor.texts[0].contract
    file = correspondence_file(after.id)
    session.refuse_faults(file)
    if correspondence is None or correspondence.former != before.id:
        raise _without_correspondence(before, after, file)
    session.refuse_faults(file, correspondence_faults(session.folder, successor))
    return correspondence


def _without_correspondence(before: "Contract", after: "Contract", file: str) -> CppsError:
    titled = [sum(sheet.title is not None for sheet in item.sheets) for item in (before, after)]
    announced = [item.retained("announced_sheets") for item in (before, after)]
    total = [
        held.value if held else len(item.sheets)
        for held, item in zip(announced, (before, after), strict=True)
    ]
    return CppsError(
        "nothing says which sheets of {before} became which of {after}",
        help=N_(
            "write it in `{file}`, with its sources; titles held: {known_before} of "
            "{total_before} sheets before, {known_after} of {total_after} after"
        ),
        exit_code=1,
        before=before.label,
        after=after.label,
        file=file,
        known_before=titled[0],
        total_before=total[0],
        known_after=titled[1],
        total_after=total[1],
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    arrondissement: str | None
    contract: str | None
    sheet: str | None
    amendment: str | None
    correspondence: bool
    on: date | None
    provenance: bool

    def refuse_contradictions(self, *, every: bool) -> None:
        """Raises `CppsError` on options that do not go together."""
        if every and self.arrondissement is not None:
            raise CppsError("ask for one contract or for all: `--arrondissement N` or `--all`")
        if every and self.sheet is not None:
            raise CppsError("`--sheet` writes one sheet: it does not go with `--all`")
        others = (self.sheet, self.on, every or None, self.provenance or None)
        if self.amendment is not None and any(item is not None for item in others):
            raise CppsError(
                "`--amendment` writes one, as of its own day: it goes with `--contract` and "
                "`--arrondissement` only"
            )
        whole = (self.arrondissement, self.sheet, self.amendment, every or None)
        if self.correspondence and any(
            item is not None for item in (*whole, self.provenance or None)
        ):
            raise CppsError(
                "`--correspondence` tells of two whole contracts: it goes with `--contract` and "
                "`--on` only"
            )


def subject_asked(session: Session, asked: Asked) -> "Subject":
    """The one document; raises `CppsError` where there is nothing of that name."""
    context = dossier_asked(session, asked)
    if asked.correspondence:
        return _correspondence(session, context)
    if asked.amendment is not None:
        return amendment_asked(session, context, asked.amendment, asked.arrondissement)
    if asked.arrondissement is not None:
        return _local(session, context, asked)
    return _of_sheet(context, asked)


def every_dossier(session: Session, asked: Asked) -> "EveryContext":
    """The contract and every local one."""
    from cpps_cli.check.local import unforeseen_texts
    from cpps_cli.present.document_kinds import EveryContext

    parent = dossier_asked(session, asked)
    session.mention(unforeseen_texts(session.folder, parent.contract))
    return EveryContext(parent, session.folder)


def dossier_asked(session: Session, asked: Asked) -> "DocumentContext":
    """The parent on the day asked for, with what documents say beside it."""
    from cpps_cli.present.document_context import DocumentContext

    folder = session.folder
    if folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: export it from its library", path=str(folder.root)
        )
    if asked.amendment is not None:
        parent = session.parent(session.contract(asked.contract))
    else:
        parent = session.text_on(asked.contract, asked.on)
    library = folder.library
    if library is None:
        session.refuse_faults("library.toml")
        raise CppsError("the library does not say what it is: it has no `library.toml`")
    return DocumentContext(
        library=library,
        parent=parent,
        on=parent.on or session.today,
        territories=folder.territories,
        sources=folder.sources,
        locate=folder.locate if asked.provenance else None,
        reader=folder,
        programmes=folder.programmes(parent.now.contract.id),
    )


def _local(session: Session, context: "DocumentContext", asked: Asked) -> "DocumentContext":
    from dataclasses import replace

    from cpps_cli.engine.lookup import require_local_sheet

    derived, _territory = session.derived(context.parent, str(asked.arrondissement))
    local = replace(context, derived=derived)
    if asked.sheet is None:
        return local
    return replace(
        local, sheet=require_local_sheet(context.parent, derived, asked.sheet).sheet.code
    )


def _of_sheet(context: "DocumentContext", asked: Asked) -> "DocumentContext":
    from dataclasses import replace

    from cpps_cli.engine.lookup import find_sheet

    if asked.sheet is None:
        return context
    return replace(context, sheet=find_sheet(context.parent, asked.sheet).code)


def _correspondence(session: Session, context: "DocumentContext") -> "Subject":
    from dataclasses import replace

    from cpps_cli.present.document_kinds import CorrespondenceContext

    former, found = former_matched(session, context.parent)
    return CorrespondenceContext(context, replace(context, parent=former), found)
