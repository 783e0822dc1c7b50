"""The list of a contract's action sheets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.labels import BASIS, STATUS, axis_titles, disputed_in_words
from cpps_cli.model import ActionSheet, Basis, Contract, Retained
from cpps_cli.present.document import Answer, Block, Column, Paragraph, Section, Table
from cpps_cli.present.sections.certainty import axis_signed, legend, numbered, titled
from cpps_cli.present.shapes import Key, Many, Shape, csv_table

if TYPE_CHECKING:
    from cpps_cli.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SheetList:
    """The sheets of a contract that were asked for, and what the reader must know beside them."""

    contract: Contract
    sheets: tuple[ActionSheet, ...]
    later: Contract | None = None
    snapshot: "Snapshot | None" = None

    @property
    def announced(self) -> Retained[Any] | None:
        """How many sheets the contract is said to have."""
        return self.contract.retained("announced_sheets")


# Written with the contract.
LISTED = Shape(
    "ListedSheet",
    ActionSheet,
    "A sheet in the list; `number`, `title` and `axis` are null where unknown.",
    "number code title",
    Key("axis", int | None, in_context=lambda sheet, contract: contract.axis_number(sheet.axis)),
    "axis_code=axis status sources=cited",
    *(Key(name, list[str]) for name in ("inferred", "uncertain", "cut")),
)
_ACTION_SHEETS = Shape(
    "ActionSheetsDocument",
    SheetList,
    """`announced`: how many sheets the retained source says; `titled`: how many have a title.

    `basis` is that of a derived contract in a file of its own, null for a parent contract.
    """,
    "contract=contract.id title=contract.title",
    Key("announced", int | None, lambda asked: asked.announced and asked.announced.value),
    Key(
        "announced_disputed", bool, lambda asked: bool(asked.announced and asked.announced.disputed)
    ),
    Key("titled", int, lambda asked: sum(bool(sheet.title) for sheet in asked.contract.sheets)),
    Key("basis", Basis | None, "snapshot?.snapshot.basis"),
    Key("sheets", Many(LISTED)),
    schema="cpps.action-sheets/1",
)


def action_sheets(asked: SheetList) -> Answer:
    """The list of sheets, grouped by axis."""
    document = _ACTION_SHEETS.write(asked, asked.contract)
    blocks: list[Block] = []
    if asked.snapshot is not None:
        blocks.append(Paragraph(capital(_(BASIS[asked.snapshot.snapshot.basis])) + "."))
    if asked.sheets:
        blocks.append(_shown(asked.contract, asked.sheets))
    else:
        blocks.append(Paragraph(_("No sheet answers to this.")))
    blocks.extend(_footer(asked))
    columns = "number code title axis axis_code status sources inferred uncertain cut"
    section = Section(asked.contract.title, tuple(blocks))
    return Answer(section, csv_table(columns, document["sheets"]), document)


def _shown(contract: Contract, sheets: tuple[ActionSheet, ...]) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("status", _("Status")),
        Column("code", _("Code, if no number")),
    )
    rows = tuple(
        (
            numbered(sheet),
            titled(sheet),
            _(STATUS[sheet.status]),
            None if sheet.number else sheet.code,
        )
        for sheet in sheets
    )
    hidden = frozenset() if any(row[3] for row in rows) else frozenset({"code"})
    return Table(columns, rows, axis_titles(contract, sheets, axis_signed), hidden)


def _footer(asked: SheetList) -> list[Block]:
    contract, total = asked.contract, len(asked.contract.sheets)
    titled = sum(sheet.title is not None for sheet in contract.sheets)
    lines = [
        n_("{titled} of {total} sheet titled.", "{titled} of {total} sheets titled.", total).format(
            titled=titled, total=total
        )
    ]
    if asked.announced is not None:
        said = _("{count} announced").format(count=asked.announced.value)
        dispute = disputed_in_words(contract, "announced_sheets")
        lines.append(f"{said} ({dispute})." if dispute else f"{said}.")
    if len(asked.sheets) != total:
        shown = n_("{count} shown here.", "{count} shown here.", len(asked.sheets))
        lines.append(shown.format(count=len(asked.sheets)))
    blocks: list[Block] = [Paragraph(" ".join(lines), quiet=True)]
    if signs := legend(contract, asked.sheets):
        blocks.append(Paragraph(signs, quiet=True))
    if asked.later is not None:
        later = _("A later contract exists: {title} (`--contract {id}`).")
        said = later.format(title=asked.later.label, id=asked.later.id)
        blocks.append(Paragraph(said, quiet=True))
    return blocks
