"""The territories that a question names, as `--arrondissement 14,19`; all of them if none is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import complete_territory
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.derive import Derivation, Parent
    from cpps_cli.model import Territory

    LocalContracts = Iterable[tuple[Derivation, Territory]]


def complete_territories(incomplete: str) -> list[tuple[str, str]]:
    """Arrondissements at the keyboard, the last one of a list."""
    before, comma, last = incomplete.rpartition(",")
    return [(before + comma + name, about) for name, about in complete_territory(last)]


ArrondissementsOption = Annotated[
    str | None,
    typer.Option(
        "--arrondissement",
        "-a",
        metavar="N,…",
        help=_("One or several, as in 14,19; `--territory` is the same, for any other place."),
        autocompletion=complete_territories,
        show_default=False,
    ),
]


def local_contracts_asked(
    session: Session, parent: "Parent", words: str | None
) -> "tuple[LocalContracts, tuple[str, ...]]":
    """The local contracts asked for, to be read one after the other, and their territories' codes.

    Ends the run on a name that no territory has, and on a fault in a local text that is named.
    """
    from cpps_cli.derive import Derivation, local_contracts

    if session.folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: ask the library it was derived from",
            path=str(session.folder.root),
        )
    if words is None:
        return local_contracts(parent, session.folder), parent.now.contract.local_territories
    named = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    if not named:
        raise CppsError("`--arrondissement` names none: write it as `--arrondissement 14,19`")
    contract = parent.now.contract
    territories = {
        item.code: item for item in (session.territory(word, contract) for word in named)
    }
    derived = [session.derived(parent, code) for code in territories]
    return [(Derivation(item), territory) for item, territory in derived], tuple(territories)
