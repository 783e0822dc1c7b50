"""Tables of local contracts by département: the same as `derive` and `coverage` say."""

import json
from pathlib import Path
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.formats.datapackage import parquet
from cpps_cli.model import Territory
from cpps_cli.present.facts import Column, Table
from cpps_cli.present.facts.published import (
    TABLES,
    Departement,
    departement_of,
    departements,
    grids_of,
)
from tests.formats.reader_parquet import TABLES as NAMES
from tests.formats.reader_parquet import read_parquet, types_of

DATA = Path(__file__).resolve().parents[2] / "data"
ON = "2026-01-15"
Captured = pytest.CaptureFixture[str]


# --- places


@pytest.mark.parametrize(
    ("code", "departement"),
    [
        ("75118", "75"),
        ("01001", "01"),
        ("2A004", "2A"),
        ("97105", "971"),
        ("98818", "988"),
        ("75", "75"),
        ("974", "974"),
        ("00001", None),
        ("99100", None),
        ("97901", None),
        ("751", None),
        ("200054781", None),
        ("EX001", None),
    ],
)
def test_departement_is_read_off_the_insee_code(code: str, departement: str | None) -> None:
    assert departement_of(code) == departement


def test_place_made_of_several_lies_where_all_of_them_do() -> None:
    assert departement_of("secteur", "75101", "75104") == "75"
    assert departement_of("entre-deux", "75101", "92012") is None
    assert departement_of("sans-parts") is None


def test_places_are_put_together_in_the_order_of_departements_the_unknown_last() -> None:
    """The order of the places in one département is that of the contract."""
    parts = {"code": "centre", "name": "Centre fictif", "made_of": ["75101", "75102"]}
    paris = Territory.model_validate(parts)
    found = departements(["EX1", "75120", "2A004", "centre", "01001"], {"centre": paris})
    assert found == (
        Departement("01", ("01001",)),
        Departement("2A", ("2A004",)),
        Departement("75", ("75120", "centre")),
        Departement(None, ("EX1",)),
    )


def test_file_says_its_departement_as_engines_read_it() -> None:
    assert Departement("2A", ()).file_of("sheets", ".x") == "sheets/departement=2A/sheets.x"
    unknown = Departement(None, ()).file_of("sheets", ".x")
    assert unknown == "sheets/departement=__HIVE_DEFAULT_PARTITION__/sheets.x"


# --- tables


@pytest.fixture(params=["paris", "exemple"])
def library(request: pytest.FixtureRequest) -> str:
    return str(DATA / request.param)


@pytest.fixture
def folder(library: str, tmp_path: Path) -> Path:
    words = ("--format", "parquet", "--output", str(tmp_path / "tables"), "--on", ON)
    assert main(["export", "--data", library, *words]) == 0
    return tmp_path / "tables"


def answered(library: str, capsys: Captured, *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--data", library, "--on", ON, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_sheets_are_those_that_derive_gives(library: str, folder: Path, capsys: Captured) -> None:
    contracts = answered(library, capsys, "derive", "--all")["contracts"]
    expected = [
        {
            "contract": item["contract"]["id"],
            "basis": item["contract"]["basis"],
            **sheet,
            "reasons": [reason["reason"] for reason in sheet["reasons"]],
        }
        for item in contracts
        if item["contract"]["basis"] != "no_text"
        for sheet in item["sheets"]
    ]
    assert expected
    found = read_parquet(folder, "sheets")
    assert [{name: row[name] for name in expected[0]} for row in found] == expected


def test_coverage_is_that_of_the_command(library: str, folder: Path, capsys: Captured) -> None:
    contracts = answered(library, capsys, "coverage")["contracts"]
    keys = ("sheet", "state", "local_sheets", "to_reread", "link_inferred", "reason", "decided_by")
    expected = [
        {"contract": item["contract"], **{key: outcome[key] for key in keys}}
        for item in contracts
        for outcome in item["sheets"]
    ]
    found = read_parquet(folder, "coverage")
    assert [{name: row[name] for name in expected[0]} for row in found] == expected


def test_contracts_are_those_that_derive_gives(
    library: str, folder: Path, capsys: Captured
) -> None:
    heads = [item["contract"] for item in answered(library, capsys, "derive", "--all")["contracts"]]
    keys = ("territory", "basis", "version", "parent", "parent_version", "to_reread", "term")
    more = ("title", "window", "signatories", "partners")
    found = read_parquet(folder, "contracts")
    assert [{key: row[key] for key in (*keys, *more)} for row in found] == [
        {key: head[key] for key in (*keys, *more)} for head in heads
    ]
    assert [row["contract"] for row in found] == [head["id"] for head in heads]


def test_every_row_lies_in_the_departement_of_its_place(folder: Path, library: str) -> None:
    expected = {"75"} if library.endswith("paris") else {None}
    for table in NAMES:
        assert {row["departement"] for row in read_parquet(folder, table)} <= expected
    assert {row["departement"] for row in read_parquet(folder, "contracts")} == expected


def test_text_and_indicators_of_a_sheet_are_told(tmp_path: Path) -> None:
    words = ("--format", "parquet", "--output", str(tmp_path), "-a", "EX002", "--on", ON)
    assert main(["export", "--data", str(DATA / "exemple"), *words]) == 0
    sheets = {row["code"]: row for row in read_parquet(tmp_path, "sheets")}
    assert {row["territory"] for row in sheets.values()} == {"EX002"}
    assert any(row["objectives"] and row["context"] for row in sheets.values())
    indicators = read_parquet(tmp_path, "indicators")
    assert {row["sheet"] for row in indicators} <= set(sheets)
    assert all(row["title"] and row["unit"] and row["position"] for row in indicators)
    assert indicators


# --- files


def test_columns_have_types_in_every_file_even_one_without_a_row(tmp_path: Path) -> None:
    for table, rows in grids_of(()):
        (tmp_path / "empty.parquet").write_bytes(parquet(table, rows))
        types = types_of(tmp_path / "empty.parquet")
        assert list(types) == [column.name for column in table.columns]
        assert types == {column.name: _SQL[column.type] for column in table.columns}


_SQL = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
}


def test_each_column_is_described_in_the_file(tmp_path: Path) -> None:
    from pyarrow.parquet import read_schema

    for table in TABLES:
        (tmp_path / "a.parquet").write_bytes(parquet(table, ()))
        schema = read_schema(tmp_path / "a.parquet")
        described = {field.name: field.metadata[b"description"].decode() for field in schema}
        assert described == {column.name: column.description for column in table.columns}
        assert schema.metadata[b"description"].decode() == table.description


def test_no_value_and_an_empty_list_are_two_things(tmp_path: Path) -> None:
    columns: tuple[Column[Any], ...] = (
        Column("from", "liens", type="list"),
        Column("n", "nombre", type="number"),
    )
    made = Table("t", "essai", tuple, columns, ())
    file = tmp_path / "t" / "departement=75" / "t.parquet"
    file.parent.mkdir(parents=True)
    file.write_bytes(parquet(made, (((), 1.5), (None, None), (("é", "b"), 2))))
    rows = [(row["from"], row["n"]) for row in read_parquet(tmp_path, "t")]
    assert rows == [([], 1.5), (None, None), (["é", "b"], 2)]


def test_what_every_row_has_cannot_be_missing() -> None:
    made = Table("t", "essai", tuple, (Column("code", "code", required=True),), ())
    with pytest.raises(ValueError, match="null"):
        parquet(made, ((None,),))
