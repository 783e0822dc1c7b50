"""The lists of a document: bullets, and numbers that begin again in each list."""

from collections.abc import Iterator

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from cpps_cli.formats.docx.elements import Element, w
from cpps_cli.formats.docx.styles import BULLETS, NUMBERS, StyleId


def lists() -> Iterator[Element]:
    """Both kinds of list, each tied to its style."""
    yield _kind(BULLETS, "bullet", "•", "ListBullet")
    yield _kind(NUMBERS, "decimal", "%1.", "ListNumber")
    yield _list(BULLETS, BULLETS)
    yield _list(NUMBERS, NUMBERS)


def begun_again(number: int) -> Element:
    """A list by this number, which counts from one."""
    again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
    made = _list(number, NUMBERS)
    made.append(again)
    return made


def _list(number: int, kind: int) -> Element:
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
