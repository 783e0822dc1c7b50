"""What local contracts are judged on: their parent, and the names that a library knows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpps_cli.check.index import Index
from cpps_cli.derive import Parent
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import Contract

if TYPE_CHECKING:
    from cpps_cli.check.library import Reading


@dataclass(frozen=True, slots=True)
class Ground:
    """What the local contracts of a parent are judged on.

    `parent` is None where one of its amendments cannot be read; `missing` are the codes of its
    sheets that cannot. Where the contract itself cannot (`is_known`), nothing is judged.
    """

    contract_id: str
    index: Index
    parent: Parent | None = None
    missing: frozenset[str] = frozenset()
    is_known: bool = True


def unread(signed: Contract, reading: "Reading") -> frozenset[str]:
    """The sheets of a contract that have a file which cannot be read."""
    return reading.sheet_codes(signed.id) - {sheet.code for sheet in signed.sheets}


def follows_from(missing: frozenset[str], item: Diagnostic) -> bool:
    """Whether a fault is only that some sheets could not be read, which is said elsewhere."""
    if not missing:
        return False
    return item.code in ("CP208", "CP213") or item.values.get("name") in missing
