"""A contract as open data: csv tables, and `datapackage.json` which describes them.

A Data Package of version 2 (datapackage.org), each table with its Table Schema: types, the words
that a column may hold, primary and foreign keys. The csv is faithful: texts stand as the library
has them, formulas too. A licence is named nowhere: the library does not say under which one its
texts are, and that is not ours to say.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from io import StringIO
from typing import Any

from cpps_cli.diagnostics import CppsError
from cpps_cli.present.document import Link, plain, web_link
from cpps_cli.present.document_context import DocumentContext, passed_over_in_words, territory_of
from cpps_cli.present.facts.open_data.amendments import amendments_table
from cpps_cli.present.facts.open_data.contracts import (
    axes_table,
    contracts_table,
    milestones_table,
    parties_table,
    territories_table,
)
from cpps_cli.present.facts.open_data.days import event_contracts_table, events_table
from cpps_cli.present.facts.open_data.described import DESCRIPTOR, PROFILE, schema_of
from cpps_cli.present.facts.open_data.indicators import indicators_table, values_table
from cpps_cli.present.facts.open_data.programmes import (
    programme_facts_table,
    programme_indicators_table,
    programme_partners_table,
    programme_sheets_table,
    programme_values_table,
    programmes_table,
)
from cpps_cli.present.facts.open_data.scope import Scope, scope_of
from cpps_cli.present.facts.open_data.sheets import (
    answers_table,
    coverage_table,
    marks_table,
    sheets_table,
    texts_table,
)
from cpps_cli.present.facts.open_data.sources import (
    citations_table,
    claims_table,
    sources_cited,
    sources_table,
    statements_table,
)
from cpps_cli.present.facts.open_data.table import Table, Value
from cpps_cli.present.sections.contract_front import dated_text, notices

_TABLES = (
    *(contracts_table, territories_table, parties_table, milestones_table, amendments_table),
    *(axes_table, sheets_table, texts_table, marks_table, answers_table, coverage_table),
    *(indicators_table, values_table, events_table, event_contracts_table),
    *(programmes_table, programme_partners_table, programme_sheets_table, programme_facts_table),
    *(programme_indicators_table, programme_values_table),
    *(claims_table, statements_table, citations_table, sources_table),
)


def datapackage(context: DocumentContext) -> tuple[tuple[str, bytes], ...]:
    """Its files by name, the descriptor last: what it describes is there before it."""
    if context.sheet is not None or context.locate is not None:
        raise CppsError("open data are of a whole contract: leave `--sheet` and `--provenance` out")
    scope = scope_of(context)
    tables = [table(scope) for table in _TABLES]
    files = tuple((f"{table.name}.csv", _csv(table)) for table in tables)
    resources = [
        _resource(table, content) for table, (_name, content) in zip(tables, files, strict=True)
    ]
    written = json.dumps(_package(scope, resources), ensure_ascii=False, indent=2) + "\n"
    return (*files, (DESCRIPTOR, written.encode()))


def _package(scope: Scope, resources: list[dict[str, Any]]) -> dict[str, Any]:
    context = scope.context
    said = [f"{notice.label}. {plain(notice.text)}" for notice in notices(context)]
    return {
        "$schema": PROFILE,
        "name": context.name.lower(),
        "title": context.contract.title,
        "description": "\n\n".join([*said, f"{dated_text(context)}.", *_passed_over(scope)]),
        "created": f"{context.on.isoformat()}T00:00:00Z",
        "sources": [_source(context, name) for name in sources_cited(scope)],
        "resources": resources,
    }


def _passed_over(scope: Scope) -> Iterator[str]:
    if scope.at_fault:
        places = (territory_of(scope.context, head.territory).label for head in scope.at_fault)
        yield passed_over_in_words(tuple(places))


def _source(context: DocumentContext, name: str) -> dict[str, str]:
    """Its id stands in for the title of one that the library does not describe."""
    source = context.sources.get(name)
    title = {"title": source.title if source else name}
    address = source.address if source else None
    leads = address is not None and isinstance(web_link(address), Link)
    return {**title, "path": address} if address is not None and leads else title


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema_of(table),
    }


def _csv(table: Table) -> bytes:
    """RFC 4180: comma, double quotes, CR LF."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode()


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case float() if value != value:  # noqa: PLR0124
            return "NaN"
        case float() if abs(value) == float("inf"):
            return "INF" if value > 0 else "-INF"
        case _:
            return str(value)
