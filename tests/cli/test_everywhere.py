"""`cpps list-actions` over all local contracts, and by who leads, takes part, and where."""

import csv
import io
import json
from typing import Any

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
MAIN = "contrat-exemple-2021-2026"


def found(words: str, capsys: Captured) -> list[dict[str, Any]]:
    assert main(["--data", "exemple", "list-actions", *words.split(), "--format", "json"]) == 0
    sheets: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["sheets"]
    return sheets


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("--lead parquet", ["aide-aux-victimes"]),
        ("--partner clinique", []),
        ("--partner bailleur", ["personnes-agees", "mediation-nocturne"]),
        ("--place commissariat", ["aide-aux-victimes"]),
        ("--place place --search nuit", ["mediation-nocturne"]),
    ],
)
def test_sheets_are_asked_for_by_who_leads_takes_part_and_where(
    words: str, codes: list[str], capsys: Captured
) -> None:
    assert {item["code"] for item in found(words, capsys)} >= set(codes)
    for item in found(words, capsys):
        shown = main(["--data", "exemple", "show", item["code"], "--format", "json"])
        assert shown == 0
        sheet = json.loads(capsys.readouterr().out)["sheet"]
        option, word, *_others = words.split()
        field = {"--lead": "lead", "--partner": "partners", "--place": "places"}[option]
        assert word in str(sheet[field]).casefold()


def test_search_goes_over_every_local_contract(capsys: Captured) -> None:
    sheets = found("--everywhere --search square", capsys)
    where = [(item["contract"], item["code"], item["origin"]) for item in sheets]
    assert (f"{MAIN}/EX002", "square-des-points-de-suspension", "added") in where
    assert {item["contract"] for item in found("--everywhere", capsys)} == {
        MAIN,
        *(f"{MAIN}/EX00{number}" for number in (1, 2, 3)),
    }


def test_origin_is_that_in_the_local_contract(capsys: Captured) -> None:
    sheets = found("--everywhere --origin merged", capsys)
    assert [(item["contract"], item["from"]) for item in sheets] == [
        (f"{MAIN}/EX002", ["aide-aux-victimes", "personnes-agees"])
    ]
    assert main(["--data", "exemple", "list-actions", "--origin", "merged"]) == 2
    assert "`--origin` goes with `--everywhere`" in capsys.readouterr().err


def test_csv_and_table_tell_the_same(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    sheets = found("--everywhere --origin added", capsys)
    words = ["--data", "exemple", "list-actions", "--everywhere", "--origin", "added"]
    assert main([*words, "--format", "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert [(row["contract"], row["code"]) for row in rows] == [
        (item["contract"], item["code"]) for item in sheets
    ]
    assert main(words) == 0
    table = capsys.readouterr().out
    assert all(item["title"] in table and item["label"] in table for item in sheets)
    assert "2 sheets in 2 contracts." in table


def test_nothing_found_is_said(capsys: Captured) -> None:
    words = ["--data", "paris", "list-actions", "--everywhere", "--search", "astronaute"]
    assert main(words) == 0
    assert "No sheet answers to this." in capsys.readouterr().out


def test_axes_are_those_of_one_contract(capsys: Captured) -> None:
    assert main(["--data", "exemple", "list-actions", "--everywhere", "--axis", "1"]) == 2
    assert "each contract has its own axes" in capsys.readouterr().err
