"""The fingerprints that were written into local texts."""

from typing import Final, Literal, TypedDict

from cpps_cli.engine.update_edits import Pins
from cpps_cli.i18n.catalogue import _
from cpps_cli.library.transaction import Left
from cpps_cli.model import Contract
from cpps_cli.model.paths import local_file
from cpps_cli.present.document import (
    Answer,
    Block,
    Column,
    Paragraph,
    Section,
    Table,
)

SCHEMA: Final = "cpps.pins/1"


class PinnedDocument(TypedDict):
    """One file: how many fingerprints it stated already, and how many were written."""

    id: str
    territory: str
    file: str
    stated: int
    written: int


class PinsDocument(TypedDict):
    """The local texts of a contract; `left`: files in which there was no room to write."""

    schema: Literal["cpps.pins/1"]
    parent: str
    contracts: list[PinnedDocument]
    left: list[str]


def pinned(
    parent: Contract, found: tuple[Pins, ...], written: tuple[str, ...], left: tuple[Left, ...]
) -> Answer:
    """A line for each file; `written` are those that were, `left` those with no room."""
    document: PinsDocument = {
        "schema": SCHEMA,
        "parent": parent.id,
        "contracts": [_one(item, written) for item in found],
        "left": sorted(item.file for item in left),
    }
    rows = tuple(
        (item["file"], item["stated"], item["written"], item["id"], item["territory"])
        for item in document["contracts"]
    )
    columns = (
        Column("file", _("File"), wide=True),
        Column("stated", _("Stated already"), right=True),
        Column("written", _("Written"), right=True),
        Column("id", _("Contract")),
        Column("territory", _("Territory")),
    )
    table = Table(columns, rows, hidden=frozenset({"id", "territory"}))
    title = _("Fingerprints in the local texts of {contract}").format(contract=parent.label)
    blocks: tuple[Block, ...] = (
        table if rows else Paragraph(_("No local text is held.")),
        *(Paragraph(_("Left as it is: {file}").format(file=file)) for file in document["left"]),
    )
    return Answer(Section(title, blocks), table, document)


def _one(item: Pins, written: tuple[str, ...]) -> PinnedDocument:
    file = local_file(item.overlay)
    return {
        "id": item.overlay.id,
        "territory": item.territory.code,
        "file": file,
        "stated": item.stated,
        "written": sum(len(edits) for name, edits in item.edits.items() if name in written),
    }
