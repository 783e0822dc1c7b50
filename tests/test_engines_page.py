"""`docs/engines.md`: its blocks run as they stand, and count what `cpps coverage` counts."""

import json
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from cpps_cli.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Counter[str]:
    """How often each sheet met each fate, as the command says; the tables lie beside."""
    monkeypatch.chdir(tmp_path)
    library = ("--data", str(ROOT / "data" / "exemple"), "--on", "2026-01-15")
    assert main(["export", "--format", "parquet", "--output", "tables", *library]) == 0
    capsys.readouterr()
    assert main(["coverage", "--format", "json", *library]) == 0
    contracts = json.loads(capsys.readouterr().out)["contracts"]
    outcomes = [outcome for contract in contracts for outcome in contract["sheets"]]
    return Counter(f"{outcome['sheet']} {outcome['state']}" for outcome in outcomes)


def block(language: str) -> str:
    """What the page says in a language, its one block."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def test_duckdb_counts_what_cpps_counts(counted: Counter[str]) -> None:
    with duckdb.connect() as connection:
        statements = connection.extract_statements(block("sql"))
        answers = [connection.execute(statement).fetchall() for statement in statements]
    _views, _more, by_sheet, by_departement, by_origin = answers
    assert {f"{sheet} {state}": count for sheet, state, count in by_sheet} == counted
    assert {place for place, _count in by_departement} <= {None}
    assert dict(by_origin)["inherited"] > 0


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # of what Dask asks pandas
def test_dask_counts_what_cpps_counts(counted: Counter[str]) -> None:
    asked: dict[str, object] = {}
    exec(block("python"), asked)
    by_sheet = dict(asked["by_sheet"].items())  # type: ignore[attr-defined]
    assert {" ".join(key): count for key, count in by_sheet.items()} == counted


def test_tables_of_the_page_are_those_that_are_written(counted: Counter[str]) -> None:
    named = set(re.findall(r"^  (\w+)/departement=01/\1\.parquet", PAGE, re.MULTILINE))
    assert named == {path.name for path in Path("tables").iterdir() if path.is_dir()}
