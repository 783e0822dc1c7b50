"""The headings under which the City writes a sheet, in documents."""

from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.labels import FIELD

HEADING: dict[str, str] = {**FIELD, "methods": N_("methods of implementation")}


def heading(field: str) -> str:
    """The heading of a field of a sheet or a contract."""
    return capital(_(HEADING[field]))
