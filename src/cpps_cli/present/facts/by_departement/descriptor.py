"""What describes the tables of a folder: a Data Package, its resources in files by département."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from cpps_cli.i18n.catalogue import speaking
from cpps_cli.present.document import plain
from cpps_cli.present.document_context import DocumentContext, passed_over_in_words, territory_of
from cpps_cli.present.document_kinds import language_of
from cpps_cli.present.facts.by_departement.places import Departement
from cpps_cli.present.facts.by_departement.tables import TABLES
from cpps_cli.present.facts.open_data.described import DESCRIPTOR, PROFILE, schema_of
from cpps_cli.present.facts.open_data.table import Table
from cpps_cli.present.sections.contract_front import dated_text, notices

SUFFIX = ".parquet"
_PARQUET = "application/vnd.apache.parquet"


def described(
    context: DocumentContext,
    places: tuple[Departement, ...],
    passed_over: tuple[str, ...],
    hashes: Mapping[str, str],
) -> tuple[str, bytes]:
    """The name and the bytes of the descriptor, in the language of the contract.

    `passed_over` are the codes of the territories of which the local text is at fault; `hashes` the
    digests of the files by name, which a Data Package of several files a table has no key for.
    """
    with speaking(language_of(context)):
        description = "\n\n".join(_said(context, passed_over))
    package = {
        "$schema": PROFILE,
        "name": context.name.lower(),
        "title": context.contract.title,
        "description": description,
        "created": f"{context.on.isoformat()}T00:00:00Z",
        "resources": [_resource(table, places, hashes) for table in TABLES],
    }
    return DESCRIPTOR, (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _said(context: DocumentContext, passed_over: tuple[str, ...]) -> Iterator[str]:
    """What must be known first, which text it is, and what is missing."""
    yield from (f"{notice.label}. {plain(notice.text)}" for notice in notices(context))
    yield f"{dated_text(context)}."
    if passed_over:
        labels = tuple(territory_of(context, code).label for code in passed_over)
        yield passed_over_in_words(labels)


def digest(content: bytes) -> str:
    """What tells a file from any other, as Data Packages write it."""
    return f"sha256:{sha256(content).hexdigest()}"


def _resource(
    table: Table, places: tuple[Departement, ...], hashes: Mapping[str, str]
) -> dict[str, Any]:
    names = [place.file_of(table.name, SUFFIX) for place in places]
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": names,
        "hashes": [hashes[name] for name in names],
        "format": "parquet",
        "mediatype": _PARQUET,
        "schema": schema_of(table),
    }
