"""Workbooks say what their contracts say, and hold nothing that a program would obey."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from cpps_cli.cli.export import written
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.xlsx import LONGEST, excel_length, fitted, packed
from cpps_cli.i18n.catalogue import paragraphs, speaking
from cpps_cli.model import LIST_FIELDS, Contract
from cpps_cli.present.document import made_inert
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.facts import Cell, Shown, Tab, Workbook, wide
from tests.formats.comparison import squeezed
from tests.formats.hostile import HOSTILE, OBEYED
from tests.formats.reader_xlsx import ReadTab, active_content, read_xlsx
from tests.formats.subjects import CONTRACTS, dossiers, subjects

TABS = [
    *("Contrat", "Fiches", "Texte des fiches", "Couverture", "Calendrier"),
    *("Indicateurs", "Étapes", "Avenants", "Dispositifs rapportés", "Divergences", "Sources"),
]
EXEMPLE = "contrat-exemple-2021-2026"


def xlsx(context: DocumentContext) -> bytes:
    content = written(context, "xlsx")
    assert isinstance(content, bytes)
    return content


@cache
def read(name: str) -> dict[str, ReadTab]:
    subject = subjects()[name]
    assert isinstance(subject, DocumentContext)
    return read_xlsx(xlsx(subject))


def column(tab: ReadTab, title: str) -> list[object]:
    """What stands under a title; nothing where there is none, or the tab is a sentence."""
    return list(tab.column(title)) if tab.table and title in tab.rows[0] else []


# --- every contract


@pytest.mark.parametrize("name", CONTRACTS)
def test_workbook_says_what_its_contract_says(name: str) -> None:
    context = dossiers()[name]
    content = xlsx(context)
    tabs = read_xlsx(content)
    assert list(tabs) == TABS
    assert_sheets_of(context.contract, tabs)
    assert_texts_of(context.contract, tabs)
    for tab in tabs.values():
        assert_table_or_sentence(tab)
        assert_days_are_dates(tab)
    assert_sources_are_listed(tabs)
    assert active_content(content) == []
    assert xlsx(context) == content


def assert_sheets_of(contract: Contract, tabs: dict[str, ReadTab]) -> None:
    sheets = tabs["Fiches"]
    assert column(sheets, "Code") == [sheet.code for sheet in contract.sheets]
    assert column(sheets, "N°") == [sheet.number or "" for sheet in contract.sheets]
    titles = [squeezed(sheet.title or "intitulé non connu") for sheet in contract.sheets]
    assert [squeezed(str(title)) for title in column(sheets, "Intitulé")] == titles


def assert_texts_of(contract: Contract, tabs: dict[str, ReadTab]) -> None:
    """Each paragraph and each item has its row, in the order of the sheet."""
    expected = [
        squeezed(text)
        for sheet in contract.sheets
        for field in ("context", *LIST_FIELDS[:6], "lead", *LIST_FIELDS[6:])
        for text in _lines(getattr(sheet, field))
    ]
    texts = column(tabs["Texte des fiches"], "Texte")
    assert [squeezed(str(text)) for text in texts] == expected


def _lines(value: tuple[str, ...] | str | None) -> list[str]:
    return list(value) if isinstance(value, tuple) else paragraphs(value or "")


def assert_table_or_sentence(tab: ReadTab) -> None:
    """A table has filters on all of its rows, titles of its own and a header that stays."""
    if tab.table is None:
        assert [len(row) for row in tab.rows] == [1]
        return
    assert tab.filtered == tab.table[1]
    assert tab.table[1].endswith(str(len(tab.rows)))
    assert len(tab.rows) > 1
    assert tab.frozen == "B2"
    assert len(set(tab.rows[0])) == len(tab.rows[0])


def assert_days_are_dates(tab: ReadTab) -> None:
    for at, title in enumerate(tab.rows[0] if tab.table else ()):
        if title in {"Jour", "Premier jour", "Dernier jour", "Décidé le", "À revoir le"}:
            cells = [row[at] for row in tab.rows[1:] if row[at] != ""]
            assert all(type(cell) is date for cell in cells), (tab.title, title)


def assert_sources_are_listed(tabs: dict[str, ReadTab]) -> None:
    cells = [cell for tab in tabs.values() for cell in column(tab, "Sources")]
    cells += [row[1] for row in tabs["Contrat"].rows if row[0] == "Sources"]
    cited = {id for cell in cells for id in str(cell).split(", ") if id}
    assert cited
    assert cited <= set(column(tabs["Sources"], "Id."))


# --- what the tables say


def test_coverage_accounts_for_every_sheet_in_every_place() -> None:
    parent = dossiers()[EXEMPLE].contract
    rows = read(EXEMPLE)["Couverture"].rows[1:]
    assert len(rows) == len(parent.sheets) * len(parent.local_territories)
    fates = {(row[0], row[1]): row[3:9] for row in rows}
    assert fates["Maquette", "1.1"][0] == "Texte inconnu"
    fate, held_by, why, body, decided_on, review_on = fates["Moulin", "3.2"]
    assert (fate, held_by) == ("Écartée", "")
    assert all((why, body, decided_on, review_on))


def test_local_contract_says_where_its_sheets_come_from() -> None:
    sheets = read(f"{EXEMPLE}/EX002")["Fiches"]
    derived = dossiers()[f"{EXEMPLE}/EX002"].derived
    assert derived is not None
    assert len(column(sheets, "Origine")) == len(derived.sheets)
    assert {"Adaptée", "Fusionnée"} & set(column(sheets, "Origine"))


def test_local_contract_without_text_is_not_said_to_have_decided() -> None:
    tabs = read("cpps-2015-2020/75118")
    assert set(column(tabs["Fiches"], "Origine")) == {"Serait héritée"}
    assert set(column(tabs["Couverture"], "Ce qu'elle est devenue")) == {"Texte inconnu"}
    assert any("Texte non connu" in str(row[0]) for row in tabs["Contrat"].rows)


def test_figures_are_numbers_with_their_words() -> None:
    tab = read(EXEMPLE)["Indicateurs"]
    measured = [
        item.value
        for sheet in dossiers()[EXEMPLE].contract.sheets
        for indicator in sheet.indicators
        for item in sorted(indicator.values, key=lambda item: (item.period.first, item.period.last))
    ]
    shown = [cell for cell, said in zip(tab.column("Valeur"), tab.column("Période"), strict=True)
             if said != "Aucune valeur n'est connue."]  # fmt: skip
    assert shown == ["" if value is None else value for value in measured]
    assert any(isinstance(value, int | float) for value in shown)


def test_days_look_as_the_language_writes_them() -> None:
    formats = read(EXEMPLE)["Calendrier"].number_formats
    assert formats["A2"] == "dd/mm/yyyy"
    assert formats["B2"] == "General"


def test_one_sheet_alone() -> None:
    tabs = read("one-local-sheet")
    assert column(tabs["Fiches"], "Code") == ["accueil-et-ecoute"]
    assert len(set(column(tabs["Texte des fiches"], "Fiche"))) == 1
    assert all(column(tabs["Couverture"], "Fiches locales"))


def test_provenance_has_its_column() -> None:
    tab = read("provenance")["Texte des fiches"]
    assert any("decrochage-scolaire.toml, ligne" in str(cell) for cell in tab.column(
        "D'où cela vient"))  # fmt: skip


def test_amendment_is_no_workbook() -> None:
    with pytest.raises(CppsError, match="an amendment is a text"):
        written(subjects()["avenant-1"], "xlsx")


# --- the file


def test_file_says_its_language_and_only_the_day_of_the_document() -> None:
    context = dossiers()[EXEMPLE]
    core = _core(xlsx(context))
    assert "<dc:language>fr</dc:language>" in core
    assert core.count("2026-01-15T00:00:00Z") == 2
    with ZipFile(BytesIO(xlsx(context))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    later = replace(context, on=date(2026, 1, 16))
    assert "2026-01-16T00:00:00Z" in _core(xlsx(later))


def _core(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as package:
        return package.read("docProps/core.xml").decode()


# --- whatever a cell may hold


def workbook(*values: Cell) -> Workbook:
    """One cell for each value under a column of its own, and a text for the title of the file."""
    columns: tuple[Shown[Cell], ...] = tuple(
        wide(f"Colonne {position}") for position in range(len(values))
    )
    said = str(values[0])
    first = Tab("Contrat", (Shown("Objet"), Shown("Ce que l'on en sait")), (), "Rien.")
    tabs = (first, Tab("Un", columns, (values,), ""))
    return made_inert(Workbook(said, said, date(2026, 1, 15), tabs))


def cells(*values: Cell) -> list[object]:
    with speaking("fr"):
        content = packed(fitted(workbook(*values)))
    assert active_content(content) == []
    return list(read_xlsx(content)["Un"].rows[1])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    expected = made_inert(text)
    (shown,) = cells(text)
    assert isinstance(shown, str)
    assert not OBEYED & set(shown)
    if excel_length(expected) <= LONGEST:
        assert shown == expected


LOOKS_LIKE = ("_x0041_", "1.1", "2017-07-01", "TRUE", "#N/A", " a", "'=1", "{=1}")


@pytest.mark.parametrize("text", LOOKS_LIKE)
def test_text_that_looks_like_something_else_is_text(text: str) -> None:
    assert cells(text) == [text]


def test_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    text = "é" * 40_000
    (shown,) = cells(text)
    end = (
        "… [Coupé\xa0: le texte a 40\u202f000 caractères, "
        "plus qu'une cellule d'Excel n'en contient.]"
    )
    assert isinstance(shown, str)
    assert shown.endswith(end)
    assert len(shown) == LONGEST
    assert text.startswith(shown.removesuffix(end))


def test_signs_that_excel_counts_twice_are_counted_so() -> None:
    (whole, cut) = cells("😀" * (LONGEST // 2), "a" + "😀" * (LONGEST // 2))
    assert whole == "😀" * (LONGEST // 2)
    assert cut == "a" + "😀" * (LONGEST // 2)
    (over,) = cells("aa" + "😀" * (LONGEST // 2))
    assert excel_length(str(over)) in {LONGEST, LONGEST - 1}
    assert str(over).endswith("contient.]")


def test_first_tab_counts_what_is_cut() -> None:
    columns: tuple[Shown[Cell], ...] = (Shown("Un"), Shown("Deux"))
    tab = Tab("A", columns, (("x" * 40_000, "y"), ("z" * 40_000, "y")), "")
    found = fitted(Workbook("a", "b", date(2026, 1, 15), (Tab("B", columns, (), ""), tab)))
    assert found.tabs[0].rows == (("Cut", found.tabs[0].rows[0][1]),)
    assert str(found.tabs[0].rows[0][1]).startswith("2 cells held more than")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        *((7, 7), (1.5, 1.5), (0, 0), (-3, -3)),
        *((10**15, "1000000000000000"), (10**400, str(10**400))),
        *((float("nan"), "nan"), (float("inf"), "inf")),
    ],
)
def test_number_that_excel_cannot_hold_is_written_out(number: float, shown: object) -> None:
    assert cells(number) == [shown]


def test_day_before_the_calendar_of_excel_is_written_out() -> None:
    assert cells(date(1900, 3, 1), date(1900, 2, 28), date(1, 1, 1)) == [
        *(date(1900, 3, 1), "28/02/1900", "01/01/1"),
    ]


def test_title_in_the_header_of_a_page_commands_nothing() -> None:
    with speaking("fr"), ZipFile(BytesIO(packed(workbook('A&B &Z&F &"Arial"')))) as package:
        part = package.read("xl/worksheets/sheet2.xml").decode()
    assert (
        "&amp;LA&amp;&amp;B &amp;&amp;Z&amp;&amp;F &amp;&amp;&quot;Arial&quot;&amp;R" in part
        or ('&amp;LA&amp;&amp;B &amp;&amp;Z&amp;&amp;F &amp;&amp;"Arial"&amp;R' in part)
    )


# --- beside the contract


def test_programmes_are_on_a_tab_of_their_own() -> None:
    tab = read(EXEMPLE)["Dispositifs rapportés"]
    assert set(column(tab, "Dispositif")) == {"Les Ateliers du mercredi"}
    assert [value for value in column(tab, "Valeur") if value != ""] == [30, 64]
    assert [day for day in column(tab, "Premier jour") if day != ""] == [
        date(2021, 1, 1),
        date(2022, 7, 1),
        date(2021, 1, 1),
        date(2022, 1, 1),
    ]
    assert read(f"{EXEMPLE}/EX002")["Dispositifs rapportés"].rows == [
        ["Ce que des sources rapportent de dispositifs est dit avec le contrat parent."]
    ]


def test_amendments_have_their_days() -> None:
    assert column(read(EXEMPLE)["Avenants"], "En vigueur à partir du") == [
        date(2022, 9, 1),
        date(2024, 7, 1),
    ]
    own = read(f"{EXEMPLE}/EX002")["Avenants"]
    assert column(own, "En vigueur à partir du") == [date(2025, 4, 1)]


def test_origin_of_the_contract_itself_is_told_on_request() -> None:
    tab = read("local-provenance")["Provenance"]
    found = dict(zip(column(tab, "Valeur"), column(tab, "D'où cela vient"), strict=True))
    assert "local/EX002.toml, ligne 2" in str(found["Contrat de prévention du quartier du Pochoir"])
    assert "avenant-pochoir-1.toml" in str(found["L'amicale des familles du square"])
