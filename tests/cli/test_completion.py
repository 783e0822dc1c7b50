"""What TAB offers: names of the library, and nothing at all where it cannot be read."""

import subprocess
import sys
from pathlib import Path

import pytest

from cpps_cli.cli.complete import (
    complete_amendment,
    complete_awaited,
    complete_axis,
    complete_body,
    complete_conflicting,
    complete_contract,
    complete_field,
    complete_reading,
    complete_sheet,
    complete_source,
    complete_territory,
)
from cpps_cli.library.locate import bundled

OFFERED = (
    complete_amendment,
    complete_axis,
    complete_body,
    complete_contract,
    complete_reading,
    complete_sheet,
    complete_source,
    complete_territory,
)


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


def test_axes_amendments_readings_offices_and_sources_are_offered(library: Path) -> None:
    write(library / "sources.toml", '[sources.S1]\ntitle = "Page fictive"')
    write(
        library / "c/contract.toml",
        """
        axes = [{ code = "un", number = 1, title = "Premier axe" }, { code = "deux" }, 3]
        milestones = [{ kind = "presented", body = "Conseil fictif" }, { kind = "signed" }]
        claims = [{ id = "2001", says.term = "2001", says.window = "2000-S2" }, { topic = "x" }]
        """,
    )
    write(library / "c/local/BB.toml", 'milestones = [{ body = "Comité fictif" }]')
    write(library / "c/amendments/avenant-1.toml", 'title = "Avenant n° 1"')
    write(library / "c/local/BB/amendments/local-1.toml", 'title = "Avenant local"')
    assert complete_axis("") == [
        ("1", "Premier axe"),
        ("un", "Premier axe"),
        ("deux", ""),
    ]
    assert complete_axis("u") == [("un", "Premier axe")]
    assert complete_amendment("") == [
        ("avenant-1", "Avenant n° 1"),
        ("local-1", "Avenant local"),
    ]
    assert complete_reading("") == [("2001", "2001, 2000-S2")]
    assert complete_body("") == [("Conseil fictif", ""), ("Comité fictif", "")]
    assert complete_body("Co")[1:] == [("Comité fictif", "")]
    assert complete_source("S") == [("S1", "Page fictive")]


def test_paris_offers_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPPS_DATA", str(bundled("paris")))
    assert [name for name, _about in complete_reading("")] == ["2015-2020", "2015-2017"]
    assert ("Conseil de Paris", "") in complete_body("Cons")
    assert [name for name, _about in complete_axis("1")] == ["1"]


def test_fields_and_states_are_offered_with_what_they_are_called() -> None:
    assert [name for name, _about in complete_conflicting("t")] == ["title", "term"]
    assert complete_field("means") == [("means", "means")]
    assert [name for name, _about in complete_awaited("over")] == ["overdue", "over"]
    assert [name for name, _about in complete_awaited("due,ex")] == ["due,expired"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("list-actions --axis ", "jeunes"),
        ("export --amendment ", ""),
        ("record signed --body ", "Comité"),
        ("record signed --source S5", "S50"),
        ("update --take local --field me", "means"),
        ("trace 1.4 me", "means"),
        ("timeline --reading ", "2015-2017"),
        ("renegotiation-status --reading ", "2015-2017"),
        ("renegotiation-status --fail-on due,o", "due,overdue"),
    ],
)
def test_options_are_completed_where_they_stand(words: str, offered: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli"],
        env={
            "CPPS_DATA": str(bundled("paris")),
            "_CPPS_COMPLETE": "complete_zsh",
            "_TYPER_COMPLETE_ARGS": f"cpps {words}",
        },
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stderr == ""
    assert offered in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("written", ["--show-completion {}", "--show-completion={}"])
def test_script_of_any_shell_is_shown_from_any_other(shell: str, written: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli", *written.format(shell).split()],
        env={},
        capture_output=True,
        check=True,
        text=True,
    )
    assert f"complete_{shell}" in done.stdout


def test_shell_that_is_not_known_is_refused_with_those_that_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli", "--show-completion", "csh"],
        env={"CPPS_LANG": "en"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert "'csh' is not one of 'bash', 'zsh', 'fish', 'powershell', 'pwsh'" in done.stderr


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
    assert [offered("") for offered in OFFERED] == [[]] * len(OFFERED)


def test_folder_that_was_removed_under_us_offers_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.delenv("CPPS_DATA", raising=False)
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert [offered("") for offered in OFFERED] == [[]] * len(OFFERED)


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
