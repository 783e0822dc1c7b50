"""Coverage of every local contract of a parent: read, asked about and let go of, one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cpps_cli.cli.parallel import AT_A_TIME, Names, shown, spread
from cpps_cli.cli.session import Session
from cpps_cli.cli.territories import refuse_snapshot

if TYPE_CHECKING:
    from cpps_cli.engine import Parent
    from cpps_cli.engine.coverage import Coverage, LocalCoverage, Portion
    from cpps_cli.library.reader import LibraryFolder

    Kept = Callable[[LocalCoverage], LocalCoverage] | None


@dataclass(frozen=True, slots=True)
class _Asked:
    folder: "LibraryFolder"
    parent: "Parent"
    kept: "Kept"


def coverage_of_all(session: Session, parent: "Parent", kept: "Kept") -> "Coverage":
    """What became of the parent's sheets everywhere; `kept` is what of each is asked about."""
    from cpps_cli.engine.coverage import joined

    refuse_snapshot(session)
    codes = parent.now.contract.local_territories
    return joined(parent, _portions(_Asked(session.folder, parent, kept), codes), codes)


def _portions(asked: _Asked, codes: Names) -> "Iterator[Portion]":
    known = asked.folder.territories
    for part in shown(spread(_covered, asked, codes), len(codes), AT_A_TIME):
        # Another process sends places of its own: those that are known here need no more room.
        places = (replace(item, territory=known[item.territory.code]) for item in part.places)
        yield replace(part, places=tuple(places))


def _covered(asked: _Asked, codes: Names) -> "Portion":
    from cpps_cli.engine import local_contracts
    from cpps_cli.engine.coverage import portion

    with asked.folder.passing(asked.parent.now.contract.id) as faults:
        found = portion(local_contracts(asked.parent, asked.folder, codes), asked.kept)
    return replace(found, faults=(*found.faults, *faults))
