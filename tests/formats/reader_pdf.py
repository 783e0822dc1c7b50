"""A PDF read back by its structure, as a screen reader does: qpdf reads the file, not typst."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from cpps_cli.present.document import Outline, Table, plain
from tests.formats.comparison import Heard, heard_in, sections, squeezed
from tests.formats.pdf_text import MarkedText, Place, marked_texts

# A hyphen that typst puts where it cuts a word, and what keeps a line from breaking.
# Points: what typst leaves free above a place that a link leads to, and a line of a table.
ROOM, LINE = 9.0, 12.0
_UNSAID = str.maketrans("", "", "\u00ad\u2060")


def read_pdf(document: bytes) -> Heard:
    """What the structure says; its summary apart, and the heading of that."""
    with pikepdf.open(BytesIO(document)) as pdf:
        reader = _Reader(marked_texts(pdf))
        (root,) = _kids(pdf.Root["/StructTreeRoot"])
        children = [child for child in _kids(root) if _is_element(child)]
        for child, after in zip(children, [*children[1:], None], strict=True):
            if after is None or after["/S"] != "/TOC":
                reader.hear(child)
        for text, annotation in reader.links:
            reader.heard.link(text, reader.target(annotation))
    return reader.heard


def words_of(pdf: pikepdf.Pdf, kind: str) -> list[str]:
    """The text of each element of a kind."""
    texts = marked_texts(pdf)
    return [squeezed(_Reader(texts).words(one)) for one in elements(pdf) if one["/S"] == kind]


def as_read(outline: Outline) -> Heard:
    """What an outline says, its rows named by their first cell: a PDF names headings alone."""
    rows = {
        f"#{anchor}": f"#{squeezed(plain(row[0]))}"
        for section in sections(outline)
        for table in section.blocks
        if isinstance(table, Table) and table.anchors
        for anchor, row in zip(table.anchors, table.rows, strict=True)
    }
    heard = heard_in(outline)
    heard.links = [(text, rows.get(to, to)) for text, to in heard.links]
    return heard


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element of the structure, in its order."""
    return inside(pdf.Root["/StructTreeRoot"])


def inside(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element in this one, in its order."""
    waiting = _kids(element)
    while waiting:
        element = waiting.pop(0)
        if _is_element(element):
            yield element
            waiting[:0] = _kids(element)


class _Reader:
    def __init__(self, texts: dict[Place, MarkedText]) -> None:
        self.texts = texts
        self.heard = Heard()
        self.rows: list[tuple[tuple[int, int], float, str]] = []
        self.links: list[tuple[str, pikepdf.Object]] = []

    def hear(self, element: pikepdf.Object) -> None:
        match str(element["/S"]):
            case "/H1" | "/H2" | "/H3" | "/H4" | "/H5" | "/H6" as name:
                self.heard.heading(int(name[2:]), self.words(element))
            case "/P":
                self.hear_text(element)
            case "/L":
                for line in _kids(element):
                    self.hear_line(line, is_fact=_numbering(element) == "/None")
            case "/Table":
                self.hear_table(element)
            case "/TOC":
                pass
            case other:
                raise AssertionError(f"an element of a kind that we do not write: {other}")

    def hear_text(self, element: pikepdf.Object) -> None:
        self.heard.text(self.words(element))
        self.hear_links_and_notes(element)

    def hear_line(self, line: pikepdf.Object, is_fact: bool) -> None:
        label, body = _kids(line)
        if is_fact:
            self.heard.text(self.words(label, ()))
            self.hear_text(body)
        else:
            self.heard.item(self.words(body))
            self.hear_links_and_notes(body)

    def hear_table(self, table: pikepdf.Object) -> None:
        caption, *groups = _kids(table)
        assert caption["/S"] == "/Caption"
        self.heard.text(self.words(caption))
        rows = [row for group in groups for row in _kids(group)]
        self.rows.extend(self.row_start(row) for row in rows)
        self.heard.table([[self.words(cell) for cell in _kids(row)] for row in rows])
        self.hear_links_and_notes(table)

    def hear_links_and_notes(self, element: pikepdf.Object) -> None:
        for child in _kids(element):
            if not _is_element(child):
                continue
            match str(child["/S"]):
                case "/Link":
                    self.links.append((self.words(child), _annotation(child)))
                case "/Note":
                    self.heard.text(self.words(child))
                case "/Lbl":
                    pass
                case _:
                    self.hear_links_and_notes(child)

    def row_start(self, row: pikepdf.Object) -> tuple[tuple[int, int], float, str]:
        """The page of a row, how high on it its first line stands, and its first cell."""
        cell = _kids(row)[0]
        places = [
            place
            for element in (cell, *inside(cell))
            for child in _kids(element)
            if (place := _place(element, child)) and place in self.texts
        ]
        page, _number = places[0] if places else ((0, 0), 0)
        return page, self.texts[places[0]].height if places else 0.0, squeezed(self.words(cell))

    def target(self, annotation: pikepdf.Object) -> str:
        """A web address, or the name of a heading, or the row that begins under the place named."""
        if "/A" in annotation:
            return str(annotation["/A"]["/URI"])
        if isinstance(annotation["/Dest"], pikepdf.String):
            return f"#{annotation['/Dest']}"
        page, _kind, _left, top, _zoom = annotation["/Dest"].as_list()
        under = [
            (height, name)
            for at, height, name in self.rows
            if at == page.objgen and ROOM < float(top) - height < ROOM + LINE
        ]
        return f"#{max(under)[1]}"

    def words(self, element: pikepdf.Object, without: tuple[str, ...] = ("/Lbl", "/Note")) -> str:
        """Its text, without the numbers of notes and the notes themselves."""
        return "".join(self._words(element, without)).translate(_UNSAID)

    def _words(self, element: pikepdf.Object, without: tuple[str, ...]) -> Iterator[str]:
        for child in _kids(element):
            if place := _place(element, child):
                yield self.texts[place].text if place in self.texts else ""
            elif _is_element(child) and str(child["/S"]) not in without:
                yield from self._words(child, without)


def _place(element: pikepdf.Object, child: pikepdf.Object | int) -> Place | None:
    """Where the text of a child is, unless it is an element itself, or a link's rectangle."""
    if isinstance(child, int):
        return element["/Pg"].objgen, child
    if child.get("/Type") == "/MCR":
        return child["/Pg"].objgen, int(child["/MCID"])
    return None


def _kids(element: pikepdf.Object) -> list[Any]:
    kids = element.get("/K", pikepdf.Array())
    return list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(child: object) -> bool:
    return isinstance(child, pikepdf.Dictionary) and "/S" in child


def _numbering(element: pikepdf.Object) -> str:
    return next(str(held["/ListNumbering"]) for held in element["/A"].as_list())


def _annotation(link: pikepdf.Object) -> pikepdf.Object:
    named = (child for child in _kids(link) if isinstance(child, pikepdf.Dictionary))
    return next(child["/Obj"] for child in named if "/Obj" in child)
