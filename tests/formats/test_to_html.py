"""An HTML document for everybody: what a screen reader is told, and that nothing else is needed."""

import re
from itertools import pairwise

import pytest

from cpps_cli.formats.html import STYLE, html
from tests.formats.hostile import HOSTILE, hostile_outline
from tests.formats.reader_html import parsed
from tests.formats.subjects import outlined, subjects

PAGES = ("contrat-exemple-2021-2026/EX002", "avenant-2", "one-local-sheet", "local-provenance")
pages = pytest.mark.parametrize("name", PAGES)
ELEMENTS = re.compile(
    "html|head|meta|title|style|body|header|nav|main|section|h[1-6]|p|a|ul|ol|li|dl|dt|dd|div"
    "|strong|small|table|caption|thead|tbody|tr|th|td"
)
COLOUR = re.compile(r"--([a-z]+): (#[0-9a-f]{6})")


@pages
def test_page_says_its_language_title_and_landmarks(name: str) -> None:
    outline = outlined(subjects()[name])
    page = parsed(html(outline))
    assert page.get("lang") == "fr"
    assert page.findtext("head/title") == f"{outline.title} – {outline.subtitle}"
    inside = [child.tag for child in page.find("body") or []]
    assert inside == ["a", "header", *(["nav"] if outline.contents else []), "main"]
    assert len(list(page.iter("h1"))) == 1


@pages
def test_first_link_skips_to_the_text(name: str) -> None:
    page = parsed(html(outlined(subjects()[name])))
    skip, main = page.find("body/a"), page.find("body/main")
    assert skip is not None
    assert main is not None
    assert skip.get("href") == f"#{main.get('id')}"


@pages
def test_every_link_inside_leads_somewhere(name: str) -> None:
    page = parsed(html(outlined(subjects()[name])))
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(set(ids)) == len(ids)
    inside = [
        link.get("href", "")[1:] for link in page.iter("a") if link.get("href", "")[:1] == "#"
    ]
    assert set(inside) <= set(ids)


@pages
def test_no_level_of_headings_is_skipped(name: str) -> None:
    page = parsed(html(outlined(subjects()[name])))
    levels = [int(node.tag[1]) for node in page.iter() if re.fullmatch("h[1-6]", node.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pages
def test_cells_are_named_where_columns_are_gone(name: str) -> None:
    page = parsed(html(outlined(subjects()[name])))
    for table in page.iter("table"):
        assert table.findtext("caption")
        head, *body = table.iter("tr")
        titles = [cell.text for cell in head]
        for row in body:
            assert [cell.get("data-label") for cell in row] == titles
            assert [cell.get("role") for cell in row] == ["rowheader", *["cell"] * (len(row) - 1)]


@pytest.mark.parametrize("kind", HOSTILE)
def test_page_needs_nothing_and_runs_nothing(kind: str) -> None:
    page = parsed(html(hostile_outline(HOSTILE[kind])))
    named = {"lang", "charset", "name", "content", "href", "class", "id", "tabindex", "scope"}
    named |= {"role", "data-label", "aria-labelledby"}
    for node in page.iter():
        assert ELEMENTS.fullmatch(node.tag)
        assert set(node.keys()) <= named
    style = page.findtext("head/style") or ""
    assert "url(" not in style
    assert "@import" not in style
    assert all(re.match("#|https?://", link.get("href", "")) for link in page.iter("a"))


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("behind", ["paper", "tint"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "state", "unknown", "disputed"])
def test_text_stands_out_by_day_and_by_night(ink: str, behind: str, theme: int) -> None:
    named: dict[str, list[str]] = {}
    for name, colour in COLOUR.findall(STYLE):
        named.setdefault(name, []).append(colour)
    assert contrast(named[ink][theme], named[behind][theme]) >= 4.5
