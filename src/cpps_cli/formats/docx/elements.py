"""WordprocessingML, element by element: every text goes through here, and cannot become a mark."""

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from cpps_cli.formats.docx.styles import StyleId

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
