"""Reads a package of open data back, and says what the reference validator finds wrong with it."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from frictionless import Package
from frictionless.resources import TableResource

Rows = list[dict[str, Any]]


def laid_out(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """The files in a folder; the path of the descriptor."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
    return folder / "datapackage.json"


def faults(descriptor: Path) -> list[str]:
    """What the validator reports: of the descriptor, of each table, of the keys between them."""
    report = Package(str(descriptor)).validate()
    found = [(error.title, error.message) for error in report.errors]
    found += [(error.title, error.message) for task in report.tasks for error in task.errors]
    assert report.valid == (not found)
    return [f"{title}: {message}" for title, message in found]


def read_datapackage(descriptor: Path) -> dict[str, Rows]:
    """The rows of each table, typed as its schema says."""
    return {
        resource.name: [row.to_dict() for row in resource.read_rows()]
        for resource in Package(str(descriptor)).resources
        if isinstance(resource, TableResource)
    }


def plain_rows(descriptor: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table as they are written."""
    found = {}
    for resource in json.loads(descriptor.read_text("utf-8"))["resources"]:
        with (descriptor.parent / resource["path"]).open(encoding="utf-8", newline="") as file:
            found[resource["name"]] = list(csv.DictReader(file, strict=True))
    return found


def broken_keys(descriptor: Path) -> list[str]:
    """Rows that share a primary key, and keys that lead nowhere: in a moment, not in seconds."""
    tables, broken = plain_rows(descriptor), []
    for resource in json.loads(descriptor.read_text("utf-8"))["resources"]:
        name, schema = resource["name"], resource["schema"]
        keys = [tuple(row[field] for field in schema.get("primaryKey", ())) for row in tables[name]]
        if "primaryKey" in schema and len(set(keys)) != len(keys):
            broken.append(f"{name}: {schema['primaryKey']}")
        for foreign in schema.get("foreignKeys", ()):
            (field,), (goal,) = foreign["fields"], foreign["reference"]["fields"]
            known = {row[goal] for row in tables[foreign["reference"]["resource"] or name]}
            broken += [
                f"{name}: {field} {row[field]}"
                for row in tables[name]
                if row[field] and row[field] not in known
            ]
    return broken
