"""What local contracts are judged on, and the errors of a text that a verb shows.

The latter read no more than the verb reads, and are the errors of the text itself: what its
sources are called is left to the whole check.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpps_cli.check.contract import check_contract, numbered_texts
from cpps_cli.check.local import check_local, check_overlay, unforeseen
from cpps_cli.check.nouns import Index
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine import Derivation, Parent
from cpps_cli.model import Contract, LibraryReader, Overlay, Territory


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
    """Finds the sheets of a contract whose file cannot be read."""
    return reader.sheet_codes(signed.id) - {sheet.code for sheet in signed.sheets}


def follows_from(missing: frozenset[str], item: Diagnostic) -> bool:
    """Whether a fault is only that some sheets could not be read, which is said elsewhere."""
    if not missing:
        return False
    return item.code in ("CP208", "CP213") or item.values.get("name") in missing


def parent_faults(reader: LibraryReader, parent: Parent) -> Iterator[Diagnostic]:
    """Finds the errors of a parent's text of the day: a number given twice, for one.

    Those of its amendments apart, without which there is no text.
    """
    contract = parent.texts[0].contract
    missing = unread(contract, reader)
    found = [*check_contract(contract, _names(reader))]
    for text, _places, faults in numbered_texts(parent):
        found += faults if text in parent.until_now else ()
    yield from (item for item in _errors(found) if not follows_from(missing, item))


def ground_of(reader: LibraryReader, parent: Parent) -> Ground:
    """Gives the ground on which local contracts are judged to a parent that was read already."""
    contract = parent.texts[0].contract
    return Ground(contract.id, _names(reader), parent, unread(contract, reader))


def local_faults(
    ground: Ground, overlay: Overlay, territory: Territory, derivation: Derivation | None = None
) -> Iterator[Diagnostic]:
    """Finds the errors of a local text on its parent; `derivation`: of it, where known."""
    if ground.parent is None:
        return
    local = check_local(overlay, ground.parent, territory, derivation)
    found = [*check_overlay(overlay, ground.index), *local]
    yield from (item for item in _errors(found) if not follows_from(ground.missing, item))


def shown_faults(
    reader: LibraryReader, parent: Parent, derivation: Derivation, territory: Territory
) -> tuple[Diagnostic, ...]:
    """Finds the errors of a local contract that is shown, and of its parent's text."""
    found = [*parent_faults(reader, parent)]
    if (overlay := derivation.derived.overlay) is not None:
        found += local_faults(ground_of(reader, parent), overlay, territory, derivation)
    return tuple(found)


def unforeseen_texts(reader: LibraryReader, contract: Contract) -> Iterator[Diagnostic]:
    """Finds local texts of territories for which the contract is not derived."""
    for code in reader.overlay_codes(contract.id):
        if code not in contract.local_territories:
            yield unforeseen(contract, code)


def is_at_fault(found: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a library with these diagnostics fails its check."""
    grave = {"error", "warning"} if strict else {"error"}
    return any(item.severity in grave for item in found)


def _errors(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (item for item in found if item.severity == "error")


def _names(reader: LibraryReader) -> Index:
    return Index(None, reader.territory_codes(), frozenset(reader.contract_ids()))
