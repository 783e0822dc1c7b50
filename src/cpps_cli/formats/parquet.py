"""Tables as Parquet files: typed columns, each described in the file itself.

Strings are packed by the words that they repeat, which is what sheets taken word for word do. The
same rows give the same bytes, whichever process writes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from cpps_cli.formats.datapackage import descriptor, resource
from cpps_cli.formats.optional_dependencies import needed
from cpps_cli.present.facts import Column, Row, Table, Type

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
        [_field(arrow, types, column) for column in table.columns],
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


def _field(arrow: Any, types: "dict[Type, Any]", column: Column[Any]) -> Any:
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
