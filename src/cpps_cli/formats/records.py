"""Writes answers for scripts: documents in JSON, tables in csv."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Literal

from cpps_cli.i18n.catalogue import CONTROL
from cpps_cli.present.document import Cell, Table
from cpps_cli.present.shapes import plain


def json_text(document: object) -> str:
    """Writes a document readably, with nothing in it that a terminal would obey."""
    written = json.dumps(document, ensure_ascii=False, indent=2, default=plain) + "\n"
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def json_items(documents: Iterable[object]) -> str:
    """Writes documents as they stand in the list of another."""
    texts = (json_text(document).rstrip("\n") for document in documents)
    return ",\n".join(texts).replace("\n", "\n    ")


def json_around(document: object, key: str, items: Iterable[str]) -> Iterator[str]:
    """Writes a document whose list of that key, empty in it, holds these items."""
    # Inside a text of JSON no line ends: it is found nowhere else.
    before, _empty, after = json_text(document).partition(f'\n  "{key}": []')
    yield f'{before}\n  "{key}": ['
    mark, end = "\n    ", "]"
    for item in items:
        yield mark + item
        mark, end = ",\n    ", "\n  ]"
    yield end + after


Dialect = Literal["plain", "excel"]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table, dialect: Dialect = "plain") -> str:
    """Writes a table under its keys; `excel` makes formulas inert."""
    titles = Table(table.columns, (tuple(column.key for column in table.columns),))
    mark = "\ufeff" if dialect == "excel" else ""
    return mark + csv_rows(titles, dialect) + csv_rows(table, dialect)


def csv_rows(table: Table, dialect: Dialect = "plain") -> str:
    """Writes the rows alone, without their titles."""
    out = io.StringIO()
    excel = dialect == "excel"
    writer = csv.writer(
        out, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
    )
    for row in table.rows:
        writer.writerow([_excel(cell) if excel else cell for cell in row])
    return out.getvalue()


def _excel(cell: Cell) -> Cell:
    # A text that begins like a formula would be computed when the file is opened.
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell
