"""Open data are valid by the reference validator, faithful to the letter, held by their keys."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cpps_cli.cli.export import written
from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.datapackage import DESCRIPTOR, csv_resource, csv_table
from cpps_cli.model import LIST_FIELDS
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.facts import Column, Table
from tests.formats.hostile import HOSTILE
from tests.formats.reader_datapackage import (
    broken_keys,
    faults,
    laid_out,
    plain_rows,
    read_datapackage,
)
from tests.formats.subjects import CONTRACTS, dossiers, subjects

EXEMPLE = "contrat-exemple-2021-2026"
PARIS = "cpps-2015-2020"


def files(context: DocumentContext) -> dict[str, bytes]:
    content = written(context, "datapackage")
    assert isinstance(content, tuple)
    return dict(content)


@pytest.mark.parametrize("name", CONTRACTS)
def test_package_says_its_contract(name: str, tmp_path: Path) -> None:
    context = dossiers()[name]
    held = files(context)
    descriptor = laid_out(tmp_path, held.items())
    assert broken_keys(descriptor) == []
    assert files(context) == held
    tables = plain_rows(descriptor)
    has_text = context.derived is None or context.derived.basis != "no_text"
    sheets = context.contract.sheets if has_text else ()
    told = [
        row for row in tables["sheets"] if (row["contract"], row["repealed"]) == (name, "false")
    ]
    assert [(row["code"], row["number"], row["title"]) for row in told] == [
        (sheet.code, sheet.number or "", sheet.title or "") for sheet in sheets
    ]
    own = {row["id"] for row in told}
    texts = [row for row in tables["sheet_texts"] if row["sheet"] in own]
    assert [row["text"] for row in texts if row["field"] in LIST_FIELDS] == [
        item for sheet in sheets for field in LIST_FIELDS for item in getattr(sheet, field)
    ]


# A parent is told with all of its local contracts: no row of either library is left out here.
PARENTS = [name for name in CONTRACTS if "/" not in name]


@pytest.mark.parametrize("name", [*PARENTS, f"{PARIS}/75118", f"{PARIS}/75119", f"{EXEMPLE}/EX002"])
def test_package_is_valid_by_the_reference_validator(name: str, tmp_path: Path) -> None:
    assert faults(laid_out(tmp_path, files(dossiers()[name]).items())) == []


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    folder = tmp_path_factory.mktemp("package")
    return read_datapackage(laid_out(folder, files(dossiers()[EXEMPLE]).items()))


Tables = dict[str, list[dict[str, object]]]


def test_parent_is_told_with_its_local_contracts(example: Tables) -> None:
    contract = dossiers()[EXEMPLE].contract
    codes = contract.local_territories
    assert [row["id"] for row in example["contracts"]] == [
        EXEMPLE,
        *(f"{EXEMPLE}/{code}" for code in codes),
    ]
    assert len(example["coverage"]) == len(contract.sheets) * len(codes)
    assert {row["basis"] for row in example["contracts"][1:]} >= {"full", "no_text"}


def test_sheets_that_would_be_inherited_are_not_told_as_local(example: Tables) -> None:
    without = {row["id"] for row in example["contracts"] if row["basis"] == "no_text"}
    assert without
    assert not without & {row["contract"] for row in example["sheets"]}
    states = {row["state"] for row in example["coverage"] if row["contract"] in without}
    assert states == {"no_text"}


def test_local_sheets_lead_to_those_of_the_parent(example: Tables) -> None:
    answers = {(row["sheet"], row["parent_sheet"]) for row in example["answers"]}
    derived = dossiers()[f"{EXEMPLE}/EX002"].derived
    assert derived is not None
    expected = {
        (f"{EXEMPLE}/EX002/{item.sheet.code}", f"{EXEMPLE}/{code}")
        for item in derived.sheets
        for code in item.answers or ()
    }
    assert expected
    assert {pair for pair in answers if str(pair[0]).startswith(f"{EXEMPLE}/EX002/")} == expected


def test_days_and_figures_have_their_types(example: Tables) -> None:
    assert all(type(row["on"]) is date for row in example["events"])
    contract = example["contracts"][0]
    assert (contract["term"], contract["term_starts_on"], contract["term_ends_on"]) == (
        *("2021-03-15..2027-03-14", date(2021, 3, 15), date(2027, 3, 14)),
    )
    assert contract["window_disputed"] is True
    assert any(row["value"] is not None for row in example["indicator_values"])


def test_each_citation_is_of_one_row_and_leads_to_a_source(example: Tables) -> None:
    sources = {row["id"] for row in example["sources"]}
    for row in example["citations"]:
        assert row["source"] in sources
        assert sum(value is not None for name, value in row.items() if name != "source") == 1


def test_programmes_have_tables_of_their_own(example: Tables) -> None:
    [programme] = example["programmes"]
    id = f"{EXEMPLE}#programme-ateliers-du-mercredi"
    assert (programme["id"], programme["contract"]) == (id, EXEMPLE)
    assert [row["words"] for row in example["programme_partners"]] == [
        "Les clubs de prévention d'Exempleville",
        "La médiathèque d'Exempleville",
    ]
    [linked] = example["programme_sheets"]
    assert (linked["sheet"], linked["inferred"]) == (f"{EXEMPLE}/decrochage-scolaire", True)
    assert [row["first_on"] for row in example["programme_facts"]] == [
        date(2021, 1, 1),
        date(2022, 7, 1),
    ]
    assert [row["value"] for row in example["programme_values"]] == [30, 64]
    ids = {row["id"] for row in example["programme_indicators"]}
    assert ids
    assert not ids & {row["id"] for row in example["indicators"]}


def test_programmes_are_not_told_with_a_local_contract(tmp_path: Path) -> None:
    descriptor = laid_out(tmp_path, files(dossiers()[f"{EXEMPLE}/EX002"]).items())
    assert plain_rows(descriptor)["programmes"] == []


def test_amendments_are_told_with_the_contract_that_they_amend(example: Tables) -> None:
    told = {(row["contract"], row["code"]) for row in example["amendments"]}
    assert told == {
        (EXEMPLE, "avenant-1"),
        (EXEMPLE, "avenant-2"),
        (f"{EXEMPLE}/EX002", "avenant-pochoir-1"),
    }
    versions = {(row["id"], row["version"]) for row in example["contracts"]}
    assert {(EXEMPLE, "avenant-2"), (f"{EXEMPLE}/EX002", "avenant-pochoir-1")} <= versions


# --- the keys hold: a package that was tampered with is not valid


@pytest.mark.parametrize(
    ("table", "before", "after", "said"),
    [
        ("sheets", f"{PARIS},", "cpps-1999,", "Foreign"),
        ("sheets", f",{PARIS}/jeunes,", ",axe-9,", "Foreign"),
        ("axes", f",{PARIS}/jeunes,", ",axe-9,", "Foreign"),
        ("answers", f",{PARIS}/", ",elsewhere/", "Foreign"),
        ("coverage", ",not_taken_up,", ",forgotten,", "Constraint"),
        ("contracts", "2026-01-15", "15/01/2026", "Type"),
    ],
)
def test_validator_sees_what_is_wrong(
    table: str, before: str, after: str, said: str, tmp_path: Path
) -> None:
    held = files(dossiers()[f"{PARIS}/75119"])
    content = held[f"{table}.csv"].decode()
    assert before in content
    held[f"{table}.csv"] = content.replace(before, after, 1).encode()
    assert any(fault.startswith(said) for fault in faults(laid_out(tmp_path, held.items())))


# --- the descriptor


def test_descriptor_says_what_is_known_and_invents_no_licence() -> None:
    held = files(dossiers()[f"{PARIS}/75118"])
    package = json.loads(held[DESCRIPTOR])
    assert list(held)[-1] == DESCRIPTOR
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["created"] == "2026-01-15T00:00:00Z"
    assert "Texte non connu" in package["description"]
    assert "licen" not in held[DESCRIPTOR].decode().lower()
    assert {source["path"] for source in package["sources"]} >= {
        source.address
        for id, source in dossiers()[PARIS].sources.items()
        if id == "S1" and source.address
    }
    assert {resource["path"] for resource in package["resources"]} == set(held) - {DESCRIPTOR}


def test_fictional_library_says_so() -> None:
    package = json.loads(files(dossiers()[EXEMPLE])[DESCRIPTOR])
    assert package["description"].startswith("Fiction")


@pytest.mark.parametrize("name", ["one-sheet", "provenance"])
def test_package_is_of_a_whole_contract(name: str) -> None:
    with pytest.raises(CppsError, match="open data are of a whole contract"):
        written(subjects()[name], "datapackage")


def test_source_that_is_not_described_keeps_its_place(tmp_path: Path) -> None:
    context = replace(dossiers()[EXEMPLE], sources={})
    descriptor = laid_out(tmp_path, files(context).items())
    assert faults(descriptor) == []
    assert {row["title"] for row in read_datapackage(descriptor)["sources"]} == {None}


# --- csv is faithful


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_stands_to_the_letter(text: str, tmp_path: Path) -> None:
    columns: tuple[Column[Any], ...] = (Column("id", "", required=True), Column("text", ""))
    table = Table("texts", "", tuple, columns)
    content = csv_table(table, (("a", text), ("b", None)))
    read = list(csv.reader(StringIO(content.decode(), newline="")))
    assert read == [["id", "text"], ["a", text], ["b", ""]]
    package = {"name": "a", "resources": [csv_resource(table, content)]}
    descriptor = laid_out(
        tmp_path, [("texts.csv", content), (DESCRIPTOR, json.dumps(package).encode())]
    )
    assert faults(descriptor) == []


def test_figures_are_written_as_the_standard_says() -> None:
    columns: tuple[Column[Any], ...] = (
        Column("value", "", type="number"),
        Column("yes", "", type="boolean"),
    )
    rows = ((1.5, True), (float("nan"), False), (float("-inf"), None), (10**20, None))
    content = csv_table(Table("a", "", tuple, columns, ()), rows).decode().split("\r\n")
    assert content == ["value,yes", "1.5,true", "NaN,false", "-INF,", "100000000000000000000,", ""]
