"""A Word document around its body: its parts, its styles, its settings, made the same each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.rel import Relationships
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Mm

from cpps_cli.formats.docx.elements import (
    Element,
    field,
    lists,
    paragraph,
    run,
    separators,
    shortened,
    tab,
    w,
)
from cpps_cli.formats.docx.styles import (
    AUTOMATIC,
    FONT,
    INK,
    LINE,
    SHADE,
    SIZE,
    TEXT_WIDTH,
    Look,
    Style,
    paragraph_styles,
    word_styles,
)
from cpps_cli.i18n.catalogue import Language, _
from cpps_cli.present.document import Outline

POINT = 20  # Word counts lengths in twentieths of a point

_DEFAULTS = f"""
<w:docDefaults {nsdecls("w")}>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
    <w:sz w:val="{SIZE * 2}"/><w:szCs w:val="{SIZE * 2}"/>
    <w:lang w:val="{{language}}" w:eastAsia="{{language}}" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>"""

# The styles of Word that the document has no use for: its lists show them once they are used.
_OTHERS = f"""
<w:latentStyles {nsdecls("w")} w:count="376" w:defLockedState="0" w:defUIPriority="99"
  w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0"/>"""

_NO_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal">
  <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
  <w:tblPr>
    <w:tblInd w:w="0" w:type="dxa"/>
    <w:tblCellMar>
      <w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
      <w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
</w:style>"""

_NO_LIST = f"""
<w:style {nsdecls("w")} w:type="numbering" w:default="1" w:styleId="NoList">
  <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>
</w:style>"""

_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ContractTable">
  <w:name w:val=""/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
  </w:tblBorders></w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def defaults(language: str) -> Element:
    """What holds for every word: its font and its language, such as `fr-FR`."""
    return parse_xml(_DEFAULTS.format(language=language))


def styles(*, titled: bool) -> Iterator[Element]:
    """Every style of the document, with a title page or not; those of Word it lacks stay hidden."""
    yield parse_xml(_OTHERS)
    for style in paragraph_styles(titled=titled):
        yield _style(style, "paragraph", *_parts("pPr", _paragraph(style.look)))
    for style in word_styles():
        yield _style(style, "character")
    yield parse_xml(_NO_TABLE)
    yield parse_xml(_NO_LIST)
    table = parse_xml(_TABLE)
    table[0].attrib.update(w("name", val=_("Contract table")).attrib)
    yield table


def _style(style: Style, kind: str, *paragraph: Element) -> Element:
    named = {"type": kind, "styleId": style.id}
    if style.id in {"Normal", "DefaultParagraphFont"}:
        named["default"] = "1"
    elif style.ours:
        named["customStyle"] = "1"
    made = w("style", w("name", val=style.name), **named)
    made.extend(w("basedOn", val=below) for below in (style.on,) if below)
    made.extend(w("next", val=then) for then in (style.then,) if then)
    if style.id not in AUTOMATIC:
        made.append(w("qFormat"))
    made.extend((*paragraph, *_parts("rPr", _words(style.look))))
    return made


def _parts(name: str, parts: Iterator[Element]) -> tuple[Element, ...]:
    """The element that holds these parts, none where there are none."""
    held = tuple(parts)
    return (w(name, *held),) if held else ()


def _paragraph(look: Look) -> Iterator[Element]:
    if look.with_next:
        yield w("keepNext")
        yield w("keepLines")
    if look.new_page:
        yield w("pageBreakBefore")
    if look.listed:
        yield w("numPr", w("numId", val=look.listed))
    if look.bar:
        yield w("pBdr", w("left", val="single", sz=24, space=8, color=look.bar))
        yield w("shd", val="clear", color="auto", fill=SHADE)
    if look.right_tab:
        yield w("tabs", w("tab", val="right", leader=look.right_tab, pos=TEXT_WIDTH))
    if look.level:
        yield w("suppressAutoHyphens")
    yield from _lengths("spacing", before=look.before, after=look.after)
    yield from _lengths("ind", left=look.left, hanging=look.hanging)
    if look.close:
        yield w("contextualSpacing")
    if look.level:
        yield w("outlineLvl", val=look.level - 1)


def _lengths(name: str, **points: int | None) -> Iterator[Element]:
    given = {side: length * POINT for side, length in points.items() if length is not None}
    if given:
        yield w(name, **given)


def _words(look: Look) -> Iterator[Element]:
    if look.bold:
        yield w("b")
    if look.italic:
        yield w("i")
    if look.color:
        yield w("color", val=look.color)
    if look.size:
        yield w("sz", val=round(look.size * 2))
        yield w("szCs", val=round(look.size * 2))
    if look.underlined:
        yield w("u", val="single")
    if look.raised:
        yield w("vertAlign", val="superscript")


LANGUAGE: dict[Language, str] = {"fr": "fr-FR", "en": "en-GB"}
LONGEST_PROPERTY = 255

# Word 2013 and later read it as one of theirs, without « compatibility mode ».
_SETTINGS = f"""
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="709"/>
  <w:autoHyphenation/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:val="15"
      w:uri="http://schemas.microsoft.com/office/word"/>
  </w:compat>
  <w:themeFontLang w:val="{{language}}"/>
  <w:decimalSymbol w:val="{{decimal}}"/>
  <w:listSeparator w:val=";"/>
</w:settings>"""


def begun(outline: Outline) -> Document:
    """An empty document with our styles and lists, and the properties that this outline gives."""
    document = docx.Document()
    _keep(document.part.rels, "styles", "numbering", "settings", "fontTable", "theme")
    _keep(document.part.package.rels, "officeDocument", "core-properties")
    language = LANGUAGE[outline.language]
    document.styles.element[:] = [
        defaults(language),
        *styles(titled=bool(outline.contents)),
    ]
    document.part.numbering_part.element[:] = list(lists())
    decimal = "," if outline.language == "fr" else "."
    settings = parse_xml(_SETTINGS.format(language=language, decimal=decimal))
    document.settings.element[:] = list(settings)
    _describe(document, outline)
    set_page(document, outline)
    return document


def _keep(relations: Relationships, *kinds: str) -> None:
    for name, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] not in kinds:
            del relations[name]


def _describe(document: Document, outline: Outline) -> None:
    """The properties of the file. Its only day is that of the outline, and nobody is its author."""
    properties = document.core_properties
    properties.title = shortened(outline.title, LONGEST_PROPERTY)
    properties.subject = shortened(outline.subtitle, LONGEST_PROPERTY)
    properties.language = LANGUAGE[outline.language]
    properties.author = properties.comments = ""
    properties.created = properties.modified = datetime.combine(outline.on, time(), UTC)


def add_notes(document: Document, notes: list[Element]) -> None:
    """Gives the document its part of footnotes, which python-docx does not know."""
    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
    root.extend((*separators(), *notes))
    uri, package = PackURI("/word/footnotes.xml"), document.part.package
    part = XmlPart(uri, CONTENT_TYPE.WML_FOOTNOTES, root, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def saved(document: Document) -> bytes:
    """The file: the same bytes for the same document."""
    packed = BytesIO()
    document.save(packed)
    steady = BytesIO()
    with ZipFile(packed) as before, ZipFile(steady, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(_entry(name), before.read(name))
    return steady.getvalue()


def _entry(name: str) -> ZipInfo:
    """An entry dated 1980, as Word itself dates those of its files."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    return entry


_LONGEST_TITLE = 100  # of what goes above each page, so that it stays one line or two


def set_page(document: Document, outline: Outline) -> None:
    """Gives the document its page; a title page, where it has a summary, stays without number."""
    section = document.sections[0]
    _measure(section)
    section.different_first_page_header_footer = True
    title = run(shortened(outline.title, _LONGEST_TITLE))
    section.header.part.element[:] = [paragraph("Header", title)]
    section.footer.part.element[:] = [_number()]
    section.first_page_header.part.element[:] = [paragraph("Header")]
    first = paragraph("Footer") if outline.contents else _number()
    section.first_page_footer.part.element[:] = [first]


def _number() -> Element:
    return paragraph("Footer", tab(), field("PAGE", "1"), run(" / "), field("NUMPAGES", "1"))


def _measure(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
