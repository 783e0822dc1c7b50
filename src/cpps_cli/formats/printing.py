"""An answer as text in one of the formats: nothing is decided here, nothing comes from a file."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Literal, assert_never

from cpps_cli.i18n.text import CONTROL, inert
from cpps_cli.present.answer import (
    Answer,
    Block,
    Cell,
    Chart,
    Extract,
    Format,
    Heading,
    Items,
    Paragraph,
    Table,
)
from cpps_cli.present.shapes import plain

Dialect = Literal["plain", "excel"]
PLAIN_WIDTH = 80
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(answer: Answer, format: Format, dialect: Dialect = "plain") -> str:
    """The answer in `format`, ready to be written to standard output."""
    match format:
        case "table":
            return in_terminal(answer.blocks)
        case "json":
            return json_text(answer.document)
        case "csv":
            return as_csv(answer.table, dialect)
        case "markdown":
            return as_markdown(answer.blocks)
        case _:
            assert_never(format)


def json_text(document: object) -> str:
    """The document as JSON, readable, with nothing in it that a terminal would obey."""
    written = json.dumps(document, ensure_ascii=False, indent=2, default=plain) + "\n"
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def json_items(documents: Iterable[object]) -> str:
    """Documents as they stand in the list of another."""
    texts = (json_text(document).rstrip("\n") for document in documents)
    return ",\n".join(texts).replace("\n", "\n    ")


def json_around(document: object, key: str, items: Iterable[str]) -> Iterator[str]:
    """The text of a document whose list of that key, empty in it, holds these items."""
    # Inside a text of JSON no line ends: it is found nowhere else.
    before, _empty, after = json_text(document).partition(f'\n  "{key}": []')
    yield f'{before}\n  "{key}": ['
    mark, end = "\n    ", "]"
    for item in items:
        yield mark + item
        mark, end = ",\n    ", "\n  ]"
    yield end + after


def in_parts(
    empty: Answer, key: str, texts: Iterable[str], format: Format, dialect: Dialect = "plain"
) -> Iterator[str]:
    """An answer of many things as JSON or csv, as they come; `empty` is the answer without any.

    Each text is an item of the list of that key in JSON, or rows of csv.
    """
    if format == "json":
        yield from json_around(empty.document, key, texts)
    else:
        yield as_csv(empty.table, dialect)
        yield from texts


def as_csv(table: Table, dialect: Dialect = "plain") -> str:
    """Comma-separated values; `excel` is what a French Excel opens, with formulas made inert."""
    titles = Table(table.columns, (tuple(column.key for column in table.columns),))
    mark = "\ufeff" if dialect == "excel" else ""
    return mark + csv_rows(titles, dialect) + csv_rows(table, dialect)


def csv_rows(table: Table, dialect: Dialect = "plain") -> str:
    """The rows alone, without their titles."""
    out = io.StringIO()
    excel = dialect == "excel"
    writer = csv.writer(
        out, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
    )
    for row in table.rows:
        writer.writerow([_excel(cell) if excel else cell for cell in row])
    return out.getvalue()


def _excel(cell: Cell) -> Cell:
    # A text that begins like a formula would be computed when the file is opened.
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def as_markdown(blocks: tuple[Block, ...]) -> str:
    """The blocks as Markdown."""
    return "\n\n".join(filter(None, (_markdown(block) for block in blocks))) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_inline(block.text)}"
        case Paragraph():
            return f"*{_inline(block.text)}*" if block.quiet else _inline(block.text)
        case Items():
            marks = [f"{n}." if block.numbered else "-" for n in range(1, len(block.items) + 1)]
            return "\n".join(
                f"{mark} {_inline(item)}" for mark, item in zip(marks, block.items, strict=True)
            )
        case Table():
            return _markdown_table(block)
        case Chart():
            from cpps_cli.formats.terminal import chart_lines

            return inert("\n".join(["```text", *chart_lines(block, PLAIN_WIDTH), "```"]))
        case Extract():
            return f"```toml\n{inert(block.text)}\n```"
        case _:
            assert_never(block)


def _markdown_table(table: Table) -> str:
    shown = [index for index, column in enumerate(table.columns) if column.key not in table.hidden]
    lines = [
        "| " + " | ".join(_inline(table.columns[index].title) for index in shown) + " |",
        "| "
        + " | ".join("---:" if table.columns[index].right else "---" for index in shown)
        + " |",
    ]
    for number, row in enumerate(table.rows):
        if number in table.sections:
            first = f"**{_inline(table.sections[number])}**"
            lines.append("| " + " | ".join([first, *[""] * (len(shown) - 1)]) + " |")
        lines.append("| " + " | ".join(_inline(shown_cell(row[index])) for index in shown) + " |")
    return "\n".join(lines)


def _inline(text: str) -> str:
    plain = inert(text).replace("\\", "\\\\")
    return re.sub(r"([|*_`<>\[\]])", r"\\\1", plain).replace("\n", " ")


def shown_cell(cell: Cell) -> str:
    """A cell as people read it."""
    return "" if cell is None else str(cell)


def in_terminal(blocks: tuple[Block, ...]) -> str:
    """The blocks for a terminal of `COLUMNS` columns (80 where nothing says otherwise)."""
    # Rich is loaded for people only: scripts that ask for JSON do not pay for it.
    from cpps_cli.formats.terminal import drawn

    return drawn(blocks)
