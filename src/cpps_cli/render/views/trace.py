"""Where each value of a sheet, or of a contract itself, comes from."""

from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from cpps_cli.derive.provenance import Account
from cpps_cli.model import ActionSheet, Contract
from cpps_cli.render.answer import Answer, Block, Column, Heading, Paragraph, Table
from cpps_cli.render.views.provenance import (
    COLUMNS,
    Locate,
    ValueDocument,
    account_blocks,
    value_documents,
    value_rows,
)
from cpps_cli.words.catalogue import _

SCHEMA: Final = "cpps.trace/1"


class TraceDocument(TypedDict):
    """Each value of a sheet, or of a contract itself, with the lines that hold it.

    `sheet` is null where the contract itself was asked. `version`: that of the contract, `signed`
    or the id of an amendment; of a local contract, its own, null where no text is known.
    """

    schema: Literal["cpps.trace/1"]
    contract: str
    sheet: str | None
    version: str | None
    parent_version: str
    values: list[ValueDocument]


@dataclass(frozen=True, slots=True)
class Traced:
    """A contract or one of its sheets, the accounts of its values, and the versions behind them.

    `alone`: in a file that stands alone, where the origin of single values is not recorded.
    """

    contract: Contract
    sheet: ActionSheet | None
    version: str | None
    parent_version: str
    accounts: tuple[Account, ...]
    alone: bool = False


def trace(traced: Traced, locate: Locate) -> Answer:
    """The values of a sheet or of a contract, each with its origin and its lines."""
    values = value_documents(traced.accounts, locate)
    sheet = traced.sheet
    document: TraceDocument = {
        "schema": SCHEMA,
        "contract": traced.contract.id,
        "sheet": sheet.code if sheet else None,
        "version": traced.version,
        "parent_version": traced.parent_version,
        "values": values,
    }
    blocks: list[Block] = [Heading(traced.contract.label)]
    if sheet is not None:
        name = " ".join(filter(None, [sheet.number, sheet.title or sheet.code]))
        blocks = [Heading(name), Paragraph(traced.contract.label, quiet=True)]
    if traced.alone:
        blocks.append(Paragraph(alone()))
    blocks.extend(account_blocks(traced.accounts, locate))
    if not values:
        blocks.append(Paragraph(_("It holds no value.")))
    return Answer(tuple(blocks), _exported(traced, values), document)


def alone() -> str:
    """What a file that stands alone cannot say."""
    return _(
        "This file stands alone: it says where each sheet comes from, not each value. Ask the "
        "library that it was derived from."
    )


def _exported(traced: Traced, values: list[ValueDocument]) -> Table:
    named = (traced.contract.id, traced.sheet.code if traced.sheet else None)
    columns = (Column("contract", "contract"), Column("sheet", "sheet"), *COLUMNS)
    return Table(columns, tuple((*named, *row) for row in value_rows(values)))
