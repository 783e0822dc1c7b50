"""`cpps export`: which document, in which format, and where it goes."""

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cpps_cli.cli import main
from tests.formats.reader_datapackage import broken_keys, faults, plain_rows, read_datapackage
from tests.formats.reader_html import read_html
from tests.formats.reader_markdown import read_markdown
from tests.formats.reader_xlsx import read_xlsx
from tests.unprivileged import UNPRIVILEGED

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")
Captured = pytest.CaptureFixture[str]


def export(*words: str) -> int:
    return main(["export", "--data", EXEMPLE, "--on", "2025-01-15", *words])


def refused(capsys: Captured, *words: str) -> str:
    """What is said of a run that cannot be."""
    capsys.readouterr()
    assert main(["export", "--data", EXEMPLE, *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


# --- which document


def test_text_goes_to_standard_output_in_the_language_of_the_contract(capsys: Captured) -> None:
    assert export("--format", "markdown") == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Contrat local de prévention et de tranquillité d'Exempleville")
    assert "## Sommaire" in out
    assert err == ""


def test_one_sheet_of_a_local_contract(capsys: Captured) -> None:
    assert export("-a", "Pochoir", "--sheet", "2.1", "-f", "html") == 0
    headings = read_html(capsys.readouterr().out.encode()).headings
    sheets = [text for level, text in headings if level == 3]
    assert sheets == ["2.1 Accueillir et écouter les victimes, à tout âge"]


def test_provenance_says_file_and_line_of_each_paragraph(capsys: Captured) -> None:
    assert export("--sheet", "1.1", "-f", "markdown", "--provenance") == 0
    out = capsys.readouterr().out
    assert "sheets/decrochage-scolaire.toml, ligne 16" in out
    assert "avenant-1.toml, ligne " in out


def test_amendment_as_a_council_votes_on_it(capsys: Captured) -> None:
    assert main(["export", "--data", EXEMPLE, "--amendment", "avenant-1", "-f", "markdown"]) == 0
    read = read_markdown(capsys.readouterr().out.encode())
    articles = [text for _level, text in read.headings if text.startswith("Article ")]
    assert articles == [
        "Article 1 : fiche 1.1 Prévenir le décrochage scolaire, modifiée",
        "Article 2 : fiche 3.1 Déployer une médiation de nuit, modifiée",
        "Article 3 : fiche 1.2 Prévenir le harcèlement entre élèves, abrogée",
        "Article 4 : entrée en vigueur",
    ]
    effects = {row[0]: row[1:] for row in read.tables[0][1:]}
    assert list(effects["Moulin"][:2]) == [
        "1.1 Prévenir le décrochage scolaire",
        "3.1 Déployer une médiation de nuit",
    ]
    assert effects["Gabarit"][0].startswith("1.1 Prévenir le décrochage scolaire ; 3.1")
    assert effects["Pochoir"][0] == "Il n'avait pas de texte ce jour-là."
    assert effects["Maquette"][0] == "Son texte n'est pas connu."


def test_effect_of_an_amendment_is_its_own(capsys: Captured) -> None:
    assert main(["export", "--data", EXEMPLE, "--amendment", "avenant-2", "-f", "markdown"]) == 0
    effects = read_markdown(capsys.readouterr().out.encode()).tables[0]
    moulin = next(row for row in effects if row[0] == "Moulin")
    assert moulin[1].startswith("Partenaires ; Durée ; 2.1 Protéger les personnes âgées")
    assert moulin[2] == "–"  # what it has to read again, it had to read again before
    assert moulin[3].startswith("Nouveau : 1.4 Accompagner les jeunes")


def test_amendment_of_a_local_contract(capsys: Captured) -> None:
    words = ("--amendment", "avenant-pochoir-1", "-a", "Pochoir", "-f", "markdown")
    assert main(["export", "--data", EXEMPLE, *words]) == 0
    read = read_markdown(capsys.readouterr().out.encode())
    articles = [text for _level, text in read.headings if text.startswith("Article ")]
    assert len(articles) == 6
    assert (
        "Article 4 : fiche 3.3 Proposer des chantiers éducatifs pendant les vacances, reprise"
        in (articles)
    )


def test_every_reason_is_given_with_the_amendment_that_says_it(
    capsys: Captured, tmp_path: Path
) -> None:
    assert main(["init", "lib", "--example"]) == 0
    local = tmp_path / "lib" / "contrat-exemple-2021-2026" / "local" / "EX002.toml"
    text = local.read_text("utf-8")
    assert text.count('sheet = "decrochage-scolaire"\n') == 1
    said = 'sheet = "decrochage-scolaire"\nreason = "Le collège est ici."\n'
    local.write_text(text.replace('sheet = "decrochage-scolaire"\n', said), "utf-8")
    capsys.readouterr()
    command = ["export", "--data", "lib", "-a", "EX002", "--on", "2025-06-01"]
    assert main([*command, "-f", "markdown"]) == 0
    notice = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    first = notice.index("Motif : Le collège est ici.")
    assert "Motif : La salle du comité local est libre le mercredi." in notice[first:]
    assert "Par son propre avenant" in notice[first:]
    assert main([*command, "-o", "out.xlsx"]) == 0
    tabs = read_xlsx(Path("out.xlsx").read_bytes())
    cells = {
        name: [str(cell).replace("\N{NO-BREAK SPACE}", " ") for row in tab.rows for cell in row]
        for name, tab in tabs.items()
    }
    then = "avenant-pochoir-1 : La salle du comité local est libre le mercredi."
    assert f"Le collège est ici. – {then}" in cells["Couverture"]
    assert any(f"Motif : Le collège est ici. Motif, {then}" in cell for cell in cells["Fiches"])
    assert main([*command, "-f", "datapackage", "-o", "out"]) == 0
    rows = plain_rows(Path("out/datapackage.json"))["coverage"]
    reasons = {row["reason"].replace("\N{NO-BREAK SPACE}", " ") for row in rows}
    assert f"Le collège est ici.\n{then}" in reasons


def test_place_without_a_text_has_no_amendment(capsys: Captured) -> None:
    assert main(["export", "--data", EXEMPLE, "--amendment", "x", "-a", "EX004", "-f", "html"]) == 1
    assert "is held: it has no amendment" in capsys.readouterr().err


NEW = ("--contract", "contrat-exemple-2027-2032", "--correspondence")


def test_correspondence_with_the_contract_before(capsys: Captured) -> None:
    assert main(["export", "--data", EXEMPLE, *NEW, "-f", "markdown"]) == 0
    read = read_markdown(capsys.readouterr().out.encode())
    assert read.headings[0] == (
        1,
        "Correspondance entre Exempleville 2021-2026 et Exempleville 2027-2032",
    )
    in_short, became = read.tables[:2]
    assert in_short[-1] == ("En tout", "8", "7")
    assert [row[2] for row in became if row[1] == "Partagée"] == [
        "3.1 Assurer une médiation du soir dans la rue",
        "3.2 Répondre la nuit aux appels pour du bruit",
    ]
    assert [text for level, text in read.headings if level == 3] == ["Moulin", "Pochoir", "Gabarit"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--contract", "contrat-exemple-2016-2020"), "replaces no other contract"),
        (("--contract", "contrat-exemple-2021-2026"), "nothing says which sheets of"),
    ],
)
def test_contract_without_correspondence_says_so(
    words: tuple[str, ...], said: str, capsys: Captured
) -> None:
    words = ("export", "--data", EXEMPLE, *words, "--correspondence", "-f", "html")
    assert main(list(words)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--all", "-a", "1", "-f", "html", "-o", "x"), "ask for one contract or for all"),
        (("--all", "--sheet", "1.1", "-f", "html", "-o", "x"), "does not go with `--all`"),
        (
            ("--amendment", "avenant-1", "--on", "2025-01-15", "-f", "html"),
            "`--contract` and `--arr",
        ),
        (("--amendment", "avenant-3", "-f", "html"), "has no amendment `avenant-3`"),
        (
            ("--amendment", "avenant-1", "-a", "Pochoir", "-f", "html"),
            "leave `--arrondissement` out",
        ),
        (("--amendment", "avenant-pochoir-1", "-f", "html"), "add `--arrondissement EX002`"),
        (("--amendment", "pochoir-1", "-a", "EX002", "-f", "html"), "`avenant-pochoir-1`?"),
        ((*NEW, "-a", "1", "-f", "html"), "tells of two whole contracts"),
        ((*NEW, "--provenance", "-f", "html"), "tells of two whole contracts"),
        ((*NEW, "-o", "a.xlsx"), "a correspondence is a text"),
        (("--sheet", "9.9", "-f", "html"), "there is no sheet `9.9`"),
        ((), "say in which format"),
        (("-o", "contrat.odt"), "say in which format"),
        (("-o", "contrat.html", "-f", "markdown"), "has the suffix of html"),
        (("--all", "-f", "html"), "say in which folder"),
        (("-f", "datapackage"), "datapackage is not for a screen"),
        (("-f", "xlsx"), "xlsx is not for a screen"),
        (("--amendment", "avenant-1", "-o", "a.xlsx"), "an amendment is a text"),
        (("--sheet", "1.1", "-f", "datapackage", "-o", "x"), "open data are of a whole contract"),
    ],
)
def test_options_that_make_no_document(
    words: tuple[str, ...], said: str, capsys: Captured, tmp_path: Path
) -> None:
    assert said in refused(capsys, *words)
    assert list(tmp_path.iterdir()) == []


def test_derived_contract_in_one_file_is_exported_from_its_library(
    capsys: Captured, tmp_path: Path
) -> None:
    assert main(["derive", "--data", EXEMPLE, "-a", "Moulin", "-o", "moulin.toml"]) == 0
    capsys.readouterr()
    assert main(["export", "--data", "moulin.toml", "-f", "html"]) == 2
    assert "export it from its library" in capsys.readouterr().err


# --- one file


def test_suffix_of_the_file_gives_the_format(capsys: Captured, tmp_path: Path) -> None:
    assert export("-o", "a.HTM") == 0
    assert export("-o", "b.md") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "cpps: a.HTM written: Exempleville 2021-2026",
        "cpps: b.md written: Exempleville 2021-2026",
    ]
    assert read_html((tmp_path / "a.HTM").read_bytes()).headings
    assert read_markdown((tmp_path / "b.md").read_bytes()).headings


def test_file_that_says_something_else_is_kept(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("mine", "utf-8")
    assert export("-o", "a.html") == 2
    assert "`a.html` exists already" in capsys.readouterr().err
    assert file.read_text("utf-8") == "mine"
    assert export("-o", "a.html", "--force") == 0
    assert file.read_bytes().startswith(b"<!DOCTYPE html>")


def test_same_document_is_not_written_again(capsys: Captured, tmp_path: Path) -> None:
    assert export("-o", "a.html") == 0
    before = (tmp_path / "a.html").stat()
    capsys.readouterr()
    assert export("-o", "a.html") == 0
    assert "is this document already" in capsys.readouterr().err
    after = (tmp_path / "a.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


# --- a folder


def test_all_gives_a_file_for_each_contract(capsys: Captured, tmp_path: Path) -> None:
    assert export("--all", "-f", "html", "-o", "out/2025") == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "cpps: out/2025: 5 files written\n")
    names = sorted(path.name for path in (tmp_path / "out" / "2025").iterdir())
    id = "contrat-exemple-2021-2026"
    assert names == [f"{id}-EX00{number}.html" for number in range(1, 5)] + [f"{id}.html"]


def test_open_data_are_a_folder_of_tables(capsys: Captured, tmp_path: Path) -> None:
    assert export("-f", "datapackage", "-o", "out") == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "cpps: out: 26 files written\n")
    assert broken_keys(tmp_path / "out" / "datapackage.json") == []
    assert export("-f", "datapackage", "-o", "out") == 0
    assert capsys.readouterr().err == "cpps: out: 0 files written, 26 there already\n"


def test_all_gives_open_data_a_folder_for_each_contract(tmp_path: Path) -> None:
    assert export("--all", "-f", "datapackage", "-o", "out") == 0
    id = "contrat-exemple-2021-2026"
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [id, *(f"{id}-EX00{number}" for number in range(1, 5))]


def test_workbook_is_told_by_its_suffix(tmp_path: Path) -> None:
    assert export("-a", "Pochoir", "-o", "pochoir.xlsx") == 0
    assert "Couverture" in read_xlsx((tmp_path / "pochoir.xlsx").read_bytes())


def test_second_run_ends_what_was_interrupted(capsys: Captured, tmp_path: Path) -> None:
    export("--all", "-f", "markdown", "-o", "out")
    missing = tmp_path / "out" / "contrat-exemple-2021-2026-EX002.md"
    missing.unlink()
    capsys.readouterr()
    assert export("--all", "-f", "markdown", "-o", "out") == 0
    assert capsys.readouterr().err == "cpps: out: 1 file written, 4 there already\n"
    assert missing.exists()


def test_files_that_say_something_else_are_named_and_kept(capsys: Captured, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    mine = folder / "contrat-exemple-2021-2026.html"
    mine.write_text("mine", "utf-8")
    assert export("--all", "-f", "html", "-o", "out") == 1
    err = capsys.readouterr().err
    assert "4 files written" in err
    assert "`contrat-exemple-2021-2026.html`" in err
    assert mine.read_text("utf-8") == "mine"
    assert export("--all", "-f", "html", "-o", "out", "--force") == 0
    assert mine.read_bytes().startswith(b"<!DOCTYPE")


def test_file_in_the_place_of_the_folder(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    assert export("--all", "-f", "html", "-o", "out") == 2
    assert "`out`" in capsys.readouterr().err
    assert (tmp_path / "out").read_text("utf-8") == "mine"


@pytest.fixture
def faulty(capsys: Captured, tmp_path: Path) -> str:
    """A library of which one local text cannot be read, and one takes what is not there."""
    assert main(["init", "lib", "--example"]) == 0
    local = tmp_path / "lib" / "contrat-exemple-2021-2026" / "local"
    (local / "EX001.toml").write_text("title = 3\n", "utf-8")
    wrong = (local / "EX002.toml").read_text("utf-8").replace("mediation-nocturne", "inconnue")
    (local / "EX002.toml").write_text(wrong, "utf-8")
    capsys.readouterr()
    return "lib"


def said_of_faults(capsys: Captured, *words: str) -> list[str]:
    """The names of the files at fault, of which standard error says each in a line."""
    assert main(["export", "--data", "lib", *words]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if "error[" in line]
    return [line.partition(":")[0].rpartition("/")[2] for line in lines]


@pytest.mark.usefixtures("faulty")
def test_local_text_at_fault_is_passed_over_and_said(capsys: Captured, tmp_path: Path) -> None:
    found = said_of_faults(capsys, "--all", "-f", "html", "-o", "out")
    assert set(found) == {"EX001.toml", "EX002.toml"}
    assert len(list((tmp_path / "out").iterdir())) == 3


@pytest.mark.usefixtures("faulty")
def test_open_data_say_which_local_text_is_at_fault(capsys: Captured, tmp_path: Path) -> None:
    found = said_of_faults(capsys, "-f", "datapackage", "-o", "out")
    assert set(found) == {"EX001.toml", "EX002.toml"}
    descriptor = tmp_path / "out" / "datapackage.json"
    assert (broken_keys(descriptor), faults(descriptor)) == ([], [])
    assert "Moulin, Pochoir" in descriptor.read_text("utf-8")
    states = {row["territory"]: row["state"] for row in read_datapackage(descriptor)["contracts"]}
    assert (states["EX001"], states["EX002"]) == ("at_fault", "at_fault")
    assert states["EX003"] == "project"


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    "words",
    [
        ("-o", "contrat.xlsx"),
        ("--amendment", "avenant-2", "-o", "avenant.md"),
        ("--contract", "contrat-exemple-2027-2032", "--correspondence", "-o", "table.md"),
    ],
)
def test_table_of_local_contracts_says_which_is_at_fault(
    words: tuple[str, ...], capsys: Captured
) -> None:
    assert "EX001.toml" in said_of_faults(capsys, *words)


@pytest.mark.usefixtures("faulty")
def test_fault_elsewhere_leaves_a_document_whole(capsys: Captured) -> None:
    assert main(["export", "--data", "lib", "-o", "contrat.html"]) == 0
    assert main(["export", "--data", "lib", "-a", "EX003", "-o", "local.html"]) == 0
    assert "error[" not in capsys.readouterr().err


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [*UNPRIVILEGED, sys.executable, "-m", "cpps_cli", "export", "--data", EXEMPLE]
    return subprocess.run(
        [*command, "--on", "2025-01-15", *words], capture_output=True, encoding="utf-8", check=False
    )


def test_folder_that_may_not_be_written_in(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    folder.chmod(0o555)
    done = run("--all", "-f", "html", "-o", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written: permission denied" in done.stderr
    assert done.stderr.splitlines()[1:] == [
        "      once that is mended, the same command writes what is missing"
    ]
    assert list(folder.iterdir()) == []


def failing_at(call: int, error: BaseException) -> Callable[[int], None]:
    """A `fsync` that fails the nth time it is asked."""
    calls = iter(range(1, 100))

    def fsync(_: int) -> None:
        if next(calls) == call:
            raise error

    return fsync


def test_full_disk_leaves_whole_files_and_says_so(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing_at(3, full))
        assert export("--all", "-f", "html", "-o", "out") == 2
    name = "contrat-exemple-2021-2026-EX002.html"
    assert capsys.readouterr().err.splitlines() == [
        f"cpps: `{Path('out', name)}` cannot be written: the disk is full",
        "      once that is mended, the same command writes what is missing",
    ]
    assert_whole(tmp_path / "out", 2)
    assert export("--all", "-f", "html", "-o", "out") == 0
    assert capsys.readouterr().err == "cpps: out: 3 files written, 2 there already\n"


def test_interrupted_run_leaves_whole_files_and_is_ended_by_another(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing_at(4, KeyboardInterrupt()))
        assert export("--all", "-f", "html", "-o", "out") == 130
    assert capsys.readouterr().err == (
        "cpps: out: interrupted. What is written is whole; the same command ends the work.\n"
    )
    assert_whole(tmp_path / "out", 3)
    assert export("--all", "-f", "html", "-o", "out") == 0
    assert capsys.readouterr().err == "cpps: out: 2 files written, 3 there already\n"


def assert_whole(folder: Path, count: int) -> None:
    """So many files, each with its end; nothing else."""
    files = list(folder.iterdir())
    assert len(files) == count
    assert all(file.read_bytes().endswith(b"</html>\n") for file in files)


# --- progress


class Terminal(io.StringIO):
    """A standard error that people look at."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert export("--all", "-f", "html", "-o", "out") == 0
    said = terminal.getvalue()
    assert "\r5/5" in said
    assert said.endswith("\r\x1b[Kcpps: out: 5 files written\n")
