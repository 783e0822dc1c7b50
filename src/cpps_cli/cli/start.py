"""`cpps start`: the file from which a local text is begun."""

from datetime import date
from typing import Annotated

import typer

from cpps_cli.cli.options import ArrondissementOption, ContractOption, a_day
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.i18n.catalogue import _

_DRAFTED = typer.Option(
    "--drafted-on", metavar="DATE", parser=a_day, help=_("Record that day as that of the draft.")
)


def start(
    session: Session,
    arrondissement: ArrondissementOption,
    contract: ContractOption = None,
    drafted_on: Annotated[date | None, _DRAFTED] = None,
) -> int:
    """Writes the overlay to begin from, the parent's sheets listed to choose among."""
    from cpps_cli.library.templates import LocalDraft, draft_text, write_draft
    from cpps_cli.model.paths import overlay_file
    from cpps_cli.present.sections.written import draft_written

    root = session.own_library().root
    signed = session.contract(contract)
    now = session.parent(signed).now
    territory = session.territory(str(arrondissement), signed)
    path = root / overlay_file(signed.id, territory.code)
    draft = LocalDraft(now.contract, now.version, territory, drafted_on)
    with nothing_lost():
        write_draft(path, draft_text(draft, _), root)
    session.tell(draft_written(path, now.contract, str(arrondissement), session.data))
    return 0
