"""Writes a PDF: `pdf.typ`, a document in typst, receives as JSON what an outline says.

A standard PDF may not hold a character that no font of it can draw, such as an emoji: typst refuses
it and names it, and its number is written instead.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from string import punctuation
from typing import TYPE_CHECKING, Any, assert_never
from urllib.parse import quote

from cpps_cli.formats.chart import lines_of
from cpps_cli.formats.registry import needed
from cpps_cli.i18n.catalogue import _
from cpps_cli.present.document import (
    Block,
    Cell,
    Chart,
    Extract,
    Facts,
    Item,
    Items,
    Link,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    item_of,
    plain,
    runs,
)

if TYPE_CHECKING:
    import typst

_NAMED = re.compile(r'^error: .*?`"(.*?)"`', re.MULTILINE)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# They join or colour the sign before them, or keep a line from breaking: nobody sees them alone.
_UNSEEN = "\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_UNSEEN_ONE = re.compile(f"[{_UNSEEN}]")
# Every font of ours has the letters before; typst may name one that stands by the wrong one.
_LATIN = "\u024f"


def refused_characters(diagnostic: str) -> frozenset[str]:
    """The characters that typst's refusal names."""
    named = "".join(_NAMED.findall(diagnostic))
    characters = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named)
    return frozenset(character for character in characters if character > _LATIN)


def has_numbers(refused: frozenset[str]) -> bool:
    """Whether one of them is said by its number, and not only left unseen as it would be anyway."""
    return any(not _UNSEEN_ONE.match(character) for character in refused)


def numbered(text: str, refused: frozenset[str]) -> str:
    """The text with each run of refused characters as `[U+1F600 U+1F601]`."""
    if not refused:
        return text
    signs = re.escape("".join(sorted(refused)))
    return re.sub(f"[{signs}][{signs}{_UNSEEN}]*", _numbers, text)


def _numbers(found: re.Match[str]) -> str:
    numbers = " ".join(f"U+{ord(sign):04X}" for sign in _UNSEEN_ONE.sub("", found[0]))
    return f"[{numbers}]" if numbers else ""


_TEMPLATE = Path(__file__).with_name("pdf.typ")
Node = dict[str, Any]
DEEPEST = 6
# PDF/A bounds what a heading and its bookmark hold: a longer one is cut, and whole underneath.
LONGEST_HEADING = 500
_IN_HEADER = 56
# Characters: about a page, and what would leave most of a page empty.
_A_PAGE, _SOME_LINES = 2500, 800
# The title of a column stands on one page: it cannot go on to the next. It is ours, and short.
LONGEST_COLUMN = 200
_LONG_WORD = 30
# About how many characters of a table fit on one line, and what the sides of a cell take.
_LINE = 96
_MARGIN = 4
_PIECES = re.compile(r"\w{1,12}\W{0,12}|\W{1,12}")
_WORDS = re.compile(r"\s+|\S+")
# typst begins a new line at each and lets them vanish: who copies the text finds words in one.
_LINE_ENDS = str.maketrans("\u2028\u2029", "  ")


def pdf(outline: Outline) -> bytes:
    """The document; its characters that no font holds are written as their numbers."""
    with needed("typst"):
        import typst
    refused: frozenset[str] = frozenset()
    while True:
        try:
            document = _document(outline, some_numbered=has_numbers(refused))
            return _compiled(numbered(document, refused), outline)
        except typst.TypstError as refusal:
            more = refused_characters(refusal.diagnostic) - refused
            if not more:
                raise
            refused |= more


def _compiled(document: str, outline: Outline) -> bytes:
    standards: list[typst.PDFStandard] = ["ua-1", "a-2a"]
    made = _compiler().compile(
        input=_TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"document": document},
        pdf_standards=standards,
        timestamp=datetime.combine(outline.on, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> "typst.Compiler":
    """One for all documents, with the fonts of the package alone: a machine changes nothing."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(font_paths=fonts)


# --- what the template reads


def _document(outline: Outline, some_numbered: bool) -> str:
    name = f"{outline.title} – {outline.subtitle}"
    document = {
        "name": _cut(name, LONGEST_HEADING),
        "running": _cut(outline.title, _IN_HEADER),
        "standing": outline.standing,
        "on": [outline.on.year, outline.on.month, outline.on.day],
        "language": outline.language,
        "contents": outline.contents,
        "title": _text(_cut(outline.title, LONGEST_HEADING)),
        "whole": _whole(outline.title),
        "subtitle": _text(outline.subtitle),
        "summary": _("Contents"),
        "footer": _("page {page} of {pages}"),
        "front": list(_blocks(outline.front, 2, outline.contents)),
        "blocks": list(_chapters(outline)),
        "unshown": _unshown() if some_numbered else None,
    }
    return json.dumps(document, ensure_ascii=False).translate(_LINE_ENDS)


def _unshown() -> str:
    return _(
        "A mark such as [U+2603] stands for a character that the fonts of this document do not "
        "hold: it is the number of that character in Unicode."
    )


def _chapters(outline: Outline) -> Iterator[Node]:
    """The sections; a long one begins on a page of its own, unless little stands before it."""
    before = 0
    for chapter in outline.sections:
        length = _length(chapter.blocks)
        if outline.contents and before > _SOME_LINES and length > _A_PAGE:
            yield {"is": "page"}
        yield from _section(chapter, 2, outline.contents)
        before = length


def _section(section: Section, level: int, contents: int) -> Iterator[Node]:
    yield {
        "is": "heading",
        "level": min(level, DEEPEST),
        "title": _text(_cut(section.title, LONGEST_HEADING)),
        "short": _cut(section.title, _IN_HEADER),
        "anchor": section.anchor,
        "bookmarked": not contents or level <= contents + 1,
    }
    if whole := _whole(section.title):
        yield {"is": "paragraph", "text": whole, "note": None}
    yield from _blocks(section.blocks, level + 1, contents)


def _blocks(blocks: tuple[Block, ...], level: int, contents: int) -> Iterator[Node]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _section(block, level, contents)
        else:
            yield from _block(block)


def _whole(title: str) -> list[Node]:
    """Repeats in full a heading that had to be cut; nothing for nearly all of them."""
    return _text(title) if len(title) > LONGEST_HEADING else []


def _block(block: Paragraph | Items | Facts | Notice | Table | Chart | Extract) -> Iterator[Node]:
    match block:
        case Paragraph():
            yield {"is": "paragraph", **_noted(Item(block.text, block.note))}
        case Items():
            items = [_noted(item_of(item)) for item in block.items]
            yield {"is": "steps" if block.numbered else "list", "items": items}
        case Facts():
            facts = [
                {"term": _text(fact.term), "texts": [_text(text) for text in fact.texts]}
                for fact in block.facts
            ]
            yield {"is": "facts", "facts": facts}
        case Notice():
            label = _text(f"{block.label}.")
            yield {"is": "notice", "kind": block.kind, "label": label, "text": _text(block.text)}
        case Table():
            yield _table(block)
        case Chart() | Extract():
            yield from map(_plain_line, lines_of(block))
        case _:
            assert_never(block)


def _plain_line(words: str) -> Node:
    return {"is": "paragraph", "text": _text(words), "note": None}


def _table(table: Table) -> Node:
    titles = [_cut(column.title, LONGEST_COLUMN) for column in table.columns]
    return {
        "is": "table",
        "caption": _text(table.caption),
        "titles": [_text(title) for title in titles],
        "widths": _widths(table),
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "anchors": [anchor for _row, anchor in table.anchored],
    }


def _widths(table: Table) -> list[int]:
    """Shares of the page, in characters: a word of each column, and more where sentences stand."""
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        texts = [column.title, *(plain(row[at]) for row in table.rows)]
        word = max((len(word) for text in texts for word in text.split()), default=0)
        least.append(min(word, 16) + _MARGIN)
        wanted.append(min(max(map(len, texts)), 60 if column.wide else 20) + _MARGIN)
    more = [max(0, want - have) for want, have in zip(wanted, least, strict=True)]
    left = max(0, _LINE - sum(least))
    return [
        have + left * extra // max(1, sum(more)) for have, extra in zip(least, more, strict=True)
    ]


def _noted(block: Item) -> Node:
    note = None if block.note is None else _text(block.note)
    under = [_text(text) for text in block.under]
    return {"text": _text(block.text), "note": note, "under": under, "steps": block.numbered}


def _text(text: Cell) -> list[Node]:
    return [
        {"pieces": _pieces(run.text), "to": quote(run.to, safe=punctuation)}
        if isinstance(run, Link)
        else {"pieces": _pieces(run), "to": ""}
        for run in runs(text)
    ]


def _pieces(words: str) -> list[str]:
    """The words in one piece, save where a long one has to go on to the next line."""
    if max(map(len, words.split()), default=0) <= _LONG_WORD:
        return [words]
    return [
        piece
        for word in _WORDS.findall(words)
        for piece in (_PIECES.findall(word) if len(word) > _LONG_WORD else [word])
    ]


def _length(blocks: tuple[Block, ...]) -> int:
    """About how many characters these blocks hold."""
    return len(json.dumps(list(_blocks(blocks, 3, 0)), ensure_ascii=False)) // 2


def _cut(words: str, longest: int) -> str:
    if len(words) <= longest:
        return words
    start = words[: longest - 1]
    return f"{start.rsplit(' ', 1)[0].rstrip()}…"
