"""Which document is meant by the options of `cpps export`."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cpps_cli.cli.amendments import amendment_asked
from cpps_cli.cli.generations import former_matched
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError

if TYPE_CHECKING:
    from cpps_cli.export.dossier import Dossier
    from cpps_cli.export.dossiers import EveryDossier
    from cpps_cli.export.subject import Subject


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
    dossier = dossier_asked(session, asked)
    if asked.correspondence:
        return _correspondence(session, dossier)
    if asked.amendment is not None:
        return amendment_asked(session, dossier, asked.amendment, asked.arrondissement)
    if asked.arrondissement is not None:
        return _local(session, dossier, asked)
    return _of_sheet(dossier, asked)


def every_dossier(session: Session, asked: Asked) -> "EveryDossier":
    """The contract and every local one."""
    from cpps_cli.check import unforeseen_texts
    from cpps_cli.export.dossiers import EveryDossier

    parent = dossier_asked(session, asked)
    session.mention(unforeseen_texts(session.folder, parent.contract))
    return EveryDossier(parent, session.folder)


def dossier_asked(session: Session, asked: Asked) -> "Dossier":
    """The parent on the day asked for, with what documents say beside it."""
    from cpps_cli.export.dossier import Dossier

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
    return Dossier(
        library=library,
        parent=parent,
        on=parent.on or session.today,
        territories=folder.territories,
        sources=folder.sources,
        locate=folder.locate if asked.provenance else None,
        texts=folder,
        programmes=folder.programmes(parent.now.contract.id),
    )


def _local(session: Session, dossier: "Dossier", asked: Asked) -> "Dossier":
    from dataclasses import replace

    from cpps_cli.derive.lookup import local_sheet_held

    derived, _territory = session.derived(dossier.parent, str(asked.arrondissement))
    local = replace(dossier, derived=derived)
    if asked.sheet is None:
        return local
    return replace(local, sheet=local_sheet_held(dossier.parent, derived, asked.sheet).sheet.code)


def _of_sheet(dossier: "Dossier", asked: Asked) -> "Dossier":
    from dataclasses import replace

    from cpps_cli.derive.lookup import sheet_asked

    if asked.sheet is None:
        return dossier
    return replace(dossier, sheet=sheet_asked(dossier.parent, asked.sheet).code)


def _correspondence(session: Session, dossier: "Dossier") -> "Subject":
    from dataclasses import replace

    from cpps_cli.export.subject import CorrespondenceDossier

    former, found = former_matched(session, dossier.parent)
    return CorrespondenceDossier(dossier, replace(dossier, parent=former), found)
