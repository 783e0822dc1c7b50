"""The sheets that answer a question, in a contract and in each local one whose text is held."""

from collections.abc import Iterator
from typing import NamedTuple

from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.labels import ORIGIN
from cpps_cli.model import ActionSheet, Contract, DerivedSheet
from cpps_cli.model.derived import Origin
from cpps_cli.present.document import Answer, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.action_sheets import LISTED
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Part, Shape, csv_table


class FoundSheet(NamedTuple):
    """A sheet of a contract; `item` says how a local contract came by it."""

    contract: Contract
    sheet: ActionSheet
    item: DerivedSheet | None = None

    @property
    def origin(self) -> Origin | None:
        """How it came to be in a local contract; None in the parent."""
        return self.item.origin if self.item else None

    @property
    def answers(self) -> tuple[str, ...] | None:
        """The parent's sheets that it answers; None where that is not known, or no question."""
        return self.item.answers if self.item else None


# Written with its contract.
FOUND = Shape(
    "FoundSheet",
    FoundSheet,
    "A sheet, and the contract that has it; `origin` and `from` are null in the parent.",
    "contract=contract.id territory=contract.territory label=contract.label",
    "origin from=answers",
    Part(LISTED, "sheet"),
    "lead=sheet.lead partners=sheet.partners places=sheet.places",
)
_EVERYWHERE = Shape(
    "SheetsEverywhereDocument",
    Contract,
    "The sheets that answer the question, of a contract and of its local contracts.",
    "contract=id title",
    Key("sheets", Many(FOUND), GIVEN),
    schema="cpps.sheets-everywhere/1",
)
_COLUMNS = (
    "contract territory label origin from number code title axis axis_code status lead partners "
    "places sources inferred uncertain cut"
)


def sheets_everywhere(parent: Contract, found: list[Json]) -> Answer:
    """Lists them, contract by contract; `found` are their documents."""
    document = _EVERYWHERE.write(parent, sheets=found)
    joined = ({**item, **_joined(item)} for item in found)
    foot = (Paragraph(_sum(found), quiet=True),) if found else ()
    section = Section(parent.title, (_shown(found), *foot))
    return Answer(section, csv_table(_COLUMNS, joined), document)


def _joined(item: Json) -> Json:
    """The lists that hold sentences, in one cell each."""
    return {key: " | ".join(item[key]) or None for key in ("partners", "places")}


def _shown(found: list[Json]) -> Table | Paragraph:
    if not found:
        return Paragraph(_("No sheet answers to this."))
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("origin", _("Origin")),
        Column("lead", _("Lead"), wide=True),
    )
    rows: list[tuple[Cell, ...]] = []
    sections: dict[int, str] = {}
    before = None
    for item in found:
        if item["contract"] != before:
            sections[len(rows)] = before = item["contract"]
            sections[len(rows)] = item["label"]
        rows.append(tuple(_cells(item)))
    hidden = frozenset() if any(item["lead"] for item in found) else frozenset({"lead"})
    return Table(columns, tuple(rows), sections, hidden)


def _cells(item: Json) -> Iterator[Cell]:
    yield item["number"] or "–"
    yield item["title"] or f"… ({item['code']})"
    yield _(ORIGIN[item["origin"]]) if item["origin"] else None
    yield item["lead"]


def _sum(found: list[Json]) -> str:
    contracts = len({item["contract"] for item in found})
    sheets = n_("{count} sheet", "{count} sheets", len(found)).format(count=len(found))
    said = n_("{sheets} in {count} contract.", "{sheets} in {count} contracts.", contracts)
    return said.format(sheets=sheets, count=contracts)
