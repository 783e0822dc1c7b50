"""Where values come from: beneath each value of a sheet, or by themselves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from cpps_cli.diagnostics import Locate, Span
from cpps_cli.i18n.catalogue import N_, _, capital, paragraphs
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import FIELD, ORIGIN
from cpps_cli.model import ActionSheet, Contract, Indicator, Period
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.shapes import Json, Key, Many, Part, Shape, cell

if TYPE_CHECKING:
    from cpps_cli.engine.deletions import DeletedItem
    from cpps_cli.engine.lines import Line
    from cpps_cli.engine.provenance import FieldProvenance

SAID: dict[str, str] = {
    **ORIGIN,
    "signed": N_("signed text"),
    "amended": N_("changed by an amendment"),
    "unrecorded": N_("origin not recorded in this file"),
}
_HEAD = ("title", "number", "axis")
# What is said under a value of a sheet, by its field and its position in a list.
Under = Mapping[tuple[str, int | None], str]


class Told(NamedTuple):
    """The accounts of the values that are shown, and how their places are looked up."""

    accounts: "tuple[FieldProvenance, ...]"
    locate: Locate


SPAN = Shape("", Span, "", "file line column")
# Both are written with what looks up a place.
LINE = Shape(
    "LineDocument",
    object,
    """A line that holds the value; `version`: signed, the id of an amendment, or local.

    `contract`: whose text it is, a local contract or its parent; null where it is no contract's.
    """,
    Part(SPAN, in_context=lambda line, locate: locate(line.place)),
    *(Key("version", str), Key("contract", str | None), Key("sources", list[str])),
)
VALUE = Shape(
    "ValueDocument",
    object,
    "A value, or an item of a list. `rule`: why it stands on several lines, else null.",
    Key("field", str),
    Key("item", int | None),
    Key("value", object, lambda account: _plain(account.value)),
    Key("origin", str),
    Key("rule", str | None),
    Key("lines", Many(LINE)),
)


def _plain(value: object) -> object:
    from cpps_cli.library.toml_format import plain_value

    return plain_value(value)


def account_sections(accounts: "tuple[FieldProvenance, ...]", locate: Locate) -> Iterator[Section]:
    """Each value with its origin and its lines, field by field."""
    for field in dict.fromkeys(account.field for account in accounts):
        told = tuple(
            "\n".join((*_words(account.value), *origin_lines(account, locate)))
            for account in accounts
            if account.field == field
        )
        yield Section(capital(_(FIELD[field])), (Items(told),))


def under_values(told: Told | None) -> Under:
    """What is said under each value of a sheet: its origin and its lines; nothing unless asked."""
    if told is None:
        return {}
    return {
        (account.field, account.item): "\n".join(origin_lines(account, told.locate))
        for account in told.accounts
    }


def cited_by_values(told: Told | None) -> list[str]:
    """The ids of the sources that the lines under the values name."""
    accounts = told.accounts if told else ()
    return [name for account in accounts for line in account.lines for name in line.sources]


def place_sections(told: Told | None) -> Iterator[Section]:
    """The values that the head of a sheet shows, with where they come from."""
    heads = [item for item in told.accounts if item.field in _HEAD] if told else []
    if told and heads:
        lines = tuple("\n".join(_headed(item, told.locate)) for item in heads)
        yield Section(_("Where its title and its place come from"), (Items(lines),))


def _headed(account: "FieldProvenance", locate: Locate) -> Iterator[str]:
    field = capital(_(FIELD[account.field]))
    yield _("{field}: {change}").format(field=field, change=account.value)
    yield from origin_lines(account, locate)


def origin_lines(account: "FieldProvenance", locate: Locate) -> Iterator[str]:
    """The origin of a value, then each line that holds it, in words."""
    joined = _(", several texts put together") if account.rule == "joined" else ""
    yield f"[{_(SAID[account.origin])}{joined}]"
    for line in account.lines:
        yield line_in_words(line, locate)


def line_in_words(line: "Line", locate: Locate) -> str:
    """« …/sheets/mediation.toml:4 (texte signé) [S1] »."""
    sources = f" [{', '.join(line.sources)}]" if line.sources else ""
    span = locate(line.place)
    return f"{span.file}:{span.line} ({_version(line)}){sources}"


def value_in_line(value: object) -> str:
    """A value on one line."""
    return " ".join(_words(value))


KEYS = ("field", "item", "value", "origin", "rule", "file", "line", "version", "sources")
COLUMNS = tuple(Column(key, key) for key in KEYS)


def value_rows(values: Iterable[Json]) -> Iterator[tuple[Cell, ...]]:
    """A row of `COLUMNS` for each line that holds a value."""
    for value in values:
        told = _flat(value["value"])
        head = (value["field"], value["item"], told, value["origin"], value["rule"])
        for line in value["lines"]:
            yield (*head, line["file"], line["line"], line["version"], cell(line["sources"]))


def _flat(value: Any) -> Cell:
    """A value in one cell; of an indicator or an axis, all that is stated of it."""
    match value:
        case dict():
            stated = {key: item for key, item in value.items() if item not in (None, [], ())}
            return "; ".join(f"{key}: {_flat(item)}" for key, item in stated.items())
        case list() | tuple():
            return " | ".join(str(_flat(item)) for item in value)
        case _:
            return cell(value)


def _words(value: object) -> list[str]:
    match value:
        case Indicator():
            return [value.title]
        case Period():
            return [period_in_words(value)]
        case _:
            return paragraphs(str(value))


def _version(line: "Line") -> str:
    match line.version:
        case "signed":
            return _("signed text")
        case "local":
            return _("local text")
        case "snapshot":
            return _("derived contract")
        case amendment if line.is_local:
            return _("{version} of the local text").format(version=amendment)
        case amendment:
            return amendment


class Traced(NamedTuple):
    """A contract or one of its sheets, the accounts of its values, and the versions behind them.

    `gone`: what changes took out of its lists. `alone`: in a file that stands alone, where the
    origin of single values is not recorded.
    """

    contract: Contract
    sheet: ActionSheet | None
    version: str | None
    parent_version: str
    accounts: "tuple[FieldProvenance, ...]"
    gone: "tuple[DeletedItem, ...]" = ()
    alone: bool = False


# Both are written with what looks up a place.
_REMOVED = Shape(
    "RemovedDocument",
    object,
    "An item that a list has no longer; `by` is the line of the change that took it out.",
    Key("field", str),
    Key("value", object, lambda item: _plain(item.line.value)),
    *(Key("by", LINE, "line"), Key("reason", str | None)),
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


def _told(item: "DeletedItem", locate: Locate) -> Iterator[str]:
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
