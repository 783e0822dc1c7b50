"""The styles of a document: all of its look, under names that whoever edits it can change.

Those of Word keep their names, which it shows in the reader's language; ours are named in that of
the document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cpps_cli.i18n.catalogue import _
from cpps_cli.present.document import NoticeKind

StyleId = Literal[
    "Normal", "BodyText", "Title", "Subtitle",
    "Heading1", "Heading2", "Heading3", "Heading4", "Heading5",
    "ListBullet", "ListNumber", "Caption", "TableText", "TableHead", "TableEnd",
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
# Word gives these by itself: its gallery has no need to offer them.
AUTOMATIC: frozenset[StyleId] = frozenset(
    {"TableEnd", "TOCHeading", "TOC1", "TOC2", "TOC3", "Hint", "Header", "Footer", "FootnoteText"}
)
TEXT_WIDTH = 9070  # in twentieths of a point: 160 mm
BULLETS, NUMBERS = 1, 2  # the two lists of the document

# Word has it everywhere; elsewhere Carlito has the same widths.
FONT, SIZE = "Calibri", 11
INK, GREY, LINK, LINE, SHADE = "1F3A5F", "595959", "0B5394", "B8C2CE", "EDF1F6"
SEA, AMBER, BRICK = "2E6E8E", "B7791F", "A33A2C"


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks; lengths in points, colours as RRGGBB. None: as in the style it rests on.

    `close` leaves no space between two paragraphs of the style; `level` is its place in the plan of
    the document, from 1; `listed` the list it belongs to; `bar` the colour of a bar on its left,
    before a shaded ground.
    """

    size: float | None = None
    color: str | None = None
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    raised: bool = False
    before: int | None = None
    after: int | None = None
    left: int | None = None
    hanging: int | None = None
    with_next: bool = False
    new_page: bool = False
    close: bool = False
    level: int | None = None
    listed: int | None = None
    bar: str | None = None
    right_tab: Literal["none", "dot"] | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs, or of words; `then` is that of the paragraph typed after it.

    Those that are not `ours` are known to Word by their name.
    """

    id: StyleId
    name: str
    look: Look = Look()
    on: StyleId | None = "Normal"
    then: StyleId | None = None
    ours: bool = False


def paragraph_styles(*, titled: bool) -> Iterator[Style]:
    """The styles of paragraphs; the title stands lower where it has a page of its own."""
    yield Style("Normal", "Normal", on=None)
    yield Style("BodyText", "Body Text", Look(before=4, after=6))
    title = Look(26, INK, bold=True, before=90 if titled else 0, after=4)
    yield Style("Title", "Title", title, then="Subtitle")
    yield Style("Subtitle", "Subtitle", Look(15, GREY, after=20), then="BodyText")
    yield from _headings()
    yield Style("ListBullet", "List Bullet", Look(after=6, close=True, listed=BULLETS))
    yield Style("ListNumber", "List Number", Look(after=6, close=True, listed=NUMBERS))
    yield Style("Caption", "caption", Look(10, GREY, bold=True, before=9, after=4, with_next=True))
    yield Style("TableText", _("Table text"), Look(9.5, before=2, after=2), ours=True)
    yield Style(
        "TableHead",
        _("Table heading"),
        Look(color=INK, bold=True, with_next=True),
        on="TableText",
        ours=True,
    )
    yield Style("TableEnd", _("After the last table"), Look(1), on=None, ours=True)
    yield Style("FactName", _("Name of a fact"), _NAME, then="FactValue", ours=True)
    yield Style("FactValue", _("Fact"), Look(left=14, after=2), ours=True)
    yield from _notices()
    yield Style("TOCHeading", "TOC Heading", Look(18, INK, bold=True, after=10, new_page=True))
    yield Style("TOC1", "toc 1", Look(bold=True, before=7, after=2, right_tab="dot"))
    yield Style("TOC2", "toc 2", Look(left=14, after=2, right_tab="dot"))
    yield Style("TOC3", "toc 3", Look(left=28, after=2, right_tab="dot"))
    yield Style("Hint", _("Hint"), Look(9, GREY, italic=True, before=14), ours=True)
    yield Style("Header", "header", Look(9, GREY))
    yield Style("Footer", "footer", Look(9, GREY, right_tab="none"))
    yield Style("FootnoteText", "footnote text", Look(9, left=10, hanging=10))


_NAME = Look(color=INK, bold=True, before=8, after=1, with_next=True)


def _headings() -> Iterator[Style]:
    looks = (
        Look(20, INK, bold=True, before=30, after=8, with_next=True, level=1),
        Look(14, INK, bold=True, before=20, after=6, with_next=True, level=2),
        Look(11.5, SEA, bold=True, before=11, after=3, with_next=True, level=3),
        Look(11, bold=True, before=9, after=3, with_next=True, level=4),
        Look(11, GREY, bold=True, italic=True, before=9, after=3, with_next=True, level=5),
    )
    for level, (id, look) in enumerate(zip(HEADINGS, looks, strict=True), 1):
        yield Style(id, f"heading {level}", look, then="BodyText")


def _notices() -> Iterator[Style]:
    """What is set apart says in words what it is: the colour of its bar only repeats it."""
    yield Style("Notice", _("Notice"), Look(10.5, before=6, after=8, left=9, bar=GREY), ours=True)
    yield Style("NoticeState", _("Notice – state"), Look(bar=INK), on="Notice", ours=True)
    yield Style("NoticeOrigin", _("Notice – origin"), Look(bar=SEA), on="Notice", ours=True)
    yield Style("NoticeUnknown", _("Notice – not known"), Look(bar=AMBER), on="Notice", ours=True)
    yield Style("NoticeDisputed", _("Notice – disputed"), Look(bar=BRICK), on="Notice", ours=True)


def word_styles() -> Iterator[Style]:
    """The styles of words inside a paragraph."""
    yield Style("DefaultParagraphFont", "Default Paragraph Font", on=None)
    yield Style("Strong", "Strong", Look(bold=True), on="DefaultParagraphFont")
    yield Style("Hyperlink", "Hyperlink", Look(color=LINK, underlined=True), on=None)
    yield Style("FootnoteReference", "footnote reference", Look(raised=True), on=None)
