"""A derived contract in one file is judged alone; each docstring is the snapshot's own part."""

from typing import Any

import pytest

from cpps_cli.check.library import check_snapshot
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.model.snapshot import Snapshot

HEAD = {"id": "parent/T1", "parent": "parent", "parent_version": "signed"}
CONTRACT = {
    "id": "parent/T1",
    "title": "Contrat local fictif",
    "territory": "T1",
    "parent": "parent",
    "axes": [{"code": "a"}],
}


@pytest.fixture
def found(doc: dict[str, Any]) -> list[Diagnostic]:
    sheets = [
        {"axis": "a", "title": "Fiche", "origin": "inherited", **item} for item in doc["sheets"]
    ]
    head = {**HEAD, "parent_fingerprint": "sha256:0", "basis": "full"}
    table = {
        **doc,
        "format": 1,
        "snapshot": head,
        "contract": CONTRACT,
        "sheets": sheets,
        "territories": {"T1": {"code": "T1", "name": "quartier fictif"}},
    }
    return list(check_snapshot(Snapshot.model_validate(table)))


def said(found: list[Diagnostic]) -> list[tuple[str, object]]:
    return [(item.code, item.where) for item in found]


def at(*path: str | int) -> Place:
    return Place("snapshot", path)


def test_sheet_written_twice_is_one_fault(found: list[Diagnostic]) -> None:
    """
    sheets = [
      { code = "un", answers = ["un"], number = "1.1" },
      { code = "un", answers = ["un"], number = "1.1" },
    ]
    """
    assert said(found) == [("CP207", at("sheets", 1, "code"))]


def test_indicator_codes_of_a_sheet_are_all_different(found: list[Diagnostic]) -> None:
    """
    [[sheets]]
    code = "un"
    answers = ["un"]
    indicators = [
      { code = "n", title = "N", unit = "nombre" },
      { code = "n", title = "M", unit = "nombre" },
    ]
    """
    assert said(found) == [("CP207", at("sheets", 0, "indicators", 1, "code"))]


def test_sheet_that_is_answered_is_not_left_out_as_well(found: list[Diagnostic]) -> None:
    """
    sheets = [{ code = "un", answers = ["deux", "trois"], origin = "merged" }]
    left_out = [{ code = "trois", origin = "not_taken_up" }]
    """
    assert said(found) == [("CP403", at("sheets", 0, "answers", 1))]
    assert [item.where for item in found[0].related] == [at("left_out", 0, "code")]


def test_sheet_is_left_out_once(found: list[Diagnostic]) -> None:
    """
    sheets = [{ code = "un", answers = ["un"] }]
    left_out = [
      { code = "deux", origin = "not_taken_up" },
      { code = "deux", origin = "unknown" },
    ]
    """
    assert said(found) == [("CP207", at("left_out", 1, "code"))]


def test_two_sheets_of_one_number_are_reported(found: list[Diagnostic]) -> None:
    """
    sheets = [
      { code = "un", answers = ["un"], number = "1.1" },
      { code = "deux", answers = ["deux"], number = "1.1" },
    ]
    left_out = [{ code = "trois", origin = "unknown" }]
    """
    assert said(found) == [("CP206", at("sheets", 1, "number"))]
