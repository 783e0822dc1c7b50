"""Two generations of a contract, and the correspondence that leads from one to the next."""

from typing import TYPE_CHECKING

from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import N_, CppsError

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.model import Contract
    from cpps_cli.model.correspondence import Correspondence


def former_matched(
    session: Session, successor: "Parent", named: str | None = None
) -> "tuple[Parent, Correspondence]":
    """The contract before, and what became of its sheets; ends the run where that is not known.

    It is the contract named, that of the correspondence, or the one that the new one replaces.
    """
    from cpps_cli.store.entries import correspondence_file

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
    from cpps_cli.check import correspondence_faults
    from cpps_cli.store.entries import correspondence_file

    before, after = former.texts[0].contract, successor.texts[0].contract
    file = correspondence_file(after.id)
    session.refuse_faults(file)
    if correspondence is None or correspondence.former != before.id:
        raise _without_correspondence(before, after, file)
    session.refuse_faults(file, correspondence_faults(session.folder, successor))
    return correspondence


def _without_correspondence(before: "Contract", after: "Contract", file: str) -> CppsError:
    titled = [sum(sheet.title is not None for sheet in item.sheets) for item in (before, after)]
    announced = [item.held("announced_sheets") for item in (before, after)]
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
