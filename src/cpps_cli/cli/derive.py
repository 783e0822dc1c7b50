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
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.render.answer import Answer

HELP = (
    _("Derive the contract of an arrondissement from its parent, each sheet with its origin."),
    "cpps derive --arrondissement 18",
)


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
    answer = _one(session, parent, arrondissement, provenance=provenance)
    session.mention_faults()
    session.show(answer, format, dialect)
    return 0


def _write(session: Session, parent: "Parent", word: str, output: Path, *, force: bool) -> int:
    from cpps_cli.store.files import write_new
    from cpps_cli.store.snapshot import snapshot_text

    derived, territory = session.derived(parent, word)
    text = snapshot_text(derived, territory, session.folder.sources, parent.on)
    with nothing_lost():
        write_new(output, text, force=force)
    session.say(_("{path} written: {title}").format(path=output, title=derived.contract.label))
    return 0


def _one(session: Session, parent: "Parent", arrondissement: str, *, provenance: bool) -> "Answer":
    from cpps_cli.derive.provenance import accounts_of
    from cpps_cli.render.views.derived import Later, derived_contract
    from cpps_cli.render.views.derived_document import Provenance

    derived, territory = session.derived(parent, arrondissement)
    successor = session.successor(parent.now.contract)
    later = None
    if successor is not None:
        later = Later(successor, territory.code in session.folder.overlay_codes(successor.id))
    told = Provenance(*accounts_of(parent, derived), session.locate) if provenance else None
    return derived_contract(derived, territory, later, told)
