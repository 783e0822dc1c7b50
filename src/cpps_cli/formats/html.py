"""The look of an HTML document: on a screen by day and night, on a phone, on paper.

Every pair of colours has a contrast of 4.5 at least; no fact is said by colour alone.
"""

from collections.abc import Iterable, Iterator
from html import escape
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

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c1d21; --soft: #50535c; --line: #c9ccd4;
  --tint: #f2f4f8; --accent: #0b4a86; --state: #8a2f00; --unknown: #5a4700; --disputed: #7a1f5c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171c; --ink: #e9eaee; --soft: #b3b7c2; --line: #454a56;
    --tint: #20242c; --accent: #8fc3ff; --state: #ffb38a; --unknown: #f0d48a; --disputed: #f3a9d6;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 0 1rem 4rem; max-width: 52rem; overflow-wrap: anywhere;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, main:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline-offset: 0.5rem; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--paper); }
.skip:focus { left: 1rem; top: 0.5rem; }
header { margin: 3rem 0 2rem; padding-bottom: 1.5rem; border-bottom: 3px solid var(--accent); }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; hyphens: auto; }
h1 { font-size: 2rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; }
h3 {
  font-size: 1.2rem; margin: 2.5rem 0 0.75rem; padding-top: 1rem;
  border-top: 1px solid var(--line);
}
h4 { font-size: 1rem; margin: 1.5rem 0 0.4rem; color: var(--accent); }
h5, h6 { font-size: 1rem; margin: 1rem 0 0.4rem; }
.subtitle { font-size: 1.25rem; color: var(--soft); margin: 0 0 1.5rem; }
p, ul, ol, dl { margin: 0 0 0.9rem; }
ul, ol { padding-left: 1.4rem; }
li { margin: 0.2rem 0; }
nav ul { list-style: none; padding-left: 0; }
nav ul ul { padding-left: 1.25rem; }
dl > div { display: grid; grid-template-columns: 11rem 1fr; column-gap: 1rem; margin: 0 0 0.5rem; }
dt { font-weight: 600; grid-column: 1; }
dd { margin: 0; grid-column: 2; }
small { display: block; font-size: 0.85rem; color: var(--soft); }
.notice { padding: 0.6rem 0.9rem; background: var(--tint); border-left: 4px solid var(--accent); }
.notice strong { color: var(--accent); }
.notice.state { border-color: var(--state); }
.notice.state strong { color: var(--state); }
.notice.unknown { border-color: var(--unknown); }
.notice.unknown strong { color: var(--unknown); }
.notice.disputed { border-color: var(--disputed); }
.notice.disputed strong { color: var(--disputed); }
table { width: 100%; border-collapse: collapse; margin: 0 0 1.25rem; font-size: 0.95rem; }
caption { text-align: left; font-weight: 600; padding: 0.4rem 0; }
th, td {
  text-align: left; vertical-align: top; padding: 0.4rem 0.6rem;
  border: 1px solid var(--line);
}
thead th { background: var(--tint); }
tbody th { font-weight: 600; }
th, tbody th { overflow-wrap: normal; }
@media screen and (max-width: 44rem) {
  h1 { font-size: 1.6rem; }
  dl > div { display: block; }
  table, caption, tbody, tr, th, td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { margin: 0 0 0.9rem; border: 1px solid var(--line); border-left: 4px solid var(--line); }
  th, td { border: 0; padding: 0.3rem 0.7rem; overflow-wrap: anywhere; }
  tbody th::before, td::before {
    content: attr(data-label); display: block;
    font-size: 0.8rem; font-weight: 400; color: var(--soft);
  }
}
@media print {
  @page { margin: 2cm; }
  :root {
    --paper: #ffffff; --ink: #000000; --soft: #333333; --line: #999999; --tint: #f2f2f2;
    --accent: #000000; --state: #000000; --unknown: #000000; --disputed: #000000;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .skip { display: none; }
  nav, main > section { break-before: page; }
  h1, h2, h3, h4, h5, h6, caption { break-after: avoid; }
  tr, .notice, li { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


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
        _tag("style", Markup(STYLE)),
    )
    return _tag("head", _joined(parts))


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
            items = (_tag("li", _noted(item.text, item.note)) for item in map(item_of, block.items))
            yield _tag("ol" if block.numbered else "ul", _joined(items))
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


def _fact(fact: Fact) -> Markup:
    texts = (_tag("dd", _runs(text)) for text in fact.texts)
    return _tag("div", _joined((_tag("dt", _text(fact.term)), *texts)))


def _table(table: Table) -> Markup:
    """A table. On a narrow screen each row becomes a card, and the roles keep saying what it is."""
    titles = [column.title for column in table.columns]
    heads = (_tag("th", _text(title), scope="col", role="columnheader") for title in titles)
    anchors = table.anchors or (None,) * len(table.rows)
    rows = (_row(row, titles, anchor) for row, anchor in zip(table.rows, anchors, strict=True))
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
