"""`cpps list-contracts` on the two libraries that come with it."""

import json
from pathlib import Path

import pytest

from cpps_cli.cli import main

DATA = Path(__file__).resolve().parents[2] / "data"
PARIS = str(DATA / "paris")


def test_every_generation_and_local_text_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["list-contracts", "--on", "2017-09-01", "--data", PARIS, "--format", "json"]
    assert main(asked) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.contracts/1"
    assert (document["spoken_of"], document["current"]) == ("cpps-2015-2020", "cpps-2015-2020")
    contracts = {item["id"]: item for item in document["contracts"]}
    assert list(contracts) == [
        "cps-2000",
        "cps-2009",
        "cpps-2015-2020",
        "cpps-2015-2020/75103",
        "cpps-2015-2020/75110",
        "cpps-2015-2020/75114",
        "cpps-2015-2020/75119",
        "cpps-2023-2026",
        "cpps-2023-2026/75106",
        "cpps-2023-2026/75108",
    ]
    parent = contracts["cpps-2015-2020"]
    assert parent["state"] == "due"
    assert parent["sheets"] == {"listed": 31, "titled": 17, "documented": 0, "announced": 31}
    assert parent["local_territories"] == {"all": 20, "with_text": 4, "without_text": 16}
    assert contracts["cps-2009"]["disputed"] == ["signed_on"]
    readings = {name: item["reading"] for name, item in contracts.items()}
    assert readings["cpps-2015-2020"] == readings["cpps-2015-2020/75119"] == "2015-2020"
    assert readings["cps-2009"] is None


def test_table_fits_and_marks_the_contract_of_the_verbs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list-contracts", "--on", "2026-11-01", "--data", PARIS]) == 0
    out, err = capsys.readouterr()
    assert "→ CPPS 2015-2020" in out
    assert "Reading used: `2015-2020`, which is retained." in " ".join(out.split())
    assert "CPPS 2015-2020: no local text is known for 16 of its 20 territories." in out
    assert "Current on 1 November 2026: CPPS 2023-2026." in out
    assert max(map(len, out.splitlines())) <= 80
    assert err == ""


def test_contract_whose_term_is_over_is_not_called_current(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list-contracts", "--on", "2022-06-01", "--data", PARIS]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "On 1 June 2022 no term runs: CPPS 2015-2020 was the last, and its term is over." in said


def test_only_the_contract_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list-contracts", "-c", "cps-2000", "--data", PARIS, "-f", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_unknown_contract_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list-contracts", "-c", "cps-2000x", "--data", PARIS]) == 2
    assert "did you mean `cps-2000`?" in capsys.readouterr().err


def test_faulty_contract_is_mentioned_and_the_others_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library.toml").write_text(
        'format = 1\ntitle = "Essai"\ncontract = "sain"\n', encoding="utf-8"
    )
    for name, text in (("sain", 'title = "Sain"\nterritory = "V0"\n'), ("malade", "title = \n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "contract.toml").write_text(text, encoding="utf-8")
    assert main(["list-contracts", "--data", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "Sain" in out
    assert "malade/contract.toml" in err
