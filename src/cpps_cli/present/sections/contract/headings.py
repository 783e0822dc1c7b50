"""The headings under which the City writes a sheet, in documents."""

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import FIELD
from cpps_cli.model import SHEET_FIELDS

HEADING = FIELD | {field.name: field.heading for field in SHEET_FIELDS if field.heading}


def heading(field: str) -> str:
    """The heading of a field of a sheet or a contract."""
    return capital(_(HEADING[field]))
