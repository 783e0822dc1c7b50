"""Proposes an amendment to a signed local contract: what its parent has changed since."""

from typing import TYPE_CHECKING

from cpps_cli.cli.stream import updates_asked
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from datetime import date

    from cpps_cli.cli.session import Session
    from cpps_cli.engine import Parent
    from cpps_cli.engine.update import Update
    from cpps_cli.model import Amendment

_UNSIGNED = N_("{contract} is not a signed text that its parent has moved on from")
_ITSELF = N_("`--apply` writes into its file what needs no decision")


def propose(session: "Session", parent: "Parent", places: str, name: str, day: "date") -> int:
    """Writes the file of an amendment that takes up what a signed local text has not."""
    from cpps_cli.library.templates import write_draft
    from cpps_cli.library.toml_format import laid_out, plain_table, words
    from cpps_cli.model.paths import local_amendment_file

    root = session.own_library().root
    update = _signed(session, parent, places)
    proposal = _proposal(parent, update, name, day)
    path = root / local_amendment_file(update.overlay, proposal.id)
    about = _(
        "A proposal: read it, complete it, and give it its title. What both texts have changed is "
        "not in it: `cpps update` lists what is to be decided."
    )
    text = "#:schema ../../../../schemas/amendment.json\n" + words(about)
    with nothing_lost():
        write_draft(path, text + laid_out(plain_table(proposal)), root)
    session.say(_("Written: {files}").format(files=path))
    return 0


def refuse_signed(found: "tuple[Update, ...]", options: str) -> None:
    """Ends a run that would write into the file of a signed text that was named."""
    for update in found:
        if update.signed_on is not None:
            raise CppsError(
                "{contract} is signed: its text does not change by itself",
                help=N_(
                    "an amendment of its own takes up what the parent has changed since: "
                    "`cpps update -a {place}{options} --amendment NAME --in-force-on DATE`"
                ),
                exit_code=1,
                contract=update.overlay.id,
                place=update.territory.code,
                options=options,
            )


def _signed(session: "Session", parent: "Parent", places: str) -> "Update":
    local = updates_asked(session, parent, places)
    if local.without_text:
        place = local.without_text[0].name
        raise CppsError("no text of {place} is known", exit_code=1, place=place)
    update = local.found[0]
    if update.signed_on is None:
        raise CppsError(_UNSIGNED, help=_ITSELF, exit_code=1, contract=update.overlay.id)
    return update


def _proposal(parent: "Parent", update: "Update", name: str, day: "date") -> "Amendment":
    from cpps_cli.check.local import check_local
    from cpps_cli.engine.proposal import Head, proposed, with_proposal
    from cpps_cli.i18n.catalogue import message

    overlay, territory = update.overlay, update.territory
    label = parent.now.contract.label
    title = _("Amendment: take up what {parent} has changed").format(parent=label)
    reason = _("{parent} has repealed this sheet.").format(parent=label)
    signed = parent.derive(overlay, territory).derived
    found = proposed(Head(name, title, day, reason), signed, update.derived)
    if found is None:
        raise CppsError(
            "{contract}: nothing is left to be taken up", exit_code=1, contract=overlay.id
        )
    for fault in check_local(with_proposal(overlay, found), parent.as_of(day), territory):
        if fault.severity == "error":
            raise CppsError(
                "the amendment would be at fault, and is not written: {fault}",
                exit_code=1,
                fault=f"{fault.code}: {message(fault)}",
            )
    return found
