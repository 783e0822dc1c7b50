"""The territories that a question names, as `--arrondissement 14,19`; all of them if none is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import complete_territory
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Derivation, Parent
    from cpps_cli.engine.update import Update
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Contract, Territory

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
    from cpps_cli.engine import local_contracts

    refuse_snapshot(session)
    if words is None:
        return local_contracts(parent, session.folder), parent.now.contract.local_territories
    territories = territories_named(session, parent.now.contract, words)
    return [session.derivation(parent, code) for code in territories], tuple(territories)


def refuse_snapshot(session: Session) -> None:
    """Ends the run where the library is one derived contract, which has no local ones."""
    if session.folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: ask the library it was derived from",
            path=str(session.folder.root),
        )


def territories_named(session: Session, contract: "Contract", words: str) -> "dict[str, Territory]":
    """The territories of a list such as `14,19`, by their codes; ends the run on another word."""
    named = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    if not named:
        raise CppsError("`--arrondissement` names none: write it as `--arrondissement 14,19`")
    return {item.code: item for item in (session.territory(word, contract) for word in named)}


@dataclass(frozen=True, slots=True)
class LocalUpdates:
    """Local texts beside their parent, the territories of which none is held, and what is wrong."""

    found: "tuple[Update, ...]"
    without_text: "tuple[Territory, ...]"
    faults: "tuple[Diagnostic, ...]"


def updates_asked(session: Session, parent: "Parent", words: str | None) -> LocalUpdates:
    """The local texts asked for beside their parent.

    Those at fault are passed over where all are asked for; one that is named ends the run.
    """
    found, _codes = local_contracts_asked(session, parent, words)
    return updates_of(parent, session.folder, found)


def updates_of(parent: "Parent", folder: "LibraryFolder", found: "LocalContracts") -> LocalUpdates:
    """Local contracts beside their parent; those at fault are passed over."""
    from cpps_cli.engine.coverage import is_sound
    from cpps_cli.engine.update import update

    updates: list[Update] = []
    without: list[Territory] = []
    faults: list[Diagnostic] = []
    for derivation, territory in found:
        overlay = folder.overlay(parent.now.contract.id, territory.code)
        faults.extend(derivation.faults)
        if overlay is None or not (derivation.derived.overlay or parent.is_before(overlay)):
            without.append(territory)
        elif is_sound(derivation):
            updates.append(update(parent, overlay, territory))
    return LocalUpdates(tuple(updates), tuple(without), tuple(faults))
