"""The fingerprints that were written into local texts."""

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
from cpps_cli.present.shapes import GIVEN, Key, Many, Shape


def _count(item: Pins, written: tuple[str, ...]) -> int:
    """How many fingerprints were written for one local contract."""
    return sum(len(edits) for name, edits in item.edits.items() if name in written)


# Written with the names of the files that were written.
_PINNED = Shape(
    "PinnedDocument",
    Pins,
    "One file: how many fingerprints it stated already, and how many were written.",
    "id=overlay.id territory=territory.code",
    Key("file", str, lambda item: local_file(item.overlay)),
    "stated",
    Key("written", int, in_context=_count),
)
_PINS = Shape(
    "PinsDocument",
    Contract,
    "The local texts of a contract; `left`: files in which there was no room to write.",
    "parent=id",
    Key("contracts", Many(_PINNED), GIVEN),
    Key("left", list[str], GIVEN),
    schema="cpps.pins/1",
)


def pinned(
    parent: Contract, found: tuple[Pins, ...], written: tuple[str, ...], left: tuple[Left, ...]
) -> Answer:
    """A line for each file; `written` are those that were, `left` those with no room."""
    document = _PINS.write(
        parent,
        contracts=_PINNED.write_all(found, written),
        left=sorted(item.file for item in left),
    )
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
