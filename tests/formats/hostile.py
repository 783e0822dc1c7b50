"""Texts that a format might obey instead of showing, and an outline that holds them everywhere."""

from datetime import date

from cpps_cli.present.document import (
    Block,
    Column,
    Fact,
    Facts,
    Item,
    Items,
    Notice,
    Outline,
    Paragraph,
    Section,
    Table,
    made_inert,
)

HOSTILE: dict[str, str] = {
    "rich": "[bold red]rouge[/bold red] [link=https://example.org]ici[/link]",
    "ansi": "\x1b[31mrouge\x1b[0m \x1b]8;;https://example.org\x07ici\x1b]8;;\x07",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "closing": "</p></td></table></main></style><h1>Titre</h1><!-- ",
    "entity": "&lt;b&gt; &amp; &#60;i&#62; &nbsp;",
    "typst": '#set page(fill: red) #read("/etc/passwd") $x$ `#eval("1")` @ref <lab> \\ * _ = - + /',
    "markdown": "**gras** [ici](https://example.org) `code` ![img](x) | cellule | ~~non~~ \\",
    "list": "1. premier",
    "bullet": "- puce",
    "heading": "# Titre",
    "underline": "===",
    "rule": "---",
    "quote": "> cité",
    "fence": "```sh",
    "formula": '=HYPERLINK("https://example.org";"ici")',
    "plus": "+1+1",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "web": "javascript:alert(1)",
    "right_to_left": "abc \u202etxet\u202c \u2067def\u2069 \u0634\u0643\u0631\u0627",
    "zero_width": "mot\u200bcoupé\ufeff \u200dici\u2060",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 é\u0301",
    "control": "a\x00b\x07c\x0bd\x0ce\x7f\x85f",
    "not_characters": "a\ufffeb\uffffc\ufdd0d",
    "line_ends": "une\r\ndeux\ntrois\ttab\u2028ligne\u2029fin",
    "braces": "{% if x %}{{ 7*7 }}{% endif %} ${7*7} %s {0}",
    "long": "mot " * 25_000,
    "long_word": "x" * 5_000,
}
# What made_inert leaves: no format may find one of these in an outline.
OBEYED = frozenset(
    "\x00\x07\x0b\x0c\x1b\x7f\x85\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
)


def hostile_outline(text: str) -> Outline:
    """A document that holds a text everywhere where one can stand."""
    words = text
    blocks: tuple[Block, ...] = (
        Paragraph(words, note=text),
        Items((Item(words, text), Item(words))),
        Items((Item(words), Item(words)), numbered=True),
        Facts((Fact("Un", (words,)), Fact("Deux", (words, words)))),
        Notice("unknown", "À compléter", words),
        Table(
            (Column("x", text), Column("x", text, wide=True)),
            ((words, words), (words, words)),
            caption=text,
        ),
    )
    inner = Section(text, blocks)
    chapter = Section(text, (*blocks, inner), "chapitre")
    return made_inert(Outline(text, text, "fr", date(2026, 1, 15), blocks, (chapter,)))
