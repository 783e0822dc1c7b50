"""Word documents: what they say, what Word makes of them, and that styles hold all their look."""

import io
import re
import sys
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from cpps_cli.cli import main
from cpps_cli.cli.export import written
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.docx import docx
from cpps_cli.formats.docx.body import column_widths
from cpps_cli.formats.docx.elements import TEXT_WIDTH, bookmark
from cpps_cli.i18n.catalogue import speaking
from cpps_cli.present.document import (
    Column,
    Item,
    Items,
    Link,
    Outline,
    Paragraph,
    Section,
    Table,
    summary,
)
from cpps_cli.present.document_context import DocumentContext
from tests.formats.comparison import assert_same, assert_says_the_contract
from tests.formats.hostile import HOSTILE, OBEYED, hostile_outline
from tests.formats.reader_docx import read_docx, with_destinations
from tests.formats.subjects import DATA, SUBJECTS, outlined, subjects

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
KINDS = ("cpps-2015-2020", "local-provenance", "avenant-2", "one-sheet")
SHORT = Outline("Titre", "Sous-titre", "fr", date(2026, 1, 15), (), ())


def part(document: bytes, name: str = "word/document.xml") -> Element:
    """One part of the package."""
    with ZipFile(io.BytesIO(document)) as package:
        return fromstring(package.read(name))


def document_of(name: str) -> bytes:
    content = written(subjects()[name], "docx")
    assert isinstance(content, bytes)
    return content


def words(node: Element) -> str:
    return "".join(text.text or "" for text in node.iter(f"{W}t"))


def style_of(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    assert style is not None
    return style.attrib[f"{W}val"]


def value(root: Element, path: str) -> str:
    found = root.find(path)
    assert found is not None
    return found.attrib[f"{W}val"]


# --- what they say


@pytest.mark.parametrize("name", SUBJECTS)
def test_document_says_what_its_outline_says(name: str) -> None:
    subject = subjects()[name]
    read = read_docx(document_of(name))
    assert_same(read, with_destinations(outlined(subject)))
    if isinstance(subject, DocumentContext) and subject.sheet is None:
        assert_says_the_contract(read, subject)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_inert(kind: str) -> None:
    outline = hostile_outline(HOSTILE[kind])
    content = docx(outline)
    assert_same(read_docx(content), with_destinations(outline))
    with ZipFile(io.BytesIO(content)) as package:
        assert not OBEYED & set("".join(package.read(name).decode() for name in package.namelist()))


def test_provenance_is_in_footnotes() -> None:
    content = document_of("provenance")
    notes = part(content, "word/footnotes.xml").findall(f"{W}footnote")
    called = [note.attrib[f"{W}id"] for note in part(content).iter(f"{W}footnoteReference")]
    assert [note.attrib[f"{W}id"] for note in notes] == ["-1", "0", *called]
    assert len(called) > 50
    assert "decrochage-scolaire.toml" in words(notes[-1]) or all(map(words, notes[2:]))


# --- what Word makes of them


@pytest.mark.parametrize("name", KINDS)
def test_word_has_nothing_to_repair(name: str, tmp_path: Path) -> None:
    file = tmp_path / "document.docx"
    file.write_bytes(document_of(name))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


@pytest.mark.parametrize("kind", ["entity", "closing", "long_word", "emoji", "right_to_left"])
def test_word_has_nothing_to_repair_in_hostile_text(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "document.docx"
    file.write_bytes(docx(hostile_outline(HOSTILE[kind])))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_same_dossier_gives_the_same_bytes() -> None:
    assert document_of("local-provenance") == document_of("local-provenance")
    with ZipFile(io.BytesIO(document_of("one-sheet"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_hold_title_language_and_the_day_of_the_document() -> None:
    properties = {
        node.tag.rpartition("}")[2]: node.text
        for node in part(document_of("contrat-exemple-2021-2026/EX002"), "docProps/core.xml")
    }
    assert properties["title"] == "Contrat de prévention du quartier du Pochoir"
    assert properties["subject"] == "quartier du Pochoir"
    assert properties["language"] == "fr-FR"
    assert properties["created"] == properties["modified"] == "2026-01-15T00:00:00Z"
    assert properties["creator"] is None
    assert properties["description"] is None


@pytest.mark.parametrize(("language", "tag"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_every_word_is_in_the_language_of_the_document(language: str, tag: str) -> None:
    content = docx(SHORT._replace(language="fr" if language == "fr" else "en"))
    styles = part(content, "word/styles.xml")
    assert value(styles, f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") == tag
    assert value(part(content, "word/settings.xml"), f"{W}themeFontLang") == tag
    others = [node.attrib[f"{W}val"] for node in part(content).iter(f"{W}lang")]
    assert others == []


def test_summary_is_a_field_filled_with_links_to_the_headings() -> None:
    outline = outlined(subjects()["cpps-2015-2020"])
    document = part(document_of("cpps-2015-2020"))
    frame = document.find(f"{W}body/{W}sdt")
    assert frame is not None
    assert value(frame, f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") == "Table of Contents"
    signs = [sign.attrib[f"{W}fldCharType"] for sign in frame.iter(f"{W}fldChar")]
    assert signs == ["begin", "separate", "end"]
    first, *_lines, hint = frame.findall(f"{W}sdtContent/{W}p")[1:]
    assert [sign.attrib[f"{W}fldCharType"] for sign in first.iter(f"{W}fldChar")] == signs[:2]
    assert [node.tag for node in hint[-1]] == [f"{W}fldChar"]
    assert words(hint).startswith("Numéros de page")
    assert [code.text for code in frame.iter(f"{W}instrText")] == [' TOC \\o "1-2" \\h \\z ']
    entries = [line for line in frame.iter(f"{W}p") if style_of(line).startswith("TOC")][1:]
    expected = [(f"TOC{depth}", section.title) for depth, section in summary(outline)]
    assert [(style_of(line), words(line)) for line in entries] == expected
    headings = {
        mark.attrib[f"{W}name"]: words(heading)
        for heading in document.iter(f"{W}p")
        for mark in heading.iter(f"{W}bookmarkStart")
    }
    for line in entries:
        link = line.find(f"{W}hyperlink")
        assert link is not None
        assert headings[link.attrib[f"{W}anchor"]] == words(line)


def test_document_asks_word_nothing_when_it_opens() -> None:
    content = document_of("cpps-2015-2020")
    assert part(content, "word/settings.xml").find(f"{W}updateFields") is None
    assert not [sign for sign in part(content).iter(f"{W}fldChar") if f"{W}dirty" in sign.attrib]


@pytest.mark.parametrize("name", KINDS)
def test_heading_row_of_each_table_repeats_and_names_its_columns(name: str) -> None:
    tables = list(part(document_of(name)).iter(f"{W}tbl"))
    assert tables
    for table in tables:
        first, *rows = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert not [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert value(table, f"{W}tblPr/{W}tblCaption")
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert look is not None
        assert (look.attrib[f"{W}firstRow"], look.attrib[f"{W}firstColumn"]) == ("1", "1")


@pytest.mark.parametrize("name", KINDS)
def test_page_has_its_title_above_and_its_number_below(name: str) -> None:
    content = document_of(name)
    relations = part(content, "word/_rels/document.xml.rels")
    targets = {relation.attrib["Id"]: relation.attrib["Target"] for relation in relations}
    section = part(content).find(f"{W}body/{W}sectPr")
    assert section is not None
    placed = {
        (node.tag.removeprefix(W), node.attrib[f"{W}type"]): part(
            content, "word/" + targets[node.attrib[f"{R}id"]]
        )
        for node in section
        if f"{R}id" in node.attrib
    }
    outline = outlined(subjects()[name])
    above = f"{outline.title}{outline.standing}"
    assert words(placed["headerReference", "default"]) == above
    fields = [node.attrib[f"{W}instr"] for node in placed["footerReference", "default"].iter()
              if node.tag == f"{W}fldSimple"]  # fmt: skip
    assert fields == ["PAGE", "NUMPAGES"]
    # Only a page that holds nothing but the title goes without its number.
    assert bool(words(placed["footerReference", "first"])) == (not outline.contents)


# --- styles


@pytest.mark.parametrize("name", KINDS)
def test_all_of_the_look_is_in_styles_that_exist(name: str) -> None:
    content = document_of(name)
    known = {
        style.attrib[f"{W}styleId"] for style in part(content, "word/styles.xml").iter(f"{W}style")
    }
    document = part(content)
    allowed = {"pStyle", "numPr", "pageBreakBefore"}
    for look in document.iter(f"{W}pPr"):
        assert {node.tag.removeprefix(W) for node in look} <= allowed
    for look in document.iter(f"{W}rPr"):
        assert [node.tag for node in look] == [f"{W}rStyle"]
    used = [node for kind in ("pStyle", "rStyle", "tblStyle") for node in document.iter(W + kind)]
    assert {node.attrib[f"{W}val"] for node in used} <= known
    assert all(map(style_of, document.iter(f"{W}p")))


def test_our_styles_are_named_in_the_language_of_the_document() -> None:
    with speaking("fr"):
        french = part(docx(SHORT), "word/styles.xml")
    names = {
        style.attrib[f"{W}styleId"]: value(style, f"{W}name") for style in french.iter(f"{W}style")
    }
    assert names["NoticeDisputed"] == "Encadré – contesté"
    assert names["ContractTable"] == "Tableau du contrat"
    # Word translates those of its own.
    assert names["Heading1"] == "heading 1"


def test_each_numbered_list_counts_from_one() -> None:
    steps = Items((Item("Un"), Item("Deux")), numbered=True)
    dots = Items((Item("Point"),))
    content = docx(SHORT._replace(front=(steps, dots, steps)))
    numbers = [value(node, f"{W}numId") for node in part(content).iter(f"{W}numPr")]
    assert numbers == ["3", "3", "4", "4"]
    lists = {
        made.attrib[f"{W}numId"]: made
        for made in part(content, "word/numbering.xml").iter(f"{W}num")
    }
    for number in ("3", "4"):
        assert value(lists[number], f"{W}lvlOverride/{W}startOverride") == "1"
        assert value(lists[number], f"{W}abstractNumId") == value(lists["2"], f"{W}abstractNumId")


# --- links and places


@pytest.mark.parametrize("anchor", ["fiche-" + "très-" * 20 + "long", "1", "source-S1.2", "a b"])
def test_place_has_a_name_that_word_takes(anchor: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,39}", bookmark(anchor))


def test_long_names_of_places_stay_apart() -> None:
    assert bookmark("fiche-" + "a" * 60) != bookmark("fiche-" + "a" * 61)
    assert bookmark("fiche-citoyennete") == "fiche-citoyennete"


def test_address_is_spelt_so_that_word_takes_it() -> None:
    address = 'https://exemple.example/é|"{x}?a=1&b=%20#ici'
    content = docx(SHORT._replace(front=(Paragraph((Link("là", address), Link("ici", address))),)))
    relations = part(content, "word/_rels/document.xml.rels")
    external = [node for node in relations if node.get("TargetMode") == "External"]
    assert [node.attrib["Target"] for node in external] == [
        "https://exemple.example/%C3%A9%7C%22%7Bx%7D?a=1&b=%20#ici"
    ]


# --- tables


def table(*columns: tuple[str, bool, str]) -> Table:
    heads = tuple(Column(title, title, wide) for title, wide, _cell in columns)
    return Table(heads, (tuple(cell for _title, _wide, cell in columns),), caption="Titre")


@pytest.mark.parametrize(
    "block",
    [
        table(("N°", False, "1.1"), ("Intitulé", True, "mot " * 30)),
        table(("A", False, "x"), ("B", False, "y"), ("C", False, "z")),
        table(*((f"Colonne {n}", True, "motbeaucouptroplongpourtenir" * 3) for n in range(12))),
        Table((Column("seule", "Seule"),), (), caption="Vide"),
    ],
)
def test_columns_are_together_as_wide_as_the_page(block: Table) -> None:
    widths = column_widths(block)
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


def test_short_texts_stay_on_one_line_and_long_ones_share_the_rest() -> None:
    number, date_, title = column_widths(
        table(("N°", False, "1.1"), ("Date", False, "15 septembre 2021"), ("T", True, "mot " * 30))
    )
    assert number < date_ < title
    assert date_ >= 17 * 100


# --- small documents, and a library that is not there


def test_document_without_summary_has_no_page_of_its_own_for_its_title() -> None:
    sections = (Section("Un", (Paragraph("Texte."),), "un"),)
    with speaking("fr"):
        short = part(docx(SHORT._replace(sections=sections, contents=0)))
        long = part(docx(SHORT._replace(sections=sections)))
    assert short.find(f".//{W}sdt") is None
    assert not list(short.iter(f"{W}pageBreakBefore"))
    assert [words(p) for p in long.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
            ] == ["Un"]  # fmt: skip
    assert "Sommaire" in words(long)


def test_title_without_end_is_shortened_where_it_only_helps() -> None:
    endless = "mot " * 1000
    content = docx(SHORT._replace(title=endless))
    title = part(content, "docProps/core.xml").find("{http://purl.org/dc/elements/1.1/}title")
    assert title is not None
    assert len(title.text or "") == 255
    assert words(part(content)).startswith(endless)


def test_without_python_docx_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(CppsError) as refused:
        docx(SHORT)
    assert "python-docx" in str(refused.value)


def test_verb_writes_a_word_document_by_the_suffix_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CPPS_LANG", "en")
    file, exemple = tmp_path / "contrat.docx", str(DATA / "exemple")
    assert main(["export", "--data", exemple, "-a", "EX002", "--output", str(file)]) == 0
    assert read_docx(file.read_bytes()).headings[0][0] == 1
    assert capsys.readouterr().out == ""
    assert main(["export", "--data", exemple, "-a", "EX002", "--format", "docx"]) == 2
    out, err = capsys.readouterr()
    assert (out, "--output" in err) == ("", True)
