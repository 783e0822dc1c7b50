"""Where each value of a sheet comes from, line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from cpps_cli.derive.provenance import Account, Line
from cpps_cli.diagnostics import Place, Span
from cpps_cli.model import ActionSheet, Contract
from cpps_cli.render.answer import Answer, Block, Column, Heading, Items, Paragraph, Table
from cpps_cli.store.layout import plain_value
from cpps_cli.words.catalogue import N_, _, capital
from cpps_cli.words.phrases import FIELD, ORIGIN
from cpps_cli.words.plain import paragraphs

SCHEMA: Final = "cpps.trace/1"
SAID: dict[str, str] = {
    **ORIGIN,
    "signed": N_("signed text"),
    "amended": N_("amended"),
}
Locate = Callable[[Place], Span]


class LineDocument(TypedDict):
    """A line that holds the value; `version`: signed, the id of an amendment, or local."""

    file: str
    line: int
    column: int
    version: str
    sources: list[str]


class ValueDocument(TypedDict):
    """A value, or an item of a list. `rule`: why it stands on several lines, else null."""

    field: str
    item: int | None
    value: object
    origin: str
    rule: str | None
    lines: list[LineDocument]


class TraceDocument(TypedDict):
    """Each value of a sheet with the lines that hold it."""

    schema: Literal["cpps.trace/1"]
    contract: str
    sheet: str
    parent_version: str
    values: list[ValueDocument]


@dataclass(frozen=True, slots=True)
class Traced:
    """A sheet of a contract, the accounts of its values, and the parent's version behind them."""

    contract: Contract
    sheet: ActionSheet
    parent_version: str
    accounts: tuple[Account, ...]


def trace(traced: Traced, locate: Locate) -> Answer:
    """The values of a sheet, each with its origin and its lines."""
    values = [value_document(account, locate) for account in traced.accounts]
    document: TraceDocument = {
        "schema": SCHEMA,
        "contract": traced.contract.id,
        "sheet": traced.sheet.code,
        "parent_version": traced.parent_version,
        "values": values,
    }
    name = " ".join(filter(None, [traced.sheet.number, traced.sheet.title or traced.sheet.code]))
    blocks: list[Block] = [Heading(name), Paragraph(traced.contract.label, quiet=True)]
    for field in dict.fromkeys(value["field"] for value in values):
        told = tuple(_told(value) for value in values if value["field"] == field)
        blocks += [Heading(capital(_(FIELD[field])), level=2), Items(told)]
    if not values:
        blocks.append(Paragraph(_("It holds no value.")))
    return Answer(tuple(blocks), _exported(traced, values), document)


def value_document(account: Account, locate: Locate) -> ValueDocument:
    """One value as it stands in documents."""
    return {
        "field": account.field,
        "item": account.item,
        "value": plain_value(account.value),
        "origin": account.origin,
        "rule": account.rule,
        "lines": [_line(line, locate) for line in account.lines],
    }


def _line(line: Line, locate: Locate) -> LineDocument:
    span = locate(line.place)
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "version": line.version,
        "sources": list(line.sources),
    }


def _told(value: ValueDocument) -> str:
    words = value["value"]
    shown = str(words["title"]) if isinstance(words, dict) else str(words)
    joined = _(", several texts put together") if value["rule"] == "joined" else ""
    said = f"[{_(SAID[value['origin']])}{joined}]"
    return "\n".join([*paragraphs(shown), said, *map(_place_told, value["lines"])])


def _place_told(line: LineDocument) -> str:
    sources = f" [{', '.join(line['sources'])}]" if line["sources"] else ""
    return f"{line['file']}:{line['line']} ({_version(line)}){sources}"


def _version(line: LineDocument) -> str:
    match line["version"]:
        case "signed":
            return _("signed text")
        case "local":
            return _("local text")
        case amendment:
            return amendment


def _exported(traced: Traced, values: list[ValueDocument]) -> Table:
    keys = ("contract", "sheet", "field", "item", "value", "origin", "rule")
    columns = tuple(Column(key, key) for key in (*keys, "file", "line", "version", "sources"))
    rows = tuple(
        (
            traced.contract.id,
            traced.sheet.code,
            value["field"],
            value["item"],
            str(value["value"]),
            value["origin"],
            value["rule"],
            line["file"],
            line["line"],
            line["version"],
            " ".join(line["sources"]),
        )
        for value in values
        for line in value["lines"]
    )
    return Table(columns, rows)
