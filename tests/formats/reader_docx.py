"""A Word document read back by mammoth, which goes by the names of styles and the numbers of lists.

It gives a web page, from which the summary is left out; where a link leads is told by the words
that stand there, for the bookmark between them is nobody's business.
"""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

import html5lib
import mammoth  # type: ignore[import-untyped]

from cpps_cli.present.document import Link, Outline, Section, Table, plain
from tests.formats.comparison import Heard, squeezed

_LEFT_OUT = ("TOCHeading", "TOC1", "TOC2", "TOC3", "Hint")
_PARAGRAPHS = (
    "Subtitle", "BodyText", "Caption", "TableText", "TableHead", "TableEnd", "FactName",
    "FactValue", "NoticeState", "NoticeOrigin", "NoticeUnknown", "NoticeDisputed",
)  # fmt: skip
_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        *(f"p[style-name='heading {level}'] => h{level + 1}:fresh" for level in range(1, 6)),
        *(f"p.{style} => !" for style in _LEFT_OUT),
        *(f"p.{style} => p:fresh" for style in _PARAGRAPHS),
        "r[style-name='Hyperlink'] =>",
    )
)


def page_of(document: bytes) -> Element:
    """The document as a page; fails on what mammoth does not understand."""
    made = mammoth.convert_to_html(io.BytesIO(document), style_map=_STYLES)
    assert made.messages == []
    parser: Any = html5lib.HTMLParser(namespaceHTMLElements=False)
    body: Element = parser.parse(made.value).find("body")
    return body


def read_docx(document: bytes) -> Heard:
    """What the document says; a link within it leads to `#` and the words that stand there."""
    body, heard = page_of(document), Heard()
    *said, last = body
    notes = _notes(last)
    for node in said if notes else body:
        _hear(heard, node, notes, _places(body))
    return heard


def _places(body: Element) -> dict[str, str]:
    """The words in which each bookmark stands."""
    holders = (node for node in body.iter() if node.tag in ("h2", "h3", "h4", "h5", "h6", "td"))
    return {
        place.attrib["id"]: squeezed(_text(node)) for node in holders for place in node.iter("a")
        if "id" in place.attrib
    }  # fmt: skip


def _notes(last: Element) -> dict[str, str]:
    """The footnotes, by what leads to them."""
    items = list(last.findall("li")) if last.tag == "ol" else []
    return {
        "#" + item.attrib["id"]: _text(item).removesuffix("↑")
        for item in items
        if item.get("id", "").startswith("footnote-")
    }


def _hear(heard: Heard, node: Element, notes: dict[str, str], places: dict[str, str]) -> None:
    match node.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            heard.heading(int(node.tag[1]), _text(node))
        case "li":
            heard.item(_text(node))
            _hear_links(heard, node, notes, places)
        case "p":
            heard.text(_text(node))
            _hear_links(heard, node, notes, places)
        case "table":
            heard.table([[_text(cell) for cell in row] for row in node.iter("tr")])
            _hear_links(heard, node, notes, places)
        case _:
            for child in node:
                _hear(heard, child, notes, places)


def _hear_links(heard: Heard, node: Element, notes: dict[str, str], places: dict[str, str]) -> None:
    for link in node.iter("a"):
        to = link.get("href", "")
        if to in notes:
            heard.text(notes[to])
        elif to:
            heard.link(_text(link), f"#{places[to[1:]]}" if to.startswith("#") else to)


def _text(node: Element) -> str:
    """Its text without the signs of its footnotes."""
    return "".join(_words(node))


def _words(node: Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag != "sup":
            yield from _words(child)
        yield child.tail or ""


# --- what is expected


def with_destinations(outline: Outline) -> Outline:
    """The outline, its links told as `read_docx` tells them."""
    places = dict(_named(outline))
    changed: Outline = _led(outline, places)
    return changed


def _named(part: Any) -> Iterator[tuple[str, str]]:
    match part:
        case Section(anchor=str(anchor)):
            yield anchor, part.title
        case Table(anchors=anchors) if anchors:
            for anchor, (first, *_cells) in zip(anchors, part.rows, strict=True):
                yield anchor, plain(first)
    yield from (named for inside in _inside(part) for named in _named(inside))


def _inside(part: Any) -> Iterator[Any]:
    if isinstance(part, tuple):
        yield from part


def _led(part: Any, places: dict[str, str]) -> Any:
    match part:
        case Link(to=to) if to.startswith("#"):
            return Link(part.text, f"#{squeezed(places[to[1:]])}")
        case Link():
            return Link(part.text, quote(part.to, safe="%:/?#[]@!$&'()*+,;="))
        case tuple():
            led = (_led(inside, places) for inside in part)
            return type(part)(*led) if hasattr(part, "_fields") else tuple(led)
        case _:
            return part
