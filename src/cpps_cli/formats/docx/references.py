"""What the text of a document refers to: addresses, places, notes, and lists by their number."""

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import quote

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from cpps_cli.formats.docx.elements import Element, begun_again, call, footnote, run, w
from cpps_cli.formats.docx.styles import NUMBERS
from cpps_cli.present.document import Cell, Link
from cpps_cli.present.document import runs as runs_of

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
