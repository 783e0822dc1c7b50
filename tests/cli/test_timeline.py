"""`cpps timeline` on the libraries that come with it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS = ("timeline", "--data", str(DATA / "paris"))
EXAMPLE = ("timeline", "--data", str(DATA / "exemple"))
Captured = pytest.CaptureFixture[str]


def lines(capsys: Captured, *words: str) -> list[str]:
    assert main([*words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out.splitlines()


def answer(capsys: Captured, *words: str) -> list[dict[str, Any]]:
    assert main([*words, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.timeline/1"
    found: list[dict[str, Any]] = document["contracts"]
    return found


def test_term_window_and_day_are_drawn(capsys: Captured) -> None:
    drawn = lines(capsys, *PARIS, "--on", "2017-09-01")
    assert max(map(len, drawn)) <= 80
    parent = next(line for line in drawn if line.startswith("CPPS 2015-2020"))
    assert "◇◆━" in parent
    assert "█│█" in parent  # the day stands in the window
    assert parent.endswith("due *")
    eighteenth = next(line for line in drawn if line.startswith("18e"))
    assert "█" not in eighteenth
    assert "▒│▒" in eighteenth
    column = parent.index("│")
    bars = [line for line in drawn if line.endswith("due *")]
    assert len(bars) == 21
    assert {line[column] for line in bars} == {"│"}


def test_wider_screen_draws_a_longer_chart(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = lines(capsys, *PARIS, "--on", "2017-09-01")[3]
    monkeypatch.setenv("COLUMNS", "160")
    wide = lines(capsys, *PARIS, "--on", "2017-09-01")[3]
    assert len(narrow) <= 80 < len(wide) <= 160
    assert wide.count("█") > narrow.count("█")


def test_legend_says_what_is_drawn_and_no_more(capsys: Captured) -> None:
    told = " ".join(lines(capsys, *PARIS, "--on", "2017-09-01", "-a", "14"))
    assert "▒ the parent's window" in told
    assert "◆ signed" not in told
    assert "Reading used: `2015-2020`" in " ".join(told.split())


def test_prolonged_term_is_told_from_the_first(capsys: Captured) -> None:
    [parent, *_] = answer(capsys, *EXAMPLE, "--on", "2024-12-01")
    assert parent["prolonged_from"] == "2021-03-15..2026-03-14"
    assert [one["amendment"] for one in parent["milestones"] if one["kind"] == "amended"] == [
        "avenant-1",
        "avenant-2",
    ]
    drawn = lines(capsys, *EXAMPLE, "--on", "2024-12-01")
    assert any("━╍" in line for line in drawn)


def test_amendment_of_a_local_contract_is_drawn_where_its_text_holds(capsys: Captured) -> None:
    [local] = answer(capsys, *EXAMPLE, "--on", "2024-12-01", "-a", "2")
    assert [(one["first"], one["amendment"]) for one in local["milestones"]] == [
        ("2024-09-17", None),
        ("2024-10-10", None),
        ("2025-04-01", "avenant-pochoir-1"),
    ]
    [pochoir] = [
        line for line in lines(capsys, *EXAMPLE, "--on", "2024-12-01") if "Pochoir" in line
    ]
    assert pochoir.index("◆") < pochoir.index("▲")
    [unsigned] = answer(capsys, *EXAMPLE, "--on", "2024-10-09", "-a", "2")
    assert unsigned["milestones"] == []


def test_reading_moves_the_window(capsys: Captured) -> None:
    [parent, *_] = answer(capsys, *PARIS, "--on", "2017-09-01", "--reading", "2015-2017")
    assert (parent["window"]["written"], parent["reading"]) == ("2018-Q1", "2015-2017")
    assert parent["term"]["ends_on"] == "2017-12-31"


def test_day_only_known_as_the_latest_is_marked_so(capsys: Captured) -> None:
    [tenth] = answer(capsys, *PARIS, "--on", "2017-09-01", "-a", "10")
    assert tenth["milestones"] == [
        {
            "kind": "signed",
            "first": "2017-02-28",
            "last": "2017-02-28",
            "written": "2017-02-28",
            "at_the_latest": True,
            "body": None,
            "amendment": None,
        }
    ]
    assert any("‹" in line for line in lines(capsys, *PARIS, "--on", "2017-09-01", "-a", "10"))


def test_all_generations_are_named_in_full(capsys: Captured) -> None:
    drawn = lines(capsys, *PARIS, "--on", "2022-12-01", "--all", "-a", "6")
    assert any(line.startswith("CPPS 2015-2020 – 6e") for line in drawn)
    assert any(line.startswith("CPSA 6e") for line in drawn)


def test_csv_has_a_row_for_each_stretch(capsys: Captured) -> None:
    words = [*PARIS, "--on", "2017-09-01", "-a", "19", "--format", "csv"]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines(capsys, *words)))))
    assert [row["what"] for row in rows] == ["term", "window", "validated", "signed"]
    assert [row["inherited"] for row in rows] == ["true", "true", "", ""]


def test_markdown_keeps_the_drawing(capsys: Captured) -> None:
    drawn = lines(capsys, *PARIS, "--on", "2017-09-01", "--format", "markdown")
    assert "```text" in drawn
    assert sum("▒" in line for line in drawn[drawn.index("```text") : drawn.index("```")]) == 20


def test_before_the_first_contract_there_is_nothing(capsys: Captured) -> None:
    told = " ".join(lines(capsys, *PARIS, "--on", "1999-01-01"))
    assert "No contract of this library had begun on that day." in told


def test_french_is_spoken(capsys: Captured) -> None:
    told = " ".join(lines(capsys, *PARIS, "--on", "2017-09-01", "--lang", "fr"))
    assert "Durées et fenêtres, le 1er septembre 2017 étant marqué" in told
    assert "la fenêtre du parent" in told
