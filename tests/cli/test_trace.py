"""`cpps trace` on the fictional town and on Paris."""

import csv
import io
import json
from typing import Any

import pytest

from cpps_cli.cli import main
from cpps_cli.library.locate import bundled


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPPS_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")


def traced(capsys: pytest.CaptureFixture[str], library: str, *words: str) -> list[dict[str, Any]]:
    data = ["--data", str(bundled(library)), "--format", "json"]
    assert main(["trace", *words, *data]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.trace/1"
    values: list[dict[str, Any]] = document["values"]
    return values


def test_merged_title_stands_in_the_local_file(capsys: pytest.CaptureFixture[str]) -> None:
    [title] = traced(capsys, "paris", "1.4", "title", "-a", "19")
    [line] = title["lines"]
    assert (title["origin"], line["version"]) == ("merged", "local")
    assert line["file"] == "cpps-2015-2020/local/75119.toml"
    text = (bundled("paris") / line["file"]).read_text("utf-8").splitlines()
    assert title["value"] in text[line["line"] - 1]


def test_list_says_of_each_item_which_text_holds_it(capsys: pytest.CaptureFixture[str]) -> None:
    values = traced(capsys, "exemple", "mediation-nocturne", "places", "-a", "EX001")
    versions = {line["version"] for value in values for line in value["lines"]}
    assert versions == {"signed", "avenant-1", "local"}
    assert {value["origin"] for value in values} == {"inherited", "adapted"}


def test_amended_value_names_its_amendment(capsys: pytest.CaptureFixture[str]) -> None:
    [title] = traced(capsys, "exemple", "personnes-agees", "title", "--on", "2025-01-01")
    assert [line["version"] for line in title["lines"]] == ["avenant-2"]
    [title] = traced(capsys, "exemple", "personnes-agees", "title", "--on", "2022-01-01")
    assert [line["version"] for line in title["lines"]] == ["signed"]


def test_people_read_file_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "1.4", "-a", "19", "--data", str(bundled("paris"))]) == 0
    assert "[merged]\n    cpps-2015-2020/local/75119.toml:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["1.4", "titel"], 2, "a sheet has no field `titel`"),
        (["9.9"], 2, "there is no sheet `9.9`"),
        (["radicalisation", "-a", "19"], 1, "does not hold the sheet `radicalisation`"),
    ],
)
def test_what_cannot_be_traced_says_why(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", *words, "--data", str(bundled("paris"))]) == code
    assert said in capsys.readouterr().err


def test_contract_itself_is_traced(capsys: pytest.CaptureFixture[str]) -> None:
    [term] = traced(capsys, "exemple", "contract", "term", "-a", "EX001", "--on", "2025-01-01")
    [line] = term["lines"]
    assert (term["origin"], line["version"]) == ("inherited", "avenant-2")
    partners = traced(capsys, "exemple", "contract", "partners", "-a", "EX001")
    own = [item["value"] for item in partners if item["origin"] == "adapted"]
    assert own == ["Le conseil de quartier du Moulin"]


def test_name_that_no_text_gives_is_put_together(capsys: pytest.CaptureFixture[str]) -> None:
    [title] = traced(capsys, "paris", "contract", "title", "-a", "18")
    assert title["rule"] == "joined"
    assert [line["file"] for line in title["lines"]] == [
        "cpps-2015-2020/contract.toml",
        "territories.toml",
    ]


def test_window_of_the_parent_stands_in_the_claim_that_is_retained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    [window] = traced(capsys, "paris", "contract", "window")
    [line] = window["lines"]
    text = (bundled("paris") / line["file"]).read_text("utf-8").splitlines()
    assert window["value"] in text[line["line"] - 1]


def test_field_that_no_contract_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "contract", "means", "--data", str(bundled("paris"))]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "a contract has no field `means`" in err


def test_item_that_is_gone_names_the_change_that_took_it_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["trace", "decrochage-scolaire", "places", "-a", "EX001"]
    assert main([*words, "--data", str(bundled("exemple"))]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Places: Collège du Spécimen removed by contrat-exemple-2021-2026/local/EX001" in told
    assert "Reason: Le quartier n'a qu'un collège" in told
    assert main([*words, "--data", str(bundled("exemple")), "--format", "json"]) == 0
    removed = json.loads(capsys.readouterr().out)["removed"]
    assert [item["field"] for item in removed] == ["places", "places"]
    [line] = {item["by"]["file"] for item in removed}
    text = (bundled("exemple") / line).read_text("utf-8").splitlines()
    for item in removed:
        assert item["value"] in text[item["by"]["line"] - 1]
    assert main([*words, "--data", str(bundled("exemple")), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [
        (row["field"], row["value"], row["file"], row["line"], row["reason"])
        for row in rows
        if row["origin"] == "removed"
    ] == [
        (item["field"], item["value"], line, str(item["by"]["line"]), item["reason"])
        for item in removed
    ]
    assert {row["reason"] for row in rows if row["origin"] != "removed"} == {""}
    assert {row["sheet"] for row in rows} == {"decrochage-scolaire"}
