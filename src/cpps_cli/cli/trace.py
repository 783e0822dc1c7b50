"""`cpps trace`: where does each value come from?"""

from typing import TYPE_CHECKING, Annotated

import typer

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    complete_sheet,
)
from cpps_cli.cli.session import Session
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.derive import Parent
    from cpps_cli.render.views.trace import Traced

HELP = (
    _("Show where each value of a sheet comes from: origin, file and line, version."),
    "cpps trace 1.4 title --arrondissement 19",
)
_SHEET = typer.Argument(
    metavar="SHEET",
    help=_("A sheet, by code or number."),
    autocompletion=complete_sheet,
    show_default=False,
)
_FIELD = typer.Argument(
    metavar="[FIELD]", help=_("Only this field, such as title or means."), show_default=False
)


def trace(
    session: Session,
    sheet: Annotated[str, _SHEET],
    field: Annotated[str | None, _FIELD] = None,
    arrondissement: ArrondissementOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Traces the values of a sheet, or of one of its fields."""
    from cpps_cli.derive.provenance import field_named
    from cpps_cli.render.views.trace import trace as told

    only = field_named(field)
    parent = session.text_on(contract, on)
    if arrondissement is None:
        traced = _of_parent(parent, sheet, only)
    else:
        traced = _of_local(session, parent, arrondissement, sheet, only)
    session.mention_faults()
    session.show(told(traced, session.folder.locate), format, dialect)
    return 0


def _of_parent(parent: "Parent", word: str, field: str | None) -> "Traced":
    from cpps_cli.derive.lookup import sheet_asked
    from cpps_cli.derive.provenance import account_of_parent, only
    from cpps_cli.render.views.trace import Traced

    sheet = sheet_asked(parent, word)
    accounts = only(account_of_parent(parent, sheet), field)
    return Traced(parent.now.contract, sheet, parent.now.version, accounts)


def _of_local(
    session: Session, parent: "Parent", place: str, word: str, field: str | None
) -> "Traced":
    from cpps_cli.derive.lookup import local_sheet_held
    from cpps_cli.derive.provenance import account_of_local, only
    from cpps_cli.render.views.trace import Traced

    derived, _territory = session.derived(parent, place)
    item = local_sheet_held(parent, derived, word)
    accounts = only(account_of_local(parent, derived, item), field)
    return Traced(derived.contract, item.sheet, derived.parent_version, accounts)
