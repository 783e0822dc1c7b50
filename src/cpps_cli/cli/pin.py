"""`cpps pin`: note what each local change rests on."""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import ContractOption, DialectOption, FormatOption
from cpps_cli.cli.places import ArrondissementsOption, local_contracts_asked
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.render.words import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.derive.pin import Pins

HELP = (
    _("Note in each local text the fingerprints of what it rests on in its parent."),
    "cpps pin --arrondissement 19",
)
_ALL = typer.Option("--all", help=_("Every local contract."))


def pin(
    session: Session,
    arrondissement: ArrondissementsOption = None,
    all: Annotated[bool, _ALL] = False,
    contract: ContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Writes the fingerprints that are missing; those that are there stay."""
    from cpps_cli.check.adoption import Wanted, adoption
    from cpps_cli.render.views.pinned import pinned
    from cpps_cli.store.edited import write_edits

    if (arrondissement is None) is not all:
        raise CppsError("say which contracts to write: `--arrondissement N`, or `--all`")
    folder = session.own_library()
    parent = session.parent(session.contract(contract))
    found = _pins(session, parent, arrondissement)
    with nothing_lost():
        wanted = [Wanted(item.overlay, item.territory, item.edits) for item in found]
        proposed = adoption(folder, parent, wanted)
        written = write_edits(folder.root, proposed.edits)
        if written.refused:
            raise written.refused
    complete = session.mention_faults()
    session.show(pinned(parent.now.contract, found, proposed.left), format, dialect)
    return 1 if proposed.left or not complete else 0


def _pins(session: Session, parent: "Parent", words: str | None) -> "tuple[Pins, ...]":
    from cpps_cli.derive.coverage import is_sound
    from cpps_cli.derive.pin import pins

    local, _codes = local_contracts_asked(session, parent, words)
    return tuple(
        pins(parent, derivation.derived.overlay, territory)
        for derivation, territory in local
        if derivation.derived.overlay is not None and is_sound(derivation)
    )
