"""What an outline says, block by block, and dossiers of contracts that stand in docstrings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cpps_cli.engine import Parent
from cpps_cli.model import Library, Overlay, Territory
from cpps_cli.present.document import (
    Block,
    Facts,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    plain,
)
from cpps_cli.present.document_context import DocumentContext
from tests.conftest import PLACE
from tests.formats.comparison import sections
from tests.shelf import EmptyLibrary

LIBRARY = Library.model_validate({"format": 1, "title": "Essai", "contract": "parent"})
HOME = Territory.model_validate({"code": "T0", "name": "commune fictive"})
ON = date(2025, 1, 15)


class HeldTexts(EmptyLibrary):
    """Local texts that stand in a docstring, by the code of their territory."""

    def __init__(
        self, territories: Mapping[str, Territory], overlays: Mapping[str, Overlay]
    ) -> None:
        self.territories = territories
        self.overlays = overlays

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return tuple(self.overlays)

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self.overlays.get(territory)


def dossier_of(parent: Parent, **fields: Any) -> DocumentContext:
    territories = {item.code: item for item in (PLACE, HOME)}
    return DocumentContext(LIBRARY, parent, ON, territories, {}, **fields)


def section(outline: Outline, anchor: str) -> Section:
    return next(item for item in sections(outline) if item.anchor == anchor)


def notices(blocks: tuple[Block, ...]) -> dict[str, str]:
    return {block.label: plain(block.text) for block in blocks if isinstance(block, Notice)}


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(block.text) for block in blocks if isinstance(block, Paragraph)]


def rows(blocks: tuple[Block, ...]) -> list[tuple[str, ...]]:
    [table] = [block for block in blocks if isinstance(block, Table)]
    return [tuple(map(plain, row)) for row in table.rows]


def facts(blocks: tuple[Block, ...]) -> dict[str, list[str]]:
    found = [fact for block in blocks if isinstance(block, Facts) for fact in block.facts]
    return {fact.term: [plain(text) for text in fact.texts] for fact in found}
