"""`cpps list-programmes` on the two libraries that come with it."""

import json
from pathlib import Path

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")


def test_series_of_figures_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list-programmes", "--data", PARIS]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Period"))
    series = [line[32:48].strip() for line in lines[start + 2 : start + 8]]
    assert [value for value in series if value] == [
        "131",
        "200",
        "about 300",
        "more than 300",
        "about 50",
    ]
    assert max(map(len, lines)) <= 80
    assert err == ""


def test_document_has_the_five_programmes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list-programmes", "--data", PARIS, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.programmes/1"
    assert len(document["programmes"]) == 5
    for programme in document["programmes"]:
        assert [(link["number"], link["inferred"]) for link in programme["sheets"]] == [
            ("1.4", True)
        ]


def test_none_reported_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list-programmes", "-c", "cps-2000", "--data", PARIS]) == 0
    assert "No programme is reported for this contract." in capsys.readouterr().out


def test_markdown_holds_the_same_series(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list-programmes", "--data", EXEMPLE, "--format", "markdown"]) == 0
    assert "| 2021 | about 30 | Ouverture en cours d'année" in capsys.readouterr().out
