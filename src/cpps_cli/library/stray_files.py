"""What stands in a library's folder and is not read, and what is missing from it.

Only names are looked at. A sheet saved under a wrong name would else be missing in silence.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cpps_cli.diagnostics import Diagnostic, Place, Word, nearest
from cpps_cli.library.entries import SHAPE_OF_NAME, entries, is_file
from cpps_cli.library.locate import MANIFEST, TERRITORIES
from cpps_cli.library.validate import CODE, SHAPES, slug
from cpps_cli.model.paths import CONTRACT, CORRESPONDENCE, PROGRAMMES, SCHEMAS, SOURCES

AMENDMENTS, LOCAL = "amendments", "local"
_KNOWN = {MANIFEST, SOURCES, TERRITORIES, SCHEMAS}
_OF_A_CONTRACT = (CONTRACT, PROGRAMMES, CORRESPONDENCE)


def misplaced(root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each thing that is out of place."""
    for entry in entries(root):
        if entry.name in _KNOWN:
            continue
        if entry.is_dir():
            yield from _in_contract(entry)
        elif entry.suffix == ".toml":
            values: dict[str, Any] = {"name": entry.name, **nearest(entry.name, _KNOWN)}
            yield Diagnostic("CP011", Place(entry.name), values)


def headless(root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each folder that holds texts of a contract, and not the contract."""
    for entry in entries(root):
        if entry.is_dir() and entry.name not in _KNOWN and not is_file(entry / CONTRACT):
            yield from _in_contract(entry)


def _in_contract(folder: Path) -> Iterator[Diagnostic]:
    if not is_file(folder / CONTRACT):
        if any(folder.rglob("*.toml")):
            values: dict[str, Any] = {"folder": folder.name, "name": CONTRACT}
            yield Diagnostic("CP012", Place(folder.name), values)
        return
    if not re.match(CODE, folder.name):
        yield _bad_name(folder.name, folder.name, CODE)
    for entry in entries(folder):
        if entry.is_dir() and entry.name in SHAPE_OF_NAME:
            yield from _in_kind(entry, f"{folder.name}/{entry.name}")
        elif entry.name not in _OF_A_CONTRACT and _looks_like_ours(entry):
            yield Diagnostic("CP011", Place(f"{folder.name}/{entry.name}"), {"name": entry.name})


def _in_kind(folder: Path, prefix: str) -> Iterator[Diagnostic]:
    shape = SHAPE_OF_NAME[folder.name]
    for entry in entries(folder):
        file = f"{prefix}/{entry.name}"
        if folder.name == LOCAL and entry.is_dir():
            yield from _beside_local(entry, file)
        elif entry.suffix != ".toml":
            yield Diagnostic("CP011", Place(file), {"name": entry.name})
        elif not re.match(shape, entry.stem):
            yield _bad_name(file, entry.stem, shape)


def _beside_local(folder: Path, prefix: str) -> Iterator[Diagnostic]:
    """What stands in the folder of a local contract: its amendments, and nothing else of ours."""
    text = f"{folder.name}.toml"
    if not is_file(folder.with_name(text)):
        if any(folder.rglob("*.toml")):
            values: dict[str, Any] = {"folder": prefix, "name": f"{LOCAL}/{text}"}
            yield Diagnostic("CP012", Place(prefix), values)
        return
    for entry in entries(folder):
        if entry.is_dir() and entry.name == AMENDMENTS:
            yield from _in_kind(entry, f"{prefix}/{entry.name}")
        elif _looks_like_ours(entry):
            yield Diagnostic("CP011", Place(f"{prefix}/{entry.name}"), {"name": entry.name})


def _looks_like_ours(entry: Path) -> bool:
    """Whether a stray file may be a misnamed one of ours; notes and documents may lie about."""
    return any(entry.rglob("*.toml")) if entry.is_dir() else ".toml" in entry.name.lower()


def _bad_name(file: str, name: str, shape: str) -> Diagnostic:
    values: dict[str, Any] = {"name": name, "shape": Word(SHAPES[shape])}
    return Diagnostic("CP013", Place(file), {**values, "proposal": slug(name) or "code"})
