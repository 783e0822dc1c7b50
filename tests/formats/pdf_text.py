"""The text of a PDF's pages as its structure points at it: by the number of each marked part."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf

Place = tuple[tuple[int, int], int]
"""A page, and the number of a marked part of it."""
_ENTRY = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SECTION = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


@dataclass
class MarkedText:
    """The text of a marked part, and how far from the foot of the page it begins."""

    height: float
    text: str = ""


@dataclass(frozen=True)
class Piece:
    """Some letters drawn in one go: in which marked part, what, and from where, in points."""

    number: int | None
    text: str
    left: float
    height: float


@dataclass(frozen=True)
class Mark:
    """What a marked part is: numbered, said otherwise (`instead`), written from right to left."""

    number: int | None = None
    instead: bool = False
    reversed: bool = False


def marked_texts(pdf: pikepdf.Pdf) -> dict[Place, MarkedText]:
    """Each marked part by its place; page headers and such are none."""
    texts: dict[Place, MarkedText] = {}
    for page in pdf.pages:
        for piece in _pieces(page):
            if piece.number is not None:
                place = (page.obj.objgen, piece.number)
                texts.setdefault(place, MarkedText(piece.height)).text += piece.text
    return texts


def drawn(page: pikepdf.Page) -> list[str]:
    """All that a page shows, from its top to its foot: its header, the lines, its number."""
    return [piece.text for piece in sorted(_pieces(page), key=lambda piece: -piece.height)]


def starts(page: pikepdf.Page) -> list[tuple[float, float]]:
    """Where each piece of text begins, from the left and from the foot of the page."""
    return [(piece.left, piece.height) for piece in _pieces(page)]


def _pieces(page: pikepdf.Page) -> Iterator[Piece]:
    fonts = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
    font: dict[bytes, str] = {}
    left = height = 0.0
    marks: list[Mark] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        said = ""
        match str(operator):
            case "BDC" | "BMC":
                mark, said = _mark(list(operands))
                marks.append(mark)
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "cm":
                left, height = float(operands[4]), float(operands[5])
            case "Tj" | "TJ" if not any(mark.instead for mark in marks):
                said = _decoded(operands[0] if str(operator) == "TJ" else [operands[0]], font)
            case _:
                pass
        if said:
            numbers = [mark.number for mark in marks if mark.number is not None]
            number = numbers[-1] if numbers else None
            yield Piece(number, _in_order(said, marks), left, height)


def _mark(operands: list[pikepdf.Object]) -> tuple[Mark, str]:
    named, *rest = operands
    held = rest[0] if rest else pikepdf.Dictionary()
    number = int(held["/MCID"]) if "/MCID" in held else None
    instead = str(held["/ActualText"]) if "/ActualText" in held else ""
    return Mark(number, "/ActualText" in held, named == "/ReversedChars"), instead


def _in_order(said: str, marks: list[Mark]) -> str:
    return said[::-1] if any(mark.reversed for mark in marks) else said


def _decoded(shown: Iterable[pikepdf.Object], font: dict[bytes, str]) -> str:
    codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
    return "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _characters(font: pikepdf.Object) -> dict[bytes, str]:
    """What each two-byte code of a font means, by its table for who copies text."""
    entries = (
        entry
        for section in _SECTION.findall(font["/ToUnicode"].read_bytes())
        for entry in _ENTRY.findall(section)
    )
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(means.decode()).decode("utf-16-be")
        for code, means in entries
    }
