"""`cpps disputes` on the two libraries that come with it."""

import csv
import io
import json
from pathlib import Path

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS, EXEMPLE = str(DATA / "paris"), str(DATA / "exemple")


def test_disputes_of_the_whole_library(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disputes", "--data", PARIS, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["contract"]) == ("cpps.disputes/1", None)
    about = {(item["contract"], item["about"]) for item in document["disputes"]}
    assert about == {
        ("cpps-2015-2020", "contract"),
        ("cpps-2015-2020", "sheet"),
        ("cpps-2015-2020", "programme"),
        ("cpps-2023-2026", "contract"),
        ("cpps-2023-2026/75106", "contract"),
        ("cps-2009", "contract"),
    }
    for dispute in document["disputes"]:
        assert [claim["retained"] for claim in dispute["claims"]].count(True) == 1


def test_disputes_of_one_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disputes", "-c", "cps-2009", "--data", PARIS]) == 0
    out, err = capsys.readouterr()
    assert "1 dispute." in out
    assert "Retained (S31, S33): 3 March 2009." in out
    assert "Not retained (S37): 2 March 2009." in out
    assert max(map(len, out.splitlines())) <= 80
    assert err == ""


def test_readings_are_named_as_the_option_takes_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disputes", "-c", "cpps-2015-2020", "--data", PARIS]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Reading: `2015-2020`" in told
    assert "Reading: `2015-2017` Dates computed with it: `cpps renegotiation-status" in told
    assert main(["disputes", "-c", "cpps-2015-2020", "--data", PARIS, "-f", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["reading"] for row in rows if row["field"] == "term"} == {"2015-2020", "2015-2017"}


def test_no_dispute_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disputes", "-c", "cps-2000", "--data", PARIS]) == 0
    assert "Sources disagree on nothing" in capsys.readouterr().out


def test_unknown_contract_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disputes", "-c", "rien", "--data", EXEMPLE]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "there is no contract `rien` in this library" in err
