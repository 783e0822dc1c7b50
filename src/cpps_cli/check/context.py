"""Gives rules their context: the parent contract, and the names of the rest of a library."""

from dataclasses import dataclass
from typing import NamedTuple

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine import Parent
from cpps_cli.model import Contract, LibraryReader


class Index(NamedTuple):
    """The names that a file may refer to; None where their file cannot be read.

    The names of what is itself at fault are among them: that fault is said once, where it is.
    """

    sources: frozenset[str] | None
    territories: frozenset[str] | None
    contracts: frozenset[str]

    def lacks_source(self, name: str) -> bool:
        """Whether no source has that id, as far as we can tell."""
        return self.sources is not None and name not in self.sources

    def lacks_territory(self, name: str) -> bool:
        """Whether no territory has that code, as far as we can tell."""
        return self.territories is not None and name not in self.territories


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


def unread(signed: Contract, reader: LibraryReader) -> frozenset[str]:
    """The sheets of a contract that have a file which cannot be read."""
    return reader.sheet_codes(signed.id) - {sheet.code for sheet in signed.sheets}


def follows_from(missing: frozenset[str], item: Diagnostic) -> bool:
    """Whether a fault is only that some sheets could not be read, which is said elsewhere."""
    if not missing:
        return False
    return item.code in ("CP208", "CP213") or item.values.get("name") in missing
