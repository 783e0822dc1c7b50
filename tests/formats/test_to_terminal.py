"""Tables on a screen: nothing is cut, whatever the width."""

import pytest

from cpps_cli.formats.terminal import in_terminal
from cpps_cli.present.document import Column, Section, Table

DATED = Table(
    (Column("day", "Day"), Column("title", "Title", wide=True), Column("note", "Note", wide=True)),
    (("28 septembre 2026", "Une réunion du comité", "À confirmer"),),
    {0: "Un axe"},
)


def shown(table: Table, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    return in_terminal(Section("Titre", (table,)))


def test_table_that_has_room_has_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Day" in shown(DATED, 60, monkeypatch)


@pytest.mark.parametrize("width", [40, 30, 24])
def test_table_too_wide_for_the_screen_becomes_a_list(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown(DATED, width, monkeypatch)
    assert max(map(len, text.splitlines())) <= width
    words = " ".join(text.split())
    assert "28 septembre 2026 Une réunion du comité Note: À confirmer" in words
    assert "Un axe" in words


def test_signs_of_many_places_stand_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [f"Lieu {number}" for number in range(40)]
    columns = (Column("title", "Title", wide=True), *(Column(p, p, narrow=True) for p in places))
    text = shown(Table(columns, (("Une fiche", *["A"] * 40),)), 40, monkeypatch)
    assert "Lieu 0 A · Lieu 1 A · " in " ".join(text.split())
    assert "Lieu 39 A" in " ".join(text.split())


def test_upright_titles_that_begin_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    places = ("Saint-Martin-d'Hères", "Saint-Martin-le-Vinoux", "Grenoble", "Échirolles-Ouest")
    columns = (
        Column("title", "Title", wide=True),
        *(Column(place, place, narrow=True) for place in places),
    )
    lines = shown(Table(columns, (("Une fiche", *"IAMX"),)), 44, monkeypatch).splitlines()
    upright = ["".join(line[at : at + 1] for line in lines[1:-2]).strip() for at in range(44)]
    assert [title for title in upright if title[:1] in "…GÉ" and len(title) > 3] == [
        "…d'Hères",
        "…le-Vinoux",
        "Grenoble",
        "Échirolle…",
    ]
