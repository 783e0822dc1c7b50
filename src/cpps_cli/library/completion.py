"""The names in a library, for completion at the keyboard: no noun is made, nothing is judged.

Each comes with what it stands for. What is not as it should be is passed over in silence, because
whoever presses TAB cannot read a fault.
"""

from collections.abc import Iterator
from pathlib import Path

import tomli

from cpps_cli.library.locate import MANIFEST, TERRITORIES

Name = tuple[str, str]


def territory_names(root: Path) -> Iterator[Name]:
    """What people type for each territory for which the library's contract is derived (its
    shortest name), and its full name.
    """
    contract = _contract(root)
    if contract is None:
        return
    known = _subtable(_table(root / TERRITORIES), "territories")
    for code in _texts(_table(contract / "contract.toml"), "local_territories"):
        entry = _subtable(known, code)
        yield min([code, *_texts(entry, "also")], key=len), _text(entry, "name") or code


def contract_names(root: Path) -> Iterator[Name]:
    """Lists the ids of the contracts, with their titles."""
    for path in sorted(root.glob("*/contract.toml")):
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


def _printed_order(name: Name) -> list[tuple[int, str]]:
    """1.10 comes after 1.9, whatever stands where figures should."""
    return [(len(part), part) for part in name[0].split(".")]


def _contract(root: Path) -> Path | None:
    """Finds the folder of the contract that the verbs speak of."""
    named = _text(_table(root / MANIFEST), "contract")
    folders = (path.parent for path in root.glob("*/contract.toml"))
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


def _text(table: dict[str, object], key: str) -> str:
    found = table.get(key)
    return found if isinstance(found, str) else ""


def _texts(table: dict[str, object], key: str) -> list[str]:
    found = table.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
