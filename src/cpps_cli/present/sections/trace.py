"""Where each value of a sheet, or of a contract itself, comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from cpps_cli.engine.deletions import DeletedItem
from cpps_cli.engine.provenance import FieldProvenance
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import FIELD
from cpps_cli.library.toml_format import plain_value
from cpps_cli.model import ActionSheet, Contract
from cpps_cli.present.document import Answer, Block, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.provenance import (
    COLUMNS,
    LINE,
    VALUE,
    Locate,
    account_sections,
    line_in_words,
    value_in_line,
    value_rows,
)
from cpps_cli.present.shapes import Json, Key, Many, Shape


@dataclass(frozen=True, slots=True)
class Traced:
    """A contract or one of its sheets, the accounts of its values, and the versions behind them.

    `gone`: what changes took out of its lists. `alone`: in a file that stands alone, where the
    origin of single values is not recorded.
    """

    contract: Contract
    sheet: ActionSheet | None
    version: str | None
    parent_version: str
    accounts: tuple[FieldProvenance, ...]
    gone: tuple[DeletedItem, ...] = ()
    alone: bool = False


# Both are written with what looks up a place.
_REMOVED = Shape(
    "RemovedDocument",
    DeletedItem,
    "An item that a list has no longer; `by` is the line of the change that took it out.",
    "field",
    Key("value", object, lambda item: plain_value(item.line.value)),
    Key("by", LINE, "line"),
    "reason",
)
_TRACE = Shape(
    "TraceDocument",
    Traced,
    """Each value of a sheet, or of a contract itself, with the lines that hold it.

    `sheet` is null where the contract itself was asked. `version`: that of the contract, `signed`
    or the id of an amendment; of a local contract, its own, null where no text is known.
    `removed`: what changes took out of its lists.
    """,
    "contract=contract.id sheet=sheet?.code version parent_version",
    Key("values", Many(VALUE), "accounts"),
    Key("removed", Many(_REMOVED), "gone"),
    schema="cpps.trace/1",
)


def trace(traced: Traced, locate: Locate) -> Answer:
    """The values of a sheet or of a contract, each with its origin and its lines."""
    sheet, document = traced.sheet, _TRACE.write(traced, locate)
    title = traced.contract.label
    if sheet is not None:
        title = " ".join(filter(None, [sheet.number, sheet.title or sheet.code]))
    section = Section(title, tuple(_blocks(traced, locate)))
    return Answer(section, _exported(document), document)


def _blocks(traced: Traced, locate: Locate) -> Iterator[Block]:
    if traced.sheet is not None:
        yield Paragraph(traced.contract.label, quiet=True)
    if traced.alone:
        yield Paragraph(alone())
    yield from account_sections(traced.accounts, locate)
    if traced.gone:
        lines = tuple("\n".join(_told(item, locate)) for item in traced.gone)
        yield Section(_("Taken out of its lists"), (Items(lines),))
    if not traced.accounts:
        yield Paragraph(_("It holds no value."))


def _told(item: DeletedItem, locate: Locate) -> Iterator[str]:
    """« Moyens : … », then the line that took it out, and why."""
    field = capital(_(FIELD[item.field]))
    yield _("{field}: {text}").format(field=field, text=value_in_line(item.line.value))
    yield _("removed by {line}").format(line=line_in_words(item.line, locate))
    if item.reason:
        yield _("Reason: {reason}").format(reason=item.reason)


def alone() -> str:
    """What a file that stands alone cannot say."""
    return _(
        "This file stands alone: it says where each sheet comes from, not each value. Ask the "
        "library that it was derived from."
    )


def _exported(document: Json) -> Table:
    """The values, then what was taken out: by the line named, with the reason of its change."""
    named = (document["contract"], document["sheet"])
    columns = (Column("contract", "contract"), Column("sheet", "sheet"), *COLUMNS)
    held = [(row, None) for row in value_rows(document["values"])]
    gone = [
        (row, item["reason"])
        for item in document["removed"]
        for row in value_rows([_as_value(item)])
    ]
    rows = tuple((*named, *row, reason) for row, reason in (*held, *gone))
    return Table((*columns, Column("reason", "reason")), rows)


def _as_value(item: Json) -> Json:
    """A row has the same columns, and the word `removed` in that of its origin."""
    return {
        "field": item["field"],
        "item": None,
        "value": item["value"],
        "origin": "removed",
        "rule": None,
        "lines": [item["by"]],
    }
