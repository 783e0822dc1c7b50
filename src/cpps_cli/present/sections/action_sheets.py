"""The list of a contract's action sheets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypedDict

from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.contract_labels import axis_title
from cpps_cli.i18n.labels import BASIS, STATUS, disputed_in_words
from cpps_cli.model import ActionSheet, Basis, Contract, Status
from cpps_cli.present.document import (
    Answer,
    Block,
    Column,
    Paragraph,
    Section,
    Table,
)

if TYPE_CHECKING:
    from cpps_cli.model.snapshot import Snapshot

SCHEMA: Final = "cpps.action-sheets/1"


class ListedSheet(TypedDict):
    """A sheet in the list; `number`, `title` and `axis` are null where unknown."""

    number: str | None
    code: str
    title: str | None
    axis: int | None
    axis_code: str | None
    status: Status
    sources: list[str]
    inferred: list[str]
    uncertain: list[str]
    cut: list[str]


class ActionSheetsDocument(TypedDict):
    """`announced`: how many sheets the retained source says; `titled`: how many have a title.

    `basis` is that of a derived contract in a file of its own, null for a parent contract.
    """

    schema: Literal["cpps.action-sheets/1"]
    contract: str
    title: str
    announced: int | None
    announced_disputed: bool
    titled: int
    basis: Basis | None
    sheets: list[ListedSheet]


@dataclass(frozen=True, slots=True)
class SheetList:
    """The sheets of a contract that were asked for, and what the reader must know beside them."""

    contract: Contract
    sheets: tuple[ActionSheet, ...]
    later: Contract | None = None
    snapshot: "Snapshot | None" = None


def action_sheets(asked: SheetList) -> Answer:
    """The list of sheets, grouped by axis."""
    announced = asked.contract.retained("announced_sheets")
    document: ActionSheetsDocument = {
        "schema": SCHEMA,
        "contract": asked.contract.id,
        "title": asked.contract.title,
        "announced": announced.value if announced else None,
        "announced_disputed": bool(announced and announced.disputed),
        "titled": sum(sheet.title is not None for sheet in asked.contract.sheets),
        "basis": asked.snapshot.snapshot.basis if asked.snapshot else None,
        "sheets": [listed_sheet(asked.contract, sheet) for sheet in asked.sheets],
    }
    blocks: list[Block] = []
    if asked.snapshot is not None:
        blocks.append(Paragraph(capital(_(BASIS[asked.snapshot.snapshot.basis])) + "."))
    if asked.sheets:
        blocks.append(_shown(asked.contract, asked.sheets))
    else:
        blocks.append(Paragraph(_("No sheet answers to this.")))
    blocks.extend(_footer(asked))
    section = Section(asked.contract.title, tuple(blocks))
    return Answer(section, _exported(document["sheets"]), document)


def listed_sheet(contract: Contract, sheet: ActionSheet) -> ListedSheet:
    """A sheet as it stands in documents."""
    axis = contract.axis(sheet.axis)
    return {
        "number": sheet.number,
        "code": sheet.code,
        "title": sheet.title,
        "axis": axis.number if axis else None,
        "axis_code": sheet.axis,
        "status": sheet.status,
        "sources": list(sheet.sources),
        "inferred": list(sheet.inferred),
        "uncertain": list(sheet.uncertain),
        "cut": list(sheet.cut),
    }


def _shown(contract: Contract, sheets: tuple[ActionSheet, ...]) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("status", _("Status")),
        Column("code", _("Code, if no number")),
    )
    rows = tuple(
        (
            _marked(sheet, "number", sheet.number or "–"),
            _marked(sheet, "title", _marked(sheet, "axis", sheet.title or "…")),
            _(STATUS[sheet.status]),
            None if sheet.number else sheet.code,
        )
        for sheet in sheets
    )
    sections: dict[int, str] = {}
    for index, sheet in enumerate(sheets):
        if index == 0 or sheet.axis != sheets[index - 1].axis:
            sections[index] = axis_title(contract, sheet.axis)
    hidden = frozenset() if any(row[3] for row in rows) else frozenset({"code"})
    return Table(columns, rows, sections, hidden)


def _marked(sheet: ActionSheet, field: str, shown: str) -> str:
    """The value with a sign where it is not what a source says in so many words."""
    if field in sheet.uncertain:
        return f"{shown} ~"
    return f"{shown} °" if field in sheet.inferred and shown != "–" and sheet.title else shown


def _exported(sheets: list[ListedSheet]) -> Table:
    keys = ("number", "code", "title", "axis", "axis_code", "status")
    marks = ("inferred", "uncertain", "cut")
    columns = tuple(Column(key, key) for key in (*keys, "sources", *marks))
    rows = tuple(
        (
            sheet["number"],
            sheet["code"],
            sheet["title"],
            sheet["axis"],
            sheet["axis_code"],
            sheet["status"],
            " ".join(sheet["sources"]),
            " ".join(sheet["inferred"]),
            " ".join(sheet["uncertain"]),
            " ".join(sheet["cut"]),
        )
        for sheet in sheets
    )
    return Table(columns, rows)


def _footer(asked: SheetList) -> list[Block]:
    contract, total = asked.contract, len(asked.contract.sheets)
    titled = sum(sheet.title is not None for sheet in contract.sheets)
    lines = [
        n_("{titled} of {total} sheet titled.", "{titled} of {total} sheets titled.", total).format(
            titled=titled, total=total
        )
    ]
    announced = contract.retained("announced_sheets")
    if announced is not None:
        said = _("{count} announced").format(count=announced.value)
        dispute = disputed_in_words(contract, "announced_sheets")
        lines.append(f"{said} ({dispute})." if dispute else f"{said}.")
    if len(asked.sheets) != total:
        shown = n_("{count} shown here.", "{count} shown here.", len(asked.sheets))
        lines.append(shown.format(count=len(asked.sheets)))
    blocks: list[Block] = [Paragraph(" ".join(lines), quiet=True)]
    if any(sheet.inferred and sheet.title for sheet in asked.sheets):
        said = _("° number or axis read by us, stated in no source; ~ axis uncertain.")
        blocks.append(Paragraph(said, quiet=True))
    if asked.later is not None:
        later = _("A later contract exists: {title} (`--contract {id}`).")
        said = later.format(title=asked.later.label, id=asked.later.id)
        blocks.append(Paragraph(said, quiet=True))
    return blocks
