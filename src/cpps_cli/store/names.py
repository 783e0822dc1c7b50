"""The names in a library, for completion at the keyboard: no noun is made, nothing is judged."""

from collections.abc import Iterator
from pathlib import Path

import tomli

from cpps_cli.store.finding import MANIFEST, TERRITORIES


def territory_names(root: Path) -> Iterator[tuple[str, str]]:
    """What people type for each territory (its shortest name), and its full name."""
    for code, entry in _table(root / TERRITORIES).get("territories", {}).items():
        shortest = min([code, *entry.get("also", ())], key=len)
        yield shortest, entry.get("name", code)


def contract_ids(root: Path) -> list[str]:
    """The ids of the contracts."""
    return sorted(path.parent.name for path in root.glob("*/contract.toml"))


def sheet_codes(root: Path) -> list[str]:
    """The codes of the sheets of the contract that the verbs speak of."""
    contract = str(_table(root / MANIFEST).get("contract", ""))
    return sorted(path.stem for path in (root / contract / "sheets").glob("*.toml"))


def _table(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}  # a completion that fails says nothing
