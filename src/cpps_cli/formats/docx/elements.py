"""WordprocessingML, element by element: every text goes through here, and cannot become a mark."""

from collections.abc import Iterator

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from cpps_cli.formats.docx.styles import BULLETS, NUMBERS, StyleId

Element = BaseOxmlElement


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
    """What Word works out by itself, and what stands there until it does."""
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
    again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
    made = _instance(number, NUMBERS)
    made.append(again)
    return made


def _instance(number: int, kind: int) -> Element:
    return w("num", w("abstractNumId", val=kind), numId=number)


def _kind(number: int, counted: str, mark: str, style: StyleId) -> Element:
    return parse_xml(f"""
        <w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">
          <w:multiLevelType w:val="singleLevel"/>
          <w:lvl w:ilvl="0">
            <w:start w:val="1"/><w:numFmt w:val="{counted}"/><w:pStyle w:val="{style}"/>
            <w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>
            <w:pPr><w:ind w:left="400" w:hanging="280"/></w:pPr>
          </w:lvl>
        </w:abstractNum>""")
