"""A Word document around its body: its parts, its styles, its settings, made the same each time."""

from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.rel import Relationships
from docx.oxml.ns import nsdecls, qn
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
)
from cpps_cli.i18n.catalogue import N_, Language, _
from cpps_cli.present.document import Outline

LANGUAGE: dict[Language, str] = {"fr": "fr-FR", "en": "en-GB"}
LONGEST_PROPERTY = 255
_STYLES = Path(__file__).with_name("styles.xml")
_OURS: dict[str, str] = {
    "TableText": N_("Table text"),
    "TableHead": N_("Table heading"),
    "TableEnd": N_("After the last table"),
    "FactName": N_("Name of a fact"),
    "FactValue": N_("Fact"),
    "Notice": N_("Notice"),
    "NoticeState": N_("Notice – state"),
    "NoticeOrigin": N_("Notice – origin"),
    "NoticeUnknown": N_("Notice – not known"),
    "NoticeDisputed": N_("Notice – disputed"),
    "Hint": N_("Hint"),
    "ContractTable": N_("Contract table"),
}

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
    document.styles.element[:] = list(_styles(language, titled=bool(outline.contents)))
    document.part.numbering_part.element[:] = list(lists())
    decimal = "," if outline.language == "fr" else "."
    settings = parse_xml(_SETTINGS.format(language=language, decimal=decimal))
    document.settings.element[:] = list(settings)
    _describe(document, outline)
    set_page(document, outline)
    return document


def _styles(language: str, *, titled: bool) -> Element:
    """Reads the styles; the title stands lower where it has a page of its own."""
    styles: Element = parse_xml(_STYLES.read_bytes())
    for name in styles.xpath("w:style[@w:customStyle]/w:name"):
        name.set(qn("w:val"), _(_OURS[name.getparent().get(qn("w:styleId"))]))
    for spoken in styles.iter(qn("w:lang")):
        spoken.attrib.update({qn("w:val"): language, qn("w:eastAsia"): language})
    if not titled:
        (space,) = styles.xpath("w:style[@w:styleId='Title']/w:pPr/w:spacing")
        space.set(qn("w:before"), "0")
    return styles


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
    section.header.part.element[:] = [paragraph("Header", title), *_standing(outline)]
    section.footer.part.element[:] = [_number()]
    section.first_page_header.part.element[:] = _standing(outline) or [paragraph("Header")]
    first = paragraph("Footer") if outline.contents else _number()
    section.first_page_footer.part.element[:] = [first]


def _standing(outline: Outline) -> list[Element]:
    return [paragraph("Header", run(outline.standing))] if outline.standing else []


def _number() -> Element:
    return paragraph("Footer", tab(), field("PAGE", "1"), run(" / "), field("NUMPAGES", "1"))


def _measure(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
