"""What was measured, and what is to be measured, as the verbs tell it."""

from pathlib import Path

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
LIBRARY = {
    "library.toml": 'format = 1\ntitle = "Cas"\ncontract = "c"\nlanguage = "fr"\n',
    "territories.toml": '[territories]\nT.name = "Ville"\nL.name = "Quartier"\n',
    "c/contract.toml": 'title = "Contrat"\nterritory = "T"\nlocal_territories = ["L"]\n'
    '[[axes]]\ncode = "a"\nnumber = 1\n[[milestones]]\nkind = "signed"\non = 2024-01-01\n',
    "c/sheets/une.toml": 'number = "1.1"\ntitle = "Une fiche"\naxis = "a"\n'
    '[[indicators]]\ncode = "i"\ntitle = "Lieux"\nunit = "lieux"\ntarget = "10"\n'
    'values = [{ period = "2024", value = 31 }]\n'
    '[[indicators]]\ncode = "j"\ntitle = "Heures"\nunit = "h"\n'
    'values = [{ period = "2024", value = 77 }]\n'
    '[[indicators]]\ncode = "k"\ntitle = "Pas"\nunit = "pas"\n',
    "c/local/L.toml": 'title = "Quartier"\ntakes = "all"\n'
    '[[exclude]]\nsheet = "une"\nreason = "Sans objet"\n',
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, text in LIBRARY.items():
        path = tmp_path / "lib" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "lib"


def asked(capsys: Captured, library: Path, *words: str) -> str:
    capsys.readouterr()
    assert main([*words, "--data", str(library), "--lang", "en"]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_figure_that_is_entered_reopens_nothing(library: Path, capsys: Captured) -> None:
    asked(capsys, library, "pin", "--all")
    sheet = library / "c/sheets/une.toml"
    text = sheet.read_text(encoding="utf-8")
    more = text.replace("value = 31 }", 'value = 31 }, { period = "2025", value = 52 }')
    sheet.write_text(more, encoding="utf-8")
    assert "Nothing is to be read again." in asked(capsys, library, "update", "--check")
    assert "no fault" in asked(capsys, library, "check")
    assert "52" in asked(capsys, library, "show", "une")
    assert "52" not in asked(capsys, library, "show", "une", "--on", "2025-06-01")
    assert "31" in asked(capsys, library, "show", "une", "--on", "2025-06-01")


def test_document_of_an_amendment_says_each_change_of_an_indicator(
    library: Path, capsys: Captured
) -> None:
    amendment = library / "c/amendments/av1.toml"
    amendment.parent.mkdir()
    amendment.write_text(
        'title = "Avenant 1"\nin_force_on = 2025-03-01\n[[adapt]]\nsheet = "une"\n'
        'set.indicators = [{ code = "i", target = "12" }, { code = "j", definition = "De nuit" }, '
        '{ code = "n", title = "Nuits", unit = "nuits" }]\nremove.indicators = ["k"]\n',
        encoding="utf-8",
    )
    assert "no error" in asked(capsys, library, "check")
    text = asked(capsys, library, "export", "--amendment", "av1", "--format", "markdown")
    article = text.split("### Article 1")[1].split("### Article 2")[0]
    assert "« Indicateurs, “Lieux”, cible », est remplacé : « 10 » par : « 12 »" in article
    assert "« Indicateurs, “Heures”, définition », il est écrit : « De nuit »" in article
    assert "À la rubrique « Indicateurs », est ajouté : #### Nuits" in article
    assert "À la rubrique « Indicateurs », est supprimé : - Pas" in article
    shown = asked(capsys, library, "show", "une")
    assert "Target: 12." in shown
    assert "31" in shown
    assert "77" in shown
