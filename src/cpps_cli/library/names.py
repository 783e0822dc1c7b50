"""Finds the names in a library, for the keyboard, before any noun is read."""

from collections.abc import Iterator
from pathlib import Path

import tomli

from cpps_cli.library.locate import MANIFEST, TERRITORIES

AMENDMENTS = "amendments"
CONTRACT = "contract.toml"
Name = tuple[str, str]


def territory_names(root: Path) -> Iterator[Name]:
    """Lists what people type for the territories of the library's contract (the shortest name of
    each), and their full names.
    """
    contract = _contract(root)
    if contract is None:
        return
    known = _subtable(_table(root / TERRITORIES), "territories")
    for code in _texts(_table(contract / CONTRACT), "local_territories"):
        entry = _subtable(known, code)
        yield min([code, *_texts(entry, "also")], key=len), _text(entry, "name") or code


def contract_names(root: Path) -> Iterator[Name]:
    """Lists the ids of the contracts, with their titles."""
    for path in sorted(root.glob(f"*/{CONTRACT}")):
        yield path.parent.name, _text(_table(path), "title")


def sheet_names(root: Path) -> Iterator[Name]:
    """Lists the numbers of the contract's sheets, then their codes, with their titles."""
    contract = _contract(root)
    if contract is None:
        return
    sheets = [(path.stem, _table(path)) for path in sorted((contract / "sheets").glob("*.toml"))]
    numbered = [(_text(sheet, "number"), _text(sheet, "title")) for _code, sheet in sheets]
    yield from sorted((name for name in numbered if name[0]), key=_printed_order)
    for code, sheet in sheets:
        yield code, _text(sheet, "title")


def axis_names(root: Path) -> Iterator[Name]:
    """Lists the numbers of the contract's axes, then their codes, with their titles."""
    contract = _contract(root)
    if contract is None:
        return
    axes = _subtables(_table(contract / CONTRACT), "axes")
    for axis in axes:
        if isinstance(number := axis.get("number"), int):
            yield str(number), _text(axis, "title")
    for axis in axes:
        yield _text(axis, "code"), _text(axis, "title")


def amendment_names(root: Path) -> Iterator[Name]:
    """Lists the ids of the amendments of the contract and of its local ones, with their titles."""
    contract = _contract(root)
    found = () if contract is None else sorted(contract.rglob(f"{AMENDMENTS}/*.toml"))
    yield from {path.stem: _text(_table(path), "title") for path in found}.items()


def reading_names(root: Path) -> Iterator[Name]:
    """Lists the readings of dates of every contract and local one, with what they say."""
    for table in _contracts_and_overlays(root):
        for claim in _subtables(table, "claims"):
            says = _subtable(claim, "says")
            if name := _text(claim, "id"):
                yield name, ", ".join(_text(says, field) for field in says)


def body_names(root: Path) -> Iterator[Name]:
    """Lists the councils, committees and offices before which milestones of the library came."""
    tables = _contracts_and_overlays(root)
    happened = (event for table in tables for event in _subtables(table, "milestones"))
    yield from ((name, "") for name in dict.fromkeys(_text(event, "body") for event in happened))


def source_names(root: Path) -> Iterator[Name]:
    """Lists the ids of the library's sources, with their titles."""
    known = _subtable(_table(root / "sources.toml"), "sources")
    for name in known:
        yield name, _text(_subtable(known, name), "title")


def _contracts_and_overlays(root: Path) -> Iterator[dict[str, object]]:
    for path in sorted((*root.glob(f"*/{CONTRACT}"), *root.glob("*/local/*.toml"))):
        yield _table(path)


def _printed_order(name: Name) -> list[tuple[int, str]]:
    """1.10 comes after 1.9, whatever stands where figures should."""
    return [(len(part), part) for part in name[0].split(".")]


def _contract(root: Path) -> Path | None:
    """Finds the folder of the contract that the verbs speak of."""
    named = _text(_table(root / MANIFEST), "contract")
    folders = (path.parent for path in root.glob(f"*/{CONTRACT}"))
    return next((folder for folder in folders if folder.name == named), None)


def _table(path: Path) -> dict[str, object]:
    try:
        # A pipe in the place of a file would make us wait for ever.
        return tomli.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}


def _subtable(table: dict[str, object], key: str) -> dict[str, object]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _subtables(table: dict[str, object], key: str) -> list[dict[str, object]]:
    found = table.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(table: dict[str, object], key: str) -> str:
    found = table.get(key)
    return found if isinstance(found, str) else ""


def _texts(table: dict[str, object], key: str) -> list[str]:
    found = table.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
