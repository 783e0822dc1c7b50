"""Elements of WordprocessingML, and what refers to another place: links, marks, fields."""

import hashlib
import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from cpps_cli.present.document import Cell, Link, NoticeKind
from cpps_cli.present.document import runs as runs_of

Element = BaseOxmlElement
StyleId = Literal[
    "Normal", "BodyText", "Title", "Subtitle",
    "Heading1", "Heading2", "Heading3", "Heading4", "Heading5",
    "ListBullet", "ListNumber", "ListBullet2", "ListNumber2",
    "Caption", "TableText", "TableHead", "TableEnd",
    "FactName", "FactValue",
    "Notice", "NoticeState", "NoticeOrigin", "NoticeUnknown", "NoticeDisputed",
    "TOCHeading", "TOC1", "TOC2", "TOC3", "Hint", "Header", "Footer", "FootnoteText",
    "DefaultParagraphFont", "Strong", "Hyperlink", "FootnoteReference", "ContractTable",
]  # fmt: skip
HEADINGS: tuple[StyleId, ...] = ("Heading1", "Heading2", "Heading3", "Heading4", "Heading5")
CONTENTS: tuple[StyleId, ...] = ("TOC1", "TOC2", "TOC3")
NOTICES: dict[NoticeKind, StyleId] = {
    "state": "NoticeState",
    "origin": "NoticeOrigin",
    "unknown": "NoticeUnknown",
    "disputed": "NoticeDisputed",
}
TEXT_WIDTH = 9070  # in twentieths of a point: 160 mm; `styles.xml` has it as well
BULLETS, NUMBERS = 1, 2  # the two lists of the document, which `styles.xml` names too


def w(name: str, /, *inside: Element, **attributes: str | int) -> Element:
    """The element `w:NAME`, its attributes in the same namespace."""
    element: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    element.extend(inside)
    return element


def paragraph(style: StyleId, *inside: Element) -> Element:
    """A paragraph, whose look is that of its style and nothing else."""
    return w("p", w("pPr", w("pStyle", val=style)), *inside)


def run(words: str, style: StyleId | None = None) -> Element:
    """Words, with all their spaces."""
    look = [] if style is None else [w("rPr", w("rStyle", val=style))]
    text = w("t")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    return w("r", *look, text)


def tab() -> Element:
    """A tabulation."""
    return w("r", w("tab"))


def field(instruction: str, shown: str) -> Element:
    """Makes a field, which Word works out by itself, and the words that stand there until then."""
    return w("fldSimple", run(shown), instr=instruction)


def shortened(words: str, most: int) -> str:
    """Words where Word has no room for more than so many characters."""
    return words if len(words) <= most else words[: most - 1] + "…"


def separators() -> Iterator[Element]:
    """The lines that Word draws above notes; without them it says that the file is damaged."""
    for number, name in ((-1, "separator"), (0, "continuationSeparator")):
        line = paragraph("FootnoteText", w("r", w(name)))
        yield w("footnote", line, type=name, id=number)


def footnote(number: int, words: str) -> Element:
    """A note at the foot of the page."""
    mark = _marked(w("footnoteRef"))
    return w("footnote", paragraph("FootnoteText", mark, run(f" {words}")), id=number)


def call(number: int) -> Element:
    """The sign that leads to a note."""
    return _marked(w("footnoteReference", id=number))


def _marked(sign: Element) -> Element:
    return w("r", w("rPr", w("rStyle", val="FootnoteReference")), sign)


def lists() -> Iterator[Element]:
    """Both kinds of list, each tied to its style."""
    yield _kind(BULLETS, "bullet", "•", "ListBullet")
    yield _kind(NUMBERS, "decimal", "%1.", "ListNumber")
    yield _instance(BULLETS, BULLETS)
    yield _instance(NUMBERS, NUMBERS)


def begun_again(number: int) -> Element:
    """A list by this number, which counts from one."""
    made = _instance(number, NUMBERS)
    for level in (0, 1):
        made.append(w("lvlOverride", w("startOverride", val=1), ilvl=level))
    return made


def _instance(number: int, kind: int) -> Element:
    return w("num", w("abstractNumId", val=kind), numId=number)


def _kind(number: int, counted: str, mark: str, style: StyleId) -> Element:
    return parse_xml(f"""
        <w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">
          <w:multiLevelType w:val="multilevel"/>
          <w:lvl w:ilvl="0">
            <w:start w:val="1"/><w:numFmt w:val="{counted}"/><w:pStyle w:val="{style}"/>
            <w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>
            <w:pPr><w:ind w:left="400" w:hanging="280"/></w:pPr>
          </w:lvl>
          <w:lvl w:ilvl="1">
            <w:start w:val="1"/><w:numFmt w:val="{counted}"/><w:pStyle w:val="{style}2"/>
            <w:lvlText w:val="{mark.replace("%1", "%2")}"/><w:lvlJc w:val="left"/>
            <w:pPr><w:ind w:left="800" w:hanging="280"/></w:pPr>
          </w:lvl>
        </w:abstractNum>""")


# What Word takes as the name of a bookmark.
_NAME = re.compile(r"[A-Za-z_][\w-]{0,39}", re.ASCII)
_OF_ADDRESSES = "%:/?#[]@!$&'()*+,;="


class References:
    """Numbers them as they come, so that the same text gives the same numbers."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._addresses: dict[str, str] = {}
        self._lists = NUMBERS
        self._places = 0
        self.notes: list[Element] = []

    def link(self, to: str, *inside: Element) -> Element:
        """Words that lead to a place of the document, `#anchor`, or of the web."""
        if to.startswith("#"):
            return w("hyperlink", *inside, anchor=bookmark(to[1:]), history=1)
        link = w("hyperlink", *inside, history=1)
        link.set(qn("r:id"), self._address(to))
        return link

    def _address(self, to: str) -> str:
        """The name of an address in the package, spelt so that Word does not call it damaged."""
        if to not in self._addresses:
            spelt = quote(to, safe=_OF_ADDRESSES)
            kind = RELATIONSHIP_TYPE.HYPERLINK
            self._addresses[to] = self._part.relate_to(spelt, kind, is_external=True)
        return self._addresses[to]

    def place(self, name: str, *inside: Element) -> tuple[Element, ...]:
        """Words that links lead to, by the name of their bookmark."""
        self._places += 1
        start = w("bookmarkStart", id=self._places, name=name)
        return (start, *inside, w("bookmarkEnd", id=self._places))

    def note(self, words: str) -> Element:
        """The sign of a footnote that says this."""
        number = len(self.notes) + 1
        self.notes.append(footnote(number, words))
        return call(number)

    def list_from_one(self) -> int:
        """The number of a new list, which counts from one."""
        self._lists += 1
        self._part.numbering_part.element.append(begun_again(self._lists))
        return self._lists


def bookmark(anchor: str) -> str:
    """The bookmark that an anchor is called by: itself, where Word takes it."""
    if _NAME.fullmatch(anchor):
        return anchor
    digest = hashlib.sha256(anchor.encode()).hexdigest()[:8]
    kept = re.sub(r"[^\w-]", "_", anchor, flags=re.ASCII)[:30]
    return f"a-{kept[:29]}-{digest}" if not _NAME.match(kept) else f"{kept}-{digest}"


def runs(text: Cell, references: References) -> Iterator[Element]:
    """The words of a text, its links where they stand."""
    for part in runs_of(text):
        if isinstance(part, Link):
            yield references.link(part.to, run(part.text, "Hyperlink"))
        else:
            yield run(part)


def noted(text: Cell, note: str | None, references: References) -> Iterator[Element]:
    """The same, with the sign of the footnote that says where it comes from."""
    yield from runs(text, references)
    if note:
        yield references.note(note)
