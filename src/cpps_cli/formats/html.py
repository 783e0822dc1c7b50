"""Writes an HTML document: one file with its look, `html.css`, on a screen and on paper.

Every pair of colours has a contrast of 4.5 at least; no fact is said by colour alone.
"""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import NewType, assert_never

from cpps_cli.formats.chart import lines_of
from cpps_cli.i18n.catalogue import _
from cpps_cli.present.document import (
    Block,
    Cell,
    Chart,
    Extract,
    Fact,
    Facts,
    Item,
    Items,
    Link,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    Text,
    item_of,
    runs,
)

STYLE = Path(__file__).with_name("html.css").read_text("utf-8")
DEEPEST = 6
Markup = NewType("Markup", str)
_NOTHING = Markup("")
_VOID = frozenset({"meta"})


def html(outline: Outline) -> bytes:
    """The document as UTF-8."""
    page = _tag("html", _joined((_head(outline), _body(outline))), lang=outline.language)
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(outline: Outline) -> Markup:
    parts = (
        _tag("meta", charset="utf-8"),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("meta", name="color-scheme", content="light dark"),
        _tag("title", _text(f"{outline.title} – {outline.subtitle}")),
        _tag("style", Markup(f"\n{STYLE}{_running(outline.standing)}")),
    )
    return _tag("head", _joined(parts))


def _running(standing: str) -> str:
    """What stands above each page on paper: words of ours alone, which nothing has to escape."""
    return f'@page {{ @top-center {{ content: "{standing}"; }} }}\n' if standing else ""


def _body(outline: Outline) -> Markup:
    skip = _tag("a", _text(_("Skip to the text")), href="#texte", class_="skip")
    front = (
        _tag("h1", _text(outline.title)),
        _tag("p", _text(outline.subtitle), class_="subtitle"),
        *_blocks(outline.front, 2),
    )
    parts = [skip, _tag("header", _joined(front))]
    if outline.contents:
        parts.append(_contents(outline))
    main = _joined(_blocks(outline.sections, 2))
    parts.append(_tag("main", main, id="texte", tabindex="-1"))
    return _tag("body", _joined(parts))


def _contents(outline: Outline) -> Markup:
    heading = _tag("h2", _text(_("Contents")), id="sommaire")
    listed = _listed(outline.sections, outline.contents)
    return _tag("nav", _joined((heading, listed)), aria_labelledby="sommaire")


def _listed(blocks: tuple[Block, ...] | tuple[Section, ...], levels: int) -> Markup:
    """The sections as nested lists, down to so many levels."""
    sections = [block for block in blocks if isinstance(block, Section)]
    if not sections or not levels:
        return _NOTHING
    lines = (
        _tag("li", _joined((_linked(section), _listed(section.blocks, levels - 1))))
        for section in sections
    )
    return _tag("ul", _joined(lines))


def _linked(section: Section) -> Markup:
    words = _text(section.title)
    return _tag("a", words, href=f"#{section.anchor}") if section.anchor else words


def _blocks(blocks: tuple[Block, ...] | tuple[Section, ...], level: int) -> Iterator[Markup]:
    for block in blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[Markup]:
    match block:
        case Section():
            heading = _tag(f"h{min(level, DEEPEST)}", _text(block.title))
            inside = _joined((heading, *_blocks(block.blocks, level + 1)))
            yield _tag("section", inside, id=block.anchor)
        case Paragraph():
            yield _tag("p", _noted(block.text, block.note))
        case Items():
            yield _tag("ol" if block.numbered else "ul", _joined(map(_item, block.items)))
        case Facts():
            yield _tag("dl", _joined(_fact(fact) for fact in block.facts))
        case Notice():
            label = _tag("strong", _text(f"{block.label}."))
            words = _joined((label, _text(" "), _runs(block.text)))
            yield _tag("p", words, class_=f"notice {block.kind}")
        case Table():
            yield _table(block)
        case Chart() | Extract():
            yield _tag("pre", _text("\n".join(lines_of(block))))
        case _:
            assert_never(block)


def _item(line: Item | Text) -> Markup:
    item = item_of(line)
    words = _noted(item.text, item.note)
    if item.under:
        under = _joined(_tag("li", _text(text)) for text in item.under)
        words = _joined((words, _tag("ol" if item.numbered else "ul", under)))
    return _tag("li", words)


def _fact(fact: Fact) -> Markup:
    texts = (_tag("dd", _runs(text)) for text in fact.texts)
    return _tag("div", _joined((_tag("dt", _text(fact.term)), *texts)))


def _table(table: Table) -> Markup:
    """A table. On a narrow screen each row becomes a card, and the roles keep saying what it is."""
    titles = [column.title for column in table.columns]
    heads = (_tag("th", _text(title), scope="col", role="columnheader") for title in titles)
    rows = (_row(row, titles, anchor) for row, anchor in table.anchored)
    parts = (
        _tag("caption", _text(table.caption)),
        _tag("thead", _tag("tr", _joined(heads), role="row"), role="rowgroup"),
        _tag("tbody", _joined(rows), role="rowgroup"),
    )
    return _tag("table", _joined(parts), role="table")


def _row(row: tuple[Cell, ...], titles: list[str], anchor: str | None) -> Markup:
    first, *rest = row
    head = _tag("th", _runs(first), scope="row", role="rowheader", data_label=titles[0])
    cells = (
        _tag("td", _runs(cell), role="cell", data_label=title)
        for cell, title in zip(rest, titles[1:], strict=True)
    )
    return _tag("tr", _joined((head, *cells)), role="row", id=anchor)


def _noted(text: Text, note: str | None) -> Markup:
    if note is None:
        return _runs(text)
    return _joined((_runs(text), _text(" "), _tag("small", _text(note))))


def _runs(text: Cell) -> Markup:
    return _joined(
        _tag("a", _text(run.text), href=run.to) if isinstance(run, Link) else _text(run)
        for run in runs(text)
    )


# --- markup


def _text(words: str) -> Markup:
    return Markup(escape(words))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))


def _tag(name: str, inside: Markup = _NOTHING, /, **attributes: str | None) -> Markup:
    """An element; `class_` is its class, `data_label` its data-label; None is no attribute."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{inside}</{name}>")
