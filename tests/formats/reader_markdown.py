"""A Markdown document read back by markdown-it: CommonMark, with the tables of GitHub."""

import re

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from cpps_cli.i18n.catalogue import _, speaking
from tests.formats.comparison import Heard

_ANCHOR = re.compile(r'<a id="[A-Za-z0-9._-]+">|</a>')


def parsed(document: bytes) -> Node:
    """The blocks of the document."""
    return Node(MarkdownIt("commonmark").enable("table").parse(document.decode()))


def read_markdown(document: bytes) -> Heard:
    """What the document says, its summary apart; every document under test is in French."""
    heard = Heard()
    with speaking("fr"):
        contents = _("Contents")
    in_contents = False
    for node in parsed(document).children:
        if node.type == "heading":
            in_contents = node.tag == "h2" and _text(node) == contents
        if not in_contents:
            _hear(heard, node)
    return heard


def _hear(heard: Heard, node: Node) -> None:
    match node.type:
        case "heading":
            heard.heading(int(node.tag[1]), _text(node))
        case "bullet_list" | "ordered_list":
            for item in node.children:
                _hear_item(heard, item)
        case "table":
            heard.table(
                [
                    [_text(cell) for cell in row.children]
                    for part in node.children
                    for row in part.children
                ]
            )
            _links(heard, node)
        case "blockquote":
            for child in node.children:
                _hear(heard, child)
        case "paragraph":
            heard.text(_text(node))
            heard.text(_note(node))
            _links(heard, node)
        case other:
            raise AssertionError(f"{other} in the document: {node.content[:80]!r}")


def _hear_item(heard: Heard, item: Node) -> None:
    runs = item.children[0].children[0].children
    first = next(run for run in runs if run.type != "text" or run.content)
    if first.type == "strong":  # a fact: its term, then its values
        for line in item.walk():
            if line.type == "inline":
                heard.text(_text(line))
        _links(heard, item)
        return
    [paragraph] = item.children
    heard.item(_text(paragraph))
    heard.text(_note(paragraph))
    _links(heard, item)


def _text(node: Node) -> str:
    """Its text, without anchors and without the note that says where it comes from."""
    return "".join(_words(node))


def _words(node: Node) -> list[str]:
    match node.type:
        case "text":
            return [node.content]
        case "html_inline":
            assert _ANCHOR.fullmatch(node.content), node.content
            return []
        case "em":
            return []
        case "softbreak" | "hardbreak" | "code_inline" | "image":
            raise AssertionError(f"{node.type} in a line")
        case _:
            return [word for child in node.children for word in _words(child)]


def _note(node: Node) -> str:
    return "".join(
        "".join(word for child in part.children for word in _words(child))
        for part in node.walk()
        if part.type == "em"
    )


def _links(heard: Heard, node: Node) -> None:
    for link in node.walk():
        if link.type == "link":
            heard.link(_text(link), str(link.attrs["href"]))
