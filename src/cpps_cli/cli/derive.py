"""`cpps derive`: what does an arrondissement inherit?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    ProvenanceOption,
    refuse_provenance,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import put_text
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.model import Derived
    from cpps_cli.present.document import Answer
    from cpps_cli.present.sections.derived_document import Provenance


def derive(
    session: Session,
    arrondissement: ArrondissementOption = None,
    all: Annotated[
        bool, typer.Option("--all", help=_("Every local contract, a line each."))
    ] = False,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=_("Write it as one TOML file that stands alone.")
        ),
    ] = None,
    provenance: ProvenanceOption = False,
    force: Annotated[bool, typer.Option("--force", help=_("Overwrite the file."))] = False,
) -> int:
    """Derives one local contract, or all of them."""
    if (arrondissement is None) is not all:
        raise CppsError("say which contract: `--arrondissement N`, or `--all`")
    refuse_provenance(provenance, all=all, output=output is not None, format=format)
    if output is not None and arrondissement is None:
        raise CppsError("`--output` writes one contract: say which with `--arrondissement N`")
    if session.folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: derive it from its library",
            path=str(session.folder.root),
        )
    parent = session.text_on(contract, on)
    if output is not None:
        return _write(session, parent, str(arrondissement), output, force=force)
    if arrondissement is None:
        from cpps_cli.cli.derive_all import Shape, every_contract

        return every_contract(session, parent, Shape(format, dialect))
    from cpps_cli.check import is_at_fault

    answer, faults = _one(session, parent, arrondissement, provenance=provenance)
    session.mention_faults(faults)
    session.show(answer, format, dialect)
    return 1 if is_at_fault(faults, strict=False) else 0


def _write(session: Session, parent: "Parent", word: str, output: Path, *, force: bool) -> int:
    from cpps_cli.check import shown_faults
    from cpps_cli.library.snapshot import snapshot_text
    from cpps_cli.model.paths import overlay_file

    derivation, territory = session.derivation(parent, word)
    derived = derivation.derived
    session.mention_edited(derivation.faults)
    faults = shown_faults(session.folder, parent, derivation, territory)
    for needed in (parent.now.contract.id, overlay_file(parent.now.contract.id, territory.code)):
        session.refuse_faults(needed, faults)
    text = snapshot_text(derived, territory, session.folder.sources, parent.on)
    said = _("{path} written: {title}").format(path=output, title=derived.contract.label)
    put_text(session, text, output, said, force=force)
    return 0


def _one(
    session: Session, parent: "Parent", arrondissement: str, *, provenance: bool
) -> "tuple[Answer, tuple[Diagnostic, ...]]":
    from cpps_cli.check import shown_faults
    from cpps_cli.present.sections.derived import Later, derived_contract

    derivation, territory = session.derivation(parent, arrondissement)
    derived = derivation.derived
    session.mention_edited(derivation.faults)
    successor = session.successor(parent.now.contract)
    later = None
    if successor is not None:
        later = Later(successor, territory.code in session.folder.overlay_codes(successor.id))
    told = _provenance(session, parent, derived) if provenance else None
    faults = shown_faults(session.folder, parent, derivation, territory)
    return derived_contract(derived, territory, later, told), faults


def _provenance(session: Session, parent: "Parent", derived: "Derived") -> "Provenance":
    from cpps_cli.engine.provenance import provenance_of_all
    from cpps_cli.present.sections.derived_document import Provenance

    return Provenance(*provenance_of_all(parent, derived), session.locate)
