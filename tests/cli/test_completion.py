"""What TAB offers: names of the library, and nothing at all where it cannot be read."""

import subprocess
import sys
from pathlib import Path

import pytest

from cpps_cli.cli.options import complete_contract, complete_sheet, complete_territory
from cpps_cli.library.locate import bundled

OFFERED = (complete_contract, complete_sheet, complete_territory)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A library of one contract, derived for one of its two territories."""
    write(tmp_path / "library.toml", 'contract = "c"')
    write(
        tmp_path / "territories.toml", 'territories.A.name = "Ville"\nterritories.BB.also = ["b"]'
    )
    write(tmp_path / "c/contract.toml", 'title = "Contrat fictif"\nlocal_territories = ["BB"]')
    write(tmp_path / "c/sheets/places.toml", 'number = "1.10"\ntitle = "Tenir les places"')
    write(tmp_path / "c/sheets/accueil.toml", 'number = "1.9"\ntitle = "Accueillir"')
    write(tmp_path / "c/sheets/vide.toml", "")
    monkeypatch.setenv("CPPS_DATA", str(tmp_path))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_sheets_are_offered_by_number_and_by_code(library: Path) -> None:
    assert complete_sheet("") == [
        ("1.9", "Accueillir"),
        ("1.10", "Tenir les places"),
        ("accueil", "Accueillir"),
        ("places", "Tenir les places"),
        ("vide", ""),
    ]
    assert complete_sheet("1.1") == [("1.10", "Tenir les places")]
    assert complete_sheet("pl") == [("places", "Tenir les places")]


def test_only_territories_with_a_derived_contract_are_offered(library: Path) -> None:
    assert complete_territory("") == [("b", "BB")]


def test_paris_offers_its_arrondissements_and_neither_the_town_nor_paris_centre(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CPPS_DATA", str(bundled("paris")))
    assert [name for name, _about in complete_territory("")] == [str(n) for n in range(1, 21)]
    assert complete_territory("18") == [("18", "18e arrondissement")]


def test_contracts_are_offered_with_their_titles(library: Path) -> None:
    assert complete_contract("") == [("c", "Contrat fictif")]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("territories.toml", "territories = 1"),
        ("territories.toml", "territories.BB = 1"),
        ("territories.toml", "territories.BB = { also = 1, name = 2 }"),
        ("territories.toml", "territories.BB.also = [1]"),
        ("territories.toml", "territories = "),
    ],
)
def test_entry_of_another_shape_leaves_the_code(library: Path, file: str, text: str) -> None:
    write(library / file, text)
    assert complete_territory("") == [("BB", "BB")]


@pytest.mark.parametrize(
    "text", ["contract = 1", "contract = []", 'contract = "../c"', 'contract = "\\u0000"', "con"]
)
def test_library_that_names_no_contract_offers_neither_sheet_nor_territory(
    library: Path, text: str
) -> None:
    write(library / "library.toml", text)
    assert (complete_sheet(""), complete_territory("")) == ([], [])


def test_sheet_of_another_shape_is_offered_by_its_code(library: Path) -> None:
    write(library / "c/sheets/places.toml", "number = 1\ntitle = []")
    assert complete_sheet("p") == [("places", "")]
    assert complete_sheet("1.1") == []


def test_territories_that_are_no_list_are_not_offered(library: Path) -> None:
    write(library / "c/contract.toml", "local_territories = 1")
    assert complete_territory("") == []
    write(library / "c/contract.toml", 'local_territories = [1, "BB"]')
    assert complete_territory("") == [("b", "BB")]


def test_files_that_cannot_be_read_offer_nothing(library: Path) -> None:
    (library / "library.toml").write_bytes(b'contract = "\xff"')
    assert complete_sheet("") == []
    (library / "library.toml").unlink()
    (library / "library.toml").mkdir()
    assert complete_sheet("") == []
    assert complete_contract("") == [("c", "Contrat fictif")]


@pytest.mark.parametrize("folder", ["/nowhere", "/dev/null", "", "~", "a\tb"])
def test_where_no_library_is_nothing_is_offered(
    folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPPS_DATA", folder or str(tmp_path))
    assert [offered("") for offered in OFFERED] == [[], [], []]


def test_folder_that_was_removed_under_us_offers_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.delenv("CPPS_DATA", raising=False)
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert [offered("") for offered in OFFERED] == [[], [], []]


def test_help_text_stays_on_one_line_and_holds_nothing_to_obey(library: Path) -> None:
    write(library / "c/sheets/vide.toml", f'title = "[/b] \\u001b[31m\\nrouge {"mot " * 60}"')
    ((_code, about),) = complete_sheet("vide")
    assert about.startswith("(/b) \N{REPLACEMENT CHARACTER}(31m rouge mot")
    assert len(about) <= 60
    assert about.endswith("…")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_is_offered_a_line_for_each_name(library: Path, shell: str) -> None:
    write(library / "c/sheets/vide.toml", f'title = "[/b] {"mot " * 60}"')
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli"],
        env={
            "CPPS_DATA": str(library),
            "_CPPS_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": "cpps show ",
            "COMP_CWORD": "2",
            "_TYPER_COMPLETE_ARGS": "cpps show ",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 5


@pytest.mark.parametrize(
    "environment",
    [{"CPPS_DATA": "/nowhere"}, {"CPPS_DATA": "/dev/null"}],
)
def test_tab_never_shows_a_traceback(environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli"],
        cwd=tmp_path,
        env={
            **environment,
            "_CPPS_COMPLETE": "complete_bash",
            "COMP_WORDS": "cpps derive -a 1",
            "COMP_CWORD": "3",
        },
        capture_output=True,
        check=True,
    )
    assert (done.stdout.strip(), done.stderr) == (b"", b"")
