"""The three commands of the brief on the real library, as their users and scripts rely on them."""

import json
from typing import Any

import pytest

from cpps_cli.cli import main

CENOMED = (
    "Développer des cellules d'échanges d'informations nominatives "
    "« mineurs en difficulté » (CENOMED)"
)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON that a command prints; nothing goes to standard error."""
    assert main([*words, "--format", "json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


@pytest.fixture(autouse=True)
def paris(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """The bundled library, whatever the working folder and the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPPS_DATA", "paris")
    monkeypatch.setenv("CPPS_LANG", "en")


def test_thirty_one_sheets_seventeen_titled_ten_numbered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = answer(capsys, "list-actions")
    assert listed["schema"] == "cpps.action-sheets/1"
    assert (listed["contract"], listed["announced"], listed["titled"]) == ("cpps-2015-2020", 31, 17)
    sheets = listed["sheets"]
    assert [sum(sheet["axis"] == axis for sheet in sheets) for axis in (1, 2, 3)] == [7, 11, 13]
    assert sum(sheet["number"] is not None for sheet in sheets) == 10
    assert sum(sheet["title"] is not None for sheet in sheets) == 17
    assert [(sheet["number"], sheet["title"]) for sheet in sheets if sheet["axis"] == 1] == [
        ("1.1", "Promouvoir la citoyenneté"),
        ("1.2", "Prévenir l'absentéisme scolaire et la déscolarisation"),
        ("1.3", CENOMED),
        (
            "1.4",
            "Prévenir la récidive des mineurs et jeunes majeurs dans une démarche partenariale",
        ),
        ("1.5", "Prévenir la radicalisation et accompagner les familles"),
        ("1.6", "Prévenir et lutter contre la délinquance des mineurs étrangers"),
        ("1.7", "Prévenir les conduites addictives et les conduites à risque"),
    ]


@pytest.mark.parametrize("word", ["18", "18e", "75118", "75018"])
def test_eighteenth_inherits_the_whole_parent_and_has_no_known_text(
    capsys: pytest.CaptureFixture[str], word: str
) -> None:
    local = answer(capsys, "derive", "--arrondissement", word)
    assert local["contract"]["id"] == "cpps-2015-2020/75118"
    assert local["contract"]["basis"] == "no_text"
    assert local["contract"]["parent_version"] == "signed"
    assert local["contract"]["parent_fingerprint"].startswith("sha256:")
    assert local["summary"] == {"inherited": 31, "adapted": 0, "merged": 0, "added": 0}
    assert local["parent_summary"] == {
        "taken": 31,
        "excluded": 0,
        "not_taken_up": 0,
        "unknown": 0,
        "since_signature": 0,
    }
    assert all(sheet["from"] == [sheet["code"]] for sheet in local["sheets"])


def test_fourteenth_keeps_three_sheets_of_axis_one(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = {sheet["code"]: sheet["number"] for sheet in answer(capsys, "list-actions")["sheets"]}
    local = answer(capsys, "derive", "-a", "14")
    assert [
        (sheet["number"], sheet["origin"], [numbers[code] for code in sheet["from"]])
        for sheet in local["sheets"]
    ] == [
        ("1.1", "inherited", ["1.7"]),
        ("1.2", "inherited", ["1.3"]),
        ("1.3", "inherited", ["1.4"]),
    ]
    fates = [(left["origin"], left["number"]) for left in local["left_out"]]
    assert [number for fate, number in fates if fate == "not_taken_up"] == [
        "1.1",
        "1.2",
        "1.5",
        "1.6",
    ]
    assert local["parent_summary"] == {
        "taken": 3,
        "excluded": 0,
        "not_taken_up": 4,
        "unknown": 24,
        "since_signature": 0,
    }


def test_nineteenth_is_accounted_for_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = {sheet["code"]: sheet["number"] for sheet in answer(capsys, "list-actions")["sheets"]}
    local = answer(capsys, "derive", "-a", "19")
    assert local["contract"]["basis"] == "partial"
    assert local["summary"] == {"inherited": 3, "adapted": 1, "merged": 1, "added": 6}
    assert local["parent_summary"] == {
        "taken": 6,
        "excluded": 0,
        "not_taken_up": 7,
        "unknown": 18,
        "since_signature": 0,
    }
    [merged] = [sheet for sheet in local["sheets"] if sheet["origin"] == "merged"]
    assert sorted(numbers[code] for code in merged["from"]) == ["1.3", "1.4"]
    added = [sheet["from"] for sheet in local["sheets"] if sheet["origin"] == "added"]
    assert (added.count(None), added.count([])) == (5, 1)
    answered = [code for sheet in local["sheets"] for code in sheet["from"] or ()]
    left = [item["code"] for item in local["left_out"]]
    assert sorted(answered + left) == sorted(numbers)


def test_tenth_announces_seventeen_sheets_and_none_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    local = answer(capsys, "derive", "-a", "10")
    assert (local["contract"]["basis"], local["announced"], local["sheets"]) == ("partial", 17, [])
    assert local["parent_summary"]["unknown"] == 31


@pytest.mark.parametrize("arrondissement", ["6", "8"])
def test_sixth_and_eighth_have_a_text_under_the_next_generation(
    capsys: pytest.CaptureFixture[str], arrondissement: str
) -> None:
    local = answer(capsys, "derive", "-a", arrondissement, "-c", "cpps-2023-2026")
    assert local["contract"]["basis"] == "partial"
    assert answer(capsys, "derive", "-a", arrondissement)["contract"]["basis"] == "no_text"


def test_on_a_day_of_its_window_the_cpps_and_its_twenty_contracts_are_due(
    capsys: pytest.CaptureFixture[str],
) -> None:
    contracts = answer(capsys, "renegotiation-status", "--on", "2017-09-01")["contracts"]
    assert len(contracts) == 21
    assert {item["state"] for item in contracts} == {"due"}
    assert {item["days"] for item in contracts} == {302}
    assert all(item["disputed"] for item in contracts)
    first, *local = contracts
    assert first["window"]["opens_on"] == "2017-07-01"
    assert first["window"]["closes_on"] == "2018-06-30"
    assert first["term"]["starts_on"] == "2015-05-05"
    assert first["term"]["ends_on"] == "2020-12-31"
    assert first["sources"] == ["S1"]
    assert not first["window"]["inherited"]
    assert all(item["window"]["inherited"] for item in local)


@pytest.mark.parametrize(
    ("on", "state", "days"),
    [
        ("2017-06-30", "upcoming", 1),
        ("2018-06-30", "due", 0),
        ("2018-07-01", "overdue", 1),
        ("2021-01-01", "lapsed", None),
    ],
)
def test_cpps_on_the_boundaries_of_its_window_and_term(
    capsys: pytest.CaptureFixture[str], on: str, state: str, days: int | None
) -> None:
    first, *_ = answer(capsys, "renegotiation-status", "--on", on)["contracts"]
    assert (first["id"], first["state"], first["days"]) == ("cpps-2015-2020", state, days)


def test_tenth_signed_later_for_five_years_is_still_overdue(
    capsys: pytest.CaptureFixture[str],
) -> None:
    contracts = answer(capsys, "renegotiation-status", "--on", "2021-01-01")["contracts"]
    assert [item["territory"] for item in contracts if item["state"] == "overdue"] == ["75110"]


def test_late_in_2026_no_window_is_known_and_the_term_is_about_to_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["renegotiation-status", "--on", "2026-11-23"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "CPPS 2023-2026: no source gives a window for its renegotiation." in said
    assert "Its term ends on 31 December 2026, in 38 days." in said


def test_something_due_fails_a_script_that_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    due = ["renegotiation-status", "--on", "2017-09-01", "--fail-on", "due,overdue"]
    assert main(due) == 1
    assert main(["renegotiation-status", "--on", "2017-06-30", "--fail-on", "due,overdue"]) == 0
    capsys.readouterr()
