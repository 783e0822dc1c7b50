"""`cpps renegotiation-status` on the libraries that come with it: what it answers, and to whom."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
STATUS = ("renegotiation-status", "--data", str(DATA / "paris"))
EXAMPLE = ("renegotiation-status", "--data", str(DATA / "exemple"))
Captured = pytest.CaptureFixture[str]


def answer(capsys: Captured, *words: str) -> dict[str, Any]:
    assert main([*words, "--format", "json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    document: dict[str, Any] = json.loads(said.out)
    return document


def printed(capsys: Captured, *words: str) -> str:
    """The table on one line, to look for sentences that are broken over two."""
    assert main([*words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert max(map(len, said.out.splitlines())) <= 80
    return " ".join(said.out.split())


def refused(capsys: Captured, *words: str) -> str:
    assert main([*words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


# --- the two readings of the seed page


def test_with_the_other_reading_none_is_due_before_2018(capsys: Captured) -> None:
    for day in ("2017-09-01", "2017-12-31"):
        found = answer(capsys, *STATUS, "--on", day, "--reading", "2015-2017")
        assert {item["state"] for item in found["contracts"]} == {"upcoming"}
        assert {item["reading"] for item in found["contracts"]} == {"2015-2017"}
        assert len(found["contracts"]) == 21


def test_with_the_other_reading_the_term_of_the_cpps_is_over(
    capsys: Captured,
) -> None:
    found = answer(capsys, *STATUS, "--on", "2018-01-15", "--reading", "2015-2017")
    first, *_ = found["contracts"]
    assert (first["state"], first["days"], first["term_days"]) == ("lapsed", None, -15)
    assert first["end"]["state"] == "expired"
    assert first["window"]["written"] == "2018-Q1"
    assert found["reading"] == "2015-2017"


def test_reading_used_and_what_the_other_says_are_told(capsys: Captured) -> None:
    told = printed(capsys, *STATUS, "--on", "2017-09-01")
    assert "Reading used: `2015-2020`, which is retained." in told
    assert "`--reading 2015-2017`" in told
    told = printed(capsys, *STATUS, "--on", "2018-01-15", "--reading", "2015-2017")
    assert "Reading used: `2015-2017`, which is not retained." in told
    assert "`--reading 2015-2020`" in told


def test_reading_that_does_not_exist_is_refused(capsys: Captured) -> None:
    said = refused(capsys, *STATUS, "--on", "2017-09-01", "--reading", "2015-2018")
    assert "no reading of a term or a window is called `2015-2018`" in said
    assert "those of CPPS 2015-2020: `2015-2020`, `2015-2017`" in said


def test_reading_of_a_contract_that_has_none_names_those_that_have(capsys: Captured) -> None:
    said = refused(capsys, *STATUS, "--on", "2024-09-01", "--reading", "2015-2017")
    assert "CPPS 2023-2026 has no reading `2015-2017`: no source disagrees on its dates" in said
    assert "they do on those of `cpps-2015-2020`: name one with `--contract`" in said


# --- what is shown


def test_groups_go_from_the_most_urgent(capsys: Captured) -> None:
    assert main([*STATUS, "--on", "2021-01-01"]) == 0
    out = capsys.readouterr().out
    assert out.index("Overdue: the window is closed") < out.index("Lapsed: the term is over")
    assert out.index("10e") < out.index("Lapsed")
    assert "916" in out


def test_last_day_is_no_more_precise_than_its_source(capsys: Captured) -> None:
    told = printed(capsys, *STATUS, "--on", "2017-09-01")
    assert "302 the parent's * end of 2020" in told
    assert "302 the parent's * end of Feb 2022" in told
    assert "(Computed: the sources give the term as 5 May 2015 to the end of 2020.)" in told


def test_who_must_act_are_the_signatories_that_sources_name(capsys: Captured) -> None:
    told = printed(capsys, *STATUS, "--on", "2017-09-01")
    assert "• CPPS 2015-2020: Ville de Paris, Préfecture de police, Parquet de Paris" in told
    assert "• 19e: Mairie du 19e arrondissement" in told
    assert "no source says who signs: 1er, 2e" in told


def test_sixth_says_that_a_later_contract_exists_once_it_is_signed(capsys: Captured) -> None:
    for day, later in (("2022-11-23", None), ("2022-11-24", "cpps-2023-2026/75106")):
        found = answer(capsys, *STATUS, "--on", day)["contracts"]
        sixth = next(item for item in found if item["territory"] == "75106")
        successor = sixth["end"]["successor"]
        assert (successor and successor["id"]) == later
        assert sum(item["end"]["successor"] is not None for item in found) == (later is not None)
    told = printed(capsys, *STATUS, "--on", "2022-11-24")
    assert "6e: a later local contract is on record, CPSA 6e, 24 November 2022" in told


def test_only_what_comes_soon(capsys: Captured) -> None:
    found = answer(capsys, *STATUS, "--on", "2020-12-01", "--within", "30d")
    assert found["until"] == "2020-12-31"
    assert "75110" not in [item["territory"] for item in found["contracts"]]
    assert len(found["contracts"]) == 20
    assert answer(capsys, *STATUS, "--on", "2020-12-01", "--within", "29d")["contracts"] == []
    told = printed(capsys, *STATUS, "--on", "2020-12-01", "--within", "29d")
    assert "Nothing of the kind: 21 contracts looked at." in told


def test_only_what_was_missed(capsys: Captured) -> None:
    assert answer(capsys, *STATUS, "--on", "2018-06-30", "--missed")["contracts"] == []
    found = answer(capsys, *STATUS, "--on", "2018-07-01", "--missed")
    assert {item["state"] for item in found["contracts"]} == {"overdue"}
    assert len(found["contracts"]) == 21


def test_only_the_arrondissements_named(capsys: Captured) -> None:
    found = answer(capsys, *STATUS, "--on", "2017-09-01", "-a", "10,19e")
    assert [item["territory"] for item in found["contracts"]] == ["75110", "75119"]
    said = refused(capsys, *STATUS, "-a", "21")
    assert "no territory is called `21`" in said


def test_generation_of_another_contract(capsys: Captured) -> None:
    found = answer(capsys, *STATUS, "--on", "2017-09-01", "-c", "cpps-2023-2026")
    assert found["contracts"][0]["id"] == "cpps-2023-2026"
    assert found["contracts"][0]["end"]["state"] == "not_begun"
    assert len(found["contracts"]) == 21
    said = refused(capsys, *STATUS, "-c", "cpps-2023-2026", "--all")
    assert "exclude each other" in said
    assert "there is no contract `cpps-2024`" in refused(capsys, *STATUS, "-c", "cpps-2024")


def test_all_generations(capsys: Captured) -> None:
    found = answer(capsys, *STATUS, "--on", "2026-01-01", "--all")
    parents = {item["id"]: item["end"]["state"] for item in found["contracts"][:]}
    assert parents["cps-2009"] == parents["cpps-2015-2020"] == "replaced"
    assert parents["cpps-2023-2026"] == "running"
    assert parents["cpps-2015-2020/75106"] == "replaced"
    assert parents["cpps-2015-2020/75101"] == "expired"
    told = printed(capsys, *STATUS, "--on", "2026-01-01", "--all", "-a", "6")
    assert "CPPS 2015-2020 – 6e" in told


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("90", "`90` has no unit"),
        ("soon", "`soon` is not a duration"),
        ("0d", "`0d` is too short or too long"),
        ("5x", "`5x` is in no unit of time"),
    ],
)
def test_time_ahead_that_is_none_is_refused(capsys: Captured, written: str, said: str) -> None:
    assert said in refused(capsys, *STATUS, "--within", written)


def test_prolonged_contract_says_so(capsys: Captured) -> None:
    told = printed(capsys, *EXAMPLE, "--on", "2026-04-01")
    assert "14 Mar 2027 +" in told
    assert "It was prolonged: its first term ended on 14 March 2026." in told
    assert "In force by prolongation." in told
    found = answer(capsys, *EXAMPLE, "--on", "2026-04-01")["contracts"]
    assert found[0]["end"]["prolonged_from"] == "2021-03-15..2026-03-14"
    by_place = {item["territory"]: item["end"]["prolonged_from"] for item in found}
    assert by_place["EX002"] is None  # signed after the amendment


# --- how it is reckoned


def test_each_date_is_explained_with_its_line(capsys: Captured) -> None:
    found = answer(capsys, *STATUS, "--on", "2017-09-01", "--explain")
    parent, *local = found["contracts"]
    text = (DATA / "paris/cpps-2015-2020/contract.toml").read_text("utf-8").splitlines()
    for one in parent["explained"]:
        key = one["fact"].partition("_")[0]
        assert text[one["line"] - 1].startswith(f"says.{key} = ")
        assert one["reading"] == "2015-2020"
    assert [(one["day"], one["rule"]) for one in parent["explained"]] == [
        ("2017-07-01", "first_day"),
        ("2018-06-30", "last_day"),
        ("2015-05-05", "as_written"),
        ("2020-12-31", "last_day"),
    ]
    assert all(one["inherited"] for one in local[0]["explained"])
    tenth = next(item for item in local if item["territory"] == "75110")
    assert tenth["explained"][3]["file"] == "cpps-2015-2020/local/75110.toml"
    without = answer(capsys, *STATUS, "--on", "2017-09-01")["contracts"]
    assert all("explained" not in item for item in without)


def test_explanation_in_words(capsys: Captured) -> None:
    told = printed(capsys, *STATUS, "--on", "2017-09-01", "--explain")
    assert "the window closes on 30 June 2018: computed, the last day of `2018-S1`" in told
    assert "the term begins on 5 May 2015: as written" in told
    assert "1 September 2017 is in the window, both ends included, 302 days before" in told
    assert "Reckoned as their parent, whose dates they have: 1er, 2e" in told


def test_explanation_in_csv_is_a_date_a_row(capsys: Captured) -> None:
    words = [*STATUS, "--on", "2017-09-01", "--explain", "-a", "10", "--format", "csv"]
    assert main(words) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["fact"] for row in rows] == [
        "window_opens_on",
        "window_closes_on",
        "term_starts_on",
        "term_ends_on",
    ]
    assert {row["id"] for row in rows} == {"cpps-2015-2020/75110"}


# --- exit codes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--on", "2018-07-01", "--fail-on", "overdue"), 1),
        (("--on", "2018-06-30", "--fail-on", "overdue"), 0),
        (("--on", "2021-01-01", "--fail-on", "expired"), 1),
        (("--on", "2020-12-31", "--fail-on", "expired"), 0),
        (("--on", "2020-12-01", "--within", "30d", "--fail-on", "any"), 1),
        (("--on", "2020-12-01", "--within", "29d", "--fail-on", "any"), 0),
        (("--on", "2021-01-01", "-a", "19", "--fail-on", "overdue"), 0),
        (("--on", "2021-01-01", "-a", "10", "--fail-on", "overdue"), 1),
        (("--fail-on", "late"), 2),
    ],
)
def test_exit_code_tells_a_script(capsys: Captured, words: tuple[str, ...], code: int) -> None:
    assert main([*STATUS, *words]) == code
    capsys.readouterr()


@pytest.mark.parametrize("format", ["table", "markdown", "csv"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_format_in_both_languages(capsys: Captured, format: str, language: str) -> None:
    words = ["--on", "2017-09-01", "--explain", "--format", format, "--lang", language]
    assert main([*STATUS, *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "75119" in said.out or "19e" in said.out
