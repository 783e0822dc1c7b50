"""Tables with their descriptor: a data package, in csv or in Parquet."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

from cpps_cli.formats.registry import Files, needed
from cpps_cli.present.facts import Column, Row, Table, Type, Value
from cpps_cli.present.facts.published import Package

DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def datapackage(package: Package) -> Files:
    """Writes its files by name, the descriptor last: what it describes is there before it."""
    files = tuple((f"{grid.table.name}.csv", csv_table(*grid)) for grid in package.grids)
    resources = [
        csv_resource(grid.table, content)
        for grid, (_name, content) in zip(package.grids, files, strict=True)
    ]
    return (*files, descriptor(package.about, resources))


def descriptor(about: dict[str, Any], resources: list[dict[str, Any]]) -> tuple[str, bytes]:
    """Writes what describes the package and each of its resources."""
    described = {"$schema": _PROFILE, **about, "resources": resources}
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    return DESCRIPTOR, text.encode()


def resource(table: Table[Any], **file: Any) -> dict[str, Any]:
    """Describes a table and where it is: `file` has the keys of its file, or files."""
    head = {"name": table.name, "type": "table", "description": table.description}
    return {**head, **file, "schema": _schema(table)}


def digest(content: bytes) -> str:
    """Tells a file from any other by its hash, as Data Packages write it."""
    return f"sha256:{sha256(content).hexdigest()}"


def csv_resource(table: Table[Any], content: bytes) -> dict[str, Any]:
    """Describes a table in one file of csv."""
    return resource(
        table,
        path=f"{table.name}.csv",
        format="csv",
        mediatype="text/csv",
        encoding="utf-8",
        bytes=len(content),
        hash=digest(content),
    )


def _schema(table: Table[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys := [_foreign_key(table, column) for column in table.columns if column.to]:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column[Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    field = {"name": column.name, "type": column.type, "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _foreign_key(table: Table[Any], column: Column[Any]) -> dict[str, Any]:
    """A reference to its own table is an empty name, which both versions of the standard take."""
    name, _dot, key = column.to.partition(".")
    goal = "" if name == table.name else name
    return {"fields": [column.name], "reference": {"resource": goal, "fields": [key or "id"]}}


def csv_table(table: Table[Any], rows: Iterable[Row]) -> bytes:
    """Writes RFC 4180: comma, double quotes, CR LF."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
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


SUFFIX = ".parquet"
_MEDIA_TYPE = "application/vnd.apache.parquet"


def import_pyarrow() -> "tuple[Any, Any]":
    """The library and its Parquet part; raises `CppsError` where it is not installed."""
    with needed("pyarrow", "tables"):
        import pyarrow  # noqa: ICN001 - in full, as everything here
        import pyarrow.parquet

    return pyarrow, pyarrow.parquet


def parquet(table: Table[Any], rows: Iterable[Row]) -> bytes:
    """Writes the file."""
    arrow, files = import_pyarrow()
    types = _types(arrow)
    schema = arrow.schema(
        [_typed_column(arrow, types, column) for column in table.columns],
        metadata={"description": table.description},
    )
    columns = tuple(zip(*rows, strict=True)) or ((),) * len(schema)
    arrays = [
        arrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)
    ]
    out = BytesIO()
    made = arrow.Table.from_arrays(arrays, schema=schema)
    files.write_table(made, out, compression="zstd")
    return out.getvalue()


def described(
    about: dict[str, Any], paths: Mapping[Table[Any], Sequence[str]], hashes: Mapping[str, str]
) -> tuple[str, bytes]:
    """Writes the descriptor of tables in several files each, with the digest of each file."""
    resources = [
        resource(
            table,
            path=list(names),
            hashes=[hashes[name] for name in names],
            format="parquet",
            mediatype=_MEDIA_TYPE,
        )
        for table, names in paths.items()
    ]
    return descriptor(about, resources)


def _typed_column(arrow: Any, types: "dict[Type, Any]", column: Column[Any]) -> Any:
    about = {"description": column.description}
    return arrow.field(column.name, types[column.type], not column.required, about)


def _types(arrow: Any) -> "dict[Type, Any]":
    return {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "list": arrow.list_(arrow.string()),
    }
