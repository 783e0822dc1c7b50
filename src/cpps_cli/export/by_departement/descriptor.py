"""What describes the tables of a folder: a Data Package, its resources in files by département."""

import json
from typing import Any

from cpps_cli.export.around import passed_over_in_words, territory_of
from cpps_cli.export.by_departement.places import Departement
from cpps_cli.export.by_departement.tables import TABLES
from cpps_cli.export.contract.front import dated_text, notices
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.open_data.described import schema_of
from cpps_cli.export.open_data.table import Table
from cpps_cli.export.outline import plain
from cpps_cli.export.to_datapackage import DESCRIPTOR, PROFILE

SUFFIX = ".parquet"
_PARQUET = "application/vnd.apache.parquet"


def described(
    dossier: Dossier, places: tuple[Departement, ...], passed_over: tuple[str, ...]
) -> tuple[str, bytes]:
    """The name and the bytes of the descriptor, in the language of the contract.

    `passed_over` are the codes of the territories of which the local text is at fault.
    """
    said = [f"{notice.label}. {plain(notice.text)}" for notice in notices(dossier)]
    said.append(f"{dated_text(dossier)}.")
    if passed_over:
        labels = tuple(territory_of(dossier, code).label for code in passed_over)
        said.append(passed_over_in_words(labels))
    package = {
        "$schema": PROFILE,
        "name": dossier.name.lower(),
        "title": dossier.contract.title,
        "description": "\n\n".join(said),
        "created": f"{dossier.on.isoformat()}T00:00:00Z",
        "resources": [_resource(table, places) for table in TABLES],
    }
    return DESCRIPTOR, (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table, places: tuple[Departement, ...]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": [place.file_of(table.name, SUFFIX) for place in places],
        "format": "parquet",
        "mediatype": _PARQUET,
        "schema": schema_of(table),
    }
