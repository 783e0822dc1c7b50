r"""A tree of sections as Markdown: CommonMark with the tables of GitHub, readable as it stands.

What comes from data is text and nothing else: whatever could be a mark is escaped with `\`.
"""

import re
from collections.abc import Iterator
from typing import assert_never

from cpps_cli.formats.chart import lines_of
from cpps_cli.i18n.catalogue import _, inert
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
    made_inert,
    plain,
    runs,
    summary,
)

DEEPEST = 6
_MARKS = re.compile(r"([\\`*_\[\]<>|~#$])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What would begin a list or underline a heading, at the start of a line.
_AT_START = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)](?:\s|$)))")


def section_text(section: Section) -> str:
    """Writes a section, its title at level 1."""
    return "\n\n".join(_block(made_inert(section), 1)) + "\n"


def markdown(outline: Outline) -> bytes:
    """Writes a document in UTF-8."""
    return ("\n\n".join(_document(outline)) + "\n").encode()


def _document(outline: Outline) -> Iterator[str]:
    yield f"# {_escaped(outline.title)}"
    yield f"**{_escaped(outline.subtitle)}**"
    yield from _blocks(outline.front, 2)
    if outline.contents:
        yield f"## {_escaped(_('Contents'))}"
        yield "\n".join(_contents(outline))
    yield from _blocks(outline.sections, 2)


def _contents(outline: Outline) -> Iterator[str]:
    for depth, section in summary(outline):
        link = Link(section.title, f"#{section.anchor}") if section.anchor else section.title
        yield f"{'  ' * (depth - 1)}- {_line((link,))}"


def _blocks(blocks: tuple[Block, ...] | tuple[Section, ...], level: int) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Section():
            yield f"{'#' * min(level, DEEPEST)} {_escaped(block.title)}{_anchor(block.anchor)}"
            yield from _blocks(block.blocks, level + 1)
        case Paragraph():
            line = _line(block.text) + _note(block.note)
            yield f"*{line}*" if block.quiet else line
        case Items():
            marks = [f"{n}." if block.numbered else "-" for n in range(1, len(block.items) + 1)]
            items = zip(marks, map(item_of, block.items), strict=True)
            yield "\n".join(line for mark, item in items for line in _item(mark, item))
        case Facts():
            yield "\n".join(line for fact in block.facts for line in _fact(fact))
        case Notice():
            yield f"> **{_escaped(block.label)}.** {_inline(block.text)}"
        case Table():
            if block.caption:
                yield f"**{_escaped(block.caption)}**"
            yield "\n".join(_rows(block))
        case Chart() | Extract():
            kind, lines = "text" if isinstance(block, Chart) else "toml", "\n".join(lines_of(block))
            yield f"```{kind}\n{inert(lines)}\n```"
        case _:
            assert_never(block)


def _item(mark: str, item: Item) -> Iterator[str]:
    yield f"{mark} {_line(item.text)}{_note(item.note)}"
    for number, text in enumerate(item.under, 1):
        yield f"{' ' * len(mark)} {f'{number}.' if item.numbered else '-'} {_line(text)}"


def _fact(fact: Fact) -> Iterator[str]:
    term = f"**{_escaped(fact.term)}**"
    match fact.texts:
        case (only,):
            yield "- " + _("{term}: {text}").format(term=term, text=_inline(only))
        case several:
            yield f"- {term}"
            yield from (f"  - {_line(text)}" for text in several)


def _rows(table: Table) -> Iterator[str]:
    columns = [table.columns[at] for at in table.shown]
    yield _row([_escaped(column.title) for column in columns])
    yield _row(["---:" if column.right else "---" for column in columns])
    for number, (row, anchor) in enumerate(table.anchored):
        if number in table.sections:
            yield _row([f"**{_escaped(table.sections[number])}**", *[""] * (len(columns) - 1)])
        first, *cells = (_inline(row[at]) for at in table.shown)
        yield _row([first + _anchor(anchor), *cells])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _note(note: str | None) -> str:
    return f" *({_escaped(note)})*" if note else ""


def _anchor(name: str | None) -> str:
    """A place that links lead to. The name is ours: a code, or the id of a source."""
    return f' <a id="{name}"></a>' if name else ""


def _line(text: Text) -> str:
    """A text at the start of a line, where some signs mean more than elsewhere."""
    if not plain(text).strip():
        return "–"
    return _AT_START.sub(_defused, _inline(text))


def _defused(found: re.Match[str]) -> str:
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _inline(text: Cell) -> str:
    words = (_link(run) if isinstance(run, Link) else _escaped(run) for run in runs(text))
    return "".join(words).strip()


def _link(link: Link) -> str:
    to = _ENTITY.sub(r"\\&", link.to.replace("\\", r"\\"))
    return f"[{_escaped(link.text)}](<{to}>)"


def _escaped(words: str) -> str:
    return _ENTITY.sub(r"\\&", _MARKS.sub(r"\\\1", words.strip("\n")))
