"""A free text keeps the lists that stand in it, in every format."""

import io
import zipfile
from datetime import date
from typing import Any

import pikepdf

from cpps_cli.formats.docx import docx
from cpps_cli.formats.html import html
from cpps_cli.formats.markdown import section_text
from cpps_cli.formats.pdf import pdf
from cpps_cli.formats.terminal import in_terminal
from cpps_cli.present.document import Item, Items, Outline, Paragraph, Section
from cpps_cli.present.prose import listed, prose

TEXT = """
Trois constats :
- le premier,
  sur deux lignes
• le deuxième

Une phrase coupée
sur deux lignes, avec un tiret - et 2. un nombre.

1. un
2) deux
"""
STEP = "Étape 1 :\n- détail a\n- détail b"


def test_text_is_paragraphs_and_lists() -> None:
    assert [*prose(TEXT)] == [
        Paragraph("Trois constats :"),
        Items((Item("le premier, sur deux lignes"), Item("le deuxième"))),
        Paragraph("Une phrase coupée sur deux lignes, avec un tiret - et 2. un nombre."),
        Items((Item("un"), Item("deux")), numbered=True),
    ]


def test_item_keeps_the_list_under_it() -> None:
    assert listed(STEP) == Item("Étape 1 :", None, ("détail a", "détail b"))
    assert listed("Étape\nen deux lignes") == Item("Étape en deux lignes")
    assert listed("- sans rien avant") == Item("- sans rien avant")
    assert listed("Dans l'ordre :\n1. un\n2. deux").numbered


def test_list_within_a_list_stays_one_on_a_screen_and_in_markdown() -> None:
    section = Section("Titre", (Items((listed(STEP), listed("Étape 2")), numbered=True),))
    markdown = section_text(section).replace("\N{NO-BREAK SPACE}", " ")
    assert markdown.splitlines()[2:] == [
        "1. Étape 1 :",
        "   - détail a",
        "   - détail b",
        "2. Étape 2",
    ]
    text = in_terminal(section).replace("\N{NO-BREAK SPACE}", " ")
    shown = [line.strip() for line in text.splitlines()]
    assert shown[-4:] == ["1. Étape 1 :", "– détail a", "– détail b", "2. Étape 2"]


def test_list_within_a_list_stays_one_in_documents() -> None:
    items = Items((listed(STEP), listed("Dans l'ordre :\n1. un\n2. deux")))
    outline = Outline("T", "S", "fr", date(2026, 1, 1), (), (Section("Titre", (items,)),))
    page = html(outline).decode()
    assert "<li>Étape 1 :<ul><li>détail a</li><li>détail b</li></ul></li>" in page
    assert "<ol><li>un</li><li>deux</li></ol>" in page
    word = zipfile.ZipFile(io.BytesIO(docx(outline))).read("word/document.xml").decode()
    assert word.count('<w:pStyle w:val="ListBullet2"/>') == 2
    assert word.count('<w:pStyle w:val="ListNumber2"/>') == 2
    document = pikepdf.open(io.BytesIO(pdf(outline)))
    assert lists_in(document.Root.StructTreeRoot) == [(1, 2), (2, 2), (2, 2)]


def lists_in(node: pikepdf.Object, depth: int = 0) -> list[tuple[int, int]]:
    """How deep each list of a PDF stands, and how many items it has."""
    kids: Any = node.get("/K", [])
    parts = [*kids] if isinstance(kids, pikepdf.Array) else [kids]
    nodes = [kid for kid in parts if isinstance(kid, pikepdf.Dictionary)]
    found = []
    if node.get("/S") == "/L":
        depth += 1
        found = [(depth, sum(kid.get("/S") == "/LI" for kid in nodes))]
    return [*found, *(one for kid in nodes for one in lists_in(kid, depth))]
