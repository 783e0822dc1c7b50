"""Nothing is claimed of a text that is not held."""

import csv
import io
import json
from pathlib import Path

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
TEXTS = {
    "library.toml": 'format = 1\ntitle = "Bourg-Fictif"\ncontract = "c"\nfictional = true\n',
    "territories.toml": '[territories]\nT.name = "Bourg-Fictif"\nL.name = "Le Moulin"\n',
    "c/contract.toml": 'title = "C"\nterritory = "T"\nlocal_territories = ["L"]\n'
    '[[axes]]\ncode = "a"\nnumber = 1\n',
    "c/local/L.toml": 'title = "L"\ntakes = "listed"\ntext = "partial"\n'
    '[[add]]\ncode = "x"\naxis = "a"\ntitle = "X"\nparent = "unknown"\n',
}
SHEET = 'title = "Une fiche"\naxis = "a"\nnumber = "1.1"\n'


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        written(tmp_path / "lib", name, text)
    return tmp_path / "lib"


def written(library: Path, name: str, text: str) -> None:
    path = library / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def answer(library: Path, words: str, capsys: Captured) -> str:
    assert main(["--data", str(library), *words.split()]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_of_a_parent_without_sheets_nothing_is_said(library: Path, capsys: Captured) -> None:
    assert "1 sheet (1 added). No sheet of the parent is held." in answer(
        library, "derive -a L", capsys
    )
    document = answer(library, "export -a L --format markdown", capsys)
    assert "n'est connue : on ne peut rien dire de ce qui n'est pas repris" in document.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "sont reprises" not in document


def test_sheet_added_beside_a_parent_without_sheets_is_in_every_format(
    library: Path, capsys: Captured
) -> None:
    table = answer(library, "coverage", capsys)
    assert "No sheet of the parent is held." in table
    assert "– X added ?" in table
    assert main(["--data", str(library), "coverage", "--format", "csv"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["territory"], row["state"], row["local_titles"]) == ("L", "added", "X")
    [place] = json.loads(answer(library, "coverage --format json", capsys))["contracts"]
    assert [item["code"] for item in place["local_sheets"]] == ["x"]


def test_sheet_without_aims_means_or_results_has_no_text(library: Path, capsys: Captured) -> None:
    written(library, "c/sheets/une.toml", f'{SHEET}lead = "La mairie"\npartners = ["Le collège"]\n')
    written(library, "c/local/L.toml", 'title = "L"\ntakes = "all"\n')
    [sheet] = json.loads(answer(library, "list-actions --format json", capsys))["sheets"]
    assert sheet["status"] == "titled"
    shown = answer(library, "show 1.1 -a L", capsys)
    assert "Status: its title is held, its text is to complete" in shown
    assert "Inherited from C, whose text is not held" in shown
    assert "Nothing that is held differs." in answer(library, "compare 1.1", capsys)
    written(library, "c/sheets/une.toml", f'{SHEET}means = ["Deux médiateurs"]\n')
    assert "Inherited word for word from C" in answer(library, "show 1.1 -a L", capsys)


def test_inherited_names_what_is_the_parents_no_more_no_less(
    library: Path, capsys: Captured
) -> None:
    head = TEXTS["c/contract.toml"].replace("[[axes]]", 'term = "2024..2028"\n[[axes]]')
    written(library, "c/contract.toml", f'signatories = ["La mairie"]\n{head}')
    written(library, "c/local/L.toml", 'title = "L"\ntakes = "all"\n')
    document = json.loads(answer(library, "derive -a L --format json", capsys))
    assert document["contract"]["inherited"] == ["term", "signatories"]
    written(
        library,
        "c/local/L.toml",
        'title = "L"\ntakes = "all"\n[contract]\nset.term = "2025..2028"\n'
        'append.signatories = ["Le collège"]\n',
    )
    document = json.loads(answer(library, "derive -a L --format json", capsys))
    assert document["contract"]["inherited"] == []
