"""`cpps export --format parquet`: a folder of tables, whole and nothing else."""

import json
import sys
from pathlib import Path
from shutil import copytree

import pytest

from cpps_cli.cli import export_parquet, main
from tests.formats.reader_parquet import read_parquet

DATA = Path(__file__).resolve().parents[2] / "data"
EXEMPLE = DATA / "exemple"
CONTRACT = "contrat-exemple-2021-2026"
Captured = pytest.CaptureFixture[str]
UNKNOWN = "departement=__HIVE_DEFAULT_PARTITION__"


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def export(*words: str, data: Path = EXEMPLE) -> int:
    on = ("--on", "2025-01-15")
    return main(["export", "--data", str(data), "--format", "parquet", *on, *words])


def refused(capsys: Captured, *words: str) -> str:
    """What is said of a run that cannot be."""
    assert export(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def described(folder: Path) -> str:
    description: str = json.loads((folder / "datapackage.json").read_text("utf-8"))["description"]
    return description


def test_a_table_is_a_file_for_each_departement(capsys: Captured, tmp_path: Path) -> None:
    assert export("-o", "tables") == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "cpps: tables: 5 files written\n")
    tables = ("contracts", "coverage", "indicators", "sheets")
    names = [f"{name}/{UNKNOWN}/{name}.parquet" for name in tables]
    assert sorted(files(tmp_path / "tables")) == sorted([*names, "datapackage.json"])


def test_descriptor_names_every_file_and_column(tmp_path: Path) -> None:
    assert export("-o", "tables") == 0
    package = json.loads((tmp_path / "tables/datapackage.json").read_text("utf-8"))
    named = {path for resource in package["resources"] for path in resource["path"]}
    assert named == set(files(tmp_path / "tables")) - {"datapackage.json"}
    for resource in package["resources"]:
        (row, *_others) = read_parquet(tmp_path / "tables", resource["name"])
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert [*fields, "departement"] == list(row)


def test_descriptor_speaks_the_language_of_the_contract(tmp_path: Path) -> None:
    assert export("-o", "tables") == 0
    assert described(tmp_path / "tables").startswith("Fiction. Rien n'est réel dans ce document")


def test_same_library_and_day_give_the_same_bytes(capsys: Captured, tmp_path: Path) -> None:
    assert export("-o", "one") == 0
    assert export("-o", "two") == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")
    capsys.readouterr()
    assert export("-o", "one") == 0
    assert capsys.readouterr().err == "cpps: one: 0 files written, 5 there already\n"


def test_many_processes_write_what_one_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = str(DATA / "paris")
    assert main(["export", "--data", data, "-f", "parquet", "-o", "one", "--on", "2020-01-01"]) == 0
    monkeypatch.setattr(export_parquet, "workers_for", lambda _count: 2)
    library = copytree(DATA / "paris", tmp_path / "paris")
    contract = library / "cpps-2015-2020" / "contract.toml"
    spread_out = contract.read_text("utf-8").replace('"75120"', '"EX120"')
    contract.write_text(spread_out, "utf-8")  # a second département, which is not known
    with (library / "territories.toml").open("a", encoding="utf-8") as file:
        file.write('\n[territories.EX120]\nname = "Lieu fictif"\n')
    words = ("-f", "parquet", "-o", "two", "--on", "2020-01-01")
    main(["export", "--data", str(library), *words])
    one, two = (
        read_parquet(tmp_path / "one", "coverage"),
        read_parquet(tmp_path / "two", "coverage"),
    )
    known = [row for row in one if row["territory"] != "75120"]
    assert [row for row in two if row["departement"] == "75"] == known
    assert {row["territory"] for row in two if row["departement"] is None} == {"EX120"}


def test_one_local_contract_by_the_name_that_people_use(tmp_path: Path) -> None:
    assert export("-o", "tables", "-a", "le Pochoir") == 0
    assert {row["territory"] for row in read_parquet(tmp_path / "tables", "contracts")} == {"EX002"}


def test_local_contract_at_fault_is_in_no_table(capsys: Captured, tmp_path: Path) -> None:
    library = copytree(EXEMPLE, tmp_path / "library")
    with (library / CONTRACT / "local" / "EX002.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[exclude]]\nsheet = "aucune"\nreason = "Essai."\n')
    assert export("-o", "tables", data=library) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "CP203" in err
    assert f"{CONTRACT}/local/EX002.toml" in err
    for table in ("contracts", "sheets", "indicators", "coverage"):
        assert "EX002" not in {row["territory"] for row in read_parquet(tmp_path / "tables", table)}
    assert "Pochoir" in described(tmp_path / "tables")


def test_asked_for_alone_a_contract_at_fault_is_not_written(
    capsys: Captured, tmp_path: Path
) -> None:
    library = copytree(EXEMPLE, tmp_path / "library")
    (library / CONTRACT / "local" / "EX002.toml").write_text("title = \n", "utf-8")
    assert export("-o", "tables", "-a", "EX002", data=library) == 1
    assert "EX002.toml:1:9" in capsys.readouterr().err
    assert not (tmp_path / "tables").exists()


def test_folder_with_other_tables_is_refused(capsys: Captured, tmp_path: Path) -> None:
    """An engine reads all the files of a folder."""
    other = tmp_path / "tables" / "sheets" / "departement=01" / "sheets.parquet"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"of another export")
    said = refused(capsys, "-o", "tables", "--force")
    assert "`tables` holds other tables (1, such as `sheets/departement=01/sheets.parquet`)" in said
    assert files(tmp_path / "tables") == {
        "sheets/departement=01/sheets.parquet": b"of another export"
    }


def test_what_says_something_else_is_kept(capsys: Captured, tmp_path: Path) -> None:
    assert export("-o", "tables") == 0
    capsys.readouterr()
    words = ("-f", "parquet", "-o", "tables", "--on", "2022-06-01")
    before = files(tmp_path / "tables")
    assert main(["export", "--data", str(EXEMPLE), *words]) == 1
    assert "not overwritten, as they say something else" in capsys.readouterr().err
    assert files(tmp_path / "tables") == before
    assert main(["export", "--data", str(EXEMPLE), *words, "--force"]) == 0
    assert files(tmp_path / "tables") != before


def test_contract_that_is_derived_for_nowhere_gives_no_table(
    capsys: Captured, tmp_path: Path
) -> None:
    words = ("-f", "parquet", "-o", "tables", "--contract", "contrat-exemple-2016-2020")
    assert main(["export", "--data", str(EXEMPLE), *words]) == 1
    assert "is derived for no territory: there is nothing to write" in capsys.readouterr().err
    assert not (tmp_path / "tables").exists()


def test_file_in_the_place_of_the_folder_is_said(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("a file", "utf-8")
    for words in ((), ("--force",)):
        said = refused(capsys, "-o", "tables", *words)
        assert said == "cpps: `tables` is no folder, where one is to be\n"


def test_file_in_the_place_of_a_folder_of_it_is_said(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "sheets").write_text("a file", "utf-8")
    assert "`tables/sheets` is no folder, where one is to be" in refused(capsys, "-o", "tables")


def test_folder_in_the_place_of_the_descriptor_is_said(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "tables" / "datapackage.json").mkdir(parents=True)
    for words in ((), ("--force",)):
        said = refused(capsys, "-o", "tables", *words)
        assert "`tables/datapackage.json` is a folder, where a file is to be written" in said


def test_it_is_not_for_a_screen(capsys: Captured) -> None:
    said = refused(capsys)
    assert said == (
        "cpps: parquet is not for a screen: say where to write it with `--output PATH`\n"
    )


@pytest.mark.parametrize(
    "words",
    [("--sheet", "1.1"), ("--correspondence",), ("--provenance",)],
)
def test_what_the_tables_do_not_hold_is_refused(
    words: tuple[str, ...], capsys: Captured, tmp_path: Path
) -> None:
    assert "`--format parquet`" in refused(capsys, "-o", "tables", *words)
    assert not (tmp_path / "tables").exists()


def test_an_amendment_is_no_table(capsys: Captured) -> None:
    words = ("-f", "parquet", "-o", "tables", "--amendment", "avenant-1")
    assert main(["export", "--data", str(EXEMPLE), *words]) == 2
    assert "`--format parquet`" in capsys.readouterr().err


def test_without_its_library_one_sentence_says_what_to_install(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = refused(capsys, "-o", "tables")
    assert said.splitlines()[0] == "cpps: this format needs `pyarrow`, which is not installed"
    assert "tables" in said.splitlines()[1]
