"""An HTML document read back by html5lib, which refuses what the standard calls a parse error."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from tests.formats.comparison import Heard

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def parsed(document: bytes) -> Element:
    """The page; raises on the first parse error."""
    parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Element = parser.parse(document.decode())
    return page


def read_html(document: bytes) -> Heard:
    """What the page says; its summary and the link that skips it apart."""
    heard = Heard()
    body = parsed(document).find("body")
    assert body is not None
    for child in body:
        if child.tag in ("header", "main"):
            _hear(heard, child)
    return heard


def _hear(heard: Heard, node: Element) -> None:
    match node.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            heard.heading(_HEADINGS[node.tag], _text(node))
        case "li":
            heard.item(_text(node))
            _links(heard, node)
            heard.text(_note(node))
        case "table":
            caption = node.find("caption")
            heard.text("" if caption is None else _text(caption))
            heard.table([[_text(cell) for cell in row] for row in node.iter("tr")])
            _links(heard, node)
        case "p" | "dt" | "dd":
            heard.text(_text(node))
            _links(heard, node)
            heard.text(_note(node))
        case _:
            for child in node:
                _hear(heard, child)


def _text(node: Element) -> str:
    """Its text without the note that says where it comes from."""
    return "".join(_words(node))


def _words(node: Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag != "small":
            yield from _words(child)
        yield child.tail or ""


def _note(node: Element) -> str:
    small = node.find("small")
    return "" if small is None else _text(small)


def _links(heard: Heard, node: Element) -> None:
    for link in node.iter("a"):
        heard.link(_text(link), link.get("href", ""))
