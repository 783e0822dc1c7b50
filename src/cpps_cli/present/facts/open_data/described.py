"""How a Data Package describes a table: its columns, the words they hold, and its keys."""

from typing import Any

from cpps_cli.present.facts.open_data.table import Column, Reference, Table


def schema_of(table: Table) -> dict[str, Any]:
    """The Table Schema of a table."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [_foreign_key(table, item) for item in table.references]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    return {**field, "constraints": constraints} if constraints else field


def _foreign_key(table: Table, reference: Reference) -> dict[str, Any]:
    """A reference to its own table is an empty name, which both versions of the standard take."""
    goal = "" if reference.table == table.name else reference.table
    return {
        "fields": [reference.column],
        "reference": {"resource": goal, "fields": [reference.to]},
    }


DESCRIPTOR = "datapackage.json"


PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
