"""Footnotes, which python-docx has no words for."""

from collections.abc import Iterator

from cpps_cli.formats.docx.elements import Element, paragraph, run, w


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
