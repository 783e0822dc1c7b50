"""Where values come from, line by line: for people under each value, for scripts as documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from cpps_cli.diagnostics import Place, Span
from cpps_cli.i18n.catalogue import N_, _, capital, paragraphs
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import FIELD, ORIGIN
from cpps_cli.model import Indicator, Period
from cpps_cli.present.document import Cell, Column, Items, Section
from cpps_cli.present.shapes import Json, Key, Many, Part, Shape, cell

if TYPE_CHECKING:
    from cpps_cli.engine.lines import Line
    from cpps_cli.engine.provenance import FieldProvenance

SAID: dict[str, str] = {
    **ORIGIN,
    "signed": N_("signed text"),
    "amended": N_("changed by an amendment"),
    "unrecorded": N_("origin not recorded in this file"),
}
_HEAD = ("title", "number", "axis")
Locate = Callable[[Place], Span]
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
        head = (value["field"], value["item"], str(value["value"]), value["origin"], value["rule"])
        for line in value["lines"]:
            yield (*head, line["file"], line["line"], line["version"], cell(line["sources"]))


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
