"""`cpps import-sheets`: report first, write on request, never lose anything."""

import csv
import errno
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

import cpps_cli
from cpps_cli.cli import main
from tests.unprivileged import UNPRIVILEGED

SOURCE = str(Path(cpps_cli.__file__).parents[1])
SHEETS = "cpps-2015-2020/sheets"
EMPTY = "axe-2-a-completer-1"


@pytest.fixture
def mine(capsys: pytest.CaptureFixture[str]) -> Path:
    """A library of the user's own."""
    assert main(["init", "mine"]) == 0
    capsys.readouterr()
    return Path("mine")


def texts(library: Path) -> dict[str, bytes]:
    """Every file of the library, those that a write would leave behind too."""
    return {
        path.relative_to(library).as_posix(): path.read_bytes()
        for path in sorted(library.rglob("*"))
        if path.is_file()
    }


def table(text: str, encoding: str = "utf-8") -> str:
    Path("table.csv").write_text(text, encoding=encoding, newline="")
    return "table.csv"


def import_into(library: str, *options: str) -> int:
    """The import of a table that S4 states, unless it is said otherwise."""
    source = () if "--source" in options else ("--source", "S4")
    return main(["import-sheets", "table.csv", "--data", library, *source, *options])


def report(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = import_into("mine", "--format", "json", *options)
    return code, json.loads(capsys.readouterr().out)


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert main(["list-actions", "--data", "mine", "--format", "csv", *options]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("dialect", ["plain", "excel"])
@pytest.mark.parametrize("library", ["paris", "exemple"])
def test_list_of_actions_is_read_back_as_it_is(
    dialect: str, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Amended sheets and sheets of an amendment too: the list is that of the text of the day."""
    assert main(["init", "mine", *(["--example"] if library == "exemple" else [])]) == 0
    before = texts(Path("mine"))
    table(listed(capsys, "--dialect", dialect))
    code, found = report(capsys, "--apply", "--source", "S4" if library == "paris" else "E1")
    assert (code, found["written"], found["faults"]) == (0, 0, [])
    assert found["summary"]["same"] == len(found["sheets"]) > 7
    assert texts(Path("mine")) == before


def test_edited_list_of_actions_is_imported_and_shown(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(
        csv.DictReader(io.StringIO(listed(capsys, "--dialect", "excel")[1:]), delimiter=";")
    )
    (row,) = (row for row in rows if row["code"] == EMPTY)
    row |= {"number": "2.4", "title": "'=Accueillir ; « écouter »", "sources": "S4"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    table(out.getvalue(), "utf-8-sig")
    assert import_into("mine", "--apply") == 0
    (line,) = (line for line in listed(capsys).splitlines() if EMPTY in line)
    assert line == (
        f"2.4,{EMPTY},=Accueillir ; « écouter »,2,personnes-vulnerables,titled,S4,axis,,"
    )
    assert main(["check", "mine"]) == 0


def test_nothing_is_written_without_a_source(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(mine)
    table(f"code;title\n{EMPTY};Titre\n")
    assert main(["import-sheets", "table.csv", "--data", "mine", "--apply"]) == 2
    out, err = capsys.readouterr()
    assert (out, texts(mine)) == ("", before)
    assert "say where it comes from: `--source ID`" in err
    assert main(["import-sheets", "table.csv", "--data", "mine"]) == 0


def traced(capsys: pytest.CaptureFixture[str], sheet: str) -> dict[str, list[str]]:
    """The sources that `trace` gives each field of a sheet."""
    capsys.readouterr()
    assert main(["trace", sheet, "--data", "mine", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["values"]
    return {item["field"]: item["lines"][0]["sources"] for item in found}


def test_field_claims_only_the_source_that_gave_it(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table("code;lead;means\ncenomed;Une mission fictive;Deux agents fictifs\n")
    assert import_into("mine", "--apply", "--source", "S9") == 0
    assert traced(capsys, "cenomed") == {
        "number": ["S2"],
        "axis": ["S2"],
        "title": ["S2"],
        "lead": ["S9"],
        "means": ["S9"],
    }
    assert main(["show", "cenomed", "--data", "mine", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["sheet"]["sources"] == ["S2", "S9"]
    assert shown["sheet"]["sources_of"]["lead"] == ["S9"]
    assert {"S2", "S9"} <= shown["sources"].keys()
    assert main(["show", "cenomed", "--data", "mine", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    said = {row["field"]: row["sources"] for row in rows if row["field"] in ("title", "means")}
    assert said == {"title": "S2", "means": "S9"}
    assert main(["check", "mine"]) == 0


def test_source_of_a_row_is_that_of_what_the_row_fills(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table("code;lead;sources\ncenomed;Une mission fictive;S2 S9\n")
    assert import_into("mine", "--apply", "--source", "S4") == 0
    assert traced(capsys, "cenomed")["lead"] == ["S9"]


def test_sheet_of_which_nothing_was_known_has_the_source_as_its_own(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(f"code;title\n{EMPTY};Titre\n")
    assert import_into("mine", "--apply") == 0
    written = (mine / SHEETS / f"{EMPTY}.toml").read_text("utf-8")
    assert 'sources = ["S4"]' in written
    assert "sources_of" not in written


def test_new_source_is_described_on_the_spot(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(f"code;title\n{EMPTY};Titre\n")
    new = ("--source", "S900", "--source-title", "Un compte rendu fictif")
    assert import_into("mine", *new) == 0
    assert "S900" not in (mine / "sources.toml").read_text("utf-8")
    code, found = report(capsys, "--apply", *new, "--source-dated", "2018-03")
    assert (code, found["written"], found["summary"]["to_fill"]) == (0, 1, 1)
    described = '[sources.S900]\ntitle = "Un compte rendu fictif"\ndated = "2018-03"\n'
    assert described in (mine / "sources.toml").read_text("utf-8")
    code, found = report(capsys, "--apply", *new)
    assert (code, found["written"]) == (0, 0)
    assert main(["check", "mine"]) == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--source", "S999"), "there is no source `S999` in this library"),
        (("--source", "S4", "--source-title", "Autre"), "`S4` is another source in sources.toml"),
        (("--source", "S999", "--source-dated", "2018"), "a new source needs a title"),
        (("--source", "S999", "--source-title", " "), "a new source needs a title"),
        (("--source-title", "Titre"), "a source needs an id: `--source ID`"),
        (("--source", "S999", "--source-title", "T", "--source-dated", "hier"), "`hier`"),
    ],
)
def test_source_that_is_none_is_refused(
    mine: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    before = texts(mine)
    table(f"code;title\n{EMPTY};Titre\n")
    assert main(["import-sheets", "table.csv", "--data", "mine", "--apply", *options]) == 2
    assert sentence in capsys.readouterr().err
    assert texts(mine) == before


def test_import_twice_is_import_once(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(f'code;title;objectives;context\n{EMPTY};Titre;"A\nB";"Un\n\nDeux"\n')
    assert import_into("mine", "--apply") == 0
    once = texts(mine)
    code, found = report(capsys, "--apply")
    assert (code, found["written"], found["summary"]["to_fill"]) == (0, 0, 0)
    assert texts(mine) == once


def test_nothing_is_written_without_apply(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(mine)
    table(f"code;title\n{EMPTY};Titre\n")
    assert import_into("mine") == 0
    out, err = capsys.readouterr()
    assert texts(mine) == before
    assert err == ""
    assert [line for line in out.splitlines() if line.strip("─")] == [
        "Sheets for CPPS 2015-2020",
        "To fill",
        "Row   Sheet                 Field   Library        Table",
        f"  2   {EMPTY}   title   –              Titre",
        "1 sheet to fill, 0 unchanged, 0 conflicts, 0 faults.",
        "Nothing was written: `--apply --source ID` writes it, and what it comes from.",
        "The table was read as UTF-8, separated by semicolons.",
        "Reconstruction from public sources, with no official standing.",
    ]


def test_comments_and_layout_stay(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = mine / SHEETS / f"{EMPTY}.toml"
    lines = path.read_text("utf-8").splitlines()
    written = "\r\n".join([lines[0], "# À relire.", *(f"{line}  # ici" for line in lines[1:]), ""])
    path.write_bytes(written.encode())
    table(f"code;title\n{EMPTY};Titre\n", "cp1252")
    assert import_into("mine", "--apply") == 0
    now = path.read_bytes().decode()
    assert now.replace('title = "Titre"\r\n', "").replace('sources = ["S4"]\r\n', "") == written
    assert "\n" not in now.replace("\r\n", "")


def test_marks_of_what_is_stated_go(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(
        "code;number;title;axis\n"
        "exploitation-sexuelle;2.5;Accompagner les victimes d'exploitation sexuelle;\n"
        "securite-des-touristes;;;3\n"
    )
    assert import_into("mine", "--apply", "--replace") == 0
    cut = (mine / SHEETS / "exploitation-sexuelle.toml").read_text("utf-8")
    assert 'number = "2.5"' in cut
    assert "inferred" not in cut
    assert "cut" not in cut
    uncertain = (mine / SHEETS / "securite-des-touristes.toml").read_text("utf-8")
    assert 'axis = "tranquillite-publique"\n' in uncertain
    assert "uncertain" not in uncertain
    assert main(["check", "mine"]) == 0


def test_conflict_is_never_overwritten(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(mine)
    table(f"number;title;code\n1.1;Autre titre;\n;Titre;{EMPTY}\n")
    assert import_into("mine", "--apply") == 1
    out = capsys.readouterr().out
    assert "The library says otherwise" in out
    assert "Nothing was written: clear these cells, or overwrite" in out
    assert max(map(len, out.splitlines())) <= 80
    assert texts(mine) == before
    code, found = report(capsys, "--apply", "--replace")
    assert (code, found["written"]) == (0, 2)
    assert "1.1,promouvoir-la-citoyennete,Autre titre," in listed(capsys)


FAULTY = f"""code;number;title;axis;sources;remark
{EMPTY};01-janv;Titre;2;S999;
axe-2-a-completer-2;2.1;Titre;;;
axe-2-a-completer-2;;Titre;;;
axe-2-a-completer-12;;Titre;;;
;9.9;Titre;;;
;;Titre;;;
axe-2-a-completer-3;;Titre\x1b[2J;9;;
axe-2-a-completer-4;;;;;;x
"""


def test_every_fault_is_found_with_its_row(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(mine)
    table(FAULTY)
    code, found = report(capsys, "--apply", "--replace")
    assert code == 1
    assert [(item["row"], item["column"], item["kind"]) for item in found["faults"]] == [
        (1, "remark", "unknown_column"),
        (2, "number", "CP105"),
        (3, "number", "CP206"),
        (4, None, "two_rows"),
        (5, "code", "unknown_sheet"),
        (6, "number", "unknown_number"),
        (7, None, "no_sheet_named"),
        (8, "axis", "unknown_axis"),
        (8, "title", "CP014"),
        (9, None, "surplus"),
    ]
    said = {item["row"]: item["message"] for item in found["faults"]}
    assert "did you mean `axe-2-a-completer-2`?" in said[5]
    assert "`violences-faites-aux-femmes`" in said[3]
    assert texts(mine) == before


def test_table_shows_each_fault_within_80_columns(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(FAULTY)
    assert import_into("mine", "--apply") == 1
    out = capsys.readouterr().out
    assert "Wrong in the table" in out
    assert "Nothing was written: mend the table first." in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_unknown_source_is_a_fault(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(f"code;title;sources\n{EMPTY};Titre;S4 S999\n")
    code, found = report(capsys, "--apply")
    (fault,) = found["faults"]
    assert (code, fault["row"], fault["column"], fault["kind"]) == (1, 2, "sources", "CP201")


def test_what_would_break_a_local_text_is_a_fault(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The 14e adds a means that the table gives to the parent: that change would say nothing."""
    path = mine / "cpps-2015-2020/local/75114.toml"
    taken = '[[take]]\nsheet = "cenomed"\n'
    adapted = '[[adapt]]\nsheet = "cenomed"\nappend.means = ["Un local"]\n'
    path.write_text(path.read_text("utf-8").replace(taken, adapted), "utf-8")
    assert main(["check", "mine"]) == 0
    table("code;means\ncenomed;Un local\n")
    before = texts(mine)
    code, found = report(capsys, "--apply")
    (fault,) = found["faults"]
    assert (code, fault["row"], fault["kind"]) == (1, None, "CP402")
    assert fault["message"].endswith("local/75114.toml")
    assert texts(mine) == before


def test_faults_that_are_there_already_are_not_the_tables(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = mine / "cps-2009" / "contract.toml"
    text = path.read_text("utf-8").replace('territory = "75056"', 'territory = "75057"')
    path.write_text(text, "utf-8")
    table(f"code;title\n{EMPTY};Titre\n")
    code, found = report(capsys, "--apply")
    assert (code, found["written"]) == (0, 1)


def test_file_that_changes_meanwhile_is_not_overwritten(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = mine / SHEETS / f"{EMPTY}.toml"
    table(f"code;title\n{EMPTY};Titre\n")
    theirs = path.read_bytes() + b"# theirs\n"
    monkeypatch.setattr(os, "fsync", lambda _: path.write_bytes(theirs))
    assert import_into("mine", "--apply") == 1
    out, err = capsys.readouterr()
    assert "0 of 1 sheets written" in out
    assert "was changed by another program meanwhile" in err
    assert path.read_bytes() == theirs


def test_write_that_fails_half_way_says_how_far_it_came_and_can_go_on(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"axe-2-a-completer-{n};Titre {n}\n" for n in (1, 2, 3, 4))
    table(f"code;title\n{rows}")
    calls = iter(range(1, 10))

    def full(_: int) -> None:
        if next(calls) == 3:
            raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert import_into("mine", "--apply") == 2
    out, err = capsys.readouterr()
    assert "2 of 4 sheets written: run it again to go on." in out
    assert "the disk is full" in err
    code, found = report(capsys, "--apply")
    assert (code, found["written"], found["summary"]["same"]) == (0, 2, 2)
    assert main(["check", "mine"]) == 0


def test_interruption_leaves_whole_files(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(mine)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    table(f"code;title\n{EMPTY};Titre\n")
    assert import_into("mine", "--apply") == 130
    assert texts(mine) == before


def test_sheet_that_may_not_be_written_is_said() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        mine = Path(name) / "mine"
        assert main(["init", str(mine)]) == 0
        (Path(name) / "table.csv").write_text(f"code;title\n{EMPTY};Titre\n")
        before = texts(mine)
        (mine / SHEETS).chmod(0o555)
        ran = subprocess.run(
            [
                *UNPRIVILEGED,
                sys.executable,
                "-m",
                "cpps_cli",
                "import-sheets",
                f"{name}/table.csv",
                "--apply",
                "--source",
                "S4",
            ],
            env={
                "PYTHONPATH": SOURCE,
                "PYTHONDONTWRITEBYTECODE": "1",
                "CPPS_LANG": "en",
                "CPPS_DATA": str(mine),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        (mine / SHEETS).chmod(0o755)
        assert ran.returncode == 2
        assert ran.stderr.endswith(f"{EMPTY}.toml` cannot be written: permission denied\n")
        assert texts(mine) == before


def test_bundled_library_is_not_written_in(capsys: pytest.CaptureFixture[str]) -> None:
    table(f"code;title\n{EMPTY};Titre\n")
    assert main(["import-sheets", "table.csv", "--apply", "--data", "paris"]) == 2
    assert "comes with cpps: nothing is written in it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("absent.csv", "it does not exist"), (".", "it is a folder"), ("letter.csv", "no column")],
)
def test_what_is_no_table_is_refused(
    mine: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    Path("letter.csv").write_text("Chère collègue,\n")
    assert main(["import-sheets", name, "--data", "mine"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err


def test_report_has_a_row_for_each_field_and_fault_in_csv(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(f'code;title;means\n{EMPTY};Titre;"A\nB"\ncenomed;Autre;\naxe-9;;\n')
    assert import_into("mine", "--format", "csv") == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["row"], row["field"], row["outcome"], row["table"]) for row in rows] == [
        ("2", "title", "fill", "Titre"),
        ("2", "means", "fill", "A\nB"),
        ("3", "title", "conflict", "Autre"),
        ("4", "code", "unknown_sheet", ""),
    ]


def test_dialect_without_csv_is_refused_before_anything_is_written(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table("code,title\naxe-2-a-completer-1,Un titre\n")
    before = texts(mine)
    assert import_into("mine", "--apply", "--dialect", "excel") == 2
    assert "`--dialect` goes with `--format csv`" in capsys.readouterr().err
    assert texts(mine) == before
